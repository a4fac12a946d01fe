using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Reasoner.Constraints.Joint;
using Reasoner.Constraints.Solving;

namespace Reasoner.Benchmarks;

/// <summary>What a contestant came to within the limit. Times are in seconds from the start.</summary>
/// <param name="First">When it had a roster; null where it never had one.</param>
/// <param name="FirstValue">What that one was worth.</param>
/// <param name="Best">The best roster, as candidates of the problem.</param>
/// <param name="Proven">When it had proven that none is better; null where it had not.</param>
internal sealed record RosterOutcome(double? First, long FirstValue, ImmutableArray<int> Best, double? Proven);

/// <summary>Somebody who makes rosters.</summary>
/// <param name="Name">As tables name it.</param>
/// <param name="Solve">Makes a roster within a limit.</param>
internal sealed record RosterContestant(string Name, Func<RosterTask, TimeSpan, RosterOutcome> Solve);

/// <summary>An instance in all its forms.</summary>
/// <param name="Name">Nurses x days.</param>
/// <param name="Instance">The instance.</param>
/// <param name="Problem">It as a joint problem.</param>
/// <param name="Folder">Where its data for other programs stand, by its name.</param>
internal sealed record RosterTask(string Name, RosterInstance Instance, JointProblem Problem, string Folder)
{
    /// <summary>Makes an instance and writes its data.</summary>
    public static RosterTask Make(int nurses, int days, int seed, string folder)
    {
        var instance = RosterGenerator.Instance(nurses, days, seed);
        var task = new RosterTask(string.Create(CultureInfo.InvariantCulture, $"{nurses}x{days}"), instance, RosterProblem.Of(instance), folder);
        File.WriteAllText(task.Data(".dzn"), RosterData.MiniZinc(instance));
        File.WriteAllText(task.Data(".lp"), RosterData.Clingo(instance));
        return task;
    }

    /// <summary>A file of its data.</summary>
    public string Data(string extension) => Path.Combine(Folder, Name + extension);
}

/// <summary>Other programs, whose output is read as it comes.</summary>
internal static partial class RosterPeers
{
    private static readonly string Models = Path.Combine(Repository.Root, "tests", "Reasoner.Benchmarks", "Rosters", "Peers");

    /// <summary>Those of a program that is installed, run in several ways.</summary>
    public static IEnumerable<RosterContestant> All(Func<string, bool> has)
    {
        if (has("minizinc"))
        {
            yield return Gecode("free", "-O1", "search-free.mzn");
            yield return Gecode("greedy", "-O1", "search-greedy.mzn");
            yield return Gecode("restarts", "-O1", "search-restarts.mzn");
            yield return Gecode("restarts, -O2", "-O2", "search-restarts.mzn");
            yield return Gecode("restarts, -p 2", "-O1 -p 2", "search-restarts.mzn");
            yield return Gecode("neighbourhood", "-O1", "search-neighbourhood.mzn");
        }

        if (!has("clingo")) yield break;
        foreach (var arguments in (string[])["", "--configuration=handy", "--configuration=crafty", "--opt-strategy=usc", "--configuration=handy --opt-strategy=usc", "--configuration=handy --parallel-mode=2"])
            yield return Clingo(arguments);
    }

    private static RosterContestant Gecode(string name, string arguments, string search) => new(
        $"MiniZinc, Gecode: {name}",
        (task, limit) => Run(
            "minizinc",
            ["--solver", "gecode", "-a", .. Split(arguments), Path.Combine(Models, "roster.mzn"), Path.Combine(Models, search), task.Data(".dzn")],
            limit,
            line => line.StartsWith("roster", StringComparison.Ordinal)
                ? RosterProblem.Choice(task.Instance, Numbers().Matches(line).Take(task.Problem.Slots.Length).Select(match => Number(match.Value) - 1))
                : [],
            line => line == "==========",
            task.Problem));

    private static RosterContestant Clingo(string arguments) => new(
        $"clingo {arguments}".TrimEnd(),
        (task, limit) => Run(
            "clingo",
            [.. Split(arguments), Path.Combine(Models, "roster.lp"), task.Data(".lp")],
            limit,
            line => line.StartsWith("assign(", StringComparison.Ordinal) ? RosterProblem.Choice(task.Instance, Shifts(line)) : [],
            line => line == "OPTIMUM FOUND",
            task.Problem));

    private static IEnumerable<int> Shifts(string line) => line.Split(' ')
        .Select(atom => Numbers().Matches(atom).Select(match => Number(match.Value)).ToArray())
        .OrderBy(numbers => (numbers[0], numbers[1]))
        .Select(numbers => numbers[2] - 1);

    private static RosterOutcome Run(
        string program, IEnumerable<string> arguments, TimeSpan limit, Func<string, ImmutableArray<int>> rosterOf, Func<string, bool> isProof, JointProblem problem)
    {
        var started = Stopwatch.GetTimestamp();
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var errors = process.StandardError.ReadToEndAsync();
        using var clock = new Timer(_ => Stop(process), null, limit, Timeout.InfiniteTimeSpan);
        double? first = null, proven = null;
        var (firstValue, best) = (0L, ImmutableArray<int>.Empty);
        while (process.StandardOutput.ReadLine() is { } line)
        {
            var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
            if (seconds > limit.TotalSeconds) continue;
            if (isProof(line)) proven = seconds;
            if (rosterOf(line) is not { IsEmpty: false } roster) continue;
            if (first is null) (first, firstValue) = (seconds, problem.ValueOf(roster));
            best = roster;
        }

        process.WaitForExit();
        return first is null && proven is null && Stopwatch.GetElapsedTime(started) < limit
            ? throw new InvalidOperationException($"{program} said nothing but {errors.GetAwaiter().GetResult()}")
            : new RosterOutcome(first, firstValue, best, proven);
    }

    private static void Stop(Process process)
    {
        try
        {
            process.Kill(entireProcessTree: true);
        }
        catch (InvalidOperationException)
        {
            // It has ended by itself.
        }
    }

    private static string[] Split(string arguments) => arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    [GeneratedRegex("[0-9]+")]
    private static partial Regex Numbers();
}

/// <summary>This library, by the solver's own log of what it found when.</summary>
internal static partial class RosterReasoner
{
    /// <summary>With processes that have started and solved before, or without.</summary>
    public static RosterContestant On(SolverHost host, bool isWarm) => new(
        $"Reasoner, {host}, {(isWarm ? "warm" : "with start")}",
        (task, limit) =>
        {
            using var solver = new WorkerCpSolver(new WorkerPoolOptions { Host = host });
            if (isWarm) new JointSolver(solver, new JointOptions { TimeLimit = TimeSpan.FromMinutes(2) }).SolveAsync(RosterProblem.Of(RosterGenerator.Instance(10, 7, 1))).GetAwaiter().GetResult();
            return Solve(solver, task.Problem, limit);
        });

    private static RosterOutcome Solve(WorkerCpSolver solver, JointProblem problem, TimeSpan limit)
    {
        var listening = new Listening(solver);
        var joint = new JointSolver(listening, new JointOptions { TimeLimit = limit });
        JointSolution solution;
        try
        {
            solution = joint.SolveAsync(problem).GetAwaiter().GetResult();
        }
        catch (SolverException)
        {
            // A limit came before any roster, or a process on a busy machine did not answer even then.
            return new RosterOutcome(null, 0, [], null);
        }

        var (began, ended, answer) = listening.First!.Value;
        var line = Found().Match(answer.Log);
        // What simplification alone solves is found when it is answered.
        var first = line.Success ? began + double.Parse(line.Groups["seconds"].Value, CultureInfo.InvariantCulture) : ended;
        var firstValue = line.Success ? Math.Abs(double.Parse(line.Groups["value"].Value, CultureInfo.InvariantCulture)) : answer.Objective ?? 0;
        return new RosterOutcome(solution.IsThere ? first : null, (long)firstValue, solution.Chosen, solution.Status == CpStatus.Optimal ? ended : null);
    }

    [GeneratedRegex(@"^#1\s+(?<seconds>[0-9.]+)s\s+best:(?<value>\S+)", RegexOptions.Multiline)]
    private static partial Regex Found();

    /// <summary>Passes on, and keeps when the first solve began and ended and what it logged.</summary>
    private sealed class Listening(ICpSolver inner) : ICpSolver
    {
        private readonly long _started = Stopwatch.GetTimestamp();

        public (double Began, double Ended, CpSolution Answer)? First { get; private set; }

        public async Task<CpSolution> SolveAsync(CpModel model, CpSolverOptions? options = null, CancellationToken cancellation = default)
        {
            var answer = await inner.SolveAsync(model, (options ?? CpSolverOptions.Default) with { Log = true }, cancellation).ConfigureAwait(false);
            var ended = Stopwatch.GetElapsedTime(_started).TotalSeconds;
            First ??= (ended - answer.SolveTime.TotalSeconds, ended, answer);
            return answer;
        }

        public void Dispose() => inner.Dispose();

        public ValueTask DisposeAsync() => inner.DisposeAsync();
    }
}
