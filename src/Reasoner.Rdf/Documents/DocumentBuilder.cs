using System.Text;

namespace Reasoner.Rdf;

/// <summary>Builds terms from what a reader reads. Each IRI and blank node becomes one object.</summary>
internal sealed class DocumentBuilder : IRdfDatasetSink<Term>
{
    private readonly Dictionary<byte[], Iri> _iris = new(Utf8Comparer.Instance);
    private readonly Dictionary<byte[], BlankNode> _blankNodes = new(Utf8Comparer.Instance);
    private readonly List<Triple> _triples = [];
    private readonly List<int> _lines = [];
    private readonly Dictionary<Term, IReadOnlyList<Triple>> _namedGraphs = [];
    private readonly Dictionary<string, Iri> _prefixes = new(StringComparer.Ordinal);
    private List<Triple>? _namedGraph;

    public Term Iri(ReadOnlySpan<byte> iri) => InternedIri(iri);

    public Term BlankNode(ReadOnlySpan<byte> label)
    {
        var lookup = _blankNodes.GetAlternateLookup<ReadOnlySpan<byte>>();
        if (!lookup.TryGetValue(label, out var node)) lookup[label] = node = new BlankNode(Encoding.UTF8.GetString(label));
        return node;
    }

    public Term Literal(ReadOnlySpan<byte> lexicalForm, ReadOnlySpan<byte> datatype) =>
        new Literal(Encoding.UTF8.GetString(lexicalForm), datatype.IsEmpty ? Xsd.String : InternedIri(datatype));

    public Term LanguageString(ReadOnlySpan<byte> lexicalForm, ReadOnlySpan<byte> language, BaseDirection direction) =>
        new Literal(Encoding.UTF8.GetString(lexicalForm), Encoding.UTF8.GetString(language), direction);

    public Term TripleTerm(Term subject, Term predicate, Term @object) => new TripleTerm(new Triple(subject, predicate, @object));

    public void Triple(Term subject, Term predicate, Term @object, int line)
    {
        var triple = new Triple(subject, predicate, @object);
        if (_namedGraph is not null)
        {
            _namedGraph.Add(triple);
            return;
        }

        _triples.Add(triple);
        _lines.Add(line);
    }

    public void Prefix(ReadOnlySpan<byte> prefix, ReadOnlySpan<byte> iri) =>
        _prefixes[Encoding.UTF8.GetString(prefix)] = InternedIri(iri);

    public void BeginGraph(Term graph)
    {
        if (!_namedGraphs.TryGetValue(graph, out var triples)) _namedGraphs[graph] = triples = new List<Triple>();
        _namedGraph = (List<Triple>)triples;
    }

    public void EndGraph() => _namedGraph = null;

    public RdfDocument Build() => new(_triples, _lines, _namedGraphs, _prefixes);

    private Iri InternedIri(ReadOnlySpan<byte> iri)
    {
        var lookup = _iris.GetAlternateLookup<ReadOnlySpan<byte>>();
        if (!lookup.TryGetValue(iri, out var term)) lookup[iri] = term = new Iri(Encoding.UTF8.GetString(iri));
        return term;
    }
}
