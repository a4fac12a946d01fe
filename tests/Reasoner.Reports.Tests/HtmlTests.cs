using System.Collections.Immutable;
using System.Xml;
using System.Xml.Linq;
using Reasoner.Decisions;

namespace Reasoner.Reports.Tests;

public class HtmlTests
{
    private static readonly XNamespace Xhtml = "http://www.w3.org/1999/xhtml";

    public static TheoryData<string> Names => Cases.Names;

    [Theory, MemberData(nameof(Names))]
    public void Is_well_formed_xml_with_unique_ids_and_links_that_lead_somewhere(string name)
    {
        var page = Page(Cases.Record(name));
        var ids = page.Descendants().Attributes("id").Select(id => id.Value).ToList();
        Assert.Equal(ids.Count, ids.Distinct().Count());
        var referred = page.Descendants(Xhtml + "a").Select(a => a.Attribute("href")!.Value).Where(href => href[0] == '#').Select(href => href[1..])
            .Concat(page.Descendants().Attributes("aria-labelledby").SelectMany(ids => ids.Value.Split(' ')));
        Assert.All(referred, id => Assert.Contains(id, ids));
    }

    [Theory, MemberData(nameof(Names))]
    public void Has_one_title_and_headings_that_skip_no_level(string name)
    {
        var page = Page(Cases.Record(name));
        var levels = page.Descendants().Select(e => e.Name.LocalName).Where(n => n is ['h', >= '1' and <= '6']).Select(n => n[1] - '0').ToList();
        Assert.Equal(1, levels[0]);
        Assert.Single(levels, 1);
        Assert.All(levels.Zip(levels.Skip(1)), pair => Assert.True(pair.Second <= pair.First + 1));
        Assert.Equal("en", page.Attribute("lang")!.Value);
        Assert.All(new[] { "header", "nav", "main", "footer" }, landmark => Assert.Single(page.Descendants(Xhtml + landmark)));
    }

    [Theory, MemberData(nameof(Names))]
    public void Tables_and_pictures_are_described_for_those_who_do_not_see_them(string name)
    {
        var page = Page(Cases.Record(name));
        Assert.All(page.Descendants(Xhtml + "th"), th => Assert.Contains(th.Attribute("scope")!.Value, new[] { "row", "col" }));
        Assert.All(page.Descendants(Xhtml + "table"), table => Assert.NotEmpty(table.Element(Xhtml + "caption")!.Value));
        Assert.All(
            page.Descendants(XNamespace.Get(PictureSvg.Namespace) + "svg"),
            svg => Assert.True(svg.Attribute("aria-hidden") is not null || svg.Attribute("aria-labelledby") is not null));
    }

    [Theory, MemberData(nameof(Names))]
    public void Nothing_runs_or_loads_and_only_web_addresses_are_links(string name)
    {
        var page = Page(Cases.Record(name));
        Assert.DoesNotContain(page.Descendants(), e => e.Name.LocalName is "script" or "img" or "iframe" or "object" or "link" or "i");
        Assert.DoesNotContain(page.Descendants().Attributes(), a => a.Name.LocalName.StartsWith("on", StringComparison.OrdinalIgnoreCase));
        Assert.DoesNotContain(page.Descendants().Attributes(), a => a.Name.LocalName == "src");
        Assert.All(page.Descendants().Attributes("href"), href => Assert.Matches("^(#|https?://)", href.Value));
        Assert.Single(page.Descendants(Xhtml + "style"));
    }

    [Fact]
    public void Hostile_text_is_shown_as_text()
    {
        var page = Page(Cases.Record("hostile"));
        Assert.Contains("because\uFFFD\uFFFD[31m <script>alert(1)</script>", page.Value, StringComparison.Ordinal);
        Assert.Contains("javascript:alert(10)", page.Descendants(Xhtml + "cite").Select(cite => cite.Value));
        Assert.DoesNotContain('\u202E', page.Value);
    }

    [Fact]
    public void Principal_reasons_are_the_violations_above_the_answer_and_then_its_supports()
    {
        var reasons = Page(Cases.Record("declined")).Descendants(Xhtml + "ol").Single().Elements();
        Assert.Equal(["R03", "R07", "R09", "D07", "S09", "S21"], reasons.Select(li => li.Descendants(Xhtml + "span").First().Value));
    }

    [Fact]
    public void Where_nothing_is_possible_the_principal_reasons_are_the_conflict()
    {
        var page = Page(Cases.Record("infeasible"));
        Assert.Equal(3, page.Descendants(Xhtml + "ol").Single().Elements().Count());
        Assert.Contains("No answer is possible", page.Value, StringComparison.Ordinal);
    }

    [Fact]
    public void A_decision_left_to_a_person_says_so_and_names_no_confidence()
    {
        var page = Page(Cases.Record("approved") with { Status = DecisionStatus.Abstained, Answer = null, Confidence = null });
        Assert.Contains("The decision is left to a person", page.Value, StringComparison.Ordinal);
        Assert.DoesNotContain("Confidence", page.Value, StringComparison.Ordinal);
        Assert.DoesNotContain("The answer is", page.Value, StringComparison.Ordinal);
    }

    [Fact]
    public void A_record_without_candidates_experts_and_proofs_is_still_explained()
    {
        var record = Cases.Record("infeasible") with { Candidates = [], Experts = [], Conflict = [], Proofs = ImmutableSortedDictionary<string, ProofStep>.Empty };
        var page = Page(record);
        Assert.Contains(Wording.NoCandidates, page.Value, StringComparison.Ordinal);
        Assert.Contains("The record holds no proofs.", Cases.Write(record, ReportFormat.Markdown), StringComparison.Ordinal);
    }

    private static XElement Page(DecisionRecord record)
    {
        using var reader = XmlReader.Create(
            new StringReader(Cases.Write(record, ReportFormat.Html)), new XmlReaderSettings { DtdProcessing = DtdProcessing.Ignore });
        return XElement.Load(reader);
    }
}
