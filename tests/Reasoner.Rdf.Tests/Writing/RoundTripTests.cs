using System.Buffers;
using System.Text;
using Reasoner.Rdf.Tests.Generation;

namespace Reasoner.Rdf.Tests.Writing;

public class RoundTripTests
{
    private static readonly Dictionary<string, Iri> Prefixes = new()
    {
        ["ex"] = new Iri("http://example.org/"),
        ["ns"] = new Iri("http://example.org/ns#"),
        [""] = new Iri("urn:example:"),
        ["xsd"] = new Iri(Xsd.Namespace),
        ["not a prefix."] = new Iri("https://user@host.example:8080/"),
    };

    public static TheoryData<int> Seeds => new(Enumerable.Range(1, 200));

    [Theory]
    [MemberData(nameof(Seeds))]
    public void NTriples_reads_back_what_was_written(int seed)
    {
        var triples = new RandomGraph(seed).Triples(30);
        var output = new ArrayBufferWriter<byte>();
        using (var writer = new NTriplesWriter(output)) writer.Write(triples);
        Assert.Equal(triples, RdfDocument.Parse(output.WrittenMemory, RdfFormat.NTriples).Triples);
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Turtle_reads_back_an_isomorphic_graph(int seed)
    {
        var triples = new RandomGraph(seed).Triples(30);
        var text = TurtleWriter.ToText(triples, Prefixes);
        var read = RdfDocument.Parse(text, RdfFormat.Turtle).Triples;
        Assert.True(GraphIsomorphism.AreIsomorphic(triples, read), text);
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Order_of_triples_does_not_show_in_output(int seed)
    {
        var graph = new RandomGraph(seed);
        var triples = graph.Triples(30);
        var shuffled = triples.Concat(triples.Take(3)).ToArray();
        graph.Random.Shuffle(shuffled);
        Assert.Equal(TurtleWriter.ToText(triples, Prefixes), TurtleWriter.ToText(shuffled, Prefixes));
        Assert.Equal(Sorted(triples), Sorted(shuffled));
    }

    [Fact]
    public void Sorted_lines_are_in_byte_order_each_once()
    {
        var triples = new RandomGraph(1).Triples(3000);
        var lines = Sorted(triples).Split('\n')[..^1];
        var bytes = lines.Select(Encoding.UTF8.GetBytes).ToArray();
        for (var i = 1; i < bytes.Length; i++) Assert.True(bytes[i - 1].AsSpan().SequenceCompareTo(bytes[i]) < 0);
        Assert.Equal(triples.Distinct().Count(), lines.Length);
    }

    [Fact]
    public void Rings_of_blank_nodes_are_written()
    {
        var (a, b, c) = (new BlankNode("a"), new BlankNode("b"), new BlankNode("c"));
        var p = new Iri("urn:p");
        Triple[] ring = [new(a, p, b), new(b, p, c), new(c, p, a), new(new BlankNode("self"), p, new BlankNode("self"))];
        var read = RdfDocument.Parse(TurtleWriter.ToText(ring), RdfFormat.Turtle).Triples;
        Assert.True(GraphIsomorphism.AreIsomorphic(ring, read));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_chain_longer_than_any_nesting_limit_is_written(bool isList)
    {
        var triples = new List<Triple>();
        for (var i = 0; i < 5000; i++)
        {
            var node = new BlankNode($"n{i}");
            if (isList) triples.Add(new Triple(node, RdfVocabulary.First, node));
            triples.Add(new Triple(node, RdfVocabulary.Rest, new BlankNode($"n{i + 1}")));
        }

        var read = RdfDocument.Parse(TurtleWriter.ToText(triples), RdfFormat.Turtle).Triples;
        Assert.Equal(triples.Count, read.Count);
    }

    [Fact]
    public void Generalised_triples_are_refused()
    {
        var triple = new Triple(new Literal("x"), new Iri("urn:p"), new Iri("urn:o"));
        Assert.Throws<ArgumentException>(() => TurtleWriter.ToText([triple]));
        using var writer = new NTriplesWriter(new MemoryStream());
        Assert.Throws<ArgumentException>(() => writer.Write(triple));
    }

    private static string Sorted(IEnumerable<Triple> triples)
    {
        var output = new MemoryStream();
        NTriplesWriter.WriteSorted(triples, output);
        return Encoding.UTF8.GetString(output.ToArray());
    }
}
