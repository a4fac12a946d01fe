using System.Text.Json.Nodes;

namespace Reasoner.Cli.Tests;

/// <summary><c>decide --want</c>, as a user would run it.</summary>
public sealed class CounterfactualTests : TemporaryFolder
{
    private static readonly string Lending = Path.GetDirectoryName(new Reasoner.Decisions.DomainCatalogue(startFolder: AppContext.BaseDirectory).ManifestOf("lending"))!;

    [Theory]
    [InlineData("lend:Approve")]
    [InlineData("approve")]
    [InlineData("urn:reasoner:lending#Approve")]
    public void Says_what_would_have_led_to_the_wanted_answer(string want)
    {
        var run = CommandRun.Of("decide", Lending, "--want", want);

        Assert.Equal((0, ""), (run.Status, run.Error));
        Assert.Contains("DECIDED: Decline", run.Output, StringComparison.Ordinal);
        Assert.Contains("For Approve instead: 2 ways, the cheapest first.", run.Output, StringComparison.Ordinal);
        Assert.Contains("No cheaper change that the domain allows leads there.", run.Output, StringComparison.Ordinal);
        Assert.Contains("1. Approve for 6,000 DM and over 39 months (cost 14, confidence ", run.Output, StringComparison.Ordinal);
        Assert.Contains("   credit amount (DM): 7,200 → 6,000 (cost 12)", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_written_record_verifies_with_its_alternatives_and_a_changed_one_is_refused()
    {
        var record = PathOf("d.json");
        Assert.Equal(0, CommandRun.Of("decide", Lending, "--want", "Approve", "--format", "json", "--out", record).Status);
        var verified = CommandRun.Of("verify", record);
        Assert.Equal((0, ""), (verified.Status, verified.Error));

        var node = JsonNode.Parse(File.ReadAllText(record))!;
        var alternative = node["counterfactuals"]!["alternatives"]![0]!;
        alternative["cost"] = 1;
        File.WriteAllText(record, node.ToJsonString());
        var refused = CommandRun.Of("verify", record);
        Assert.Equal(1, refused.Status);
        Assert.StartsWith("refused: Alternative 1: its cost is 14", refused.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Reports_show_the_alternatives()
    {
        foreach (var format in (string[])["html", "md"])
        {
            var report = CommandRun.Of("decide", Lending, "--want", "Approve", "--format", format).Output;
            Assert.Contains("What would have led to another answer", report, StringComparison.Ordinal);
            Assert.Contains("Approve for 6,000 DM and over 39 months", report, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Looks_for_as_many_as_was_asked_for()
    {
        var record = JsonNode.Parse(CommandRun.Of("decide", Lending, "--want", "Approve", "--alternatives", "1", "--format", "json").Output)!;
        Assert.Single(record["counterfactuals"]!["alternatives"]!.AsArray());
        Assert.Null(JsonNode.Parse(CommandRun.Of("decide", Lending, "--format", "json").Output)!["counterfactuals"]);
    }

    [Fact]
    public void An_answer_that_is_given_already_is_said_to_be() =>
        Assert.Contains("For Decline instead: the decision gives this answer already.", CommandRun.Of("decide", Lending, "--want", "Decline").Output, StringComparison.Ordinal);

    [Theory]
    [InlineData(2, "has no answer \"Aprove\". It has lend:Approve, lend:Decline, lend:Refer; did you mean Approve?", "--want", "Aprove")]
    [InlineData(2, "--alternatives must be from 1 to 20", "--want", "Approve", "--alternatives", "0")]
    [InlineData(2, "name the answer with --want", "--alternatives", "3")]
    [InlineData(2, "--want asks about one case", "--want", "Approve", "--batch", "cases.ndjson")]
    public void Wrong_usage_is_said_before_anything_is_decided(int status, string problem, params string[] arguments)
    {
        var run = CommandRun.Of(["decide", Lending, .. arguments]);
        Assert.Equal((status, ""), (run.Status, run.Output));
        Assert.Contains(problem, run.Error, StringComparison.Ordinal);
    }
}
