namespace Reasoner.Rdf.Tests.Reading;

public class TurtleReaderTests
{
    [Fact]
    public void Line_of_a_triple_is_that_of_its_object()
    {
        const string text = "PREFIX : <urn:x:>\n:s\n  :p\n  1 ,\n  \"\"\"a\nb\"\"\" ; # comment\n  :q ( 2\n 3 ) .";
        var document = RdfDocument.Parse(text, RdfFormat.Turtle);
        int LineOf(string lexicalForm) => document.Lines[document.Triples.Select(t => t.Object).ToList().FindIndex(o => o is Literal l && l.LexicalForm == lexicalForm)];
        Assert.Equal([4, 5, 7, 8], new[] { "1", "a\nb", "2", "3" }.Select(LineOf));
        Assert.Equal(document.Triples.Count, document.Lines.Count);
    }

    [Fact]
    public void Labels_of_the_document_never_meet_those_made_up()
    {
        const string text = "_:g0 <urn:p> [ <urn:p> _:g1 ] , [] , _:gg0 , _:ggg1 , _:g , _:g01x .";
        var document = RdfDocument.Parse(text, RdfFormat.Turtle);
        var nodes = document.Triples.SelectMany(t => new[] { t.Subject, t.Object }).OfType<BlankNode>().Distinct();
        Assert.Equal(8, nodes.Count());
    }

    [Fact]
    public void NTriples_keeps_labels_as_they_are()
    {
        var document = RdfDocument.Parse("_:g0 <urn:p> _:gg0 .", RdfFormat.NTriples);
        Assert.Equal("_:g0 <urn:p> _:gg0", Assert.Single(document.Triples).ToString());
    }

    [Fact]
    public void A_prefix_declared_anew_means_the_new_namespace_from_there_on()
    {
        const string text = "PREFIX : <urn:1:> :a :a :a . PREFIX : <urn:2:> :a :a :a . BASE <http://x/> <a> <a> <a> . BASE <y/> <a> <a> <a> .";
        string[] expected = ["urn:1:a", "urn:2:a", "http://x/a", "http://x/y/a"];
        var document = RdfDocument.Parse(text, RdfFormat.Turtle);
        Assert.Equal(expected.Select(iri => new Triple(new Iri(iri), new Iri(iri), new Iri(iri))), document.Triples);
        Assert.Equal(new Iri("urn:2:"), document.Prefixes[""]);
    }

    [Fact]
    public void Names_that_differ_in_one_place_stay_apart()
    {
        // More names than the reader remembers, many of them alike at their ends.
        var text = "PREFIX a: <urn:a:> PREFIX b: <urn:b:>\n" + string.Concat(Enumerable.Range(0, 5000).Select(i =>
            $"a:x{i}y a:samesame {i} . b:x{i}y b:samesame {i} . <urn:c:x{i}y> <urn:c:samesame> {i} .\n"));
        var document = RdfDocument.Parse(text, RdfFormat.Turtle);
        var expected = Enumerable.Range(0, 5000).SelectMany(i => "abc".Select(space =>
            $"<urn:{space}:x{i}y> <urn:{space}:samesame> \"{i}\"^^<http://www.w3.org/2001/XMLSchema#integer>"));
        Assert.Equal(expected, document.Triples.Select(t => t.ToString()));
    }

    [Fact]
    public void A_byte_order_mark_is_no_part_of_the_document()
    {
        var calls = Recording.Of("\uFEFF<urn:s> <urn:p> <urn:o> ?", RdfFormat.Turtle);
        Assert.StartsWith("input:1:25: error", calls[^1]);
    }

    [Fact]
    public void Reading_can_be_cancelled()
    {
        using var source = new CancellationTokenSource();
        source.Cancel();
        Assert.Throws<OperationCanceledException>(() => RdfDocument.Parse("", RdfFormat.Turtle, cancellation: source.Token));
        var sink = new CancellingSink(source: new CancellationTokenSource());
        var text = "<urn:s> <urn:p> " + string.Join(',', Enumerable.Range(0, 100_000)) + " .";
        Assert.Throws<OperationCanceledException>(() =>
            TurtleReader.Read<CancellingSink, int>(System.Text.Encoding.UTF8.GetBytes(text), ref sink, null, sink.Token));
        Assert.InRange(sink.Triples, 1, 10_000);
    }

    [Fact]
    public void A_slice_of_memory_is_read_alone()
    {
        var bytes = "<urn:x> <urn:s> <urn:p> <urn:o> . <urn:y>"u8.ToArray();
        var document = RdfDocument.Parse(bytes.AsMemory(8, 25), RdfFormat.Turtle);
        Assert.Equal("<urn:s> <urn:p> <urn:o>", Assert.Single(document.Triples).ToString());
        Assert.Empty(RdfDocument.Parse(ReadOnlyMemory<byte>.Empty, RdfFormat.Turtle).Triples);
    }

    [Fact]
    public void A_base_that_is_not_absolute_is_refused() =>
        Assert.Throws<ArgumentException>(() => RdfDocument.Parse("", RdfFormat.Turtle, new RdfReaderOptions { BaseIri = "data.ttl" }));

    private struct CancellingSink(CancellationTokenSource source) : IRdfSink<int>
    {
        public readonly CancellationToken Token => source.Token;

        public int Triples { get; private set; }

        public readonly int Iri(ReadOnlySpan<byte> iri) => 0;

        public readonly int BlankNode(ReadOnlySpan<byte> label) => 0;

        public readonly int Literal(ReadOnlySpan<byte> lexicalForm, ReadOnlySpan<byte> datatype) => 0;

        public readonly int LanguageString(ReadOnlySpan<byte> lexicalForm, ReadOnlySpan<byte> language, BaseDirection direction) => 0;

        public readonly int TripleTerm(int subject, int predicate, int @object) => 0;

        public void Triple(int subject, int predicate, int @object, int line)
        {
            Triples++;
            source.Cancel();
        }

        public readonly void Prefix(ReadOnlySpan<byte> prefix, ReadOnlySpan<byte> iri)
        {
        }
    }
}
