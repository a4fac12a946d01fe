using Reasoner.Decisions;

namespace Reasoner.Benchmarks;

/// <summary>Decisions of the lending domain's sample case, warm, in one thread; and what an overlay costs over bases of several sizes.</summary>
internal static class DecisionBenchmark
{
    private const int Warm = 500;
    private const int Measured = 1500;

    public static IReadOnlyList<string> Run()
    {
        using var domain = Domain.Load(Path.Combine(Repository.Root, "ontologies", "lending", "domain.json"));
        var pipeline = new DecisionPipeline(domain);
        var sample = CaseInput.OfJson(File.ReadAllBytes(domain.SampleCase!), "sample-case.json");
        var lines = new List<string> { "| decisions, lending domain, sample case | p50 us | p99 us | decisions/s |", "|---|---|---|---|" };
        foreach (var explanation in Enum.GetValues<Explanation>())
        {
            var options = DecisionOptions.Default with { Explanation = explanation };
            lines.Add($"| explanation {explanation} | {Row(Statistics.Microseconds(Warm, Measured, () => pipeline.Decide(sample, options)))} |");
        }

        lines.Add("");
        lines.Add("| an overlay of 6 facts over a base of | p50 us | p99 us | overlays/s |");
        lines.Add("|---|---|---|---|");
        foreach (var size in (int[])[1_000, 10_000, 100_000])
        {
            var world = OverlayWorld.Make(size);
            lines.Add($"| {size} asserted facts | {Row(Statistics.Microseconds(Warm, Measured, world.Extend))} |");
        }

        return lines;
    }

    private static string Row(double[] sorted) =>
        $"{Results.Short(Statistics.Percentile(sorted, 50))} | {Results.Short(Statistics.Percentile(sorted, 99))} | {1e6 / sorted.Average():0}";
}
