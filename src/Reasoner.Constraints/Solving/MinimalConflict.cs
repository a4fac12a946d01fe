using System.Collections.Immutable;

namespace Reasoner.Constraints.Solving;

/// <summary>Constraints that apply together, where a literal holds, and that a conflict names or a relaxation drops as one.</summary>
/// <param name="Index">What the caller knows the group by.</param>
/// <param name="Switch">Where it holds, the group's constraints apply; see <see cref="CpConstraint.OnlyIf"/>.</param>
public sealed record ConstraintGroup(int Index, CpLiteral Switch)
{
    /// <summary>What dropping the group costs, above 0.</summary>
    public long Weight { get; init; } = 1;

    /// <summary>How much the group matters: no number of groups of a lower priority is worth one of a higher.</summary>
    public int Priority { get; init; }

    /// <summary>By how much the dropped group is missed, and what each unit costs beside <see cref="Weight"/>; null where it is kept or dropped whole.</summary>
    public (CpInteger By, long UnitCost)? Miss { get; init; }
}

/// <summary>What is known about a conflict.</summary>
public enum ConflictOutcome
{
    /// <summary>A limit was reached before it was known whether all groups can be met.</summary>
    Unknown,

    /// <summary>All groups can be met: there is no conflict.</summary>
    Feasible,

    /// <summary>The groups cannot be met together, and without any one of them the others can.</summary>
    Minimal,

    /// <summary>The groups cannot be met together; a limit was reached before it was known whether all of them are needed for that.</summary>
    Reduced,
}

/// <summary>A set of groups that cannot be met together.</summary>
/// <param name="Outcome">What is known about it.</param>
/// <param name="Groups">Their indexes, ascending. Empty and minimal where the model is infeasible without any group.</param>
/// <param name="Solves">How many models were solved for it.</param>
public sealed record Conflict(ConflictOutcome Outcome, ImmutableArray<int> Groups, int Solves);

/// <summary>
/// Finds a minimal set of groups that cannot be met together: from the solver's own explanation, groups are taken away, several
/// at a time while that goes well (Marques-Silva, Janota, Belov: Minimal Sets over Monotone Predicates, 2013, the
/// progression), and each answer's own explanation takes away more.
/// </summary>
public static class MinimalConflict
{
    /// <summary>Finds a conflict. Of several, it tends to the one of the groups that come first.</summary>
    /// <param name="solver">What solves each step.</param>
    /// <param name="model">The model; it stays as it is, and its objective and assumptions do not count.</param>
    /// <param name="groups">The groups, whose switches are variables of the model.</param>
    /// <param name="options">How to search; the time limit is for all steps together, a deterministic limit for each.</param>
    /// <param name="cancellation">Ends the search.</param>
    /// <exception cref="SolverException">As <see cref="ICpSolver.SolveAsync"/>.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static async Task<Conflict> FindAsync(
        ICpSolver solver, CpModel model, IReadOnlyList<ConstraintGroup> groups, CpSolverOptions? options = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(solver);
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(groups);
        var search = new ConflictSearch(solver, model, groups, options ?? CpSolverOptions.Default, cancellation);
        return await search.RunAsync().ConfigureAwait(false);
    }
}

/// <summary>One search of a minimal conflict.</summary>
internal sealed class ConflictSearch
{
    private readonly ICpSolver _solver;
    private readonly CpModel _model;
    private readonly IReadOnlyList<ConstraintGroup> _groups;
    private readonly CpSolverOptions _options;
    private readonly SolvingClock _clock;
    private readonly CancellationToken _cancellation;
    private int _solves;

    public ConflictSearch(
        ICpSolver solver, CpModel model, IReadOnlyList<ConstraintGroup> groups, CpSolverOptions options, CancellationToken cancellation)
    {
        (_solver, _groups, _options, _cancellation) = (solver, groups, options with { StopAtFirstSolution = true }, cancellation);
        _clock = new SolvingClock(_options);
        _model = model.Copy();
        _model.ClearObjective();
        _model.ClearHints();
    }

    public async Task<Conflict> RunAsync()
    {
        var all = Enumerable.Range(0, _groups.Count).ToArray();
        var (status, core) = await SolveAsync(all).ConfigureAwait(false);
        if (status == CpStatus.Unknown) return Result(ConflictOutcome.Unknown, []);
        if (status != CpStatus.Infeasible) return Result(ConflictOutcome.Feasible, []);
        // No explanation may mean that no group is needed for it, or none was kept: the steps below find out.
        if (core.Length == 0) core = all;

        // Groups not yet looked at, the last first; groups that are known to be needed; how many to take away at once.
        var open = new List<int>(core.OrderDescending());
        var needed = new List<int>();
        var (chunk, certain) = (1, true);
        while (open.Count > 0)
        {
            var taken = Math.Min(chunk, open.Count);
            int[] rest = [.. needed, .. open.Skip(taken)];
            (status, core) = _clock.Remains ? await SolveAsync(rest).ConfigureAwait(false) : (CpStatus.Unknown, []);
            if (status == CpStatus.Infeasible)
            {
                open.RemoveRange(0, taken);
                // An explanation that leaves groups out helps. One that says nothing is no explanation.
                if (core.Length > 0) open.RemoveAll(group => !core.Contains(group));
                chunk *= 2;
            }
            else if (taken > 1)
            {
                chunk = _clock.Remains ? taken / 2 : 1;
            }
            else
            {
                certain &= status != CpStatus.Unknown;
                needed.Add(open[0]);
                open.RemoveAt(0);
            }
        }

        return Result(certain ? ConflictOutcome.Minimal : ConflictOutcome.Reduced, needed);
    }

    private Conflict Result(ConflictOutcome outcome, IEnumerable<int> groups) =>
        new(outcome, [.. groups.Select(group => _groups[group].Index).Order()], _solves);

    // What the model is with some groups, and which of these are enough where it is infeasible.
    private async Task<(CpStatus Status, int[] Core)> SolveAsync(int[] groups)
    {
        _solves++;
        _model.ClearAssumptions();
        foreach (var group in groups) _model.Assume(_groups[group].Switch);
        var solution = await _solver.SolveAsync(_model, _clock.Share(), _cancellation).ConfigureAwait(false);
        var core = solution.Core.ToHashSet();
        return (solution.Status, [.. groups.Where(group => core.Contains(_groups[group].Switch))]);
    }
}
