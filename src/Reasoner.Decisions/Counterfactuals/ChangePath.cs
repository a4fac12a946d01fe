using System.Collections.Immutable;
using Reasoner.Knowledge;
using Reasoner.Rdf;

namespace Reasoner.Decisions.Counterfactuals;

/// <summary>A property path from the subject of a case to the fact that a change replaces.</summary>
/// <param name="Steps">The steps; the last is walked forwards.</param>
internal sealed record ChangePath(ImmutableArray<(Iri Property, bool IsInverse)> Steps)
{
    /// <summary>The property whose object is replaced.</summary>
    public Iri Property => Steps[^1].Property;

    /// <summary>Reads a path; null where a curie has no declared prefix or the last step is walked backwards.</summary>
    public static ChangePath? TryParse(DomainManifest manifest, string? text)
    {
        if (string.IsNullOrEmpty(text)) return null;
        var steps = text.Split('/');
        if (steps[^1].StartsWith('^')) return null;
        var parsed = ImmutableArray.CreateBuilder<(Iri, bool)>(steps.Length);
        foreach (var step in steps)
        {
            var curie = step.TrimStart('^');
            var colon = curie.IndexOf(':', StringComparison.Ordinal);
            if (colon <= 0 || colon == curie.Length - 1 || !manifest.Prefixes.ContainsKey(curie[..colon])) return null;
            parsed.Add((manifest.Expand(curie), step.StartsWith('^')));
        }

        return new ChangePath(parsed.MoveToImmutable());
    }

    /// <summary>
    /// Where the path ends among the case's own facts; the object is 0 where there is none yet. Null where it ends nowhere or in
    /// several places: what is not one fact of the case is not the case's to change.
    /// </summary>
    public ChangePlace? Find(KnowledgeGraph overlay, int subject)
    {
        var node = subject;
        foreach (var (property, isInverse) in Steps.AsSpan()[..^1])
        {
            if (OwnRelation(overlay, property) is not { } relation) return null;
            if ((isInverse ? Only(relation.Objects, relation.Subjects, node) : Only(relation.Subjects, relation.Objects, node)) is not (> 0 and var next)) return null;
            node = next;
        }

        var last = overlay.Terms.Add(Property);
        if (OwnRelation(overlay, Property) is not { } facts) return new ChangePlace(node, last, 0);
        var value = Only(facts.Subjects, facts.Objects, node);
        return value < 0 ? null : new ChangePlace(node, last, value);
    }

    private static Relation? OwnRelation(KnowledgeGraph overlay, Iri property) =>
        overlay.Terms.Find(property) is var id and not 0 ? overlay.OwnRelation(id) : null;

    /// <summary>The one term beside the node; 0 where there is none, -1 where there are several.</summary>
    private static int Only(ReadOnlySpan<int> here, ReadOnlySpan<int> there, int node)
    {
        var found = 0;
        for (var row = 0; row < here.Length; row++)
        {
            if (here[row] != node) continue;
            if (found != 0) return -1;
            found = there[row];
        }

        return found;
    }
}

/// <summary>A fact of a case that a change replaces, or would add.</summary>
/// <param name="Node">Its subject.</param>
/// <param name="Property">Its predicate.</param>
/// <param name="Object">Its object; 0 where there is none yet.</param>
internal readonly record struct ChangePlace(int Node, int Property, int Object);
