using System.Collections.Immutable;
using System.Diagnostics;

namespace Reasoner.Constraints.Solving;

/// <summary>Something to make as small or as large as can be.</summary>
/// <param name="Sum">What.</param>
/// <param name="Maximize">Whether large is good.</param>
public sealed record CpObjective(CpSum Sum, bool Maximize = false);

/// <summary>What came of several objectives in order.</summary>
/// <param name="Solution">The solution of the last level that gave one; else the first level's answer.</param>
/// <param name="Values">What each objective comes to in it; empty without a solution.</param>
/// <param name="Proven">For each objective, whether none better was possible given those before it.</param>
public sealed record LexicographicSolution(CpSolution Solution, ImmutableArray<long> Values, ImmutableArray<bool> Proven)
{
    /// <summary>Whether there is a solution than which none is better in the order of the objectives.</summary>
    public bool IsOptimal => Solution.HasValues && Proven.All(proven => proven);
}

/// <summary>Solving by several objectives, the most important first.</summary>
public static class LexicographicSolving
{
    /// <summary>
    /// Solves by the first objective, keeps what it came to, goes on with the next, and so on. The model stays as it is; its own
    /// objective does not count.
    /// </summary>
    /// <param name="solver">What solves each level.</param>
    /// <param name="model">The model.</param>
    /// <param name="objectives">The objectives, the most important first.</param>
    /// <param name="options">How to search; the time limit is for all levels together, a deterministic limit for each.</param>
    /// <param name="cancellation">Ends the search.</param>
    /// <exception cref="SolverException">As <see cref="ICpSolver.SolveAsync"/>.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static async Task<LexicographicSolution> SolveLexicographicallyAsync(
        this ICpSolver solver, CpModel model, IReadOnlyList<CpObjective> objectives, CpSolverOptions? options = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(solver);
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(objectives);
        options ??= CpSolverOptions.Default;
        var clock = new SolvingClock(options);
        var working = model.Copy();
        working.ClearObjective();
        if (objectives.Count == 0) return new LexicographicSolution(await solver.SolveAsync(working, options, cancellation).ConfigureAwait(false), [], []);

        CpSolution? best = null;
        var proven = new bool[objectives.Count];
        for (var level = 0; level < objectives.Count && clock.Remains; level++)
        {
            var (sum, maximize) = objectives[level];
            if (maximize) working.Maximize(sum);
            else working.Minimize(sum);
            if (best is not null) working.Hint(best);
            var solution = await solver.SolveAsync(working, clock.Share(objectives.Count - level), cancellation).ConfigureAwait(false);
            if (!solution.HasValues)
            {
                // Later levels have a solution, that of the level before: only a limit keeps it from being found again.
                if (best is null) return new LexicographicSolution(solution, [], [.. proven]);
                continue;
            }

            best = solution;
            proven[level] = solution.Status == CpStatus.Optimal && proven.AsSpan(0, level).IndexOf(false) < 0;
            // An objective that a limit left short of its best may still get better on the way.
            if (maximize) working.AddAtLeast(sum, solution.Value(sum));
            else working.AddAtMost(sum, solution.Value(sum));
        }

        return best is null
            ? new LexicographicSolution(new CpSolution(CpStatus.Unknown), [], [.. proven])
            : new LexicographicSolution(best, [.. objectives.Select(objective => best.Value(objective.Sum))], [.. proven]);
    }
}

/// <summary>The time that several solves have together.</summary>
internal sealed class SolvingClock(CpSolverOptions options)
{
    private static readonly TimeSpan Least = TimeSpan.FromMilliseconds(1);
    private readonly long _started = Stopwatch.GetTimestamp();

    /// <summary>How long it has run.</summary>
    public TimeSpan Elapsed => Stopwatch.GetElapsedTime(_started);

    /// <summary>Whether there is time for another solve.</summary>
    public bool Remains => options.TimeLimit - Elapsed >= Least;

    /// <summary>Options with an equal part of what is left, at least a millisecond.</summary>
    public CpSolverOptions Share(int parts = 1)
    {
        var left = (options.TimeLimit - Elapsed) / parts;
        return options with { TimeLimit = left > Least ? left : Least };
    }
}
