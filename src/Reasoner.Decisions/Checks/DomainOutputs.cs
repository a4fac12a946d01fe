using Reasoner.Rdf;

namespace Reasoner.Decisions;

/// <summary>What is read of a domain's conclusions outside its rules: a rule that concludes nothing of it has no effect.</summary>
internal static class DomainOutputs
{
    /// <summary>
    /// The core vocabulary, by which the pipeline decides; labels, which explanations show; what shapes name; what features and
    /// the label read; and what the manifest declares as output.
    /// </summary>
    public static IReadOnlySet<Iri> Of(Domain domain)
    {
        var manifest = domain.Manifest;
        var outputs = new HashSet<Iri>(CoreTerms.All) { CoreVocabulary.Label, manifest.Expand(manifest.SubjectClass) };
        outputs.UnionWith(domain.ShapeTerms);
        outputs.UnionWith(manifest.Features.SelectMany(feature => feature.Path.Split('/')).Select(step => manifest.Expand(step.TrimStart('^'))));
        outputs.UnionWith(manifest.Outputs.Select(manifest.Expand));
        if (manifest.Label is { } label) outputs.Add(manifest.Expand(label.Property));
        if (manifest.Slots is { } slots) outputs.UnionWith(new[] { slots.Class, slots.Rows, slots.Columns }.OfType<string>().Select(manifest.Expand));
        return outputs;
    }
}
