using System.Collections.Immutable;

namespace Reasoner.Constraints.Solving;

/// <summary>What a solver found out about a model.</summary>
public enum CpStatus
{
    /// <summary>A limit was reached before anything was found out.</summary>
    Unknown,

    /// <summary>A solution, which a limit kept from being proven the best.</summary>
    Feasible,

    /// <summary>A solution than which none is better; without an objective, any solution.</summary>
    Optimal,

    /// <summary>Proven to have no solution.</summary>
    Infeasible,
}

/// <summary>A solver's answer.</summary>
public sealed class CpSolution
{
    internal CpSolution(CpStatus status) => Status = status;

    /// <summary>What was found out.</summary>
    public CpStatus Status { get; }

    /// <summary>Whether there is a solution to read values from.</summary>
    public bool HasValues => Status is CpStatus.Optimal or CpStatus.Feasible;

    /// <summary>The value of each variable, in the model's order; empty without a solution.</summary>
    public ImmutableArray<long> Values { get; internal init; } = [];

    /// <summary>What the objective comes to, exactly; null without a solution or an objective.</summary>
    public long? Objective { get; internal init; }

    /// <summary>No solution has an objective better than this; null without an objective, or when nothing is known.</summary>
    public double? Bound { get; internal init; }

    /// <summary>Of an infeasible model with assumptions: some of these that cannot hold together, not always the fewest.</summary>
    public ImmutableArray<CpLiteral> Core { get; internal init; } = [];

    /// <summary>How long the solver worked, start of its process apart.</summary>
    public TimeSpan SolveTime { get; internal init; }

    /// <summary>The solver's own measure of work, equal on every machine for the same model and parameters with one worker.</summary>
    public double DeterministicTime { get; internal init; }

    /// <summary>What the solver says about how it got there; may be empty.</summary>
    public string Info { get; internal init; } = "";

    /// <summary>The log of its work, where <see cref="CpSolverOptions.Log"/> asked for it; else empty.</summary>
    public string Log { get; internal init; } = "";

    /// <summary>Whether a literal holds.</summary>
    /// <exception cref="InvalidOperationException">There is no solution.</exception>
    public bool Value(CpLiteral literal) => (At(literal.Variable) != 0) != literal.IsNegated;

    /// <summary>The value of a variable.</summary>
    /// <exception cref="InvalidOperationException">There is no solution.</exception>
    public long Value(CpInteger variable) => At(variable.Variable);

    /// <summary>What a sum comes to.</summary>
    /// <exception cref="InvalidOperationException">There is no solution.</exception>
    public long Value(CpSum sum)
    {
        ArgumentNullException.ThrowIfNull(sum);
        return HasValues ? sum.In(Values) : throw NoValues();
    }

    private long At(int variable) => HasValues ? Values[variable] : throw NoValues();

    private InvalidOperationException NoValues() => new($"A solution of status {Status} has no values.");
}
