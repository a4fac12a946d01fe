using Reasoner.Rdf;

namespace Reasoner.Rules;

/// <summary>The aggregates (SPARQL 1.2 Query, "Aggregate Algebra").</summary>
public enum Aggregate
{
    /// <summary>How many solutions there are, or how many of them give the argument a value.</summary>
    Count,

    /// <summary>The sum; 0 of none.</summary>
    Sum,

    /// <summary>The mean; 0 of none.</summary>
    Avg,

    /// <summary>The first in the order of ORDER BY; an error of none.</summary>
    Min,

    /// <summary>The last in the order of ORDER BY; an error of none.</summary>
    Max,
}

/// <summary>An aggregate over the solutions of a group; stands only in what a SELECT gives and in its HAVING.</summary>
/// <param name="Aggregate">What is computed.</param>
/// <param name="IsDistinct">DISTINCT: equal terms count once.</param>
/// <param name="Argument">Its value for a solution; null for <c>COUNT(*)</c>.</param>
/// <param name="Position">Where it starts.</param>
public sealed record AggregateExpression(Aggregate Aggregate, bool IsDistinct, Expression? Argument, SourcePosition Position)
    : Expression(Position);
