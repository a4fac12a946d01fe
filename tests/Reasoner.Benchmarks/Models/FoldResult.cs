using System.Diagnostics;
using Reasoner.Baselines;
using Reasoner.Experts;

namespace Reasoner.Benchmarks;

/// <summary>How a contestant did on one fold after learning from the others.</summary>
/// <param name="Metrics">What its probabilities are worth.</param>
/// <param name="Seconds">How long it learned, by the clock.</param>
/// <param name="Settings">What it chose.</param>
internal sealed record FoldResult(ClassificationMetrics Metrics, double Seconds, string Settings)
{
    public const int Folds = 5;

    /// <summary>Every contestant on the same folds: a list for each, in the same order of seeds and folds.</summary>
    public static IReadOnlyList<IReadOnlyList<FoldResult>> Of(IReadOnlyList<Contestant> contestants, IReadOnlyList<LabelledRow> rows, int seeds)
    {
        var results = contestants.Select(_ => new List<FoldResult>()).ToArray();
        for (var seed = 1; seed <= seeds; seed++)
        {
            var foldOf = StratifiedFolds.Assign([.. rows.Select(row => row.Label)], Folds, seed);
            for (var fold = 0; fold < Folds; fold++)
            {
                var (others, held) = StratifiedFolds.Divide(foldOf, fold);
                LabelledRow[] learned = [.. others.Select(row => rows[row])], tested = [.. held.Select(row => rows[row])];
                for (var i = 0; i < contestants.Count; i++)
                {
                    results[i].Add(Of(contestants[i], learned, tested, seed));
                    Console.Error.WriteLine($"seed {seed}, fold {fold + 1}, {contestants[i].Name}: AUC {results[i][^1].Metrics.Auc:0.0000}, {results[i][^1].Seconds:0.0} s, {results[i][^1].Settings}");
                }
            }
        }

        return results;
    }

    private static FoldResult Of(Contestant contestant, LabelledRow[] learned, LabelledRow[] tested, int seed)
    {
        var started = Stopwatch.GetTimestamp();
        var model = contestant.Fit(learned, seed);
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        var proposals = Array.ConvertAll(tested, row => model.Propose(row.Row));
        return new(ClassificationMetrics.Of(proposals, Array.ConvertAll(tested, row => row.Label)), seconds, model.Settings);
    }
}
