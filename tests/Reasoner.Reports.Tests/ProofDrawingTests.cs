using System.Collections.Immutable;
using System.Xml.Linq;
using Reasoner.Decisions;

namespace Reasoner.Reports.Tests;

public class ProofDrawingTests
{
    private static readonly XNamespace _svg = PictureSvg.Namespace;

    [Theory, MemberData(nameof(ProofTests.LargeProofs), MemberType = typeof(ProofTests))]
    public void A_large_proof_is_drawn_to_a_limit_that_it_names(string shape, Func<int, IEnumerable<int>> premises)
    {
        var svg = Draw("s0", ProofTests.WithProof(10_000, premises).Proofs, out var text);
        var boxes = svg.Elements(_svg + "g").Count();
        Assert.True(boxes is >= 2 and <= ReportLimits.DrawingSteps, $"{shape}: {boxes}");
        Assert.InRange(text.Length, 1, 1_000_000);
        Assert.Contains(svg.Elements(_svg + "text"), note => note.Value.Contains("left out", StringComparison.Ordinal));
    }

    [Fact]
    public void Says_the_proof_in_words_and_needs_nothing_beside_it()
    {
        var svg = Draw("p1", Cases.Record("declined").Proofs, out var text);
        Assert.Equal("img", svg.Attribute("role")!.Value);
        var described = svg.Attribute("aria-labelledby")!.Value.Split(' ').Select(id => svg.Elements().Single(element => element.Attribute("id")?.Value == id)).ToList();
        Assert.Equal(["title", "desc"], described.Select(element => element.Name.LocalName));
        Assert.StartsWith("Proof of: ", described[0].Value, StringComparison.Ordinal);
        Assert.Equal(svg.Elements(_svg + "g").Count() + 1, described[1].Value.Split('\n').Length);
        Assert.DoesNotContain("url(", text, StringComparison.Ordinal);
        Assert.DoesNotContain(svg.Descendants(), element => element.Name.LocalName is "script" or "image" or "use" or "foreignObject");
    }

    [Fact]
    public void Hostile_steps_stay_text() => Draw("p1", Cases.Record("hostile").Proofs, out _);

    private static XElement Draw(string root, ImmutableSortedDictionary<string, ProofStep> steps, out string text)
    {
        using var output = new StringWriter();
        ProofDrawing.Write(root, steps, ImmutableDictionary<string, string>.Empty, output);
        text = output.ToString();
        return XDocument.Parse(text).Root!;
    }
}
