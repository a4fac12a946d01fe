using Reasoner.Knowledge;
using Reasoner.Rdf;

namespace Reasoner.Cli;

/// <summary>Loads RDF files into a graph, term by term without objects in between, and keeps their prefixes.</summary>
internal sealed class RdfFileLoader(KnowledgeGraph graph, CommandConsole console, CancellationToken cancellation)
{
    /// <summary>The prefixes of all files; of two declarations the first stands.</summary>
    public Dictionary<string, string> Prefixes { get; } = new(StringComparer.Ordinal);

    /// <summary>How many triples were read, repeats included.</summary>
    public long TripleCount { get; private set; }

    /// <summary>Loads a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="blankNodeScope">Put before its blank node labels.</param>
    public void Load(string path, string blankNodeScope)
    {
        if (!RdfFormat.TryFromFileName(path, out var format))
        {
            var known = string.Join(", ", RdfFormat.All.SelectMany(known => known.FileExtensions));
            throw new UsageException($"the name of {path} tells no RDF format; known are {known}.");
        }

        if (format.HasGraphs)
            throw new UsageException($"{path} may have named graphs, which rules do not see; write its triples to a file first: reasoner convert {path} {Path.ChangeExtension(path, ".nt")}");

        using var file = InputFile.Open(path);
        TripleCount += Work.Do(console, $"Reading {Path.GetFileName(path)}", file.Length, read => Load(new WatchedStream(file, read), path, format, blankNodeScope));
    }

    private long Load(Stream stream, string path, RdfFormat format, string blankNodeScope)
    {
        var loader = new GraphLoader(graph, new SourceDocument(SourceKind.File, path), blankNodeScope);
        var sink = new Sink(loader, Prefixes);
        var options = new RdfReaderOptions { FileName = path, BaseIri = new Uri(Path.GetFullPath(path)).AbsoluteUri };
        RdfReader.Read(stream, format, sink, options, cancellation);
        return loader.TripleCount;
    }

    /// <summary>Loads, and keeps prefixes.</summary>
    private sealed class Sink(GraphLoader loader, Dictionary<string, string> prefixes) : IRdfSink<int>
    {
        public int Iri(ReadOnlySpan<byte> iri) => loader.Iri(iri);

        public int BlankNode(ReadOnlySpan<byte> label) => loader.BlankNode(label);

        public int Literal(ReadOnlySpan<byte> lexicalForm, ReadOnlySpan<byte> datatype) => loader.Literal(lexicalForm, datatype);

        public int LanguageString(ReadOnlySpan<byte> lexicalForm, ReadOnlySpan<byte> language, BaseDirection direction) =>
            loader.LanguageString(lexicalForm, language, direction);

        public int TripleTerm(int subject, int predicate, int @object) => loader.TripleTerm(subject, predicate, @object);

        public void Triple(int subject, int predicate, int @object, int line) => loader.Triple(subject, predicate, @object, line);

        public void Prefix(ReadOnlySpan<byte> prefix, ReadOnlySpan<byte> iri) =>
            prefixes.TryAdd(System.Text.Encoding.UTF8.GetString(prefix), System.Text.Encoding.UTF8.GetString(iri));
    }
}
