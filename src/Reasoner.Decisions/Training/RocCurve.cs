using System.Collections.Immutable;
using Reasoner.Experts;

namespace Reasoner.Decisions;

/// <summary>How well probabilities of an answer tell cases for which it was right from others, at every threshold.</summary>
/// <param name="Answer">The answer, as people read it.</param>
/// <param name="Points">The curve, from (0, 0) to (1, 1).</param>
/// <param name="Auc">The area under it; null where all cases had one outcome.</param>
/// <param name="Interval">The area's 95 % confidence interval, by the bootstrap over cases; null where it was not asked for.</param>
public sealed record RocCurve(string Answer, ImmutableArray<RocPoint> Points, double? Auc, Interval? Interval)
{
    /// <summary>More points than this cannot be told apart in print.</summary>
    private const int MostPoints = 200;

    /// <summary>The curve of proposals whose outcome is known.</summary>
    /// <param name="proposals">The proposals, best of models that had not seen their cases.</param>
    /// <param name="labels">The answers that proved right, one a proposal.</param>
    /// <param name="answer">The answer: the text of its IRI.</param>
    /// <param name="name">The answer as people read it; its local name when left out.</param>
    /// <param name="resamples">How often cases are drawn for the interval, up to 100,000; 0 for none.</param>
    /// <param name="cancellation">Cancels.</param>
    /// <exception cref="ArgumentException">There are no proposals, or not as many labels as proposals.</exception>
    /// <exception cref="ArgumentOutOfRangeException">So many resamples are not possible.</exception>
    public static RocCurve Of(
        IReadOnlyList<Proposal> proposals,
        IReadOnlyList<string> labels,
        string answer,
        string? name = null,
        int resamples = Bootstrap.DefaultResamples,
        CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(resamples);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(resamples, Bootstrap.MaximumResamples);
        if (proposals.Count == 0 || proposals.Count != labels.Count)
            throw new ArgumentException($"{proposals.Count} proposals cannot be held against {labels.Count} labels.", nameof(labels));
        double[] scores = [.. proposals.Select(proposal => proposal.ProbabilityOf(answer))];
        bool[] isRight = [.. labels.Select(label => label == answer)];
        var area = new Area(new RankedScores(scores, isRight, [.. Enumerable.Range(0, scores.Length)]));
        var auc = Bootstrap.Measure(scores.Length, area)[0];
        return new RocCurve(
            name ?? CoreVocabulary.LocalName(answer),
            Thinned(Curve(scores, isRight)),
            double.IsNaN(auc) ? null : auc,
            Bootstrap.Intervals(scores.Length, resamples, [area], cancellation)[0][0]);
    }

    private static List<RocPoint> Curve(double[] scores, bool[] isRight)
    {
        double positives = isRight.Count(right => right);
        var negatives = isRight.Length - positives;
        var points = new List<RocPoint> { new(0, 0) };
        if (positives == 0 || negatives == 0) return points;
        double hits = 0, falseAlarms = 0;
        var order = Enumerable.Range(0, scores.Length).OrderByDescending(i => scores[i]).ToList();
        for (var i = 0; i < order.Count; i++)
        {
            if (isRight[order[i]]) hits++;
            else falseAlarms++;
            if (i + 1 == order.Count || scores[order[i + 1]] != scores[order[i]]) points.Add(new(falseAlarms / negatives, hits / positives));
        }

        return points;
    }

    private static ImmutableArray<RocPoint> Thinned(List<RocPoint> points)
    {
        if (points.Count <= MostPoints) return [.. points];
        return [.. Enumerable.Range(0, MostPoints).Select(i => points[(int)((long)i * (points.Count - 1) / (MostPoints - 1))])];
    }

    private sealed class Area(RankedScores ranks) : IResampled
    {
        public int Figures => 1;

        public void Measure(ReadOnlySpan<int> counts, Span<double> figures) => figures[0] = ranks.AreaUnderCurve(counts);
    }
}

/// <summary>A point of a ROC curve.</summary>
/// <param name="FalseAlarms">The share of other cases that score above the threshold.</param>
/// <param name="Hits">The share of the answer's cases that do.</param>
public readonly record struct RocPoint(double FalseAlarms, double Hits);
