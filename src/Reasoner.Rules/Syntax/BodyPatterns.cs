using System.Collections.Immutable;

namespace Reasoner.Rules;

/// <summary>The parts of a body, whatever elements they stand in.</summary>
internal static class BodyPatterns
{
    /// <summary>All triple patterns, those inside NOT too, in the order in which they are written.</summary>
    public static IEnumerable<TriplePattern> Patterns(this ImmutableArray<BodyElement> elements) => elements.SelectMany(element => element switch
    {
        PatternElement pattern => [pattern.Pattern],
        NegationElement negation => negation.Inner.Patterns(),
        _ => Enumerable.Empty<TriplePattern>(),
    });

    /// <summary>All expressions, those inside NOT too, in the order in which they are written.</summary>
    public static IEnumerable<Expression> Expressions(this ImmutableArray<BodyElement> elements) => elements.SelectMany(element => element switch
    {
        FilterElement filter => [filter.Expression],
        AssignmentElement assignment => [assignment.Expression],
        NegationElement negation => negation.Inner.Expressions(),
        _ => Enumerable.Empty<Expression>(),
    });

    /// <summary>The names of the variables that have a value behind the element.</summary>
    public static IEnumerable<string> BoundVariables(this BodyElement element) => element switch
    {
        PatternElement pattern => pattern.Pattern.Variables,
        AssignmentElement assignment => [assignment.Variable],
        _ => [],
    };

    /// <summary>The names of all variables in the element.</summary>
    public static IEnumerable<string> Variables(this BodyElement element) => element switch
    {
        FilterElement filter => filter.Expression.VariableUses().Select(use => use.Name),
        AssignmentElement assignment => assignment.Expression.VariableUses().Select(use => use.Name).Append(assignment.Variable),
        NegationElement negation => negation.Inner.SelectMany(Variables),
        _ => element.BoundVariables(),
    };
}
