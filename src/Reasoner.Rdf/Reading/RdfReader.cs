namespace Reasoner.Rdf;

/// <summary>
/// Reads a document of any format without named graphs into a sink that numbers terms. The readers of each format serve every
/// kind of sink; here they are compiled with the library for this kind, so that a short program need not compile them.
/// </summary>
public static class RdfReader
{
    /// <summary>Reads a stream to its end.</summary>
    /// <param name="stream">The document.</param>
    /// <param name="format">Its format.</param>
    /// <param name="sink">Receives terms and triples.</param>
    /// <param name="options">Names and limits.</param>
    /// <param name="cancellation">Stops the reading.</param>
    /// <exception cref="ArgumentException">Documents of the format may have named graphs.</exception>
    /// <exception cref="RdfSyntaxException">The document is malformed, or goes beyond a limit.</exception>
    public static void Read(
        Stream stream, RdfFormat format, IRdfSink<int> sink, RdfReaderOptions? options = null, CancellationToken cancellation = default)
    {
        if (format.HasGraphs) throw new ArgumentException($"{format} may have named graphs, which this sink does not take.", nameof(format));
        if (format == RdfFormat.NTriples) NTriplesReader.Read<IRdfSink<int>, int>(stream, ref sink, options, cancellation);
        else if (format == RdfFormat.RdfXml) RdfXmlReader.Read<IRdfSink<int>, int>(stream, ref sink, options, cancellation);
        else TurtleReader.Read<IRdfSink<int>, int>(stream, ref sink, options, cancellation);
    }
}
