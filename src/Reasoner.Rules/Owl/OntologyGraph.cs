using Reasoner.Rdf;

namespace Reasoner.Rules;

/// <summary>An ontology's triples by subject, for the reading of class expressions and lists.</summary>
internal sealed class OntologyGraph
{
    private readonly Dictionary<Term, List<PositionedTriple>> _bySubject = [];

    public OntologyGraph(IEnumerable<PositionedTriple> triples)
    {
        foreach (var triple in triples)
        {
            if (!_bySubject.TryGetValue(triple.Triple.Subject, out var list))
                _bySubject[triple.Triple.Subject] = list = [];
            list.Add(triple);
            Triples.Add(triple);
        }
    }

    public List<PositionedTriple> Triples { get; } = [];

    /// <summary>The first object of the subject's property, or null.</summary>
    public Term? Object(Term subject, Iri predicate)
    {
        foreach (var triple in About(subject))
        {
            if (triple.Triple.Predicate == predicate) return triple.Triple.Object;
        }

        return null;
    }

    public bool Has(Term subject, Iri predicate, Term @object)
    {
        foreach (var triple in About(subject))
        {
            if (triple.Triple.Predicate == predicate && triple.Triple.Object == @object) return true;
        }

        return false;
    }

    /// <summary>The members of a list; null where it is no list that ends.</summary>
    public List<Term>? List(Term? head)
    {
        var members = new List<Term>();
        var cells = new HashSet<Term>();
        while (head is not null && head != RdfVocabulary.Nil)
        {
            if (!cells.Add(head) || Object(head, RdfVocabulary.First) is not { } member) return null;
            members.Add(member);
            head = Object(head, RdfVocabulary.Rest);
        }

        return head is null ? null : members;
    }

    private List<PositionedTriple> About(Term subject) => _bySubject.GetValueOrDefault(subject) ?? [];
}
