using System.Collections.Immutable;
using Reasoner.Constraints.Solving;

namespace Reasoner.Constraints.Joint;

/// <summary>What a solver made of a joint problem.</summary>
/// <param name="Status">Optimal, feasible (a limit came before the proof that nothing is better), infeasible or unknown.</param>
/// <param name="Chosen">The chosen candidates, in order; empty without a solution.</param>
/// <param name="Value">What they are worth, in thousandths.</param>
/// <param name="Bound">No solution is worth more, in thousandths.</param>
public sealed record JointSolution(CpStatus Status, ImmutableArray<int> Chosen, long Value, long Bound)
{
    /// <summary>Whether there is one.</summary>
    public bool IsThere => Status is CpStatus.Optimal or CpStatus.Feasible;
}

/// <summary>Why another candidate of a slot was not chosen.</summary>
public enum JointReproach
{
    /// <summary>It violates a constraint by itself.</summary>
    Rejected,

    /// <summary>With it, nothing fits.</summary>
    Impossible,

    /// <summary>The best solution with it is worth less, or no more.</summary>
    Costlier,

    /// <summary>A limit came before the answer.</summary>
    Unknown,
}

/// <summary>Another candidate of a slot, and why it was not chosen.</summary>
/// <param name="Candidate">The candidate.</param>
/// <param name="Reproach">Why.</param>
/// <param name="Constraints">Those that it violates; or a smallest set that cannot hold together with it.</param>
/// <param name="Chosen">The best choice with it, where there is one.</param>
/// <param name="Cost">How much less that is worth, in thousandths.</param>
/// <param name="IsExact">Whether cost or smallest set are proven; else the cost is an upper bound, the set perhaps too large.</param>
public sealed record JointAlternative(
    int Candidate, JointReproach Reproach, ImmutableArray<int> Constraints, ImmutableArray<int> Chosen, long Cost, bool IsExact);

/// <summary>Constraints that cannot hold together.</summary>
/// <param name="Constraints">Their places in the problem; without any one of them the others can hold, if <paramref name="IsMinimal"/>.</param>
/// <param name="IsMinimal">Whether that is proven.</param>
public sealed record JointConflict(ImmutableArray<int> Constraints, bool IsMinimal);

/// <summary>Constraints that could be given up so that the rest fits.</summary>
/// <param name="Changes">What is given up.</param>
/// <param name="Chosen">A choice that then fits.</param>
/// <param name="IsCheapest">Whether it is proven that nothing cheaper, other than proposals before it, will do.</param>
public sealed record JointRelaxation(ImmutableArray<JointChange> Changes, ImmutableArray<int> Chosen, bool IsCheapest);

/// <summary>A constraint that is given up, wholly or in part.</summary>
/// <param name="Constraint">Its place in the problem.</param>
/// <param name="Sum">What the choice comes to instead of keeping its bounds.</param>
public readonly record struct JointChange(int Constraint, long Sum);
