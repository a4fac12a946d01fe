using System.Text;
using Reasoner.Rdf;

namespace Reasoner.Knowledge;

/// <summary>
/// Receives a reader's terms and triples straight into a graph. Blank nodes get labels that are unique in the graph by a
/// scope prefix, so that two documents never share one by accident.
/// </summary>
public sealed class GraphLoader : IRdfSink<int>
{
    private readonly KnowledgeGraph _graph;
    private readonly int _origin;
    private readonly byte[] _scope;
    private byte[] _label = new byte[64];

    /// <summary>Makes a loader of one document.</summary>
    /// <param name="graph">The graph that receives the facts.</param>
    /// <param name="document">The document that the facts come from.</param>
    /// <param name="blankNodeScope">Put before each blank node label; empty keeps the document's own labels.</param>
    public GraphLoader(KnowledgeGraph graph, SourceDocument document, string blankNodeScope = "")
    {
        _graph = graph;
        _origin = graph.OriginOf(document);
        _scope = Encoding.UTF8.GetBytes(blankNodeScope);
    }

    /// <summary>How many triples were read, repeats included.</summary>
    public long TripleCount { get; private set; }

    /// <inheritdoc />
    public int Iri(ReadOnlySpan<byte> iri) => _graph.Terms.AddIri(iri);

    /// <inheritdoc />
    public int BlankNode(ReadOnlySpan<byte> label)
    {
        if (_scope.Length == 0) return _graph.Terms.AddBlankNode(label);
        var size = _scope.Length + label.Length;
        if (size > _label.Length) _label = new byte[size * 2];
        _scope.CopyTo(_label, 0);
        label.CopyTo(_label.AsSpan(_scope.Length));
        return _graph.Terms.AddBlankNode(_label.AsSpan(0, size));
    }

    /// <inheritdoc />
    public int Literal(ReadOnlySpan<byte> lexicalForm, ReadOnlySpan<byte> datatype) =>
        _graph.Terms.AddLiteral(lexicalForm, datatype.IsEmpty || datatype.SequenceEqual(XsdString) ? 0 : _graph.Terms.AddIri(datatype));

    /// <inheritdoc />
    public int LanguageString(ReadOnlySpan<byte> lexicalForm, ReadOnlySpan<byte> language, BaseDirection direction) =>
        _graph.Terms.AddLanguageString(lexicalForm, language, direction);

    /// <inheritdoc />
    public int TripleTerm(int subject, int predicate, int @object) => _graph.Terms.AddTripleTerm(subject, predicate, @object);

    /// <inheritdoc />
    public void Triple(int subject, int predicate, int @object, int line)
    {
        TripleCount++;
        _graph.Assert(subject, predicate, @object, _origin, line);
    }

    /// <inheritdoc />
    public void Prefix(ReadOnlySpan<byte> prefix, ReadOnlySpan<byte> iri)
    {
        // Prefixes are for people; the graph holds IRIs whole.
    }

    private static ReadOnlySpan<byte> XsdString => "http://www.w3.org/2001/XMLSchema#string"u8;
}
