using System.Collections.Immutable;

namespace Reasoner.Rules;

/// <summary>The patterns of a body.</summary>
internal static class BodyPatterns
{
    /// <summary>All triple patterns, those inside NOT too, in the order in which they are written.</summary>
    public static IEnumerable<TriplePattern> Patterns(this ImmutableArray<BodyElement> elements) => elements.SelectMany(element => element switch
    {
        PatternElement pattern => [pattern.Pattern],
        NegationElement negation => negation.Inner.Patterns(),
        _ => Enumerable.Empty<TriplePattern>(),
    });
}
