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

    /// <summary>How many ways out are proposed when nothing fits.</summary>
    public int Relaxations { get; init; } = 3;

    internal CpSolverOptions Search => new() { TimeLimit = TimeLimit, DeterministicLimit = DeterministicLimit };
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
        joint.Model.Maximize(joint.ValueOf(problem));
        var best = await solver.SolveAsync(joint.Model, _options.Search, cancellation).ConfigureAwait(false);
        if (best.Status == CpStatus.Unknown)
        {
            throw new SolverException(
                string.Create(CultureInfo.InvariantCulture, $"Neither answers that go together nor a proof that there are none were found within {_options.TimeLimit.TotalSeconds:0.#} s."),
                "Decide with more effort or more time, or ask for less at once.");
        }

        if (!best.HasValues) return new JointSolution(best.Status, [], 0, 0);
        var value = best.Objective ?? 0;
        if (best.Status != CpStatus.Optimal)
            return new JointSolution(best.Status, joint.ChosenIn(best), value, (long)Math.Floor(best.Bound ?? long.MaxValue));

        joint.Model.AddAtLeast(joint.ValueOf(problem), value);
        joint.Model.Minimize(joint.OrderOf(problem));
        joint.Model.Hint(best);
        var first = await solver.SolveAsync(joint.Model, _options.Search, cancellation).ConfigureAwait(false);
        return new JointSolution(CpStatus.Optimal, joint.ChosenIn(first.HasValues ? first : best), value, value);
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
        var priorities = problem.Constraints.Select(priorityOf).ToImmutableArray();
        var loose = Loosen(problem, priorities);
        var found = ImmutableArray.CreateBuilder<JointRelaxation>();
        while (found.Count < _options.Relaxations)
        {
            var (solution, isCheapest) = await CheapestAsync(loose, cancellation).ConfigureAwait(false);
            if (solution is null) break;
            var changes = ChangesOf(problem, loose, solution);
            found.Add(new JointRelaxation(changes, loose.Joint.ChosenIn(solution), isCheapest));
            if (changes.IsEmpty) break;
            // The next way keeps at least one of these: it is another way, not this one and more.
            loose.Joint.Model.AddAtLeastOne([.. changes.Select(change => !loose.Broken[change.Constraint]!.Value)]);
        }

        return found.ToImmutable();
    }

    /// <summary>The solution that costs least, priority by priority from the highest down.</summary>
    private async Task<(CpSolution? Solution, bool IsCheapest)> CheapestAsync(LooseModel loose, CancellationToken cancellation)
    {
        CpSolution? last = null;
        var isCheapest = true;
        var model = loose.Joint.Model.Copy();
        foreach (var cost in loose.Costs)
        {
            model.Minimize(cost);
            if (last is not null) model.Hint(last);
            var next = await solver.SolveAsync(model, _options.Search, cancellation).ConfigureAwait(false);
            if (!next.HasValues) return (last, false);
            isCheapest &= next.Status == CpStatus.Optimal;
            last = next;
            model.AddAtMost(cost, next.Objective ?? 0);
        }

        return (last, isCheapest);
    }

    private static ImmutableArray<JointChange> ChangesOf(JointProblem problem, LooseModel loose, CpSolution solution)
    {
        var isChosen = problem.Candidates.Select((_, candidate) => solution.Value(loose.Joint.Chosen[candidate])).ToArray();
        return [.. Enumerable.Range(0, problem.Constraints.Length)
            .Select(i => new JointChange(i, problem.Constraints[i].Sum(isChosen)))
            .Where(change => !problem.Constraints[change.Constraint].Allows(change.Sum))];
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
        var other = await solver.SolveAsync(joint.Model, _options.Search, cancellation).ConfigureAwait(false);
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
        var groups = Enumerable.Range(0, problem.Constraints.Length).Where(i => joint.Switches[i] is not null).ToList();
        var conflict = await MinimalConflict.FindAsync(
            solver, joint.Model, [.. groups.Select(i => joint.Switches[i]!.Value)], new MinimalConflictOptions { Search = _options.Search, TimeLimit = _options.TimeLimit }, cancellation).ConfigureAwait(false);
        return conflict is null ? null : new JointConflict([.. conflict.Groups.Select(group => groups[group]).Order()], conflict.IsMinimal);
    }

    /// <summary>That a slot takes so many answers is what the question is, unless someone stated it of this one.</summary>
    private static bool IsStated(JointConstraint constraint) => constraint.Kind != JointConstraintKind.Slot || !constraint.Facts.IsEmpty;

    private static LooseModel Loosen(JointProblem problem, ImmutableArray<int> priorities)
    {
        bool MayBreak(int i) => priorities[i] > 0 && IsStated(problem.Constraints[i]);
        var joint = JointModel.Of(problem, MayBreak);
        var broken = joint.Switches.Select(inForce => inForce is { } literal ? !literal : (CpLiteral?)null).ToImmutableArray();
        var costs = new SortedDictionary<int, CpSum>(Comparer<int>.Create((a, b) => b.CompareTo(a)));
        for (var i = 0; i < problem.Constraints.Length; i++)
        {
            if (broken[i] is not { } isBroken) continue;
            if (!costs.TryGetValue(priorities[i], out var cost)) costs.Add(priorities[i], cost = new CpSum());
            cost.Add(isBroken, CostOfBreaking);
            if (problem.Constraints[i] is not { Kind: JointConstraintKind.Capacity or JointConstraintKind.Demand } limit) continue;
            // A limit can be missed by a little: each unit costs its share of the bound.
            var bound = Math.Max(1, Math.Abs(limit.AtMost ?? limit.AtLeast ?? 1));
            var reach = limit.Terms.Sum(term => Math.Abs(term.Coefficient)) + bound;
            var miss = joint.Model.NewInteger(0, reach);
            cost.Add(miss, Math.Max(1, CostOfBreaking / bound));
            var kept = JointModel.SumOf(limit, joint.Chosen);
            if (limit.AtMost is { } most) joint.Model.AddAtMost(kept.Add(miss, -1), most);
            else if (limit.AtLeast is { } least) joint.Model.AddAtLeast(kept.Add(miss), least);
        }

        return new LooseModel(joint, broken, [.. costs.Values]);
    }

    /// <summary>A model in which constraints may be broken at a cost.</summary>
    /// <param name="Joint">The model.</param>
    /// <param name="Broken">By constraint, that it is broken; null for one that may not be.</param>
    /// <param name="Costs">What breaking costs, by falling priority.</param>
    private sealed record LooseModel(JointModel Joint, ImmutableArray<CpLiteral?> Broken, ImmutableArray<CpSum> Costs);
}
