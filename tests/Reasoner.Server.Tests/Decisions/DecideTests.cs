using System.Net;
using System.Text;
using System.Text.Json;
using Reasoner.Decisions;

namespace Reasoner.Server.Tests;

[Collection(nameof(SharedServer))]
public class DecideTests(SharedServer shared)
{
    private readonly RunningServer _server = shared.Server;

    [Fact]
    public async Task Answers_with_the_record_as_every_interface_writes_it()
    {
        var response = await _server.Decide(RunningServer.SampleCase);
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, text);
        var record = JsonSerializer.Deserialize<DecisionRecord>(text, DecisionJson.Indented.Options)!;
        Assert.Equal(JsonSerializer.Serialize(record, DecisionJson.Indented.Options) + "\n", text);
        Assert.Equal("application/json", response.Content.Headers.ContentType!.ToString());
        Assert.Equal($"/v1/decisions/{record.Id}", response.Headers.Location!.ToString());
        Assert.Equal("request", record.Case.Name);
        Assert.Equal(RunningServer.SampleCase, record.Case.Text);
        Assert.Contains(record.Proofs.Values, step => step.Source is { Kind: "request", Name: "request" });
    }

    [Fact]
    public async Task A_decision_can_be_fetched_by_its_location()
    {
        var decided = await _server.Decide(RunningServer.SampleCase);
        var found = await _server.Client.GetAsync(decided.Headers.Location);
        Assert.Equal(HttpStatusCode.OK, found.StatusCode);
        Assert.Equal(await decided.Content.ReadAsStringAsync(), await found.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Decides_what_the_pipeline_decides()
    {
        using var domain = Domain.Load(Path.Combine(RunningServer.Options.Ontologies!, "lending", "domain.json"));
        var direct = new DecisionPipeline(domain).Decide(CaseInput.OfJson(Encoding.UTF8.GetBytes(RunningServer.SampleCase)));
        Assert.Equal(Comparable(direct), Comparable(await Record(await _server.Decide(RunningServer.SampleCase))));
    }

    [Fact]
    public async Task Parallel_decisions_equal_sequential_ones()
    {
        var cases = Directory.GetFiles(Path.Combine(RunningServer.Options.Ontologies!, "lending", "examples"), "*.json").Order(StringComparer.Ordinal).Select(File.ReadAllText).ToList();
        var expected = new List<string>();
        foreach (var text in cases) expected.Add(Comparable(await Record(await _server.Decide(text))));
        var actual = await Task.WhenAll(Enumerable.Range(0, 40).Select(async i => (Case: i % cases.Count, Record: Comparable(await Record(await _server.Decide(cases[i % cases.Count]))))));
        Assert.Equal(cases.Count, expected.Distinct().Count());
        Assert.All(actual, pair => Assert.Equal(expected[pair.Case], pair.Record));
    }

    [Fact]
    public async Task Explains_as_much_as_was_asked_for()
    {
        var none = await Record(await _server.Decide(RunningServer.SampleCase, "?explain=none"));
        var summary = await Record(await _server.Decide(RunningServer.SampleCase, "?explain=summary"));
        var full = await Record(await _server.Decide(RunningServer.SampleCase, "?explain=full&effort=high"));
        Assert.Empty(none.Proofs);
        Assert.Empty(summary.Proofs);
        Assert.NotEmpty(full.Proofs);
        Assert.All(Reasons(none), Assert.Null);
        Assert.Contains(Reasons(summary), because => because is not null);
        Assert.Equal("high", full.Thinking.Effort);
        Assert.Equal("medium", none.Thinking.Effort);

        static IEnumerable<string?> Reasons(DecisionRecord record) =>
            record.Candidates.SelectMany(candidate => candidate.Violations.Select(v => v.Because).Concat(candidate.Supports.Select(s => s.Because)));
    }

    internal static async Task<DecisionRecord> Record(HttpResponseMessage response)
    {
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, text);
        return JsonSerializer.Deserialize<DecisionRecord>(text, DecisionJson.OneLine.Options)!;
    }

    internal static string Comparable(DecisionRecord record) =>
        JsonSerializer.Serialize(record with { Id = "", Timings = new TimingRecord(0, 0, 0, 0, 0) }, DecisionJson.OneLine.Options);
}
