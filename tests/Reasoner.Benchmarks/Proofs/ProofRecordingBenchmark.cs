using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using Reasoner.Inference;
using Reasoner.Knowledge;
using Reasoner.Rules;

namespace Reasoner.Benchmarks;

/// <summary>What it costs to keep, of each derived fact, the rule and rank that its proof is rebuilt from.</summary>
internal static class ProofRecordingBenchmark
{
    public static IReadOnlyList<string> Run(BenchmarkOptions options)
    {
        using var place = new Workplace(options);
        var lines = new List<string>
        {
            "The same facts and rules materialised with and without recording, in one process and thread, in turn: the time of materialising alone, and the bytes of the graph's tables after it. "
            + $"Medians of {options.Runs} runs after one that is not counted.",
            "",
            "| task | derived | ms with | ms without | time, with / without | bytes a fact with | bytes a fact without | bytes, with / without |",
            "|---|---|---|---|---|---|---|---|",
        };
        foreach (var task in InferenceTask.All.Where(task => options.Names.Count == 0 ? task.Name is "a1" or "a2" or "a3" or "c1" or "c5" or "lubm1" : options.Wants(task.Name)))
        {
            var path = Path.Combine(place.Data, task.Name);
            if (!File.Exists(path + ".srl")) task.Write?.Invoke(path);
            if (!File.Exists(path + ".srl")) continue;
            lines.Add(Row(task.Name, path, options.Runs));
            Console.Error.WriteLine(lines[^1]);
        }

        return [.. lines, .. place.Remarks];
    }

    private static string Row(string name, string path, int runs)
    {
        var (with, without) = (new List<Cost>(), new List<Cost>());
        for (var run = 0; run <= runs; run++)
        {
            var (recorded, unrecorded) = (Measure(path, isRecorded: true), Measure(path, isRecorded: false));
            if (recorded.Derived != unrecorded.Derived) throw new InvalidOperationException($"{name}: {recorded.Derived} facts follow with recording, {unrecorded.Derived} without.");
            if (run == 0) continue;
            with.Add(recorded);
            without.Add(unrecorded);
        }

        var (timeWith, timeWithout) = (Statistics.Median(with.Select(cost => cost.Milliseconds)), Statistics.Median(without.Select(cost => cost.Milliseconds)));
        var (bytesWith, bytesWithout) = (with[0].BytesPerFact, without[0].BytesPerFact);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"| {name} | {with[0].Derived} | {timeWith:0} | {timeWithout:0} | {timeWith / timeWithout:0.00} | {bytesWith:0.0} | {bytesWithout:0.0} | {bytesWith / bytesWithout:0.00} |");
    }

    private static Cost Measure(string path, bool isRecorded)
    {
        var (graph, rules) = Load(path);
        var program = RuleProgram.Compile(rules, graph);
        var evaluation = new EvaluationOptions { RecordProofs = isRecorded, Threads = 1 };
        GC.Collect();
        var started = Stopwatch.GetTimestamp();
        var derived = Materializer.Materialize(program, graph, evaluation).DerivedFacts;
        var milliseconds = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
        return new Cost(milliseconds, derived, graph.MemoryBytes / (double)graph.Count);
    }

    private static (KnowledgeGraph Graph, RuleSet Rules) Load(string path)
    {
        if (File.Exists(path + ".ontology.nt")) return (Lubm.Load(path, out var axioms), RuleSet.Empty with { Rules = axioms });
        var graph = new KnowledgeGraph();
        GraphReading.Load(graph, path + ".nt");
        return (graph, RuleSetReader.ReadFiles(ImmutableArray.Create(path + ".srl")).RuleSet);
    }

    private readonly record struct Cost(double Milliseconds, long Derived, double BytesPerFact);
}
