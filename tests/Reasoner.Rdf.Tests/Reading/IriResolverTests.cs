using System.Text;

namespace Reasoner.Rdf.Tests.Reading;

/// <summary>The examples of RFC 3986, section 5.4, and what they leave out.</summary>
public class IriResolverTests
{
    [Theory]
    [InlineData("g", "http://a/b/c/g")]
    [InlineData("./g", "http://a/b/c/g")]
    [InlineData("g/", "http://a/b/c/g/")]
    [InlineData("/g", "http://a/g")]
    [InlineData("//g", "http://g")]
    [InlineData("?y", "http://a/b/c/d;p?y")]
    [InlineData("g?y", "http://a/b/c/g?y")]
    [InlineData("#s", "http://a/b/c/d;p?q#s")]
    [InlineData("g#s", "http://a/b/c/g#s")]
    [InlineData("g?y#s", "http://a/b/c/g?y#s")]
    [InlineData(";x", "http://a/b/c/;x")]
    [InlineData("", "http://a/b/c/d;p?q")]
    [InlineData(".", "http://a/b/c/")]
    [InlineData("..", "http://a/b/")]
    [InlineData("../g", "http://a/b/g")]
    [InlineData("../..", "http://a/")]
    [InlineData("../../../../g", "http://a/g")]
    [InlineData("/./g", "http://a/g")]
    [InlineData("/../g", "http://a/g")]
    [InlineData("g.", "http://a/b/c/g.")]
    [InlineData("..g", "http://a/b/c/..g")]
    [InlineData("./../g", "http://a/b/g")]
    [InlineData("./g/.", "http://a/b/c/g/")]
    [InlineData("g/./h", "http://a/b/c/g/h")]
    [InlineData("g/../h", "http://a/b/c/h")]
    [InlineData("g;x=1/../y", "http://a/b/c/y")]
    [InlineData("g?y/../x", "http://a/b/c/g?y/../x")]
    [InlineData("g#s/../x", "http://a/b/c/g#s/../x")]
    [InlineData("//h/a/../b?c#d", "http://h/b?c#d")]
    public void Resolves_the_examples_of_the_RFC(string reference, string expected) =>
        Assert.Equal(expected, Resolve("http://a/b/c/d;p?q#fragment", reference));

    [Theory]
    [InlineData("http://a", "b", "http://a/b")]
    [InlineData("http://a?q", "b", "http://a/b")]
    [InlineData("http://a", "", "http://a")]
    [InlineData("http://a", "#f", "http://a#f")]
    [InlineData("urn:a:b", "c", "urn:c")]
    [InlineData("urn:a/b", "c", "urn:a/c")]
    [InlineData("file:///a/b", "../../c", "file:///c")]
    [InlineData("http://a/é/ü", "ö", "http://a/é/ö")]
    public void Resolves_against_other_bases(string baseIri, string reference, string expected) =>
        Assert.Equal(expected, Resolve(baseIri, reference));

    [Theory]
    [InlineData("http:", 5)]
    [InlineData("https://x", 6)]
    [InlineData("httpx:y", 6)]
    [InlineData("a+b-c.1:", 8)]
    [InlineData("1a:", 0)]
    [InlineData(":a", 0)]
    [InlineData("a/b:c", 0)]
    [InlineData("é:a", 0)]
    [InlineData("http", 0)]
    public void Finds_the_scheme(string iri, int length) => Assert.Equal(length, IriResolver.SchemeLength(Encoding.UTF8.GetBytes(iri)));

    private static string Resolve(string baseIri, string reference)
    {
        var resolver = new IriResolver();
        resolver.SetBase(Encoding.UTF8.GetBytes(baseIri));
        return Encoding.UTF8.GetString(resolver.Resolve(Encoding.UTF8.GetBytes(reference)));
    }
}
