using System.Runtime.InteropServices;

namespace Reasoner.Rdf;

/// <summary>
/// Reads RDF/XML 1.1. The document is streamed: memory grows
/// with its rdf:IDs, which must differ, but not with its length. Entities of an internal DTD are expanded, to a limit;
/// nothing outside the document is fetched.
/// </summary>
public static class RdfXmlReader
{
    /// <summary>Reads a stream to its end.</summary>
    /// <exception cref="RdfSyntaxException">The document is not RDF/XML, or goes beyond a limit.</exception>
    public static void Read<TSink, TTerm>(
        Stream stream, ref TSink sink, RdfReaderOptions? options = null, CancellationToken cancellation = default)
        where TSink : IRdfSink<TTerm>
    {
        options ??= RdfReaderOptions.Default;
        new RdfXmlParser<TSink, TTerm>(stream, ref sink, options, cancellation).Document();
    }

    /// <summary>Reads a document in memory.</summary>
    /// <exception cref="RdfSyntaxException">The document is not RDF/XML, or goes beyond a limit.</exception>
    public static void Read<TSink, TTerm>(
        ReadOnlyMemory<byte> document, ref TSink sink, RdfReaderOptions? options = null, CancellationToken cancellation = default)
        where TSink : IRdfSink<TTerm>
    {
        options ??= RdfReaderOptions.Default;
        new RdfXmlParser<TSink, TTerm>(StreamOver(document), ref sink, options, cancellation).Document();
    }

    private static MemoryStream StreamOver(ReadOnlyMemory<byte> document) =>
        MemoryMarshal.TryGetArray(document, out var array)
            ? new MemoryStream(array.Array!, array.Offset, array.Count, writable: false)
            : new MemoryStream(document.ToArray(), writable: false);
}
