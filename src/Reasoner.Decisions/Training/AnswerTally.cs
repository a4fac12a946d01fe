using System.Collections.Immutable;

namespace Reasoner.Decisions;

/// <summary>Collects answers and probabilities case by case, for figures to be made of them.</summary>
internal sealed class AnswerTally
{
    /// <summary>More than one answer was left.</summary>
    public const int Open = -1;

    /// <summary>No answer was left.</summary>
    public const int None = -2;

    private readonly Domain _domain;
    private readonly int[] _classes;
    private readonly List<AnsweredCase> _cases = [];

    /// <summary>An empty tally.</summary>
    /// <param name="domain">The domain.</param>
    /// <param name="labelAnswers">The places of the answers that labels stand for.</param>
    public AnswerTally(Domain domain, IEnumerable<int> labelAnswers)
    {
        _domain = domain;
        _classes = [.. labelAnswers.OrderBy(answer => domain.Answers[answer].Value, StringComparer.Ordinal)];
    }

    public int Count => _cases.Count;

    /// <summary>Adds a case.</summary>
    /// <param name="number">The case's number among all that are evaluated, from 0.</param>
    /// <param name="outcome">The place of the answer that would have been right.</param>
    /// <param name="answer">The place of the answer that was given, or <see cref="Open"/> or <see cref="None"/>.</param>
    /// <param name="scores">By place, how likely each answer is held to be.</param>
    /// <param name="rejected">By place, whether an answer is rejected; null where nothing is.</param>
    /// <param name="isInvalid">Whether the answer that was given violates a rule.</param>
    /// <param name="latencyUs">How long it took, in microseconds; not-a-number where that was not measured.</param>
    public void Add(
        int number, int outcome, int answer, IReadOnlyList<double> scores, bool[]? rejected, bool isInvalid, double latencyUs = double.NaN)
    {
        var left = _classes.Where(each => rejected is null || !rejected[each]).ToList();
        if (left.Sum(each => scores[each]) <= 0) left = [.. _classes];
        var total = left.Sum(each => scores[each]);
        _cases.Add(new AnsweredCase(
            number,
            outcome,
            answer,
            [.. _classes.Select(each => !left.Contains(each) ? 0 : total > 0 ? scores[each] / total : 1.0 / left.Count)],
            isInvalid,
            latencyUs));
    }

    /// <summary>Whether an answer is one of its own: given, and not the one that leaves the case to a person.</summary>
    public bool IsDecision(int answer) => answer >= 0 && answer != _domain.Terms.Fallback;

    /// <summary>The table that the figures are read off.</summary>
    public AnswerTable ToTable() => new(_domain, _classes, _cases);

    /// <summary>How often each outcome met each answer.</summary>
    public ImmutableArray<AnswerCount> Counts() =>
    [
        .. _cases.GroupBy(each => (each.Outcome, each.Answer))
            .OrderBy(group => group.Key.Outcome).ThenBy(group => group.Key.Answer < 0 ? int.MaxValue + group.Key.Answer : group.Key.Answer)
            .Select(group => new AnswerCount(NameOf(group.Key.Outcome), NameOf(group.Key.Answer), group.Count())),
    ];

    private string NameOf(int answer) => answer switch
    {
        Open => "open",
        None => "none",
        _ => _domain.Manifest.Answers[answer],
    };
}

/// <summary>A case and the answer to it.</summary>
/// <param name="Number">Its number among all that are evaluated.</param>
/// <param name="Outcome">The place of the answer that would have been right.</param>
/// <param name="Answer">The place of the answer that was given, or one of the tally's constants.</param>
/// <param name="Probabilities">One for each answer that labels stand for.</param>
/// <param name="IsInvalid">Whether the answer violates a rule.</param>
/// <param name="LatencyUs">How long it took, in microseconds, or not-a-number.</param>
internal sealed record AnsweredCase(int Number, int Outcome, int Answer, double[] Probabilities, bool IsInvalid, double LatencyUs);
