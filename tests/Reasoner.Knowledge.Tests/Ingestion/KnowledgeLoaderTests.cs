using Reasoner.Rdf;

namespace Reasoner.Knowledge.Tests.Ingestion;

public sealed class KnowledgeLoaderTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("reasoner-loader");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Loads_turtle_ntriples_and_tables_by_name()
    {
        var graph = new KnowledgeGraph();
        Assert.Empty(KnowledgeLoader.LoadFile(graph, Write("a.ttl", "@prefix : <http://e/> .\n:a :p [ :q 1 ] ."), "a.ttl"));
        Assert.Empty(KnowledgeLoader.LoadFile(graph, Write("b.nt", "_:b0 <http://e/q> <http://e/x> .\n"), "b.nt"));
        Write("c.csv-metadata.json", """{ "@context": "http://www.w3.org/ns/csvw", "url": "c.csv", "tableSchema": { "aboutUrl": "http://e/{n}", "columns": [ { "name": "n", "datatype": "integer", "propertyUrl": "http://e/n" } ] } }""");
        var errors = KnowledgeLoader.LoadFile(graph, Write("c.csv", "n\n1\nx\n"), "c.csv");
        Assert.Equal(2, Assert.Single(errors).Row);
        Assert.Equal(4, graph.Count);
        var link = graph.Match(predicate: graph.Terms.Find(new Iri("http://e/p"))).Single();
        Assert.True(graph.TryLocate(link.Subject, link.Predicate, link.Object, out var relation, out var row));
        Assert.Equal("a.ttl:2", graph.SourceOf(relation.OriginOf(row), relation.StampOf(row)).ToString());
    }

    [Fact]
    public void Blank_nodes_have_labels_that_can_be_written_and_read_again()
    {
        var graph = new KnowledgeGraph();
        KnowledgeLoader.LoadFile(graph, Write("a.ttl", "[] <http://e/p> 1 ."), "./my folder/a_b#1.ttl");
        var label = Assert.IsType<BlankNode>(graph.Triples.Single().Subject).Label;
        Assert.Matches("^[A-Za-z0-9_][A-Za-z0-9_.-]*[A-Za-z0-9_]$", label);
        var again = RdfDocument.Parse(graph.Triples.Single() + " .", RdfFormat.NTriples);
        Assert.Equal(label, Assert.IsType<BlankNode>(again.Triples[0].Subject).Label);
    }

    [Fact]
    public void Says_why_a_file_cannot_be_loaded()
    {
        Assert.Contains("no such file", Refusal("missing.ttl"), StringComparison.Ordinal);
        Assert.Contains("no such file", Refusal("missing.csv"), StringComparison.Ordinal);
        Write("x.docx", "");
        Assert.Contains("does not say what it is", Refusal("x.docx"), StringComparison.Ordinal);
        Write("bare.csv", "a\n1\n");
        Assert.Contains("bare.csv-metadata.json", Refusal("bare.csv"), StringComparison.Ordinal);
    }

    private string Refusal(string name) =>
        Assert.Throws<UnreadableSourceException>(() => KnowledgeLoader.LoadFile(new KnowledgeGraph(), Path.Combine(_folder.FullName, name), name)).Message;

    private string Write(string name, string text)
    {
        var path = Path.Combine(_folder.FullName, name);
        File.WriteAllText(path, text);
        return path;
    }
}
