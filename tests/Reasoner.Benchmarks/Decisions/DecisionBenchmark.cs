using System.Diagnostics;
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
            lines.Add($"| explanation {explanation} | {Row(Measure(() => pipeline.Decide(sample, options)))} |");
        }

        lines.Add("");
        lines.Add("| an overlay of 6 facts over a base of | p50 us | p99 us | overlays/s |");
        lines.Add("|---|---|---|---|");
        foreach (var size in (int[])[1_000, 10_000, 100_000])
        {
            var world = OverlayWorld.Make(size);
            lines.Add($"| {size} asserted facts | {Row(Measure(world.Extend))} |");
        }

        return lines;
    }

    private static string Row(double[] sorted) =>
        $"{Results.Short(sorted[sorted.Length / 2])} | {Results.Short(sorted[sorted.Length * 99 / 100])} | {1e6 / sorted.Average():0}";

    /// <summary>Microseconds a run, sorted.</summary>
    private static double[] Measure(Action work)
    {
        for (var i = 0; i < Warm; i++) work();
        var times = new double[Measured];
        for (var i = 0; i < times.Length; i++)
        {
            var started = Stopwatch.GetTimestamp();
            work();
            times[i] = Stopwatch.GetElapsedTime(started).TotalMicroseconds;
        }

        Array.Sort(times);
        return times;
    }
}
