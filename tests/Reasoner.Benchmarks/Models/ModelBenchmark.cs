using System.Globalization;
using Reasoner.Decisions;
using Reasoner.Experts;

namespace Reasoner.Benchmarks;

/// <summary>The mixture of experts beside logistic regression and gradient-boosted trees, on the labelled cases of domains.</summary>
internal static class ModelBenchmark
{
    private static readonly (string Name, bool IsHighGood, Func<ClassificationMetrics, double> Of)[] _measures =
    [
        ("AUC", true, metrics => metrics.Auc),
        ("Brier score", false, metrics => metrics.Brier),
        ("calibration error", false, metrics => metrics.ExpectedCalibrationError),
        ("log loss", false, metrics => metrics.LogLoss),
    ];

    public static IReadOnlyList<string> Run(BenchmarkOptions options)
    {
        var lines = new List<string>
        {
            $"Stratified {FoldResult.Folds}-fold cross-validation, divided anew by each of {options.Seeds} seeds, the same folds for all; features as the domain's rules represent the cases, protected ones excluded. "
            + "Each model chooses all it has to choose from the four folds that it learns from: the mixture its length and temperature; logistic regression (L2, Newton's method to the minimum) its penalty and whether numbers count by logarithms and squares too; "
            + "gradient-boosted trees (histograms, second order) depth, learning rate, least child weight and number of trees. "
            + "Mean ± standard deviation over folds and seeds; calibration error over ten equal bins of the likeliest answer's probability; time to fit by the clock, choosing included, on all cores.",
        };
        lines.AddRange(LabelledTask.ForEach(options, (domain, path) => Compare(domain, path, options.Seeds)));
        return lines;
    }

    private static IEnumerable<string> Compare(Domain domain, string path, int seeds)
    {
        var rows = LabelledCases.ReadFeatures(domain, path);
        var contestants = Contestant.All(domain.Features.Schema!, ModelTrainer.OptionsOf(domain.Manifest));
        var results = FoldResult.Of(contestants, rows, seeds);
        yield return "";
        yield return $"## {domain.Name}: {rows.Count} cases of {Path.GetFileName(path)}, {domain.Features.Schema!.Count(feature => !feature.Protected)} features";
        yield return "";
        yield return $"| model | {string.Join(" | ", _measures.Select(measure => measure.Name))} | seconds to fit | chosen most often |";
        yield return $"|---|{string.Concat(_measures.Select(_ => "---|"))}---|---|";
        for (var i = 0; i < contestants.Count; i++)
        {
            var cells = _measures.Select(measure => Spread([.. results[i].Select(fold => measure.Of(fold.Metrics))], "0.0000"));
            yield return $"| {contestants[i].Name} | {string.Join(" | ", cells)} | {Spread([.. results[i].Select(fold => fold.Seconds)], "0.0")} | {Commonest(results[i])} |";
        }

        yield return "";
        yield return "Mixture of experts less the baseline that is best on average, in the same folds. The standard error takes folds for independent samples; the corrected one (Nadeau and Bengio 2003) allows for the rows they share.";
        yield return "";
        yield return "| measure | best baseline | difference | standard error | corrected | folds in which the mixture is better |";
        yield return "|---|---|---|---|---|---|";
        foreach (var (name, isHighGood, measure) in _measures)
        {
            double[] Of(int contestant) => [.. results[contestant].Select(fold => measure(fold.Metrics))];
            var sign = isHighGood ? 1 : -1;
            var best = Enumerable.Range(1, contestants.Count - 1).MaxBy(contestant => sign * Of(contestant).Average());
            var difference = PairedDifference.Of(Of(0), Of(best), FoldResult.Folds);
            var better = Of(0).Zip(Of(best)).Count(pair => sign * (pair.First - pair.Second) > 0);
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"| {name} ({(isHighGood ? "higher" : "lower")} is better) | {contestants[best].Name} | {difference.Mean:+0.0000;-0.0000} | {difference.StandardError:0.0000} | {difference.CorrectedError:0.0000} | {better} of {results[0].Count} |");
        }
    }

    private static string Spread(double[] values, string format)
    {
        var mean = values.Average();
        var deviation = Math.Sqrt(values.Sum(value => Math.Pow(value - mean, 2)) / (values.Length - 1));
        return $"{mean.ToString(format, CultureInfo.InvariantCulture)} ± {deviation.ToString(format, CultureInfo.InvariantCulture)}";
    }

    private static string Commonest(IReadOnlyList<FoldResult> folds) =>
        folds.GroupBy(fold => fold.Settings, StringComparer.Ordinal).OrderByDescending(group => group.Count()).First().Key;
}
