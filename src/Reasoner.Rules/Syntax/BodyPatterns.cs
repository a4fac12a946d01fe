using System.Collections.Immutable;

namespace Reasoner.Rules;

/// <summary>What a body's elements read and bind.</summary>
public static class BodyPatterns
{
    /// <summary>All triple patterns, those inside NOT and SELECT too, in the order in which they are written.</summary>
    public static IEnumerable<TriplePattern> Patterns(this ImmutableArray<BodyElement> elements) => elements.SelectMany(element => element switch
    {
        PatternElement pattern => [pattern.Pattern],
        NegationElement negation => negation.Inner.Patterns(),
        SubSelectElement select => select.Inner.Patterns(),
        _ => Enumerable.Empty<TriplePattern>(),
    });

    /// <summary>All expressions, those inside NOT and SELECT too, in the order in which they are written.</summary>
    public static IEnumerable<Expression> Expressions(this ImmutableArray<BodyElement> elements) => elements.SelectMany(element => element switch
    {
        FilterElement filter => [filter.Expression],
        AssignmentElement assignment => [assignment.Expression],
        NegationElement negation => negation.Inner.Expressions(),
        SubSelectElement select => select.Projections.Select(projection => projection.Expression).OfType<Expression>()
            .Concat(select.Inner.Expressions()).Concat(select.Having),
        _ => Enumerable.Empty<Expression>(),
    });

    /// <summary>The names of the variables that the elements bind for those behind them, with repeats.</summary>
    public static IEnumerable<string> BoundVariables(this IEnumerable<BodyElement> elements) => elements.SelectMany(element => element.BoundVariables());

    /// <summary>The names of the variables that the element binds for those behind it.</summary>
    public static IEnumerable<string> BoundVariables(this BodyElement element) => element switch
    {
        PatternElement pattern => pattern.Pattern.Variables,
        AssignmentElement assignment => [assignment.Variable],
        SubSelectElement select => select.Variables,
        _ => [],
    };

    /// <summary>The names of the variables in the element that the elements around it may name too, with repeats: of a SELECT those that it gives.</summary>
    public static IEnumerable<string> Variables(this BodyElement element) => element switch
    {
        FilterElement filter => filter.Expression.Variables(),
        AssignmentElement assignment => assignment.Expression.Variables().Append(assignment.Variable),
        NegationElement negation => negation.Inner.SelectMany(Variables),
        _ => element.BoundVariables(),
    };

    /// <summary>The names of the variables in the expression, with repeats.</summary>
    public static IEnumerable<string> Variables(this Expression expression) => expression.VariableUses().Select(use => use.Name);
}
