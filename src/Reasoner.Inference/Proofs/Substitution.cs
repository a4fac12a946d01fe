using Reasoner.Rdf;
using Reasoner.Rules;

namespace Reasoner.Inference;

/// <summary>Variables replaced by terms in the syntax tree: the checker's own reading of a solution.</summary>
internal static class Substitution
{
    /// <summary>The term that a pattern's place becomes; null while it holds a variable without value.</summary>
    public static Term? Apply(PatternTerm place, IReadOnlyDictionary<string, Term> bindings)
    {
        switch (place)
        {
            case ConstantTerm constant:
                return constant.Term;
            case Variable variable:
                return bindings.GetValueOrDefault(variable.Name);
            case TripleTermPattern { Pattern: var inner }:
                var (s, p, o) = (Apply(inner.Subject, bindings), Apply(inner.Predicate, bindings), Apply(inner.Object, bindings));
                return s is null || p is null || o is null ? null : new TripleTerm(new Triple(s, p, o));
            default:
                return null;
        }
    }

    /// <summary>Whether the triple matches the pattern; binds the pattern's variables on the way.</summary>
    public static bool Match(TriplePattern pattern, Triple triple, Dictionary<string, Term> bindings) =>
        Match(pattern.Subject, triple.Subject, bindings)
        && Match(pattern.Predicate, triple.Predicate, bindings)
        && Match(pattern.Object, triple.Object, bindings);

    /// <summary>Whether a template's place could give the wanted term; binds what that fixes. Null is any term.</summary>
    public static bool Fits(PatternTerm place, Term? wanted, Dictionary<string, Term> bindings) => wanted is null || place switch
    {
        ConstantTerm { Term: BlankNode } => wanted is BlankNode,
        _ => Match(place, wanted, bindings),
    };

    /// <summary>The triple that a template gives in a solution; null where that would be no RDF triple.</summary>
    public static Triple? Instantiate(Rule rule, int number, TriplePattern template, IReadOnlyDictionary<string, Term> solution)
    {
        var subject = Fill(rule, number, template.Subject, solution);
        var predicate = Fill(rule, number, template.Predicate, solution);
        var @object = Fill(rule, number, template.Object, solution);
        return subject is Iri or BlankNode && predicate is Iri ? new Triple(subject, predicate, @object) : null;
    }

    private static Term Fill(Rule rule, int number, PatternTerm place, IReadOnlyDictionary<string, Term> solution) => place switch
    {
        ConstantTerm { Term: BlankNode node } =>
            HeadBlankNodes.Make(rule, number, node.Label, solution.Select(binding => (binding.Key, binding.Value))),
        ConstantTerm constant => constant.Term,
        Variable variable => solution[variable.Name],
        TripleTermPattern { Pattern: var inner } => new TripleTerm(new Triple(
            Fill(rule, number, inner.Subject, solution),
            Fill(rule, number, inner.Predicate, solution),
            Fill(rule, number, inner.Object, solution))),
        _ => throw new NotSupportedException($"The checker does not know {place}."),
    };

    private static bool Match(PatternTerm place, Term term, Dictionary<string, Term> bindings)
    {
        switch (place)
        {
            case ConstantTerm constant:
                return constant.Term == term;
            case Variable variable:
                if (bindings.TryGetValue(variable.Name, out var bound)) return bound == term;
                bindings.Add(variable.Name, term);
                return true;
            case TripleTermPattern { Pattern: var inner }:
                return term is TripleTerm triple && Match(inner, triple.Triple, bindings);
            default:
                return false;
        }
    }
}
