using Reasoner.Knowledge;
using Reasoner.Rdf;

namespace Reasoner.Shapes;

/// <summary>Looks up what a shapes graph says about a node.</summary>
internal sealed class ShapeGraphReader(KnowledgeGraph graph)
{
    private const int MaxListLength = 100_000;

    private readonly int _type = graph.Terms.Find(RdfVocabulary.Type);
    private readonly int _subClassOf = graph.Terms.Find(ShaclVocabulary.SubClassOf);
    private readonly int _first = graph.Terms.Find(RdfVocabulary.First);
    private readonly int _rest = graph.Terms.Find(RdfVocabulary.Rest);
    private readonly int _nil = graph.Terms.Find(RdfVocabulary.Nil);
    private readonly Dictionary<string, int> _properties = new(StringComparer.Ordinal);

    /// <summary>The values of a property of SHACL, in ascending order of id: the order of the document.</summary>
    public IEnumerable<int> Values(int node, string property) =>
        Property(property) is not 0 and var id ? graph.ObjectsOf(node, id).Order() : [];

    /// <summary>All facts of a property of SHACL.</summary>
    public IEnumerable<Fact> Facts(string property) => Property(property) is not 0 and var id ? graph.Match(0, id) : [];

    /// <summary>The one value of a property, or null.</summary>
    public int? Optional(int node, string property)
    {
        var values = Values(node, property).Take(2).ToList();
        return values.Count <= 1
            ? values.Count == 0 ? null : values[0]
            : throw new ShapeFormatException($"sh:{property} may have one value; there are several");
    }

    /// <summary>Whether a property is true.</summary>
    public bool Flag(int node, string property) => Optional(node, property) is { } value
        && (graph.Terms.ValueOf(value) is { Kind: ValueKind.Boolean } flag
            ? flag.EffectiveBooleanValue == true
            : throw new ShapeFormatException($"sh:{property} is true or false"));

    /// <summary>A count, or null.</summary>
    public int? Number(int node, string property)
    {
        if (Optional(node, property) is not { } value) return null;
        return graph.Terms.ValueOf(value) is { Kind: ValueKind.Integer } number && number.TryGetInteger(out var count) && count is >= 0 and <= int.MaxValue
            ? (int)count
            : throw new ShapeFormatException($"sh:{property} is an integer, 0 or more");
    }

    /// <summary>The text of a string.</summary>
    public string TextOf(int term) => graph.Terms[term] is Literal literal
        ? literal.LexicalForm
        : throw new ShapeFormatException($"{graph.Terms[term]} should be a string");

    /// <summary>The instances of a class, subclasses included.</summary>
    public IEnumerable<int> Instances(Iri @class)
    {
        if (graph.Terms.Find(@class) is not (not 0 and var id) || _type == 0) yield break;
        foreach (var fact in graph.Match(0, _type, id)) yield return fact.Subject;
    }

    /// <summary>Whether a node has a class, or one of its subclasses, as type.</summary>
    public bool IsInstance(int node, Iri @class)
    {
        if (_type == 0 || graph.Terms.Find(@class) is not (not 0 and var id)) return false;
        var types = new NodeSet();
        foreach (var type in graph.ObjectsOf(node, _type)) types.Add(type);
        for (var i = 0; i < types.Count; i++)
        {
            if (types[i] == id) return true;
            if (_subClassOf == 0) continue;
            foreach (var above in graph.ObjectsOf(types[i], _subClassOf)) types.Add(above);
        }

        return false;
    }

    /// <summary>Whether a node is the head of an RDF list.</summary>
    public bool IsList(int node) => _first != 0 && graph.Match(node, _first).Any();

    /// <summary>The items of an RDF list.</summary>
    public IReadOnlyList<int> List(int list)
    {
        var items = new List<int>();
        while (list != _nil)
        {
            var first = _first == 0 ? [] : graph.ObjectsOf(list, _first).Take(2).ToList();
            var rest = _rest == 0 ? [] : graph.ObjectsOf(list, _rest).Take(2).ToList();
            if (first.Count != 1 || rest.Count != 1 || items.Count == MaxListLength)
                throw new ShapeFormatException($"{graph.Terms[list]} is not a well-formed RDF list; write it in parentheses");
            items.Add(first[0]);
            list = rest[0];
        }

        return items;
    }

    /// <summary>Where the first fact about a node is written.</summary>
    public FactSource? SourceOf(int node)
    {
        FactSource? earliest = null;
        foreach (var predicate in graph.Predicates)
        {
            foreach (var fact in graph.Match(node, predicate))
            {
                if (!graph.TryLocate(fact.Subject, fact.Predicate, fact.Object, out var relation, out var row)) continue;
                var origin = relation.OriginOf(row);
                if (KnowledgeGraph.IsDerived(origin)) continue;
                var source = graph.SourceOf(origin, relation.StampOf(row));
                if (earliest is null || (source.Document == earliest.Value.Document && source.Place < earliest.Value.Place)) earliest = source;
            }
        }

        return earliest;
    }

    private int Property(string name)
    {
        if (!_properties.TryGetValue(name, out var id)) _properties.Add(name, id = graph.Terms.Find(ShaclVocabulary.Of(name)));
        return id;
    }
}
