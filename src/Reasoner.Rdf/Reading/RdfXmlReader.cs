namespace Reasoner.Rdf;

/// <summary>
/// Reads RDF/XML 1.1. The document is streamed: memory does not grow with its
/// length.
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
        new RdfXmlParser<TSink, TTerm>(new MemoryStream(document.ToArray()), ref sink, options, cancellation).Document();
    }
}
