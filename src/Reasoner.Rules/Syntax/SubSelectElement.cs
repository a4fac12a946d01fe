using System.Collections.Immutable;
using Reasoner.Rdf;

namespace Reasoner.Rules;

/// <summary>
/// A SELECT in a body (SPARQL 1.2 Query, sections 11 and 12; no part of SPARQL 1.2 RL): the solutions of the inner elements
/// in groups, and a row for each group. It is evaluated on its own, bottom up: it does not see the variables outside it, and
/// outside only those that it selects are seen, which join as those of a pattern do. What the inner elements read is finished
/// before the rule runs, as with NOT.
/// </summary>
/// <param name="Projections">What it selects, in order.</param>
/// <param name="Inner">The elements of its WHERE; no SELECT among them.</param>
/// <param name="MatchesDataOnly">WHERE DATA: the inner elements match the base graph only.</param>
/// <param name="GroupBy">The variables that a group shares; none: all solutions are one group, even where there are none.</param>
/// <param name="Having">Conditions that a group must meet.</param>
/// <param name="Position">Where the word SELECT stands.</param>
public sealed record SubSelectElement(
    ImmutableArray<Projection> Projections,
    ImmutableArray<BodyElement> Inner,
    bool MatchesDataOnly,
    ImmutableArray<VariableExpression> GroupBy,
    ImmutableArray<Expression> Having,
    SourcePosition Position)
    : BodyElement(Position)
{
    /// <summary>The names of the variables that are seen outside.</summary>
    public IEnumerable<string> Variables => Projections.Select(projection => projection.Variable);

    /// <summary>Every aggregate that it computes, in the order in which they are written.</summary>
    public IEnumerable<AggregateExpression> Aggregates =>
        Projections.Select(projection => projection.Expression).OfType<Expression>()
            .SelectMany(expression => expression.AggregateUses()).Concat(HavingAggregates);

    /// <summary>Those of them that HAVING compares.</summary>
    public IEnumerable<AggregateExpression> HavingAggregates => Having.SelectMany(condition => condition.AggregateUses());

    /// <summary>The variables of the inner solutions that an author can name: what COUNT(DISTINCT *) tells apart.</summary>
    public IEnumerable<string> InnerVariables => Inner.BoundVariables().Where(name => !new Variable(name).IsHidden);
}

/// <summary>What a SELECT gives: a variable of GROUP BY, or the value of an expression over the group.</summary>
/// <param name="Variable">The variable's name.</param>
/// <param name="Expression">The expression before AS; null for a variable of GROUP BY. A row whose expression is an error is dropped.</param>
/// <param name="Position">Where the variable stands.</param>
public sealed record Projection(string Variable, Expression? Expression, SourcePosition Position);
