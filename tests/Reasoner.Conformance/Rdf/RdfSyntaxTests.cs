using Reasoner.Rdf;

namespace Reasoner.Conformance.Rdf;

/// <summary>The W3C suites of the RDF syntaxes, of RDF 1.1 and 1.2.</summary>
public class RdfSyntaxTests
{
    private const string Published = "https://w3c.github.io/rdf-tests/rdf/";

    public static TheoryData<string> NTriples11 => Names("rdf11/rdf-n-triples");

    public static TheoryData<string> NQuads11 => Names("rdf11/rdf-n-quads");

    public static TheoryData<string> Turtle11 => Names("rdf11/rdf-turtle");

    public static TheoryData<string> TriG11 => Names("rdf11/rdf-trig");

    public static TheoryData<string> RdfXml11 => Names("rdf11/rdf-xml");

    public static TheoryData<string> NTriples12 => Names("rdf12/rdf-n-triples");

    public static TheoryData<string> NQuads12 => Names("rdf12/rdf-n-quads");

    public static TheoryData<string> Turtle12 => Names("rdf12/rdf-turtle");

    public static TheoryData<string> TriG12 => Names("rdf12/rdf-trig");

    [SuiteTheory]
    [MemberData(nameof(NTriples11))]
    public void RDF_1_1_NTriples(string name) => Run("rdf11/rdf-n-triples", name, RdfFormat.NTriples);

    [SuiteTheory]
    [MemberData(nameof(NQuads11))]
    public void RDF_1_1_NQuads(string name) => Run("rdf11/rdf-n-quads", name, RdfFormat.NQuads);

    [SuiteTheory]
    [MemberData(nameof(Turtle11))]
    public void RDF_1_1_Turtle(string name) => Run("rdf11/rdf-turtle", name, RdfFormat.Turtle);

    [SuiteTheory]
    [MemberData(nameof(TriG11))]
    public void RDF_1_1_TriG(string name) => Run("rdf11/rdf-trig", name, RdfFormat.TriG);

    [SuiteTheory]
    [MemberData(nameof(RdfXml11))]
    public void RDF_1_1_RdfXml(string name) => Run("rdf11/rdf-xml", name, RdfFormat.RdfXml);

    [SuiteTheory]
    [MemberData(nameof(NTriples12))]
    public void RDF_1_2_NTriples(string name) => Run("rdf12/rdf-n-triples", name, RdfFormat.NTriples);

    [SuiteTheory]
    [MemberData(nameof(NQuads12))]
    public void RDF_1_2_NQuads(string name) => Run("rdf12/rdf-n-quads", name, RdfFormat.NQuads);

    [SuiteTheory]
    [MemberData(nameof(Turtle12))]
    public void RDF_1_2_Turtle(string name) => Run("rdf12/rdf-turtle", name, RdfFormat.Turtle);

    [SuiteTheory]
    [MemberData(nameof(TriG12))]
    public void RDF_1_2_TriG(string name) => Run("rdf12/rdf-trig", name, RdfFormat.TriG);

    // A suite that is read in part would pass: these are the counts that the suites have.
    [SuiteTheory]
    [InlineData("rdf11/rdf-n-triples", 70)]
    [InlineData("rdf11/rdf-n-quads", 87)]
    [InlineData("rdf11/rdf-turtle", 313)]
    [InlineData("rdf11/rdf-trig", 356)]
    [InlineData("rdf11/rdf-xml", 166)]
    [InlineData("rdf12/rdf-n-triples", 70)]
    [InlineData("rdf12/rdf-n-quads", 68)]
    [InlineData("rdf12/rdf-turtle", 103)]
    [InlineData("rdf12/rdf-trig", 60)]
    public void Suite_is_whole(string folder, int count) => Assert.Equal(count, Suite.In(folder, BaseOf(folder)).Entries.Count);

    private static TheoryData<string> Names(string folder) => Suite.Names(folder, BaseOf(folder));

    private static string BaseOf(string folder) => $"{Published}{folder}/";

    private static void Run(string folder, string name, RdfFormat format)
    {
        var entry = Suite.In(folder, BaseOf(folder)).ByName[name];
        var file = entry.Suite.FileOf(entry.Action)!;
        var options = new RdfReaderOptions { FileName = Path.GetFileName(file), BaseIri = entry.Suite.IriOf(file) };
        RdfDocument Read() => RdfDocument.Parse(File.ReadAllBytes(file), format, options);
        if (entry.HasType("NegativeSyntax") || entry.HasType("NegativeEval"))
        {
            Assert.Throws<RdfSyntaxException>(Read);
        }
        else if (entry.HasType("PositiveSyntax"))
        {
            Read();
        }
        else if (entry.HasType("Eval"))
        {
            AssertIsomorphic(RdfDocument.Load(entry.Suite.FileOf(entry.Result!)!), Read());
        }
        else if (entry.HasType("PositiveC14N"))
        {
            // The canonical form of a document says nothing of the order of its lines.
            Assert.Equal(File.ReadAllLines(entry.Suite.FileOf(entry.Result!)!).Order(StringComparer.Ordinal), Canonical(Read()));
        }
        else
        {
            Assert.Fail($"The runner does not know tests of type {entry.Type}.");
        }
    }

    private static IEnumerable<string> Canonical(RdfDocument document) =>
        document.Triples.Select(triple => $"{triple} .")
            .Concat(document.NamedGraphs.SelectMany(graph => graph.Value.Select(triple => $"{triple} {graph.Key} .")))
            .Order(StringComparer.Ordinal);

    // Blank nodes are shared by a document's graphs. Here a quad becomes a triple about a reified triple, so that one
    // isomorphism is found for all graphs.
    private static void AssertIsomorphic(RdfDocument expected, RdfDocument actual) =>
        Assert.True(
            GraphIsomorphism.AreIsomorphic(AsOneGraph(expected), AsOneGraph(actual)),
            $"Expected:\n{string.Join('\n', Canonical(expected))}\nActual:\n{string.Join('\n', Canonical(actual))}");

    private static IEnumerable<Triple> AsOneGraph(RdfDocument document) =>
        document.Triples.Concat(document.NamedGraphs.SelectMany(graph =>
            graph.Value.Select(triple => new Triple(graph.Key, new Iri("urn:holds"), new TripleTerm(triple)))));
}
