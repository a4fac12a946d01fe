using Reasoner.Knowledge;
using Reasoner.Rdf;

namespace Reasoner.Decisions.Counterfactuals;

/// <summary>A fact of a case that is replaced before it is decided.</summary>
/// <param name="Path">The property path from the subject, in the curies of the manifest; the object of its last step is replaced.</param>
/// <param name="From">What the case says, in N-Triples; null where it says nothing.</param>
/// <param name="To">What is decided on instead, in N-Triples.</param>
public sealed record CaseChange(string Path, string? From, string To);

/// <summary>Puts changes into a case that was read.</summary>
internal static class CaseChanges
{
    /// <summary>The document that changed facts come from.</summary>
    public static SourceDocument Source { get; } = new(SourceKind.Pipeline, "change of the case");

    /// <summary>The case with the changes instead of what they replace.</summary>
    /// <exception cref="CaseRefusedException">A change does not fit the case.</exception>
    public static (KnowledgeGraph Overlay, int Subject) Apply(Domain domain, KnowledgeGraph overlay, int subject, IReadOnlyList<CaseChange> changes)
    {
        var replaced = new HashSet<Fact>();
        var added = new List<Triple>();
        foreach (var change in changes)
        {
            if (change is null) throw new CaseRefusedException("A change of the case is null.", []);
            if (ChangePath.TryParse(domain.Manifest, change.Path) is not { } path || ReadTerm(change.To) is not { } to || path.Find(overlay, subject) is not { } place)
                throw Refuse(change, "names no property of the case that could be replaced");
            var from = place.Object == 0 ? null : overlay.Terms[place.Object].ToString();
            if (from != change.From) throw Refuse(change, $"starts from {change.From ?? "nothing"}, and the case says {from ?? "nothing"}");
            if (place.Object != 0 && !replaced.Add(new Fact(place.Node, place.Property, place.Object))) throw Refuse(change, "is made twice");
            added.Add(new Triple(overlay.Terms[place.Node], overlay.Terms[place.Property], to));
        }

        var changed = Without(overlay, replaced);
        foreach (var triple in added)
        {
            if (!changed.Assert(triple, new FactSource(Source, 0))) throw new CaseRefusedException($"The changes do not fit the case: {triple} holds without them, or by two of them.", []);
        }

        return (changed, changed.Terms.Find(overlay.Terms[subject]));
    }

    /// <summary>A new overlay over the same base with the asserted facts of another but for some.</summary>
    public static KnowledgeGraph Without(KnowledgeGraph overlay, IReadOnlySet<Fact> left)
    {
        var copy = new KnowledgeGraph(overlay.Base);
        foreach (var relation in overlay.OwnRelations)
        {
            for (var row = 0; row < relation.Count; row++)
            {
                var fact = new Fact(relation.Subjects[row], relation.Predicate, relation.Objects[row]);
                if (!left.Contains(fact)) copy.Assert(overlay.ToTriple(fact), overlay.SourceOf(relation.OriginOf(row), relation.StampOf(row)));
            }
        }

        return copy;
    }

    /// <summary>A term in canonical N-Triples; null where the text is none.</summary>
    public static Term? ReadTerm(string text)
    {
        try
        {
            var triples = RdfDocument.Parse($"<urn:s> <urn:p> {text} .", RdfFormat.NTriples).Triples;
            return triples.Count == 1 && triples[0].Object.ToString() == text ? triples[0].Object : null;
        }
        catch (RdfSyntaxException)
        {
            return null;
        }
    }

    private static CaseRefusedException Refuse(CaseChange change, string problem) =>
        new("The changes do not fit the case.", [new CaseProblem(change.Path, $"the change to {change.To} {problem}")]);
}
