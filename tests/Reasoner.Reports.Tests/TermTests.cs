namespace Reasoner.Reports.Tests;

public class TermTests
{
    private const string Xsd = "http://www.w3.org/2001/XMLSchema#";

    [Theory]
    [InlineData("<urn:reasoner:lending#DtiCeiling>", "DtiCeiling")]
    [InlineData("urn:reasoner:lending#DtiCeiling", "DtiCeiling")]
    [InlineData("<http://example.org/a/b/>", "b")]
    [InlineData("<urn:case:2026-004711>", "case:2026-004711")]
    [InlineData("_:b7", "_:b7")]
    [InlineData("\"Müller \\\"GmbH\\\"\"", "“Müller \"GmbH\"”")]
    [InlineData("\"hallo\"@de", "“hallo”")]
    [InlineData("\"58.10\"^^<" + Xsd + "decimal>", "58.10")]
    [InlineData("\"1.85E4\"^^<" + Xsd + "double>", "18500")]
    [InlineData("\"2026-11-22\"^^<" + Xsd + "date>", "2026-11-22")]
    [InlineData("\"5\"^^<urn:unit#kWh>", "“5” (kWh)")]
    [InlineData("<<( <urn:a:s> <urn:a:p> <urn:a:o> )>>", "(s p o)")]
    [InlineData("no term at all", "no term at all")]
    [InlineData("\"unfinished", "\"unfinished")]
    [InlineData("", "")]
    public void A_term_has_a_short_form(string written, string expected) => Assert.Equal(expected, Forms().Term(written).Text);

    [Fact]
    public void Two_iris_never_read_the_same()
    {
        var forms = Forms();
        string[] iris = ["urn:one:x#rate", "urn:two:x#rate", "urn:one:y#rate", "http://x/rate", "http://x/rate/", "http://x/rate#", "urn:rate", "rate:"];
        Assert.Equal(iris.Length, iris.Select(iri => forms.Term(iri).Text).Distinct().Count());
        Assert.Equal("rate", forms.Term("<urn:one:x#rate>").Text);
        Assert.Equal("x#rate", forms.Term("<urn:two:x#rate>").Text);
    }

    [Fact]
    public void A_long_literal_is_cut_between_characters()
    {
        var text = Forms().Term($"\"{string.Concat(Enumerable.Repeat("😀", 200))}\"").Text;
        Assert.EndsWith("😀…", text, StringComparison.Ordinal);
        Assert.InRange(text.Length, ReportLimits.ShortForm - 1, ReportLimits.ShortForm);
    }

    [Fact]
    public void Candidates_do_not_read_as_the_answers_that_they_stand_for()
    {
        var forms = new ShortForms(Explanation.Of(Cases.Record("declined"), default));
        Assert.Equal("Approve", forms.Term("urn:reasoner:lending#Approve").Text);
        Assert.Equal("candidate:Approve", forms.Term("urn:reasoner:candidate:Approve").Text);
    }

    [Theory]
    [InlineData("https://www.ecfr.gov/current", "https://www.ecfr.gov/current")]
    [InlineData("<http://data.europa.eu/eli>", "http://data.europa.eu/eli")]
    [InlineData("HTTPS://Example.org/", "https://example.org/")]
    [InlineData("urn:eba:gl:2020:06", null)]
    [InlineData("javascript:alert(1)", null)]
    [InlineData("JavaScript:alert(1)", null)]
    [InlineData("java\u0000script:alert(1)", null)]
    [InlineData("data:text/html,x", null)]
    [InlineData("//example.org/", null)]
    [InlineData("Credit policy, part 4", null)]
    public void Only_web_addresses_become_links(string source, string? link) => Assert.Equal(link, Assert.Single(Citation.Of(source)).Link);

    [Fact]
    public void A_source_may_cite_several() =>
        Assert.Equal(["urn:eba:gl:2020:06", "http://data.europa.eu/eli"], Citation.Of("<urn:eba:gl:2020:06>, <http://data.europa.eu/eli>").Select(c => c.Text));

    [Theory]
    [InlineData("short", 1, new[] { "short" })]
    [InlineData("one two three four five six", 2, new[] { "one two three four", "five six" })]
    [InlineData("one two three four five six seven eight nine ten", 2, new[] { "one two three four", "five six seven eigh…" })]
    [InlineData("", 2, new[] { "" })]
    public void Text_is_wrapped_for_pictures(string text, int maxLines, string[] expected) =>
        Assert.Equal(expected, TextLines.Wrap(text, width: 100, fontSize: 10, maxLines));

    [Theory]
    [InlineData("text/html; charset=utf-8", "html")]
    [InlineData("TEXT/MARKDOWN", "md")]
    [InlineData("application/ld+json", "jsonld")]
    [InlineData("text/turtle", "ttl")]
    [InlineData("application/pdf", null)]
    public void A_media_type_names_a_format(string mediaType, string? name)
    {
        Assert.Equal(name is not null, ReportFormat.TryFromMediaType(mediaType, out var format));
        Assert.Equal(name, format?.Name);
        Assert.Equal(name is not null, ReportFormat.TryFromName(name ?? "pdf", out _));
    }

    private static ShortForms Forms() => new(Explanation.Of(Cases.Record("infeasible"), default));
}
