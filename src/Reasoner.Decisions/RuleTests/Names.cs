using Reasoner.Rdf;
using Reasoner.Rules;

namespace Reasoner.Decisions;

/// <summary>Terms and triples as rules write them, for messages.</summary>
internal static class Names
{
    private static readonly SourcePosition _nowhere = new("", 1, 1);

    public static string Write(Triple triple, IReadOnlyDictionary<string, string> prefixes) => RuleText.Write(
        new TriplePattern(Place(triple.Subject), Place(triple.Predicate), Place(triple.Object), _nowhere), prefixes);

    public static string Write(Term term, IReadOnlyDictionary<string, string> prefixes) =>
        RuleText.Write(new ConstantExpression(term, _nowhere), prefixes);

    private static PatternTerm Place(Term term) => term is BlankNode node ? new Variable("_:" + node.Label) : new ConstantTerm(term);
}
