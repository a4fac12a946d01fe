using System.Globalization;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using Reasoner.Decisions;

namespace Reasoner.Reports.Tests;

public class TrainingReportTests
{
    private static readonly XNamespace Xhtml = "http://www.w3.org/1999/xhtml";
    private static readonly XNamespace Svg = PictureSvg.Namespace;

    public static TheoryData<string> Names => TrainingCases.Names;

    [Theory, MemberData(nameof(Names))]
    public void Is_as_approved(string name)
    {
        var file = Path.Combine(Cases.Folder, name + ".html");
        var actual = TrainingCases.Write(TrainingCases.Summary(name));
        if (Environment.GetEnvironmentVariable("REASONER_APPROVE") == "1") File.WriteAllText(file, actual);
        Assert.Equal((File.Exists(file) ? File.ReadAllText(file) : "").ReplaceLineEndings("\n"), actual);
    }

    [Theory, MemberData(nameof(Names))]
    public void The_same_summary_gives_the_same_bytes_in_every_culture(string name)
    {
        var expected = TrainingCases.Write(TrainingCases.Summary(name));
        var culture = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = new CultureInfo("") { NumberFormat = { NumberDecimalSeparator = ",", NumberGroupSeparator = ".", NegativeSign = "−" } };
            using var stream = new MemoryStream();
            TrainingReport.Write(TrainingCases.Summary(name), stream);
            Assert.Equal(Encoding.UTF8.GetBytes(expected), stream.ToArray());
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
    }

    [Theory, MemberData(nameof(Names))]
    public void Is_well_formed_with_unique_ids_and_headings_in_order_and_loads_nothing(string name)
    {
        var page = Page(name);
        var ids = page.Descendants().Attributes("id").Select(id => id.Value).ToList();
        Assert.Equal(ids.Count, ids.Distinct().Count());
        var referred = page.Descendants(Xhtml + "a").Select(a => a.Attribute("href")!.Value[1..])
            .Concat(page.Descendants().Attributes("aria-labelledby").SelectMany(attribute => attribute.Value.Split(' ')));
        Assert.All(referred, id => Assert.Contains(id, ids));
        var levels = page.Descendants().Select(e => e.Name.LocalName).Where(n => n is ['h', >= '1' and <= '6']).Select(n => n[1] - '0').ToList();
        Assert.Single(levels, 1);
        Assert.All(levels.Zip(levels.Skip(1)), pair => Assert.True(pair.Second <= pair.First + 1));
        Assert.DoesNotContain(page.Descendants(), e => e.Name.LocalName is "script" or "img" or "iframe" or "object" or "link" or "b");
        Assert.DoesNotContain(page.Descendants().Attributes(), a => a.Name.LocalName == "src" || a.Name.LocalName.StartsWith("on", StringComparison.OrdinalIgnoreCase));
        Assert.Single(page.Descendants(Xhtml + "style"));
        Assert.DoesNotContain('\u202E', page.Value);
    }

    [Theory, MemberData(nameof(Names))]
    public void Every_plot_is_described_and_has_its_numbers_in_a_table(string name)
    {
        var page = Page(name);
        Assert.All(page.Descendants(Svg + "svg"), svg =>
        {
            if (svg.Attribute("aria-hidden") is not null) return;
            Assert.Equal("img", svg.Attribute("role")!.Value);
            Assert.NotEmpty(svg.Element(Svg + "title")!.Value);
            Assert.NotEmpty(svg.Element(Svg + "desc")!.Value);
        });
        Assert.All(page.Descendants(Xhtml + "figure"), figure =>
            Assert.NotEmpty(figure.Ancestors(Xhtml + "section").First().Descendants(Xhtml + "table")));
        Assert.All(page.Descendants(Xhtml + "th"), th => Assert.Contains(th.Attribute("scope")!.Value, new[] { "row", "col" }));
        Assert.All(page.Descendants(Xhtml + "table"), table => Assert.NotEmpty(table.Element(Xhtml + "caption")!.Value));
    }

    [Theory, MemberData(nameof(Names))]
    public void Everything_drawn_is_inside_its_plot(string name)
    {
        foreach (var svg in Page(name).Descendants(Xhtml + "figure").Elements(Svg + "svg"))
        {
            double[] box = [.. svg.Attribute("viewBox")!.Value.Split(' ').Select(number => double.Parse(number, CultureInfo.InvariantCulture))];
            foreach (var place in svg.Descendants().Attributes().Where(attribute => attribute.Name.LocalName is "cx" or "cy" or "x" or "y"))
                Assert.InRange(double.Parse(place.Value, CultureInfo.InvariantCulture), 0, place.Name.LocalName[^1] == 'x' ? box[2] : box[3]);
            Assert.DoesNotContain("NaN", svg.ToString(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Parts_that_are_missing_have_no_section()
    {
        static IEnumerable<string> Sections(string name) => Page(name).Descendants(Xhtml + "section").Select(section => section.Attribute("id")!.Value);
        Assert.Equal(["options"], Sections("training-bare"));
        Assert.Equal(
            ["measures", "losses", "reliability", "roc", "experts", "fairness", "distillation", "reinforcement", "effort", "limitations", "options", "features"],
            Sections("training"));
    }

    [Fact]
    public void A_teacher_that_is_no_model_has_no_cost()
    {
        var summary = TrainingCases.Summary("training");
        var section = Page(summary with { Distillation = summary.Distillation! with { Teacher = new("soft labels of a table", 0.8, 0.1, 0.02, 0, double.NaN) } })
            .Descendants(Xhtml + "section").Single(section => section.Attribute("id")!.Value == "distillation");

        Assert.Contains("learned the probabilities of soft labels of a table. Its area under the ROC curve is -0.005", section.Value, StringComparison.Ordinal);
        Assert.Equal(["-", "-"], section.Descendants(Xhtml + "tbody").Single().Elements().First().Elements().Skip(4).Select(cell => cell.Value));
        Assert.DoesNotMatch("NaN|∞|Infinity", section.Value);
    }

    [Fact]
    public void A_ratio_below_four_fifths_is_flagged()
    {
        var flags = Page("training").Descendants(Xhtml + "span").Where(span => span.Attribute("class")?.Value.StartsWith("badge", StringComparison.Ordinal) == true).Select(span => span.Value);
        Assert.Equal(["below 0.8", "not below 0.8, but the interval reaches below"], flags);
    }

    [Fact]
    public void The_held_out_loss_is_the_mean_as_far_as_all_rehearsals_went()
    {
        static LossCurve Rehearsal(int number, params double[] losses) =>
            new(1, number, [.. losses.Select((loss, i) => new LossPoint(i + 1, 2, loss))]);
        var summary = TrainingCases.Summary("training-bare") with
        {
            Losses = [Rehearsal(1, 0.8, 0.6, 0.9), Rehearsal(2, 0.6, 0.5, 0.6, 0.1), new(1, 0, [new(1, 0.7, null), new(2, 0.4, null)])],
        };
        var row = Page(summary).Descendants(Xhtml + "section").First().Descendants(Xhtml + "tbody").Single().Elements().Single();
        Assert.Equal(["fold 1", "2", "0.700", "0.400", "0.550", "2"], row.Elements().Select(cell => cell.Value));
    }

    private static XElement Page(string name) => Page(TrainingCases.Summary(name));

    private static XElement Page(TrainingSummary summary)
    {
        using var reader = XmlReader.Create(
            new StringReader(TrainingCases.Write(summary)), new XmlReaderSettings { DtdProcessing = DtdProcessing.Ignore });
        return XElement.Load(reader);
    }
}
