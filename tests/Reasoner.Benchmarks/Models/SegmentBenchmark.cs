using System.Globalization;
using Reasoner.Decisions;
using Reasoner.Experts;

namespace Reasoner.Benchmarks;

/// <summary>What an expert of its own gives a segment, on cases that the models had not seen, over seeds.</summary>
internal static class SegmentBenchmark
{
    public static IReadOnlyList<string> Run(BenchmarkOptions options) =>
    [
        $"Stratified 5-fold cross-validation, divided anew by each of {options.Seeds} seeds. To each fold's mixture an expert is added, trained on the segment's cases of the four other folds alone; log loss on the fold that neither saw, "
        + "inside the segment and outside it, before and after. Consulted: the share of unseen cases in which the new expert runs.",
        .. LabelledTask.ForEach(options, (domain, path) => Measure(domain, path, options.Seeds)),
    ];

    private static IEnumerable<string> Measure(Domain domain, string path, int seeds)
    {
        var rows = LabelledCases.ReadFeatures(domain, path);
        var schema = domain.Features.Schema!;
        var results = Enumerable.Range(1, seeds)
            .Select(seed => CrossValidation.Run(schema, rows, ModelTrainer.OptionsOf(domain.Manifest, new() { Seed = seed }))).ToList();
        yield return "";
        yield return $"## {domain.Name}: {rows.Count} cases of {Path.GetFileName(path)}";
        yield return "";
        yield return "| segment | cases inside | log loss inside: before, after | outside: before, after | consulted inside, outside |";
        yield return "|---|---|---|---|---|";
        foreach (var segment in domain.Manifest.Segments)
        {
            var judged = results.SelectMany(result => result.Models.SelectMany((model, fold) =>
            {
                var added = NarrowExpert.Add(model, segment, [.. rows.Where((_, row) => result.FoldOf[row] != fold)]);
                return rows.Where((_, row) => result.FoldOf[row] == fold)
                    .Select(row => (IsInside: segment.Contains(schema, row.Row), Before: Loss(model, row), After: Loss(added, row), IsConsulted: added.Propose(row.Row).Experts.Any(expert => expert.Name == segment.Name)));
            })).ToList();
            var (inside, outside) = (judged.Where(each => each.IsInside).ToList(), judged.Where(each => !each.IsInside).ToList());
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"| {segment.Name} | {inside.Count / seeds} | {inside.Average(each => each.Before):0.0000}, {inside.Average(each => each.After):0.0000} | {outside.Average(each => each.Before):0.0000}, {outside.Average(each => each.After):0.0000} | {inside.Average(each => each.IsConsulted ? 1.0 : 0):P0}, {outside.Average(each => each.IsConsulted ? 1.0 : 0):P0} |");
        }
    }

    private static double Loss(TrainedMixture model, LabelledRow row) => -Math.Log(Math.Max(1e-15, model.Propose(row.Row).ProbabilityOf(row.Label)));
}
