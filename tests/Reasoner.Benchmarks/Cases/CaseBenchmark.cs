using System.Diagnostics;
using System.Globalization;
using Reasoner.Decisions;
using Reasoner.Inference;
using Reasoner.Shapes;

namespace Reasoner.Benchmarks;

/// <summary>What a case costs before any model sees it, over bases of several sizes: from JSON to all that follows.</summary>
internal static class CaseBenchmark
{
    private const int Warm = 2000;
    private const int Measured = 5000;

    public static IReadOnlyList<string> Run()
    {
        var lines = new List<string>
        {
            "The lending domain's sample case over its compiled base with background facts of companies, their owners and employees added. Represent: JSON to facts of an overlay, with those of the candidate answers. "
            + "Shapes: the overlay against the domain's SHACL shapes. Rules: everything that follows in base and overlay together. "
            + $"One case at a time, warm, one thread, {Measured} times; p50 / p99 us.",
            "",
            "| facts of the base: given + derived | facts of the case: given + derived | represent | shapes | rules | all |",
            "|---|---|---|---|---|---|",
        };
        foreach (var triples in (int[])[0, 1_000, 100_000, 1_000_000])
        {
            using var domain = LendingWorld.Load(triples);
            lines.Add(Row(domain));
            Console.Error.WriteLine(lines[^1]);
        }

        return lines;
    }

    private static string Row(Domain domain)
    {
        var pipeline = new DecisionPipeline(domain);
        var shapes = new ShapeValidator(domain.Shapes);
        var sample = CaseInput.OfJson(File.ReadAllBytes(Path.Combine(Repository.Root, "ontologies", "lending", "sample-case.json")), "sample-case.json");
        var times = Enumerable.Range(0, 4).Select(_ => new double[Measured]).ToArray();
        var (given, derived) = (0, 0L);
        for (var run = -Warm; run < Measured; run++)
        {
            var started = Stopwatch.GetTimestamp();
            var (overlay, _) = pipeline.Restate(sample, [], CancellationToken.None);
            var represented = Stopwatch.GetTimestamp();
            given = overlay.OwnRelations.Sum(relation => relation.Count);
            var validating = Stopwatch.GetTimestamp();
            if (!shapes.Validate(overlay, new ValidationOptions { Scope = ValidationScope.OwnFacts }).HasNoViolation)
                throw new InvalidOperationException("The sample case has the domain's shape.");
            var validated = Stopwatch.GetTimestamp();
            derived = Materializer.Extend(domain.Baseline, overlay).DerivedFacts;
            var extended = Stopwatch.GetTimestamp();
            if (run < 0) continue;
            times[0][run] = Stopwatch.GetElapsedTime(started, represented).TotalMicroseconds;
            times[1][run] = Stopwatch.GetElapsedTime(validating, validated).TotalMicroseconds;
            times[2][run] = Stopwatch.GetElapsedTime(validated, extended).TotalMicroseconds;
            times[3][run] = times[0][run] + times[1][run] + times[2][run];
        }

        var graph = domain.Baseline.Graph;
        var cells = times.Select(stage =>
        {
            Array.Sort(stage);
            return $"{Results.Short(Statistics.Percentile(stage, 50))} / {Results.Short(Statistics.Percentile(stage, 99))}";
        });
        return string.Create(
            CultureInfo.InvariantCulture,
            $"| {graph.Count - domain.Baseline.DerivedFacts} + {domain.Baseline.DerivedFacts} | {given} + {derived} | {string.Join(" | ", cells)} |");
    }
}
