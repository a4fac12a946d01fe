using System.Diagnostics;
using System.Globalization;
using Reasoner.Constraints.Solving;

namespace Reasoner.Benchmarks;

/// <summary>What the solver's parameters and hosts cost on rosters: the grounds of CpSolverOptions' defaults.</summary>
internal static class SolverBenchmark
{
    private static readonly CpSolverOptions Base = new();

    private static readonly (string Name, CpSolverOptions Options)[] Variants =
    [
        ("defaults", Base),
        ("linearization 0", Base with { LinearizationLevel = 0 }),
        ("linearization 1", Base with { LinearizationLevel = 1 }),
        ("presolve off, linearization 0", Base with { Presolve = false, LinearizationLevel = 0 }),
        ("presolve off, linearization 1", Base with { Presolve = false, LinearizationLevel = 1 }),
        ("presolve off, linearization 2", Base with { Presolve = false, LinearizationLevel = 2 }),
        ("symmetry 0", Base with { SymmetryLevel = 0 }),
        ("2 threads", Base with { Threads = 2 }),
    ];

    public static IReadOnlyList<string> Run(BenchmarkOptions options)
    {
        var lines = new List<string>
        {
            "Rosters of people x days with three shifts; of the short ones more is demanded than there is, which is to be proven.",
            "The defaults are presolve on, linearization 2, symmetry 2, one thread, seed 1. Without linearization, a roster that can be",
            "met is solved fastest, but one that cannot is never refuted, as no relaxation adds the demands up; and finding out why",
            "nothing can be met is half of the work here. Level 2 proves the best of the largest roster several times sooner than level 1. Presolve",
            "costs small models a few ms, and saves seconds on large ones. A second thread gains little and gives up that",
            "the same model has the same answer each time. Node.js compiles its first solves in haste: its first row pays for that.",
            "",
        };
        foreach (var host in (SolverHost[])[SolverHost.Native, SolverHost.Node])
        {
            lines.Add($"| {host}: median ms to the proof, elapsed / of processors (else value and bound after {options.Limit.TotalSeconds:0} s) | {string.Join(" | ", Roster.All.Select(roster => roster.Name))} |");
            lines.Add("|---" + string.Concat(Enumerable.Repeat("|---", Roster.All.Count)) + "|");
            using var solver = new WorkerCpSolver(new WorkerPoolOptions { Host = host, MaxWorkers = 1 });
            lines.Add($"| start of a process and first solve of two variables | {First(host)} |" + string.Concat(Enumerable.Repeat(" |", Roster.All.Count - 1)));
            lines.Add($"| solve of two variables, warm | {Warm(solver)} |" + string.Concat(Enumerable.Repeat(" |", Roster.All.Count - 1)));
            foreach (var (name, parameters) in Variants)
            {
                lines.Add($"| {name} | {string.Join(" | ", Roster.All.Select(roster => options.Wants(roster.Name) ? Measure(solver, roster, parameters with { TimeLimit = options.Limit }, options.Runs) : "-"))} |");
                Console.Error.WriteLine(lines[^1]);
            }

            lines.Add("");
        }

        return lines;
    }

    private static string Measure(WorkerCpSolver solver, Roster roster, CpSolverOptions parameters, int runs)
    {
        var model = roster.ToModel();
        var (times, work) = (new List<double>(), new List<double>());
        CpSolution solution = null!;
        // What has no proof in time once will have none again.
        while (times.Count < runs && (times.Count == 0 || IsProven(solution)))
        {
            var before = ProcessorTime(solver);
            var started = Stopwatch.GetTimestamp();
            solution = solver.SolveAsync(model, parameters).GetAwaiter().GetResult();
            times.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            work.Add((ProcessorTime(solver) - before).TotalMilliseconds);
        }

        return IsProven(solution)
            ? $"{Results.Short(Statistics.Median(times))} / {Results.Short(Statistics.Median(work))}"
            : string.Create(CultureInfo.InvariantCulture, $"({solution.Status}: {solution.Objective}, {solution.Bound:0.#})");
    }

    private static bool IsProven(CpSolution solution) => solution.Status is CpStatus.Optimal or CpStatus.Infeasible;

    // Of the one process that solves: on a busy machine it says more than the time that passes.
    private static TimeSpan ProcessorTime(WorkerCpSolver solver)
    {
        if (solver.WorkerIds.Count == 0) Tiny(solver);
        using var process = Process.GetProcessById(solver.WorkerIds[0]);
        return process.TotalProcessorTime;
    }

    private static string First(SolverHost host)
    {
        using var solver = new WorkerCpSolver(new WorkerPoolOptions { Host = host, MaxWorkers = 1 });
        var started = Stopwatch.GetTimestamp();
        Tiny(solver);
        return Results.Short(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
    }

    private static string Warm(WorkerCpSolver solver) =>
        Results.Short(Statistics.Percentile(Statistics.Microseconds(20, 100, () => Tiny(solver)), 50) / 1000);

    private static void Tiny(WorkerCpSolver solver)
    {
        var model = new CpModel();
        var (x, y) = (model.NewBool(), model.NewBool());
        model.AddExactlyOne(x, y);
        model.Maximize(new CpSum().Add(x, 2).Add(y));
        solver.SolveAsync(model, Base).GetAwaiter().GetResult();
    }
}
