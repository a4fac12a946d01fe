namespace Reasoner.Rdf;

/// <summary>How a document is read. The default suits trusted and untrusted input alike: everything is bounded.</summary>
public sealed record RdfReaderOptions
{
    /// <summary>The default options.</summary>
    public static RdfReaderOptions Default { get; } = new();

    /// <summary>The name that stands in error positions: a file name, or a word such as "request".</summary>
    public string FileName { get; init; } = "input";

    /// <summary>
    /// The absolute IRI that relative references are resolved against until the document declares another. Without one,
    /// a relative reference is an error. N-Triples and N-Quads, which have no relative references, ignore it.
    /// </summary>
    public string? BaseIri { get; init; }

    /// <summary>The most bytes that one term of the document may take.</summary>
    public int MaxTermBytes { get; init; } = 64 * 1024 * 1024;

    /// <summary>How deep blank node property lists, collections, triple terms and annotations may nest.</summary>
    public int MaxDepth { get; init; } = 256;

    /// <summary>The size of the buffer that a stream is read through, before a longer term makes it grow.</summary>
    internal int BufferBytes { get; init; } = 128 * 1024;
}
