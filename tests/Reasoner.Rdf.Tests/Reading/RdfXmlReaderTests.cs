namespace Reasoner.Rdf.Tests.Reading;

public class RdfXmlReaderTests
{
    private const string Start = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:ex="urn:ex:" xml:base="http://x/">""";

    [Theory]
    [InlineData("<ex:T><ex:p>text<ex:T/></ex:p></ex:T>", "a property holds text or one node, not both")]
    [InlineData("<ex:T><ex:p><ex:T/><ex:T/></ex:p></ex:T>", "a property holds one node; write the property once for each")]
    [InlineData("<ex:T rdf:about='a' rdf:ID='b'/>", "a node has one of rdf:about, rdf:ID and rdf:nodeID")]
    [InlineData("<ex:T rdf:ID='a'/><ex:T rdf:ID='a'/>", "rdf:ID 'a' is used twice")]
    [InlineData("<ex:T rdf:ID='1 a'/>", "'1 a' is not a name")]
    [InlineData("<ex:T rdf:about='a b'/>", "an IRI cannot hold ' '")]
    [InlineData("<ex:T><ex:p rdf:about='a'/></ex:T>", "rdf:resource names a property's value")]
    [InlineData("<ex:T>text</ex:T>", "text stands where only elements may")]
    [InlineData("<ex:T name='x'/>", "the attribute name has no namespace")]
    [InlineData("<T/>", "the element T has no namespace")]
    [InlineData("<rdf:li/>", "rdf:li cannot be a node")]
    [InlineData("<ex:T><ex:p xml:lang='toolonglanguage'>x</ex:p></ex:T>", "is not a language tag")]
    [InlineData("<ex:T>", "the document is not well-formed XML")]
    public void Error_says_what_to_do(string content, string problem)
    {
        var last = Recording.Of($"{Start}\n{content}</rdf:RDF>", RdfFormat.RdfXml)[^1];
        Assert.StartsWith("input:2:", last);
        Assert.Contains(problem, last);
    }

    [Fact]
    public void Entities_that_multiply_are_stopped()
    {
        var entities = string.Concat(Enumerable.Range(1, 12).Select(i => $"<!ENTITY e{i} \"{string.Concat(Enumerable.Repeat($"&e{i - 1};", 10))}\">"));
        var text = $"<!DOCTYPE rdf:RDF [<!ENTITY e0 'xxxxxxxxxx'>{entities}]>{Start}<ex:T><ex:p>&e12;</ex:p></ex:T></rdf:RDF>";
        Assert.Contains("error", Recording.Of(text, RdfFormat.RdfXml)[^1]);
    }

    [Fact]
    public void Nothing_outside_the_document_is_read()
    {
        var path = Path.GetTempFileName();
        try
        {
            File.WriteAllText(path, "secret");
            var text = $"<!DOCTYPE rdf:RDF [<!ENTITY file SYSTEM \"{new Uri(path).AbsoluteUri}\">]>{Start}<ex:T><ex:p>&file;</ex:p></ex:T></rdf:RDF>";
            Assert.DoesNotContain(Recording.Of(text, RdfFormat.RdfXml), call => call.Contains("secret", StringComparison.Ordinal));
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Theory]
    [InlineData("<ex:T><ex:p>")]
    [InlineData("<ex:p rdf:parseType='Resource'>")]
    public void Deep_nesting_is_an_error_not_a_stack_overflow(string repeated)
    {
        var text = Start + (repeated.StartsWith("<ex:p", StringComparison.Ordinal) ? "<ex:T>" : "") + string.Concat(Enumerable.Repeat(repeated, 50_000));
        Assert.Contains("deeper than 256", Recording.Of(text, RdfFormat.RdfXml)[^1]);
    }

    [Fact]
    public void Deep_XML_literals_are_an_error()
    {
        var text = $"{Start}<ex:T><ex:p rdf:parseType='Literal'>{string.Concat(Enumerable.Repeat("<b>", 5000))}";
        Assert.Contains("deeper than 256", Recording.Of(text, RdfFormat.RdfXml)[^1]);
    }

    [Fact]
    public void Made_up_nodes_never_meet_named_ones()
    {
        var document = RdfDocument.Parse($"{Start}<ex:T/><ex:T rdf:nodeID='g0'/><ex:T rdf:nodeID='gg0'/></rdf:RDF>", RdfFormat.RdfXml);
        Assert.Equal(3, document.Triples.Select(t => t.Subject).Distinct().Count());
    }

    [Fact]
    public void Lines_and_prefixes_are_told()
    {
        var document = RdfDocument.Parse($"{Start}\n<ex:T rdf:about='s'>\n<ex:p>1</ex:p>\n</ex:T></rdf:RDF>", RdfFormat.RdfXml);
        Assert.Equal([2, 3], document.Lines);
        Assert.Equal(new Iri("urn:ex:"), document.Prefixes["ex"]);
    }
}
