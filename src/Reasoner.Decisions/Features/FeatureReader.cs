using System.Collections.Immutable;
using Reasoner.Experts;
using Reasoner.Knowledge;
using Reasoner.Rdf;

namespace Reasoner.Decisions;

/// <summary>Reads a model's features off the graph around a case, by the property paths of the manifest.</summary>
internal sealed class FeatureReader
{
    private readonly CompiledFeature[] _features;

    public FeatureReader(DomainManifest manifest, TermDictionary terms)
    {
        _features = [.. manifest.Features.Select(feature => new CompiledFeature(
            feature.Kind,
            [.. feature.Path.Split('/').Select(step => new Step(manifest.Expand(step.TrimStart('^')), terms.Add(manifest.Expand(step.TrimStart('^'))), step.StartsWith('^')))]))];
        Schema = _features.Length == 0 ? null : new FeatureSchema(manifest.Features.Select(feature => new Feature(feature.Name, feature.Kind, feature.Path)));
    }

    /// <summary>The features; null where the domain has none.</summary>
    public FeatureSchema? Schema { get; }

    /// <summary>The properties on the features' paths.</summary>
    public IEnumerable<(string Feature, Iri Property)> Properties =>
        _features.SelectMany((feature, i) => feature.Path.Select(step => (Schema![i].Name, step.Property)));

    /// <summary>The subject's features. Of several values the smallest number, or the ordinally first category, counts.</summary>
    public FeatureRow Read(KnowledgeGraph graph, int subject)
    {
        var values = new FeatureValue[_features.Length];
        for (var i = 0; i < values.Length; i++)
            values[i] = ValueOf(_features[i].Kind, Walk(graph, subject, _features[i].Path).Select(id => graph.Terms[id]));
        return new FeatureRow(values);
    }

    /// <summary>The subject's features from another source of facts: the checker's own search.</summary>
    public FeatureRow Read(Term subject, Func<Term?, Term, Term?, IEnumerable<Triple>> match) => new([.. _features.Select(feature =>
        ValueOf(feature.Kind, feature.Path.Aggregate(
            (IEnumerable<Term>)[subject],
            (nodes, step) => nodes.SelectMany(node => step.IsInverse
                ? match(null, step.Property, node).Select(triple => triple.Subject)
                : match(node, step.Property, null).Select(triple => triple.Object)))))]);

    private static IEnumerable<int> Walk(KnowledgeGraph graph, int subject, ImmutableArray<Step> path)
    {
        IEnumerable<int> nodes = [subject];
        foreach (var step in path)
        {
            nodes = step.IsInverse
                ? nodes.SelectMany(node => graph.Match(0, step.PropertyId, node).Select(fact => fact.Subject))
                : nodes.SelectMany(node => graph.ObjectsOf(node, step.PropertyId));
        }

        return nodes;
    }

    private static FeatureValue ValueOf(FeatureKind kind, IEnumerable<Term> terms)
    {
        switch (kind)
        {
            case FeatureKind.Numeric:
                var least = double.NaN;
                foreach (var term in terms)
                    if (Value.Of(term).TryGetDouble(out var number) && !(number >= least)) least = number;
                return FeatureValue.Of(least);
            case FeatureKind.Boolean:
                return FeatureValue.Of(terms.Any(term => Value.Of(term).EffectiveBooleanValue == true));
            default:
                return FeatureValue.Of(terms.Select(CategoryOf).Min(StringComparer.Ordinal));
        }
    }

    private static string CategoryOf(Term term) => term switch
    {
        Iri iri => iri.Value,
        Literal literal => literal.LexicalForm,
        _ => term.ToString()!,
    };

    private sealed record CompiledFeature(FeatureKind Kind, ImmutableArray<Step> Path);

    private readonly record struct Step(Iri Property, int PropertyId, bool IsInverse);
}
