namespace Reasoner.Rdf;

/// <summary>
/// Reads N-Quads (RDF 1.2; every RDF 1.1 document is one). The document is streamed: memory does not grow with its
/// length.
/// </summary>
public static class NQuadsReader
{
    /// <summary>Reads a stream to its end.</summary>
    /// <exception cref="RdfSyntaxException">The document is not N-Quads, or goes beyond a limit.</exception>
    public static void Read<TSink, TTerm>(
        Stream stream, ref TSink sink, RdfReaderOptions? options = null, CancellationToken cancellation = default)
        where TSink : IRdfDatasetSink<TTerm>
    {
        options ??= RdfReaderOptions.Default;
        var input = new Terminals(stream, options);
        new NTriplesParser<TSink, TTerm, NamedGraphs<TSink, TTerm>>(input, ref sink, options, cancellation).Document();
    }

    /// <summary>Reads a document in memory.</summary>
    /// <exception cref="RdfSyntaxException">The document is not N-Quads, or goes beyond a limit.</exception>
    public static void Read<TSink, TTerm>(
        ReadOnlyMemory<byte> document, ref TSink sink, RdfReaderOptions? options = null, CancellationToken cancellation = default)
        where TSink : IRdfDatasetSink<TTerm>
    {
        options ??= RdfReaderOptions.Default;
        var input = new Terminals(document, options);
        new NTriplesParser<TSink, TTerm, NamedGraphs<TSink, TTerm>>(input, ref sink, options, cancellation).Document();
    }
}
