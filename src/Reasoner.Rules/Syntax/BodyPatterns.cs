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
}
