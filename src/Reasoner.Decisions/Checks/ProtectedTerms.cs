using System.Collections.Immutable;
using Reasoner.Rdf;

namespace Reasoner.Decisions;

/// <summary>What a domain's ontology annotates <c>rsn:protected true</c>: properties, and classes, to be in which is what is protected.</summary>
internal static class ProtectedTerms
{
    /// <summary>The annotated terms by IRI, and which of them are classes.</summary>
    public static ImmutableArray<(Iri Term, bool IsClass)> Of(Domain domain)
    {
        var graph = domain.Baseline.Graph;
        var annotation = graph.Terms.Find(CoreVocabulary.Protected);
        if (annotation == 0) return [];
        var classes = domain.Ontology
            .Where(fact => fact.Triple.Predicate == RdfVocabulary.Type && fact.Triple.Object is Iri type && CoreVocabulary.LocalName(type.Value) == "Class")
            .Select(fact => fact.Triple.Subject).ToHashSet();
        return
        [
            .. graph.Match(0, annotation)
                .Where(fact => graph.Terms.ValueOf(fact.Object).EffectiveBooleanValue == true)
                .Select(fact => graph.Terms[fact.Subject]).OfType<Iri>()
                .OrderBy(term => term.Value, StringComparer.Ordinal)
                .Select(term => (term, classes.Contains(term))),
        ];
    }
}
