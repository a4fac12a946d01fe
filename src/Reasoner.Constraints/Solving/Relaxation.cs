using System.Collections.Immutable;

namespace Reasoner.Constraints.Solving;

/// <summary>Groups that can be dropped to make the rest feasible.</summary>
/// <param name="Dropped">Their indexes, ascending; empty where nothing need be dropped.</param>
/// <param name="Costs">The weight dropped of each priority, the highest priority first.</param>
/// <param name="IsOptimal">Whether it is proven that nothing cheaper would do, earlier ways out and their supersets apart.</param>
/// <param name="Solution">A solution of the rest.</param>
public sealed record WayOut(ImmutableArray<int> Dropped, ImmutableArray<long> Costs, bool IsOptimal, CpSolution Solution);

/// <summary>The ways out of a conflict that were found.</summary>
/// <param name="WaysOut">From cheap to dear; none where nothing helps, or nothing was found in time.</param>
/// <param name="IsComplete">Whether it is proven that every other way out drops all that one of these drops.</param>
public sealed record RelaxationResult(ImmutableArray<WayOut> WaysOut, bool IsComplete);

/// <summary>Finds out which groups of constraints to drop so that the rest can be met, at the least cost.</summary>
public static class Relaxation
{
    /// <summary>
    /// Finds the cheapest way out, then the cheapest that keeps something that the first drops, and so on. The weights of groups
    /// of equal priority add up; a higher priority counts before all lower ones.
    /// </summary>
    /// <param name="solver">What solves each step.</param>
    /// <param name="model">The model; it stays as it is, and its objective and assumptions do not count.</param>
    /// <param name="groups">The groups that may be dropped, whose switches are variables of the model.</param>
    /// <param name="count">How many ways out to look for, from 1.</param>
    /// <param name="options">How to search; the time limit is for all ways out together, a deterministic limit for each solve.</param>
    /// <param name="cancellation">Ends the search.</param>
    /// <exception cref="ArgumentException">A weight is not above 0.</exception>
    /// <exception cref="SolverException">As <see cref="ICpSolver.SolveAsync"/>.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static async Task<RelaxationResult> FindAsync(
        ICpSolver solver, CpModel model, IReadOnlyList<ConstraintGroup> groups, int count = 1, CpSolverOptions? options = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(solver);
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(groups);
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        if (groups.FirstOrDefault(group => group.Weight <= 0 || group.Miss?.UnitCost < 0) is { } free)
            throw new ArgumentException($"Group {free.Index} has the weight {free.Weight}; it must be above 0, and what a miss costs not below.", nameof(groups));

        var clock = new SolvingClock(options ?? CpSolverOptions.Default);
        var working = model.Copy();
        working.ClearAssumptions();
        working.ClearHints();
        foreach (var group in groups) working.Hint(group.Switch);
        var levels = groups.GroupBy(group => group.Priority).OrderByDescending(level => level.Key).Select(Cost).ToArray();

        var found = ImmutableArray.CreateBuilder<WayOut>();
        while (found.Count < count && clock.Remains)
        {
            var answer = await solver.SolveLexicographicallyAsync(working, levels, clock.Share(count - found.Count), cancellation).ConfigureAwait(false);
            if (!answer.Solution.HasValues) return new RelaxationResult(found.ToImmutable(), answer.Solution.Status == CpStatus.Infeasible);
            var dropped = groups.Where(group => !answer.Solution.Value(group.Switch)).ToArray();
            found.Add(new WayOut([.. dropped.Select(group => group.Index).Order()], answer.Values, answer.IsOptimal, answer.Solution));
            if (dropped.Length == 0) return new RelaxationResult(found.ToImmutable(), true);
            working.AddAtLeastOne([.. dropped.Select(group => group.Switch)]);
        }

        return new RelaxationResult(found.ToImmutable(), false);
    }

    private static CpObjective Cost(IEnumerable<ConstraintGroup> groups)
    {
        var cost = new CpSum();
        foreach (var group in groups)
        {
            cost.Add(!group.Switch, group.Weight);
            if (group.Miss is var (by, unitCost)) cost.Add(by, unitCost);
        }

        return new CpObjective(cost);
    }
}
