using System.Diagnostics;
using System.Globalization;
using Reasoner.Inference;
using Reasoner.Knowledge;
using Reasoner.Rules;

namespace Reasoner.Benchmarks;

/// <summary>How fast RDF is read, and how much memory the graph takes.</summary>
internal static class ReadingBenchmark
{
    public static IReadOnlyList<string> Run(BenchmarkOptions options)
    {
        using var place = new Workplace(options);
        var lines = new List<string>
        {
            $"Parse: from a file to a receiver that counts. Load: from a file into a graph with terms as ids and every index built (for others, their own store). This program, in one process and thread, the median of {options.Runs} passes after one that is not counted; the same for N3.js's parsers, "
            + "while its store and the others are timed as whole processes of one pass, the median of as many. The fastest of the others in a line is what ours is compared with.",
            "",
            "| file | what | reasoner, triples/s | N3.js | SWI-Prolog | rapper | ratio |",
            "|---|---|---|---|---|---|---|",
        };
        foreach (var name in (string[])["c5.nt", "c5.ttl"])
        {
            var file = Path.Combine(place.Data, name);
            if (!options.Wants(name) || !File.Exists(file)) continue;
            lines.Add(Row($"{name} | parse", Rate(options.Runs, () => GraphReading.Count(file)), Others(options, place, file, "parse")));
            lines.Add(Row($"{name} | load", Rate(options.Runs, () => Load(file)), Others(options, place, file, "load")));
            Console.Error.WriteLine($"{lines[^2]}\n{lines[^1]}");
        }

        lines.AddRange(["", "Bytes: what the graph's tables hold, terms and indexes among them, and beside it what the garbage collector's heap has grown by. The target is at most 60 a triple.", ""]);
        lines.AddRange(["| graph | triples | bytes of tables | a triple | heap, a triple |", "|---|---|---|---|---|"]);
        if (options.Wants("c5.nt") && File.Exists(Path.Combine(place.Data, "c5.nt")))
            lines.Add(MemoryRow("c5.nt, as given", () => LoadedFrom(Path.Combine(place.Data, "c5.nt"))));
        if (options.Wants("lubm1") && Lubm.IsHere)
        {
            var path = Path.Combine(place.Data, "lubm1");
            Lubm.WriteTask(path);
            lines.Add(MemoryRow("LUBM(1), as given", () => Frozen(Lubm.Load(path, out _))));
            lines.Add(MemoryRow("LUBM(1) and what follows under OWL 2 RL", () => Frozen(WithAllThatFollows(path))));
        }

        return [.. lines, .. place.Remarks];
    }

    private static string Row(string what, double ours, double?[] others) =>
        $"| {what} | {Rate(ours)} | {string.Concat(others.Select(other => (other is { } rate ? Rate(rate) : "-") + " | "))}{(others.Max() is { } best ? Results.Short(ours / best) : "")} |";

    private static string Rate(double perSecond) => string.Create(CultureInfo.InvariantCulture, $"{perSecond / 1e6:0.00}M");

    /// <summary>Triples a second of the median pass.</summary>
    private static double Rate(int passes, Func<long> pass)
    {
        var triples = pass();
        return triples / Statistics.Median(Enumerable.Range(0, passes).Select(_ =>
        {
            GC.Collect();
            var started = Stopwatch.GetTimestamp();
            pass();
            return Stopwatch.GetElapsedTime(started).TotalSeconds;
        }).ToList());
    }

    private static long Load(string file)
    {
        var graph = new KnowledgeGraph();
        var triples = GraphReading.Load(graph, file);
        graph.Freeze();
        return triples;
    }

    private static KnowledgeGraph LoadedFrom(string file)
    {
        var graph = new KnowledgeGraph();
        GraphReading.Load(graph, file);
        return Frozen(graph);
    }

    private static KnowledgeGraph WithAllThatFollows(string path)
    {
        var graph = Lubm.Load(path, out var rules);
        Materializer.Materialize(RuleProgram.Compile(RuleSet.Empty with { Rules = rules }, graph), graph);
        return graph;
    }

    private static KnowledgeGraph Frozen(KnowledgeGraph graph)
    {
        graph.Freeze();
        return graph;
    }

    private static string MemoryRow(string name, Func<KnowledgeGraph> make)
    {
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var graph = make();
        var heap = GC.GetTotalMemory(forceFullCollection: true) - before;
        double count = graph.Count;
        return string.Create(CultureInfo.InvariantCulture, $"| {name} | {graph.Count} | {graph.MemoryBytes} | {graph.MemoryBytes / count:0.0} | {heap / count:0.0} |");
    }

    /// <summary>Triples a second of N3.js, SWI-Prolog and rapper; null for one that is not there or has no such mode.</summary>
    private static double?[] Others(BenchmarkOptions options, Workplace place, string file, string mode)
    {
        if (!options.WithPeers) return [null, null, null];
        var isParse = mode == "parse";
        double? n3 = null, swi = null, rapper = null;
        if (place.HasNodePackages())
        {
            string[] script = ["--max-old-space-size=8192", Workplace.Script("parse_n3.cjs"), file];
            n3 = isParse
                ? new[] { "parse", "stream" }.Max(kind => WarmN3(place, options, [.. script, kind, (options.Runs + 1).ToString(CultureInfo.InvariantCulture)]))
                : WholeProcess(place, options, "node", [.. script, "store", "1"], Facts);
        }

        if (Repository.Generators is not null && place.Has("swipl"))
        {
            swi = WholeProcess(
                place, options, "swipl", ["--stack-limit=8g", "--table-space=8g", "-g", "main", "-t", "halt", Workplace.Script("parse_swi.pl"), "--", mode, file], Facts);
        }

        if (isParse && place.Has("rapper"))
        {
            rapper = WholeProcess(
                place, options, "rapper", ["-c", "-i", file.EndsWith(".nt", StringComparison.Ordinal) ? "ntriples" : "turtle", file], output => Number(output + ".err", "returned"));
        }

        return [n3, swi, rapper];
    }

    private static double? WarmN3(Workplace place, BenchmarkOptions options, string[] arguments)
    {
        var run = ProcessRun.Of("node", arguments, options.Limit * (options.Runs + 1), place.Output, place.Folder);
        return run.Outcome == ProcessOutcome.Done && Facts(place.Output) is { } facts && Number(place.Output, "warm") is { } milliseconds ? facts / (milliseconds / 1000.0) : null;
    }

    private static double? WholeProcess(Workplace place, BenchmarkOptions options, string program, string[] arguments, Func<string, long?> countOf)
    {
        var runs = new List<ProcessRun>();
        for (var i = 0; i < options.Runs; i++)
        {
            runs.Add(ProcessRun.Of(program, arguments, options.Limit, place.Output, place.Folder));
            if (runs[^1].Outcome != ProcessOutcome.Done) return null;
        }

        return countOf(place.Output) is { } triples ? triples / ProcessRun.Median(runs).Seconds : null;
    }

    private static long? Facts(string output) => Number(output, "facts");

    /// <summary>The number after a word in a file.</summary>
    private static long? Number(string file, string word)
    {
        var words = File.ReadAllText(file).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        var at = Array.IndexOf(words, word);
        return at >= 0 && at + 1 < words.Length && long.TryParse(words[at + 1], out var number) ? number : null;
    }
}
