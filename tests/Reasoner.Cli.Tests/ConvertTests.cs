namespace Reasoner.Cli.Tests;

public sealed class ConvertTests : TemporaryFolder
{
    private const string Dataset = "@prefix : <http://example.org/> . :a :p \"x\\ny\"@en . :g { :b :p 1 . }";

    [Fact]
    public void Turtle_becomes_NTriples_and_back()
    {
        var data = Write("d.ttl", FamilyData);

        Assert.Equal(0, CommandRun.Of("convert", data, PathOf("d.nt")).Status);
        Assert.Equal(0, CommandRun.Of("convert", PathOf("d.nt"), PathOf("again.ttl")).Status);
        Assert.Equal(0, CommandRun.Of("convert", PathOf("again.ttl"), PathOf("again.nt")).Status);

        Assert.Equal(7, File.ReadAllLines(PathOf("d.nt")).Length);
        Assert.Equal(File.ReadAllLines(PathOf("d.nt")).Order(StringComparer.Ordinal), File.ReadAllLines(PathOf("again.nt")).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Streams_standard_input_to_standard_output()
    {
        var run = CommandRun.With(new Dictionary<string, string>(), Dataset, "convert", "-", "-", "--from", "trig", "--to", "nq");

        Assert.Equal((0, ""), (run.Status, run.Error));
        Assert.Equal(
            """
            <http://example.org/a> <http://example.org/p> "x\ny"@en .
            <http://example.org/b> <http://example.org/p> "1"^^<http://www.w3.org/2001/XMLSchema#integer> <http://example.org/g> .

            """,
            run.Output);
    }

    [Fact]
    public void RDF_XML_is_read_wherever_data_is()
    {
        var data = Write("d.rdf", """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://example.org/"><rdf:Description rdf:about="http://example.org/a"><parent rdf:resource="http://example.org/b"/></rdf:Description></rdf:RDF>""");

        Assert.Equal("<http://example.org/a> <http://example.org/parent> <http://example.org/b> .\n", CommandRun.Of("convert", data, "-", "--to", "nt").Output);
        Assert.Equal(
            "<http://example.org/a> <http://example.org/ancestor> <http://example.org/b> .\n",
            CommandRun.Of("infer", "--rules", Write("r.srl", FamilyRules), "--data", data).Output);
    }

    [Fact]
    public void Named_graphs_are_never_dropped_silently()
    {
        var data = Write("d.trig", Dataset);

        var refused = CommandRun.Of("convert", data, PathOf("d.nt"));

        Assert.Equal(1, refused.Status);
        Assert.Contains("--merge-graphs", refused.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(PathOf("d.nt")));
        Assert.Equal(0, CommandRun.Of("convert", data, PathOf("d.nt"), "--merge-graphs").Status);
        Assert.Equal(2, File.ReadAllLines(PathOf("d.nt")).Length);
    }
}
