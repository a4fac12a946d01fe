using Reasoner.Knowledge;
using Reasoner.Rdf;

namespace Reasoner.Benchmarks;

/// <summary>Reads files as the command line does: streamed, through a sink that is a struct.</summary>
internal static class GraphReading
{
    /// <summary>Loads an N-Triples or Turtle file into a graph.</summary>
    /// <returns>How many triples it has, repeats included.</returns>
    public static long Load(KnowledgeGraph graph, string path, string blankNodeScope = "")
    {
        var loader = new GraphLoader(graph, new SourceDocument(SourceKind.File, path), blankNodeScope);
        var sink = new LoadingSink(loader);
        Read<LoadingSink, int>(path, ref sink);
        return loader.TripleCount;
    }

    /// <summary>Reads a file and counts its triples.</summary>
    public static long Count(string path)
    {
        var sink = new CountingSink();
        Read<CountingSink, int>(path, ref sink);
        return sink.Triples;
    }

    private static void Read<TSink, TTerm>(string path, ref TSink sink)
        where TSink : IRdfSink<TTerm>
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.SequentialScan);
        if (path.EndsWith(".nt", StringComparison.Ordinal)) NTriplesReader.Read<TSink, TTerm>(file, ref sink);
        else TurtleReader.Read<TSink, TTerm>(file, ref sink);
    }

    /// <summary>Takes every term and triple and keeps nothing but their number.</summary>
    private struct CountingSink : IRdfSink<int>
    {
        public long Triples { get; private set; }

        public readonly int Iri(ReadOnlySpan<byte> iri) => iri.Length;

        public readonly int BlankNode(ReadOnlySpan<byte> label) => label.Length;

        public readonly int Literal(ReadOnlySpan<byte> lexicalForm, ReadOnlySpan<byte> datatype) => lexicalForm.Length;

        public readonly int LanguageString(ReadOnlySpan<byte> lexicalForm, ReadOnlySpan<byte> language, BaseDirection direction) => lexicalForm.Length;

        public readonly int TripleTerm(int subject, int predicate, int @object) => subject;

        public void Triple(int subject, int predicate, int @object, int line) => Triples++;

        public readonly void Prefix(ReadOnlySpan<byte> prefix, ReadOnlySpan<byte> iri)
        {
        }
    }

    private readonly struct LoadingSink(GraphLoader loader) : IRdfSink<int>
    {
        public int Iri(ReadOnlySpan<byte> iri) => loader.Iri(iri);

        public int BlankNode(ReadOnlySpan<byte> label) => loader.BlankNode(label);

        public int Literal(ReadOnlySpan<byte> lexicalForm, ReadOnlySpan<byte> datatype) => loader.Literal(lexicalForm, datatype);

        public int LanguageString(ReadOnlySpan<byte> lexicalForm, ReadOnlySpan<byte> language, BaseDirection direction) =>
            loader.LanguageString(lexicalForm, language, direction);

        public int TripleTerm(int subject, int predicate, int @object) => loader.TripleTerm(subject, predicate, @object);

        public void Triple(int subject, int predicate, int @object, int line) => loader.Triple(subject, predicate, @object, line);

        public void Prefix(ReadOnlySpan<byte> prefix, ReadOnlySpan<byte> iri)
        {
        }
    }
}
