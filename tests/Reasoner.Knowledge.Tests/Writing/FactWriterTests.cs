using System.Globalization;
using System.Text;
using Reasoner.Rdf;

namespace Reasoner.Knowledge.Tests;

public sealed class FactWriterTests
{
    private static readonly SourceDocument _document = new(SourceKind.File, "data.ttl");

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Writes_what_sorting_the_canonical_lines_gives(int seed)
    {
        var random = new Random(seed);
        var graph = new KnowledgeGraph();
        for (var i = 0; i < 500; i++)
            graph.Assert(new Triple(RandomResource(random), new Iri(RandomText(random, "http://example.org/")), RandomTerm(random, 3)), new FactSource(_document, i));

        using var expected = new MemoryStream();
        NTriplesWriter.WriteSorted(graph.Triples, expected);

        Assert.Equal(Encoding.UTF8.GetString(expected.ToArray()), Write(graph, _ => true));
    }

    [Fact]
    public void Writes_the_wanted_facts_only()
    {
        var graph = new KnowledgeGraph();
        graph.Assert(new Triple(new Iri("urn:a"), new Iri("urn:p"), new Iri("urn:b")), new FactSource(_document, 1));
        var (a, p) = (graph.Terms.Find(new Iri("urn:a")), graph.Terms.Find(new Iri("urn:p")));
        graph.RelationFor(p).Add(a, graph.Terms.Add(new Iri("urn:c")), origin: 0, stamp: 2);

        Assert.Equal("<urn:a> <urn:p> <urn:c> .\n", Write(graph, KnowledgeGraph.IsDerived));
        Assert.Equal("", Write(graph, _ => false));
    }

    [Fact]
    public void Terms_longer_than_any_buffer_are_written_whole()
    {
        var graph = new KnowledgeGraph();
        foreach (var length in (int[])[3_000_000, 3_000_001, 10])
            graph.Assert(new Triple(new Iri("urn:a"), new Iri("urn:p"), new Literal(new string('x', length))), new FactSource(_document, 1));

        var lines = Write(graph, _ => true).TrimEnd('\n').Split('\n');

        Assert.Equal([10, 3_000_000, 3_000_001], lines.Select(line => line.Count(c => c == 'x')));
    }

    private static string Write(KnowledgeGraph graph, Func<int, bool> isWanted)
    {
        using var output = new MemoryStream();
        var count = FactWriter.WriteSorted(graph, isWanted, output);
        var text = Encoding.UTF8.GetString(output.ToArray());
        Assert.Equal(count, text.Count(c => c == '\n'));
        return text;
    }

    private static Term RandomTerm(Random random, int depth) => random.Next(depth > 0 ? 7 : 6) switch
    {
        0 or 1 => RandomResource(random),
        2 => new Literal(RandomText(random, "")),
        3 => new Literal(RandomText(random, ""), random.Next(2) == 0 ? "en" : "en-gb"),
        4 => new Literal(RandomText(random, ""), "ar", random.Next(2) == 0 ? BaseDirection.RightToLeft : BaseDirection.LeftToRight),
        5 => new Literal(random.Next(100).ToString(CultureInfo.InvariantCulture), Xsd.Integer),
        _ => new TripleTerm(new Triple(RandomResource(random), new Iri(RandomText(random, "urn:")), RandomTerm(random, depth - 1))),
    };

    private static Term RandomResource(Random random) => random.Next(3) == 0
        ? new BlankNode("b" + random.Next(30).ToString(CultureInfo.InvariantCulture))
        : new Iri(RandomText(random, "http://example.org/"));

    // Few characters, so that many texts start alike; among them all that need an escape, and neighbours that do not.
    private static string RandomText(Random random, string start)
    {
        string[] characters = ["a", "b", " ", "\"", "\\", "\n", "\t", "\u0001", "\u007f", "\ufffe", "\uffff", "\uff21", "é", "<", ">", "^", "`", "\U0001F600"];
        var text = new StringBuilder(start);
        for (var i = random.Next(12); i > 0; i--) text.Append(characters[random.Next(3) == 0 ? random.Next(characters.Length) : random.Next(2)]);
        return text.ToString();
    }
}
