using System.Text.Json.Nodes;

namespace Reasoner.Cli.Tests;

/// <summary>Decisions about several slots, as a user would make them: <c>solve</c> and <c>decide rostering</c>.</summary>
public sealed class JointTests : TemporaryFolder
{
    private const string Seats = """
        @prefix rsn: <urn:reasoner:ns#> . @prefix : <urn:x:> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
        :s1 a rsn:Slot ; rdfs:label "Seat 1" . :s2 a rsn:Slot ; rdfs:label "Seat 2" .
        :a1 rsn:slot :s1 ; rsn:answer :Ann ; rsn:prefers 3 . :a2 rsn:slot :s2 ; rsn:answer :Ann ; rsn:prefers 2 ; rsn:excludes :a1 .
        :b1 rsn:slot :s1 ; rsn:answer :Bob ; rsn:prefers 2 . :b2 rsn:slot :s2 ; rsn:answer :Bob ; rsn:prefers 2.5 ; rsn:excludes :b1 .
        :b1 rsn:consumes [ rsn:resource :money ; rsn:amount 5 ] . :b2 rsn:consumes [ rsn:resource :money ; rsn:amount 9 ] .
        :money rdfs:label "money" ; rsn:capacity 8 .
        """;

    [Fact]
    public void Solve_decides_from_facts_alone_and_says_why_not_otherwise()
    {
        var run = CommandRun.Of("solve", Write("seats.ttl", Seats), "--why", "Seat 1");
        Assert.Equal((0, ""), (run.Status, run.Error));
        Assert.Contains("DECIDED: 2 slots, worth 4 (nothing is worth more)", run.Output, StringComparison.Ordinal);
        Assert.Contains("  Seat 1  Bob\n  Seat 2  Ann\n", run.Output, StringComparison.Ordinal);
        Assert.Contains("  Ann: impossible\n", run.Output, StringComparison.Ordinal);
        Assert.Contains("✗ not both Seat 1: Ann and Seat 2: Ann [", run.Output, StringComparison.Ordinal);
        Assert.Contains("seats.ttl:6]", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Solve_names_a_conflict_and_ways_out()
    {
        var run = CommandRun.Of("solve", Write("seats.ttl", Seats.Replace("capacity 8", "capacity 4", StringComparison.Ordinal)));
        Assert.Equal(1, run.Status);
        Assert.Contains("INFEASIBLE", run.Output, StringComparison.Ordinal);
        Assert.Contains("✗ money: at most 4", run.Output, StringComparison.Ordinal);
        Assert.Contains("→ money: 5 instead of at most 4", run.Output, StringComparison.Ordinal);
        var firm = Seats.Replace("capacity 8", "capacity 4 ; rsn:firm true", StringComparison.Ordinal);
        Assert.DoesNotContain("→ money", CommandRun.Of("solve", Write("firm.ttl", firm)).Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Solve_writes_json()
    {
        var node = JsonNode.Parse(CommandRun.Of("solve", Write("seats.ttl", Seats), "--format", "json").Output)!;
        Assert.Equal("decided", (string?)node["status"]);
        Assert.Equal("urn:x:Bob", (string?)node["answers"]![0]!["answers"]![0]!["iri"]);
        Assert.True((bool?)node["objective"]!["isOptimal"]);
    }

    [Theory]
    [InlineData("<urn:a> <urn:b> <urn:c> .", 1, "There are no slots")]
    [InlineData("@prefix rsn: <urn:reasoner:ns#> . <urn:a> rsn:slot <urn:s> , <urn:t> .", 1, "is a candidate for two slots")]
    [InlineData("@prefix rsn: <urn:reasoner:ns#> . <urn:a> rsn:slot <urn:s>", 1, ":1:")]
    public void Solve_refuses_facts_that_make_no_sense(string turtle, int status, string problem)
    {
        var run = CommandRun.Of("solve", Write("bad.ttl", turtle));
        Assert.Equal(status, run.Status);
        Assert.Contains(problem, run.Error, StringComparison.Ordinal);
        Assert.Contains("bad.ttl", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Solve_refuses_unknown_slots_and_times()
    {
        var file = Write("seats.ttl", Seats);
        Assert.Contains("no slot \"Seat 3\"", CommandRun.Of("solve", file, "--why", "Seat 3").Error, StringComparison.Ordinal);
        Assert.Equal(2, CommandRun.Of("solve", file, "--seconds", "0").Status);
        Assert.Equal(2, CommandRun.Of("solve", PathOf("missing.ttl")).Status);
    }

    [Fact]
    public void Decide_prints_the_roster_as_a_table_and_reports_show_it()
    {
        var manifest = new Reasoner.Decisions.DomainCatalogue(startFolder: AppContext.BaseDirectory).ManifestOf("rostering");
        var run = CommandRun.Of("decide", manifest, "--why", "Anna Berg, Mon 1", "--format", "json", "--out", PathOf("r.json"));
        Assert.Equal((0, ""), (run.Status, run.Error));
        Assert.StartsWith("accepted: answers to 168 slots", CommandRun.Of("verify", PathOf("r.json")).Output, StringComparison.Ordinal);
        foreach (var format in (string[])["html", "md"])
        {
            var report = CommandRun.Of("report", PathOf("r.json"), "--format", format).Output;
            Assert.Contains("Why not other answers", report, StringComparison.Ordinal);
            Assert.Contains("Jonas Lindqvist", report, StringComparison.Ordinal);
        }

        var text = CommandRun.Of("decide", manifest).Output;
        Assert.Contains("DECIDED: 168 slots", text, StringComparison.Ordinal);
        Assert.Matches("Anna Berg +(Early|Late|Night|Off) ", text);
    }
}
