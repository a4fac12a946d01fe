namespace Reasoner.Rdf.Tests.Documents;

public class RdfFormatTests
{
    [Theory]
    [InlineData("a/b.ttl", "Turtle")]
    [InlineData("b.NT", "N-Triples")]
    [InlineData("b.x.nq", "N-Quads")]
    [InlineData("b.trig", "TriG")]
    [InlineData("b.owl", "RDF/XML")]
    [InlineData("ttl", null)]
    [InlineData("b.csv", null)]
    public void File_name_tells_the_format(string name, string? format) =>
        Assert.Equal(format, RdfFormat.TryFromFileName(name, out var found) ? found.Name : null);

    [Theory]
    [InlineData("text/turtle; charset=utf-8", "Turtle")]
    [InlineData("Application/N-Triples", "N-Triples")]
    [InlineData("text/html", null)]
    public void Media_type_tells_the_format(string mediaType, string? format) =>
        Assert.Equal(format, RdfFormat.TryFromMediaType(mediaType, out var found) ? found.Name : null);

    [Fact]
    public void A_file_is_its_own_base()
    {
        var path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.ttl");
        try
        {
            File.WriteAllText(path, "<> <urn:p> <#x> .");
            var triple = Assert.Single(RdfDocument.Load(path).Triples);
            Assert.Equal(new Uri(path).AbsoluteUri, ((Iri)triple.Subject).Value);
            Assert.Equal("urn:b#x", ((Iri)RdfDocument.Load(path, new RdfReaderOptions { BaseIri = "urn:b" }).Triples[0].Object).Value);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void A_file_of_no_known_format_is_refused_with_the_known_ones()
    {
        var error = Assert.Throws<NotSupportedException>(() => RdfDocument.Load("data.csv"));
        Assert.Contains(".ttl", error.Message);
    }

    [Fact]
    public void Named_graphs_are_kept_apart()
    {
        var document = RdfDocument.Parse("<urn:s> <urn:p> 1 . <urn:g> { <urn:s> <urn:p> 2 } <urn:g> { <urn:s> <urn:p> 3 }", RdfFormat.TriG);
        Assert.Single(document.Triples);
        Assert.Equal(["2", "3"], document.NamedGraphs[new Iri("urn:g")].Select(t => ((Literal)t.Object).LexicalForm));
    }
}
