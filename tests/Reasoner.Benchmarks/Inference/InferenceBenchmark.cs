using System.Globalization;

namespace Reasoner.Benchmarks;

/// <summary>Whole processes from files to results, this program's beside others' in one run, in turn.</summary>
internal static class InferenceBenchmark
{
    private const double LongRun = 10;

    public static IReadOnlyList<string> Run(BenchmarkOptions options)
    {
        using var place = new Workplace(options);
        var peers = options.WithPeers ? Peer.All.Where(peer => place.Has(peer.Program)).ToList() : [];
        var native = options.WithNative ? place.PublishNative() : null;
        List<Peer> ours = [Peer.Reasoner, .. native is null ? [] : (Peer[])[Peer.Native(native)]];
        var lines = new List<string>
        {
            $"Wall s / user s / peak resident MiB of a whole process that reads files and writes its results to a file: medians of {options.Runs} runs in turn, one where it takes over {LongRun:0} s; >{options.Limit.TotalSeconds:0} where stopped, - where it has no input. "
            + $"Ratio: the fastest other program's wall time to ours{(native is null ? "" : ", then to that of our native program")}. Derived: facts that follow and were not given; every program's count is compared with the expected one, or with ours where none is known.",
            "",
            $"| task | {string.Concat(ours.Concat(peers).Select(program => program.Name + " | "))}ratio | derived |",
            $"|---|{string.Concat(ours.Concat(peers).Select(_ => "---|"))}---|---|",
        };
        foreach (var task in InferenceTask.All.Where(task => options.Wants(task.Name)))
        {
            var path = Path.Combine(place.Data, task.Name);
            if (!File.Exists(path + ".srl")) task.Write?.Invoke(path);
            if (!File.Exists(path + ".srl")) continue;
            lines.Add(Row(task, path, ours, peers, options, place));
            Console.Error.WriteLine(lines[^1]);
        }

        return [.. lines, .. place.Remarks];
    }

    private static string Row(InferenceTask task, string path, List<Peer> ours, List<Peer> peers, BenchmarkOptions options, Workplace place)
    {
        var programs = ours.Concat(peers).ToList();
        var runs = programs.Select(_ => new List<ProcessRun>()).ToList();
        var counts = new long?[programs.Count];
        var (given, expected) = Meta(path);
        for (var run = 0; run < options.Runs; run++)
        {
            for (var i = 0; i < programs.Count; i++)
            {
                if (!programs[i].Takes(path) || runs[i] is [.., { Outcome: not ProcessOutcome.Done } or { Seconds: > LongRun }]) continue;
                runs[i].Add(ProcessRun.Of(programs[i].Program, programs[i].Arguments(path), options.Limit, place.Output));
                if (run == 0 && runs[i][0].Outcome == ProcessOutcome.Done) counts[i] = programs[i].Count(File.ReadLines(place.Output), given);
            }
        }

        expected ??= counts[0];
        var wrong = programs.Zip(counts).Where(pair => pair.Second is { } count && count != expected).Select(pair => $", **{pair.First.Name}: {pair.Second}**");
        var medians = runs.Select(list => list.Count == 0 ? null : ProcessRun.Median(list)).ToList();
        var fastest = medians.Skip(ours.Count).Where(run => run?.Outcome == ProcessOutcome.Done).Min(run => run?.Seconds);
        var ratios = medians.Take(ours.Count).Select(run => fastest is { } other && run is { Outcome: ProcessOutcome.Done } ? Results.Short(other / run.Seconds) : "-");
        return $"| {task.Name}: {task.Description} | {string.Concat(medians.Select(run => Cell(run) + " | "))}{string.Join(" / ", ratios)} | {expected}{string.Concat(wrong)} |";
    }

    private static (long Given, long? Expected) Meta(string path)
    {
        var words = File.ReadAllText(path + ".meta").Split();
        return (long.Parse(words[0], CultureInfo.InvariantCulture), long.TryParse(words[1], out var expected) ? expected : null);
    }

    private static string Cell(ProcessRun? run) => run switch
    {
        null => "-",
        { Outcome: ProcessOutcome.Stopped } => string.Create(CultureInfo.InvariantCulture, $">{run.Seconds:0}"),
        { Outcome: ProcessOutcome.Failed } => "failed",
        _ => string.Create(CultureInfo.InvariantCulture, $"{run.Seconds:0.00} / {run.UserSeconds:0.00} / {run.PeakMebibytes:0}"),
    };
}
