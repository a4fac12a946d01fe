using System.Text;

namespace Reasoner.Rdf.Tests.Reading;

/// <summary>Writes down every call that a reader makes, in order.</summary>
internal struct RecordingSink(List<string> calls) : IRdfDatasetSink<string>
{
    public readonly string Iri(ReadOnlySpan<byte> iri) => $"<{Text(iri)}>";

    public readonly string BlankNode(ReadOnlySpan<byte> label) => $"_:{Text(label)}";

    public readonly string Literal(ReadOnlySpan<byte> lexicalForm, ReadOnlySpan<byte> datatype) => $"'{Text(lexicalForm)}'^^{Text(datatype)}";

    public readonly string LanguageString(ReadOnlySpan<byte> lexicalForm, ReadOnlySpan<byte> language, BaseDirection direction) =>
        $"'{Text(lexicalForm)}'@{Text(language)}/{direction}";

    public readonly string TripleTerm(string subject, string predicate, string @object) => $"<<{subject} {predicate} {@object}>>";

    public readonly void Triple(string subject, string predicate, string @object, int line) => calls.Add($"{line}: {subject} {predicate} {@object}");

    public readonly void Prefix(ReadOnlySpan<byte> prefix, ReadOnlySpan<byte> iri) => calls.Add($"prefix {Text(prefix)}: {Text(iri)}");

    public readonly void BeginGraph(string graph) => calls.Add($"begin {graph}");

    public readonly void EndGraph() => calls.Add("end");

    private static string Text(ReadOnlySpan<byte> utf8) => Encoding.UTF8.GetString(utf8);
}

/// <summary>Reads a document and gives the calls that the reader made, the last of which is the error if there was one.</summary>
internal static class Recording
{
    public static List<string> Of(string document, RdfFormat format, RdfReaderOptions? options = null) =>
        Of(Encoding.UTF8.GetBytes(document), format, options);

    public static List<string> Of(byte[] document, RdfFormat format, RdfReaderOptions? options = null) => Of(format, calls =>
    {
        var sink = new RecordingSink(calls);
        if (format == RdfFormat.NTriples) NTriplesReader.Read<RecordingSink, string>(document, ref sink, options);
        else if (format == RdfFormat.NQuads) NQuadsReader.Read<RecordingSink, string>(document, ref sink, options);
        else if (format == RdfFormat.Turtle) TurtleReader.Read<RecordingSink, string>(document, ref sink, options);
        else if (format == RdfFormat.TriG) TriGReader.Read<RecordingSink, string>(document, ref sink, options);
        else RdfXmlReader.Read<RecordingSink, string>(document, ref sink, options);
    });

    public static List<string> Of(Stream document, RdfFormat format, RdfReaderOptions? options = null) => Of(format, calls =>
    {
        var sink = new RecordingSink(calls);
        if (format == RdfFormat.NTriples) NTriplesReader.Read<RecordingSink, string>(document, ref sink, options);
        else if (format == RdfFormat.NQuads) NQuadsReader.Read<RecordingSink, string>(document, ref sink, options);
        else if (format == RdfFormat.Turtle) TurtleReader.Read<RecordingSink, string>(document, ref sink, options);
        else if (format == RdfFormat.TriG) TriGReader.Read<RecordingSink, string>(document, ref sink, options);
        else RdfXmlReader.Read<RecordingSink, string>(document, ref sink, options);
    });

    private static List<string> Of(RdfFormat format, Action<List<string>> read)
    {
        var calls = new List<string> { format.Name };
        try
        {
            read(calls);
        }
        catch (RdfSyntaxException error)
        {
            calls.Add(error.Message);
        }

        return calls;
    }
}
