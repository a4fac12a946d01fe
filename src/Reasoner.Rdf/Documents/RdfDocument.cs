using System.Text;

namespace Reasoner.Rdf;

/// <summary>
/// A document read whole into terms: for manifests, shapes, ontologies and other documents of a size to hold in memory.
/// Large data goes through a reader and its own <see cref="IRdfSink{TTerm}"/> instead.
/// </summary>
public sealed class RdfDocument
{
    internal RdfDocument(
        IReadOnlyList<Triple> triples,
        IReadOnlyList<int> lines,
        IReadOnlyDictionary<Term, IReadOnlyList<Triple>> namedGraphs,
        IReadOnlyDictionary<string, Iri> prefixes)
    {
        Triples = triples;
        Lines = lines;
        NamedGraphs = namedGraphs;
        Prefixes = prefixes;
    }

    /// <summary>The triples of the default graph in the document's order; a triple stated twice is here twice.</summary>
    public IReadOnlyList<Triple> Triples { get; }

    /// <summary>For each of <see cref="Triples"/>, the line on which its object starts, from 1.</summary>
    public IReadOnlyList<int> Lines { get; }

    /// <summary>The triples of each named graph; empty for formats without them.</summary>
    public IReadOnlyDictionary<Term, IReadOnlyList<Triple>> NamedGraphs { get; }

    /// <summary>The prefixes that the document declares, without their colon. Of two declarations the later stands.</summary>
    public IReadOnlyDictionary<string, Iri> Prefixes { get; }

    /// <summary>
    /// Reads a file; its name tells the format. Unless the options name a base IRI, relative references are resolved
    /// against the file's own IRI.
    /// </summary>
    /// <exception cref="RdfSyntaxException">The file does not conform to its format.</exception>
    /// <exception cref="NotSupportedException">The file's name tells no known format.</exception>
    public static RdfDocument Load(string path, RdfReaderOptions? options = null, CancellationToken cancellation = default)
    {
        if (!RdfFormat.TryFromFileName(path, out var format))
        {
            var known = string.Join(", ", RdfFormat.All.SelectMany(f => f.FileExtensions));
            throw new NotSupportedException($"The name of '{path}' tells no RDF format; known are {known}.");
        }

        options ??= new RdfReaderOptions { FileName = path };
        if (options.BaseIri is null) options = options with { BaseIri = new Uri(Path.GetFullPath(path)).AbsoluteUri };
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
        return Read(file, format, options, cancellation);
    }

    /// <summary>Reads a text.</summary>
    /// <exception cref="RdfSyntaxException">The text does not conform to the format.</exception>
    public static RdfDocument Parse(
        string text, RdfFormat format, RdfReaderOptions? options = null, CancellationToken cancellation = default) =>
        Parse(Encoding.UTF8.GetBytes(text), format, options, cancellation);

    /// <summary>Reads a document in memory, in UTF-8.</summary>
    /// <exception cref="RdfSyntaxException">The document does not conform to the format.</exception>
    public static RdfDocument Parse(
        ReadOnlyMemory<byte> document, RdfFormat format, RdfReaderOptions? options = null, CancellationToken cancellation = default)
    {
        var builder = new DocumentBuilder();
        if (format == RdfFormat.NTriples) NTriplesReader.Read<DocumentBuilder, Term>(document, ref builder, options, cancellation);
        else if (format == RdfFormat.NQuads) NQuadsReader.Read<DocumentBuilder, Term>(document, ref builder, options, cancellation);
        else if (format == RdfFormat.Turtle) TurtleReader.Read<DocumentBuilder, Term>(document, ref builder, options, cancellation);
        else if (format == RdfFormat.TriG) TriGReader.Read<DocumentBuilder, Term>(document, ref builder, options, cancellation);
        else RdfXmlReader.Read<DocumentBuilder, Term>(document, ref builder, options, cancellation);
        return builder.Build();
    }

    /// <summary>Reads a stream to its end.</summary>
    /// <exception cref="RdfSyntaxException">The document does not conform to the format.</exception>
    public static RdfDocument Read(
        Stream stream, RdfFormat format, RdfReaderOptions? options = null, CancellationToken cancellation = default)
    {
        var builder = new DocumentBuilder();
        if (format == RdfFormat.NTriples) NTriplesReader.Read<DocumentBuilder, Term>(stream, ref builder, options, cancellation);
        else if (format == RdfFormat.NQuads) NQuadsReader.Read<DocumentBuilder, Term>(stream, ref builder, options, cancellation);
        else if (format == RdfFormat.Turtle) TurtleReader.Read<DocumentBuilder, Term>(stream, ref builder, options, cancellation);
        else if (format == RdfFormat.TriG) TriGReader.Read<DocumentBuilder, Term>(stream, ref builder, options, cancellation);
        else RdfXmlReader.Read<DocumentBuilder, Term>(stream, ref builder, options, cancellation);
        return builder.Build();
    }
}
