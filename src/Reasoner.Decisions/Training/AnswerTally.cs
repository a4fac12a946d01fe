using System.Collections.Immutable;
using Reasoner.Experts;

namespace Reasoner.Decisions;

/// <summary>Collects answers and probabilities case by case, and makes figures of them.</summary>
internal sealed class AnswerTally(Domain domain, IReadOnlyList<int> labelAnswers)
{
    /// <summary>More than one answer was left.</summary>
    public const int Open = -1;

    /// <summary>No answer was left.</summary>
    public const int None = -2;

    private readonly List<(int Outcome, int Answer)> _answers = [];
    private readonly List<Proposal> _probabilities = [];

    /// <summary>Adds a case.</summary>
    /// <param name="outcome">The place of the answer that would have been right.</param>
    /// <param name="answer">The place of the answer that was given, or <see cref="Open"/> or <see cref="None"/>.</param>
    /// <param name="scores">By place, how likely each answer is held to be.</param>
    /// <param name="rejected">By place, whether an answer is rejected; null where nothing is.</param>
    public void Add(int outcome, int answer, IReadOnlyList<double> scores, bool[]? rejected)
    {
        _answers.Add((outcome, answer));
        var left = labelAnswers.Where(each => rejected is null || !rejected[each]).ToList();
        if (left.Sum(each => scores[each]) <= 0) left = [.. labelAnswers];
        var total = left.Sum(each => scores[each]);
        _probabilities.Add(new Proposal(
            [
                .. labelAnswers
                    .Select(each => new ScoredAnswer(domain.Answers[each].Value, !left.Contains(each) ? 0 : total > 0 ? scores[each] / total : 1.0 / left.Count))
                    .OrderByDescending(each => each.Probability).ThenBy(each => each.Answer, StringComparer.Ordinal),
            ],
            []));
    }

    /// <summary>Whether an answer is one of its own: given, and not the one that leaves the case to a person.</summary>
    public bool IsDecision(int answer) => answer >= 0 && answer != domain.Terms.Fallback;

    /// <summary>The figures; null where no case was added.</summary>
    public AnswerFigures? ToFiguresOrNone() => _answers.Count == 0 ? null : ToFigures();

    /// <summary>The figures; at least one case was added.</summary>
    public AnswerFigures ToFigures()
    {
        var fallback = domain.Terms.Fallback;
        var metrics = ClassificationMetrics.Of(_probabilities, [.. _answers.Select(each => domain.Answers[each.Outcome].Value)]);
        var decided = _answers.Where(each => IsDecision(each.Answer)).ToList();
        return new AnswerFigures(
            Share(decided.Count),
            Share(_answers.Count(each => each.Answer >= 0 && each.Answer == fallback)),
            Share(_answers.Count(each => each.Answer == Open)),
            Share(_answers.Count(each => each.Answer == None)),
            decided.Count == 0 ? null : Rounded((double)decided.Count(each => each.Answer == each.Outcome) / decided.Count),
            double.IsNaN(metrics.Auc) ? null : Rounded(metrics.Auc),
            Rounded(metrics.Brier),
            Cost(),
            [
                .. _answers.GroupBy(each => each)
                    .OrderBy(group => group.Key.Outcome).ThenBy(group => group.Key.Answer < 0 ? int.MaxValue + group.Key.Answer : group.Key.Answer)
                    .Select(group => new AnswerCount(NameOf(group.Key.Outcome), NameOf(group.Key.Answer), group.Count())),
            ]);
    }

    private double? Cost()
    {
        var costs = domain.Manifest.Costs;
        var priced = _answers.Where(each => each.Answer >= 0 && costs.ContainsKey(NameOf(each.Answer))).ToList();
        return priced.Count == 0 ? null : Rounded(priced.Average(each => costs[NameOf(each.Answer)].GetValueOrDefault(NameOf(each.Outcome))));
    }

    private double Share(int count) => Rounded((double)count / _answers.Count);

    private string NameOf(int answer) => answer switch
    {
        Open => "open",
        None => "none",
        _ => domain.Manifest.Answers[answer],
    };

    private static double Rounded(double figure) => Math.Round(figure, 6);
}
