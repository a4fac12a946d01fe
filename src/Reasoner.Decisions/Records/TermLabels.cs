using System.Collections.Immutable;
using Reasoner.Inference;
using Reasoner.Rdf;

namespace Reasoner.Decisions;

/// <summary>The labels that let a record's proofs be read without the ontology at hand.</summary>
internal static class TermLabels
{
    /// <summary>The IRIs of the steps that have a label, with it.</summary>
    public static ImmutableSortedDictionary<string, string> Of(Domain domain, IEnumerable<ProofNode> nodes) => Of(domain.GivenLabelOf, nodes);

    /// <summary>The IRIs of the steps that have a label, with it.</summary>
    public static ImmutableSortedDictionary<string, string> Of(Func<Iri, string?> labelOf, IEnumerable<ProofNode> nodes)
    {
        var labels = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (var node in nodes)
        {
            Add(node.Fact.Subject);
            Add(node.Fact.Predicate);
            Add(node.Fact.Object);
            foreach (var binding in node.Bindings) Add(binding.Value);
        }

        return labels.ToImmutable();

        void Add(Term term)
        {
            if (term is Iri iri && !labels.ContainsKey(iri.Value) && labelOf(iri) is { } label) labels.Add(iri.Value, label);
        }
    }
}
