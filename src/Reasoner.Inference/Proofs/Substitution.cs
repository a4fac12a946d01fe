using Reasoner.Rdf;
using Reasoner.Rules;

namespace Reasoner.Inference;

/// <summary>Variables replaced by terms in the syntax tree: the checker's own reading of a solution.</summary>
internal static class Substitution
{
    /// <summary>The term that a pattern's place becomes; null while it holds a variable without value.</summary>
    public static Term? Apply(PatternTerm place, Solution solution)
    {
        switch (place)
        {
            case ConstantTerm constant:
                return constant.Term;
            case Variable variable:
                return solution.TryGet(variable.Name, out var value) ? value : null;
            case TripleTermPattern { Pattern: var inner }:
                var (s, p, o) = (Apply(inner.Subject, solution), Apply(inner.Predicate, solution), Apply(inner.Object, solution));
                return s is null || p is null || o is null ? null : new TripleTerm(new Triple(s, p, o));
            default:
                return null;
        }
    }

    /// <summary>The solution extended so that the pattern becomes the triple; null where it cannot.</summary>
    public static Solution? Match(TriplePattern pattern, Triple triple, Solution solution) =>
        Match(pattern.Subject, triple.Subject, solution) is { } first
        && Match(pattern.Predicate, triple.Predicate, first) is { } second
            ? Match(pattern.Object, triple.Object, second)
            : null;

    /// <summary>The variables that a template must have for the wanted terms (null is any); null where it cannot give them.</summary>
    public static Solution? Fit(TriplePattern template, Term? subject, Term? predicate, Term? @object) =>
        Fit(template.Predicate, predicate, Solution.Empty) is { } first && Fit(template.Object, @object, first) is { } second
            ? Fit(template.Subject, subject, second)
            : null;

    /// <summary>The triple that a template gives in a solution; null where that would be no RDF triple.</summary>
    public static Triple? Instantiate(Rule rule, int number, TriplePattern template, Solution solution)
    {
        var subject = Fill(rule, number, template.Subject, solution);
        var predicate = Fill(rule, number, template.Predicate, solution);
        var @object = Fill(rule, number, template.Object, solution);
        return subject is Iri or BlankNode && predicate is Iri ? new Triple(subject, predicate, @object) : null;
    }

    /// <summary>The triple that a pattern becomes under a solution of its body.</summary>
    public static Triple Fill(TriplePattern pattern, Solution solution) =>
        new(Apply(pattern.Subject, solution)!, Apply(pattern.Predicate, solution)!, Apply(pattern.Object, solution)!);

    /// <summary>
    /// The part of a solution that a NOT at the index of a body sees: the variables that elements before it bind. Others of the
    /// same name are its own, even where the search that made the solution knows their values already.
    /// </summary>
    public static Solution Before(IReadOnlyList<BodyElement> body, int index, Solution solution) =>
        solution.Of(body.Take(index).BoundVariables().ToHashSet());

    private static Term Fill(Rule rule, int number, PatternTerm place, Solution solution) => place switch
    {
        ConstantTerm { Term: BlankNode node } => HeadBlankNodes.Make(rule, number, node.Label, solution.Bindings),
        ConstantTerm constant => constant.Term,
        Variable variable => solution[variable.Name],
        TripleTermPattern { Pattern: var inner } => new TripleTerm(new Triple(
            Fill(rule, number, inner.Subject, solution),
            Fill(rule, number, inner.Predicate, solution),
            Fill(rule, number, inner.Object, solution))),
        _ => throw new NotSupportedException($"The checker does not know {place}."),
    };

    private static Solution? Fit(PatternTerm place, Term? wanted, Solution solution) => (place, wanted) switch
    {
        (_, null) => solution,
        (ConstantTerm { Term: BlankNode }, _) => wanted is BlankNode ? solution : null,
        _ => Match(place, wanted, solution),
    };

    private static Solution? Match(PatternTerm place, Term term, Solution solution)
    {
        switch (place)
        {
            case ConstantTerm constant:
                return constant.Term == term ? solution : null;
            case Variable variable:
                return !solution.TryGet(variable.Name, out var bound) ? solution.With(variable.Name, term) : bound == term ? solution : null;
            case TripleTermPattern { Pattern: var inner }:
                return term is TripleTerm triple ? Match(inner, triple.Triple, solution) : null;
            default:
                return null;
        }
    }
}
