using System.Text;

namespace Reasoner.Rdf.Tests.Reading;

/// <summary>Errors say where, what, and what to do.</summary>
public class SyntaxErrorTests
{
    [Theory]
    [InlineData("ex:s ex:p ex:o .", "1:1", "the prefix 'ex:' is not declared; declare it: PREFIX ex: <...>")]
    [InlineData("PREFIX lend: <urn:l#>\nPREFIX foaf: <urn:f#>\n\n  lnd:s a lend:T .", "4:3", "the prefix 'lnd:' is not declared; did you mean 'lend:'?")]
    [InlineData("<urn:s> <urn:p> <urn:o>\n<urn:t> <urn:p> <urn:o> .", "2:1", "expected '.' at the end of the statement, found '<'")]
    [InlineData("<urn:s> <urn:p> \"é😀\" oops .", "1:22", "expected '.' at the end of the statement, found 'o'")]
    [InlineData("<urn:s> <urn:p> oops .", "1:17", "'oops' is not a term; a name needs a prefix and a colon (such as :oops)")]
    [InlineData("<urn:s> <urn:p> TRUE .", "1:17", "a boolean is written in lower case")]
    [InlineData("<urn:s> <urn:p> \"open\n .", "1:22", "a string cannot run over a line's end")]
    [InlineData("\n<urn:s> <urn:p> \"\"\"open\n .", "2:17", "the string that starts here never ends")]
    [InlineData("<urn:s> <urn:p> \"\"\"a\n\\x\"\"\" .", "2:1", "unknown escape; a plain backslash is written \\\\")]
    [InlineData("<urn:s> <urn:p> \"\\uD83C\\uDCA1\" .", "1:18", "not as two surrogates")]
    [InlineData("<urn:s> <urn:p> \"\\u00g1\" .", "1:18", "after \\u come 4 hexadecimal digits")]
    [InlineData("<urn:s p> <urn:p> 1 .", "1:7", "a space is %20")]
    [InlineData("<urn:{x}> <urn:p> 1 .", "1:6", "an IRI cannot hold '{'; write it percent-encoded (%7B)")]
    [InlineData("<urn:\\u0020> <urn:p> 1 .", "1:6", "a space is %20")]
    [InlineData("<relative> <urn:p> 1 .", "1:10", "the IRI <relative> is relative and the document has no base")]
    [InlineData("<urn:s> _:p 1 .", "1:9", "expected a predicate (an IRI), found '_'")]
    [InlineData("\"s\" <urn:p> 1 .", "1:1", "expected a subject, found '\"'")]
    [InlineData("<urn:s> <urn:p> \"x\"@toolonglanguage .", "1:29", "no part of a language tag is longer than 8 characters")]
    [InlineData("<urn:s> <urn:p> \"x\"@en--LTR .", "1:23", "a base direction is --ltr or --rtl")]
    [InlineData("<urn:s> <urn:p> \"x\"^^<http://www.w3.org/1999/02/22-rdf-syntax-ns#langString> .", "1:76", "is written with its tag")]
    [InlineData("<urn:s> <urn:p> ( 1 2 ", "1:23", "the document ends where ')' at the end of the collection should follow")]
    [InlineData("<urn:s> <urn:p> [ <urn:p> 1 .", "1:29", "expected ']' at the end of the blank node's properties, found '.'")]
    [InlineData("@Prefix ex: <urn:x> .", "1:1", "expected @prefix, @base or @version, in lower case")]
    [InlineData("PREFIX ex <urn:x>", "1:10", "a prefix declaration needs a name that ends with a colon")]
    [InlineData("<<( <urn:s> <urn:p> 1 )>> <urn:p> 1 .", "1:1", "a triple term can only be an object")]
    [InlineData("<urn:s> <urn:p> :a%4x .", "1:19", "after '%' in a name come two hexadecimal digits")]
    [InlineData("<urn:s> <urn:p> \u0001 .", "1:17", "found the control character U+0001")]
    [InlineData("<urn:s> <urn:p> + .", "1:17", "a number needs digits")]
    public void Turtle_error(string text, string position, string problem) => AssertError(text, RdfFormat.Turtle, position, problem);

    [Theory]
    [InlineData("<s> <urn:p> <urn:o> .", "1:3", "N-Triples has absolute IRIs only")]
    [InlineData("<urn:s> <urn:p> <urn:o>\n.", "1:24", "expected '.' at the end of the triple")]
    [InlineData("<urn:s> <urn:p> <urn:o> . <urn:t> <urn:p> <urn:o> .", "1:27", "expected the end of the line after '.'")]
    [InlineData("<urn:s> <urn:p> 1 .", "1:17", "expected an object: an <IRI>, a _:blank node or a \"literal\", found '1'")]
    [InlineData("<urn:s> a <urn:o> .", "1:9", "expected a predicate: an <IRI>, found 'a'")]
    [InlineData("<urn:s> <urn:p> <urn:o> <urn:g> .", "1:25", "expected '.' at the end of the triple, found '<'")]
    public void NTriples_error(string text, string position, string problem) => AssertError(text, RdfFormat.NTriples, position, problem);

    [Theory]
    [InlineData("<urn:g> { <urn:s> <urn:p> 1 . ", "1:31", "the document ends")]
    [InlineData("GRAPH [ <urn:p> 1 ] { }", "1:19", "a graph's name")]
    public void TriG_error(string text, string position, string problem) => AssertError(text, RdfFormat.TriG, position, problem);

    [Fact]
    public void Bytes_that_are_not_UTF8_are_an_error_where_they_are()
    {
        byte[] bytes = [.. "<urn:s> <urn:p>\n \"é"u8, 0xC3, 0x28, .. "\" ."u8];
        Assert.Equal("input:2:4: error: the bytes here are not UTF-8; save the file as UTF-8", Recording.Of(bytes, RdfFormat.Turtle)[^1]);
        byte[] cut = [.. "<urn:s> <urn:p> \"é"u8, 0xC3];
        Assert.Contains("1:19: error: the bytes here are not UTF-8", Recording.Of(cut, RdfFormat.NTriples)[^1]);
    }

    [Fact]
    public void Position_names_the_file()
    {
        var error = Assert.Throws<RdfSyntaxException>(() =>
            RdfDocument.Parse("\n x", RdfFormat.Turtle, new RdfReaderOptions { FileName = "rules/data.ttl" }));
        Assert.Equal(new SourcePosition("rules/data.ttl", 2, 2), error.Position);
    }

    private static void AssertError(string text, RdfFormat format, string position, string problem)
    {
        var last = Recording.Of(Encoding.UTF8.GetBytes(text), format)[^1];
        Assert.StartsWith($"input:{position}: error: ", last);
        Assert.Contains(problem, last);
    }
}
