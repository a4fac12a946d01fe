using Reasoner.Knowledge;
using Reasoner.Rdf;

namespace Reasoner.Benchmarks;

/// <summary>Reads files as the command line does: streamed.</summary>
internal static class GraphReading
{
    /// <summary>Loads an N-Triples or Turtle file into a graph.</summary>
    /// <returns>How many triples it has, repeats included.</returns>
    public static long Load(KnowledgeGraph graph, string path, string blankNodeScope = "")
    {
        var loader = new GraphLoader(graph, new SourceDocument(SourceKind.File, path), blankNodeScope);
        Read(path, loader);
        return loader.TripleCount;
    }

    /// <summary>Reads a file and counts its triples.</summary>
    public static long Count(string path)
    {
        var sink = new CountingSink();
        Read(path, sink);
        return sink.Triples;
    }

    private static void Read(string path, IRdfSink<int> sink)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.SequentialScan);
        RdfReader.Read(file, path.EndsWith(".nt", StringComparison.Ordinal) ? RdfFormat.NTriples : RdfFormat.Turtle, sink);
    }

    /// <summary>Takes every term and triple and keeps nothing but their number.</summary>
    private sealed class CountingSink : IRdfSink<int>
    {
        public long Triples { get; private set; }

        public int Iri(ReadOnlySpan<byte> iri) => iri.Length;

        public int BlankNode(ReadOnlySpan<byte> label) => label.Length;

        public int Literal(ReadOnlySpan<byte> lexicalForm, ReadOnlySpan<byte> datatype) => lexicalForm.Length;

        public int LanguageString(ReadOnlySpan<byte> lexicalForm, ReadOnlySpan<byte> language, BaseDirection direction) => lexicalForm.Length;

        public int TripleTerm(int subject, int predicate, int @object) => subject;

        public void Triple(int subject, int predicate, int @object, int line) => Triples++;

        public void Prefix(ReadOnlySpan<byte> prefix, ReadOnlySpan<byte> iri)
        {
        }
    }
}
