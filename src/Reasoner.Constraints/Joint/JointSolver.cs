using System.Collections.Immutable;
using System.Globalization;
using Reasoner.Constraints.Solving;

namespace Reasoner.Constraints.Joint;

/// <summary>How much a joint decision may cost.</summary>
public sealed record JointOptions
{
    /// <summary>The longest time of one search.</summary>
    public TimeSpan TimeLimit { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The most work of one search, in the solver's own measure: what ends by it ends the same way everywhere.</summary>
    public double? DeterministicLimit { get; init; }

    /// <summary>The most work of finding out about one other answer, in the same measure; as for any search where null.</summary>
    public double? ExplanationLimit { get; init; }

    /// <summary>How many ways out are proposed when nothing fits.</summary>
    public int Relaxations { get; init; } = 3;

    internal CpSolverOptions Search => new() { TimeLimit = TimeLimit, DeterministicLimit = DeterministicLimit };

    internal CpSolverOptions Explanation => ExplanationLimit is { } limit ? Search with { DeterministicLimit = limit } : Search;
}

/// <summary>Solves joint problems and says why: why not another answer, why nothing at all, and what would help.</summary>
/// <param name="solver">What searches.</param>
/// <param name="options">How long.</param>
public sealed class JointSolver(ICpSolver solver, JointOptions? options = null)
{
    /// <summary>What giving up one constraint costs beside the units by which it is missed, of which its whole bound costs as much.</summary>
    private const long CostOfBreaking = 1000;

    private readonly JointOptions _options = options ?? new();

    /// <summary>The solution worth most; of several equal ones always the same.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="cancellation">Cancels.</param>
    /// <exception cref="SolverException">The problem is too large, a limit came before any answer, or the solver failed.</exception>
    public async Task<JointSolution> SolveAsync(JointProblem problem, CancellationToken cancellation = default)
    {
        var joint = JointModel.Of(problem);
        var clock = new SolvingClock(_options.Search);
        joint.Model.Maximize(joint.ValueOf(problem));
        var best = await solver.SolveAsync(joint.Model, _options.Search, cancellation).ConfigureAwait(false);
        if (best.Status == CpStatus.Unknown)
        {
            throw new SolverException(
                string.Create(CultureInfo.InvariantCulture, $"Neither answers that go together nor a proof that there are none were found within {_options.TimeLimit.TotalSeconds:0.#} s."),
                "Decide with more effort or more time, or ask for less at once.");
        }

        if (!best.HasValues) return new JointSolution(best.Status, [], 0, 0);
        var value = best.Value(joint.ValueOf(problem));
        if (best.Status != CpStatus.Optimal)
            return new JointSolution(CpStatus.Feasible, joint.ChosenIn(best), value, best.Bound is { } bound ? (long)Math.Floor(bound) : long.MaxValue);

        // Only among the best it matters which is chosen, and only then it is the same one whoever solves.
        if (clock.Remains)
        {
            joint.Model.AddAtLeast(joint.ValueOf(problem), value);
            joint.Model.Minimize(joint.OrderOf(problem));
            joint.Model.Hint(best);
            var first = await solver.SolveAsync(joint.Model, clock.Share(), cancellation).ConfigureAwait(false);
            if (first.HasValues) best = first;
        }

        return new JointSolution(CpStatus.Optimal, joint.ChosenIn(best), value, value);
    }

    /// <summary>Why the other candidates of a slot were not chosen: each is tried in turn.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="solution">Its solution.</param>
    /// <param name="slot">The slot's place.</param>
    /// <param name="cancellation">Cancels.</param>
    /// <exception cref="SolverException">The solver failed.</exception>
    public async Task<ImmutableArray<JointAlternative>> ExplainAsync(
        JointProblem problem, JointSolution solution, int slot, CancellationToken cancellation = default)
    {
        var (first, length) = problem.Slots[slot].Candidates.GetOffsetAndLength(problem.Candidates.Length);
        var others = Enumerable.Range(first, length).Except(solution.Chosen);
        return [.. await Task.WhenAll(others.Select(candidate => TryAsync(problem, solution, candidate, cancellation))).ConfigureAwait(false)];
    }

    /// <summary>A smallest set of constraints that cannot hold together; null where a limit came before the answer, or all can hold.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="cancellation">Cancels.</param>
    /// <exception cref="SolverException">The solver failed.</exception>
    public Task<JointConflict?> ConflictAsync(JointProblem problem, CancellationToken cancellation = default) =>
        ConflictAsync(problem, forced: null, cancellation);

    /// <summary>The cheapest ways out when nothing fits: those of the lowest priorities, then the fewest and smallest misses.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="priorityOf">By constraint, how late it is given up: from 1; 0 for never.</param>
    /// <param name="cancellation">Cancels.</param>
    /// <returns>Several ways, the cheapest first; none where all that may be given up is not enough, or a limit came first.</returns>
    /// <exception cref="SolverException">The solver failed.</exception>
    public async Task<ImmutableArray<JointRelaxation>> RelaxAsync(
        JointProblem problem, Func<JointConstraint, int> priorityOf, CancellationToken cancellation = default)
    {
        var (joint, groups) = Loosen(problem, [.. problem.Constraints.Select(priorityOf)]);
        var found = await Relaxation.FindAsync(solver, joint.Model, groups, _options.Relaxations, _options.Search, cancellation).ConfigureAwait(false);
        return [.. found.WaysOut.Select(way => new JointRelaxation(Changes(problem, joint.ChosenIn(way.Solution)), joint.ChosenIn(way.Solution), way.IsOptimal))];
    }

    /// <summary>What a choice does not keep.</summary>
    private static ImmutableArray<JointChange> Changes(JointProblem problem, ImmutableArray<int> chosen)
    {
        var isChosen = new bool[problem.Candidates.Length];
        foreach (var candidate in chosen) isChosen[candidate] = true;
        return [.. problem.Broken(chosen).Select(constraint => new JointChange(constraint, problem.Constraints[constraint].Sum(isChosen)))];
    }

    private async Task<JointAlternative> TryAsync(JointProblem problem, JointSolution solution, int candidate, CancellationToken cancellation)
    {
        ImmutableArray<int> violated = [.. Enumerable.Range(0, problem.Constraints.Length).Where(i =>
            problem.Constraints[i] is { Kind: JointConstraintKind.Violation } constraint && constraint.Terms.Any(term => term.Candidate == candidate))];
        if (!violated.IsEmpty) return new JointAlternative(candidate, JointReproach.Rejected, violated, [], 0, true);
        var joint = JointModel.Of(problem);
        joint.Model.Maximize(joint.ValueOf(problem));
        joint.Hint(solution.Chosen);
        joint.Model.AddAll(joint.Chosen[candidate]);
        if (solution.Status == CpStatus.Optimal) joint.Model.AddAtMost(joint.ValueOf(problem), solution.Value);
        var other = await solver.SolveAsync(joint.Model, _options.Explanation, cancellation).ConfigureAwait(false);
        if (other.HasValues)
        {
            var isExact = other.Status == CpStatus.Optimal && solution.Status == CpStatus.Optimal;
            return new JointAlternative(candidate, JointReproach.Costlier, [], joint.ChosenIn(other), solution.Value - (other.Objective ?? 0), isExact);
        }

        if (other.Status == CpStatus.Infeasible && await ConflictAsync(problem, candidate, cancellation).ConfigureAwait(false) is { } conflict)
            return new JointAlternative(candidate, JointReproach.Impossible, conflict.Constraints, [], 0, conflict.IsMinimal);
        return new JointAlternative(candidate, JointReproach.Unknown, [], [], 0, false);
    }

    private async Task<JointConflict?> ConflictAsync(JointProblem problem, int? forced, CancellationToken cancellation)
    {
        var joint = JointModel.Of(problem, place => IsStated(problem.Constraints[place]));
        if (forced is { } candidate) joint.Model.AddAll(joint.Chosen[candidate]);
        var groups = Enumerable.Range(0, problem.Constraints.Length).Where(i => joint.Switches[i] is not null).Select(i => new ConstraintGroup(i, joint.Switches[i]!.Value));
        var conflict = await MinimalConflict.FindAsync(solver, joint.Model, [.. groups], _options.Search, cancellation).ConfigureAwait(false);
        return conflict.Outcome is ConflictOutcome.Minimal or ConflictOutcome.Reduced
            ? new JointConflict(conflict.Groups, conflict.Outcome == ConflictOutcome.Minimal)
            : null;
    }

    /// <summary>That a slot takes so many answers is what the question is, unless someone stated it of this one.</summary>
    private static bool IsStated(JointConstraint constraint) => constraint.Kind != JointConstraintKind.Slot || !constraint.Facts.IsEmpty;

    /// <summary>A model in which what may be given up can be: wholly, or a limit by as many units as it is missed.</summary>
    private static (JointModel Joint, IReadOnlyList<ConstraintGroup> Groups) Loosen(JointProblem problem, ImmutableArray<int> priorities)
    {
        var joint = JointModel.Of(problem, place => priorities[place] > JointPriorities.Never && IsStated(problem.Constraints[place]));
        var groups = new List<ConstraintGroup>();
        for (var i = 0; i < problem.Constraints.Length; i++)
        {
            if (joint.Switches[i] is not { } inForce) continue;
            var group = new ConstraintGroup(i, inForce) { Weight = CostOfBreaking, Priority = priorities[i] };
            groups.Add(problem.Constraints[i] is { Kind: JointConstraintKind.Capacity or JointConstraintKind.Demand } limit ? group with { Miss = Miss(joint, limit) } : group);
        }

        return (joint, groups);
    }

    /// <summary>By how much a limit is missed. Each unit costs its share of the bound.</summary>
    private static (CpInteger By, long UnitCost) Miss(JointModel joint, JointConstraint limit)
    {
        var bound = Math.Max(1, Math.Abs(limit.AtMost ?? limit.AtLeast ?? 1));
        var by = joint.Model.NewInteger(0, limit.Terms.Sum(term => Math.Abs(term.Coefficient)) + bound);
        var sum = JointModel.SumOf(limit, joint.Chosen);
        if (limit.AtMost is { } most) joint.Model.AddAtMost(sum.Add(by, -1), most);
        else joint.Model.AddAtLeast(sum.Add(by), limit.AtLeast ?? 0);
        return (by, Math.Max(1, CostOfBreaking / bound));
    }
}
