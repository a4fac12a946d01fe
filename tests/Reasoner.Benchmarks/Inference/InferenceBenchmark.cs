using System.Globalization;

namespace Reasoner.Benchmarks;

/// <summary>Whole processes from files to results, this program's beside others' in one run, in turn.</summary>
internal static class InferenceBenchmark
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    public static IReadOnlyList<string> Run(Func<InferenceTask, bool> isWanted, bool withPeers, int runs)
    {
        var folder = Directory.CreateTempSubdirectory("reasoner-benchmarks").FullName;
        try
        {
            if (Repository.Generators is { } generators)
                _ = ProcessRun.Of("python3", [Path.Combine(generators, "gen.py"), folder], TimeSpan.FromMinutes(10));
            var peers = withPeers ? Peer.All.Where(peer => peer.IsInstalled).ToList() : [];
            var lines = new List<string> { $"Best of {runs} runs, one where it takes over 10 s, - where over {Limit.TotalSeconds:0} s or there is no input: wall s / user s. The ratio is the fastest other program's wall time to ours.", "" };
            lines.Add($"| task | reasoner infer | {string.Concat(peers.Select(peer => peer.Name + " | "))}ratio |");
            lines.Add($"|---|---|{string.Concat(peers.Select(_ => "---|"))}---|");
            foreach (var task in InferenceTask.All.Where(isWanted))
            {
                var path = Path.Combine(folder, task.Name);
                if (!File.Exists(path + ".srl"))
                {
                    if (task.Write is null) continue;
                    task.Write(path);
                }

                lines.Add(Row(task, path, peers, runs));
                Console.Error.WriteLine(lines[^1]);
            }

            return lines;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static string Row(InferenceTask task, string path, List<Peer> peers, int runs)
    {
        var all = peers.Prepend(Peer.Reasoner).ToList();
        var best = new ProcessRun?[all.Count];
        for (var run = 0; run < runs; run++)
        {
            for (var i = 0; i < all.Count; i++)
            {
                // What took over ten seconds once is not asked again.
                if ((run > 0 && best[i] is null or { Seconds: > 10 }) || !all[i].Takes(path)) continue;
                if (ProcessRun.Of(all[i].Program, all[i].Arguments(path), Limit) is { } result && !(result.Seconds >= best[i]?.Seconds)) best[i] = result;
            }
        }

        var fastest = best.Skip(1).Min(run => run?.Seconds);
        var ratio = fastest is { } other && best[0] is { } ours ? Results.Short(other / ours.Seconds) : "";
        return $"| {task.Name}: {task.Description} | {string.Concat(best.Select(run => Cell(run) + " | "))}{ratio} |";
    }

    private static string Cell(ProcessRun? run) =>
        run is null ? "-" : string.Create(CultureInfo.InvariantCulture, $"{run.Seconds:0.00} / {run.UserSeconds:0.00}");
}
