using System.Diagnostics;
using System.Globalization;
using Reasoner.Constraints.Joint;
using Reasoner.Constraints.Solving;
using Reasoner.Decisions;

namespace Reasoner.Benchmarks;

/// <summary>Rosters beside what else could make them, and what it takes to say why a duty was not another.</summary>
internal static class RosterBenchmark
{
    private const int Seed = 1;
    private const int Stride = 37;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private static readonly (int Nurses, int Days)[] Sizes = [(10, 7), (20, 14), (50, 28)];

    /// <summary>What can be measured by name.</summary>
    public static IEnumerable<string> Names => [.. Sizes.Select(NameOf), "why-sample", "why-20x14"];

    public static IReadOnlyList<string> Run(BenchmarkOptions options)
    {
        var folder = Directory.CreateTempSubdirectory("reasoner-rosters");
        try
        {
            var lines = new List<string>
            {
                "Rosters of nurses x days that meet all limits of the rostering domain and are worth most, the same problem for everybody:",
                "for MiniZinc and clingo a model of its own (Rosters/Peers) and the instance as data. Every best roster is checked against the",
                "limits of the joint problem and valued by it. Times are in seconds from the start of the program, with reading and grounding,",
                "as its user waits; for Reasoner also with processes that are up. Each has one thread but where it says 2. The proof is that",
                "nothing is worth more; among rosters worth as much, Reasoner then also finds the one it always gives, which is not counted.",
                "",
            };
            foreach (var (nurses, days) in Sizes)
                if (options.Wants(NameOf((nurses, days)))) lines.AddRange(Compare(RosterTask.Make(nurses, days, Seed, folder.FullName), options));
            lines.AddRange(Explain(options));
            return lines;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static string NameOf((int Nurses, int Days) size) => string.Create(CultureInfo.InvariantCulture, $"{size.Nurses}x{size.Days}");

    private static IEnumerable<string> Compare(RosterTask task, BenchmarkOptions options)
    {
        var missing = new List<string>();
        IEnumerable<RosterContestant> peers = options.WithPeers ? RosterPeers.All(Has) : [];
        RosterContestant[] contestants =
        [
            .. ((SolverHost[])[SolverHost.Native, SolverHost.Node]).SelectMany(host => (RosterContestant[])[RosterReasoner.On(host, isWarm: true), RosterReasoner.On(host, isWarm: false)]),
            .. peers,
        ];
        yield return $"| {task.Name}: {task.Problem.Candidates.Length} candidates, {task.Problem.Constraints.Length} limits | first roster, s | worth | best after {options.Limit.TotalSeconds:0} s | proven best, s |";
        yield return "|---|---|---|---|---|";
        foreach (var contestant in contestants)
        {
            var row = Row(contestant, task, options);
            Console.Error.WriteLine(row);
            yield return row;
        }

        if (missing.Count > 0) yield return $"\nNot here, so not measured: {string.Join(", ", missing)}.";
        yield return "";

        bool Has(string program)
        {
            if (ProcessRun.IsInstalled(program)) return true;
            missing.Add(program);
            return false;
        }
    }

    /// <summary>The best of several runs: by the proof, then by the value, then by the first roster.</summary>
    private static string Row(RosterContestant contestant, RosterTask task, BenchmarkOptions options)
    {
        var best = Enumerable.Range(0, options.Runs).Select(_ => contestant.Solve(task, options.Limit))
            .OrderBy(run => run.Proven ?? double.MaxValue).ThenByDescending(run => run.Best.IsEmpty ? long.MinValue : task.Problem.ValueOf(run.Best)).ThenBy(run => run.First ?? double.MaxValue).First();
        if (!best.Best.IsEmpty && task.Problem.Broken(best.Best).ToList() is { Count: > 0 } broken)
            throw new InvalidOperationException($"{contestant.Name} breaks {broken.Count} limits of {task.Name}, the first of kind {task.Problem.Constraints[broken[0]].Kind}.");
        return best.First is { } first
            ? $"| {contestant.Name} | {Results.Short(first)} | {Worth(best.FirstValue)} | {Worth(task.Problem.ValueOf(best.Best))} | {(best.Proven is { } proven ? Results.Short(proven) : "no")} |"
            : $"| {contestant.Name} | none | | | no |";
    }

    private static string Worth(long value) => JointProblem.InUnits(value).ToString("0.#", CultureInfo.InvariantCulture);

    private static IEnumerable<string> Explain(BenchmarkOptions options)
    {
        (string Name, Func<JointProblem> Problem)[] problems =
        [
            ("why-sample", Sample),
            ("why-20x14", () => RosterProblem.Of(RosterGenerator.Instance(20, 14, Seed))),
        ];
        if (!Array.Exists(problems, problem => options.Wants(problem.Name))) yield break;
        yield return "Why a duty is not another: each other answer is forced in turn, and the best roster with it found and proven, or a smallest conflict; warm, in as many processes as there are cores. Duties are asked about until two minutes have passed.";
        yield return "";
        yield return "| duties of | asked about | the roster, s | why, ms: median | p90 | worst | costlier, rejected, impossible, unknown | proven |";
        yield return "|---|---|---|---|---|---|---|---|";
        foreach (var (name, make) in problems.Where(problem => options.Wants(problem.Name)))
        {
            foreach (var host in (SolverHost[])[SolverHost.Native, SolverHost.Node])
            {
                var row = Explain($"{name["why-".Length..]}, {host}", make(), host, options);
                Console.Error.WriteLine(row);
                yield return row;
            }
        }
    }

    private static string Explain(string name, JointProblem problem, SolverHost host, BenchmarkOptions options)
    {
        using var solver = new WorkerCpSolver(new WorkerPoolOptions { Host = host });
        var joint = new JointSolver(solver, new JointOptions { TimeLimit = options.Limit });
        joint.SolveAsync(RosterProblem.Of(RosterGenerator.Instance(10, 7, Seed))).GetAwaiter().GetResult();
        var started = Stopwatch.GetTimestamp();
        var solution = joint.SolveAsync(problem).GetAwaiter().GetResult();
        var solved = Stopwatch.GetElapsedTime(started).TotalSeconds;
        var others = new List<JointAlternative>();
        var times = new List<double>();
        // Duties from all over the roster, all of them where there is time.
        for (started = Stopwatch.GetTimestamp(); times.Count < problem.Slots.Length && Stopwatch.GetElapsedTime(started) < Patience;)
        {
            var slot = times.Count * Stride % problem.Slots.Length;
            times.AddRange(Statistics.Microseconds(0, 1, () => others.AddRange(joint.ExplainAsync(problem, solution, slot).GetAwaiter().GetResult())));
        }

        double[] sorted = [.. times.Order()];
        var counts = ((JointReproach[])[JointReproach.Costlier, JointReproach.Rejected, JointReproach.Impossible, JointReproach.Unknown]).Select(reproach => others.Count(other => other.Reproach == reproach));
        return $"| {name} | {times.Count} of {problem.Slots.Length} | {Results.Short(solved)} | {Milliseconds(50)} | {Milliseconds(90)} | {Milliseconds(100)} | {string.Join(", ", counts)} | {others.Count(other => other.IsExact)} of {others.Count} |";

        string Milliseconds(int percent) => Results.Short(Statistics.Percentile(sorted, percent) / 1000);
    }

    /// <summary>The sample case of the rostering domain as a joint problem.</summary>
    private static JointProblem Sample()
    {
        using var domain = Domain.Load(Path.Combine(Repository.Root, "ontologies", "rostering", "domain.json"));
        var pipeline = new DecisionPipeline(domain);
        var (materialization, _) = pipeline.Represent(CaseInput.OfJson(File.ReadAllBytes(domain.SampleCase!), "sample-case.json"), CancellationToken.None);
        return pipeline.JointProblemOf(domain.Manifest.Slots!, materialization.Graph, CancellationToken.None);
    }
}
