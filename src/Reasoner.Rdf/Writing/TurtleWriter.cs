using System.Buffers;

namespace Reasoner.Rdf;

/// <summary>
/// Writes a graph as Turtle for people to read: grouped by subject and predicate, blank nodes nested where that is safe,
/// lists as collections, numbers and booleans bare. The same triples and prefixes give the same bytes.
/// </summary>
public static class TurtleWriter
{
    /// <summary>Writes to a stream, in UTF-8.</summary>
    /// <param name="triples">The graph; order and repetition do not matter.</param>
    /// <param name="output">Where to; it stays open.</param>
    /// <param name="prefixes">Prefixes, without colon, that may be used; those that are used are declared.</param>
    /// <param name="cancellation">Ends the writing.</param>
    /// <exception cref="ArgumentException">A triple is not RDF: a literal or triple term as subject, say.</exception>
    public static void Write(
        IEnumerable<Triple> triples,
        Stream output,
        IReadOnlyDictionary<string, Iri>? prefixes = null,
        CancellationToken cancellation = default) =>
        output.Write(new TurtleLayout(triples, prefixes, cancellation).Document().Written);

    /// <summary>Writes to a buffer, in UTF-8.</summary>
    /// <inheritdoc cref="Write(IEnumerable{Triple}, Stream, IReadOnlyDictionary{string, Iri}?, CancellationToken)"/>
    public static void Write(
        IEnumerable<Triple> triples,
        IBufferWriter<byte> output,
        IReadOnlyDictionary<string, Iri>? prefixes = null,
        CancellationToken cancellation = default) =>
        output.Write(new TurtleLayout(triples, prefixes, cancellation).Document().Written);

    /// <summary>Gives the document as text.</summary>
    /// <inheritdoc cref="Write(IEnumerable{Triple}, Stream, IReadOnlyDictionary{string, Iri}?, CancellationToken)"/>
    public static string ToText(
        IEnumerable<Triple> triples, IReadOnlyDictionary<string, Iri>? prefixes = null, CancellationToken cancellation = default) =>
        new TurtleLayout(triples, prefixes, cancellation).Document().ToString();
}
