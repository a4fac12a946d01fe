using System.Net;
using System.Text;
using System.Text.Json;
using Reasoner.Decisions;
using Reasoner.Decisions.Counterfactuals;
using Reasoner.Storage;

namespace Reasoner.Server.Tests;

[Collection(nameof(SharedServer))]
public class CounterfactualTests(SharedServer shared)
{
    private readonly RunningServer _server = shared.Server;

    [Theory]
    [InlineData("lend:Approve")]
    [InlineData("urn:reasoner:lending#Approve")]
    [InlineData("approve")]
    public async Task Answers_with_the_record_and_alternatives_that_verify(string want)
    {
        var decided = await DecideTests.Record(await _server.Decide(RunningServer.SampleCase));
        var record = await DecideTests.Record(await Ask(decided.Id, $$"""{ "want": "{{want}}" }"""));

        Assert.Equal(DecideTests.Comparable(decided), DecideTests.Comparable(record with { Counterfactuals = null }));
        Assert.Equal(decided.Id, record.Id);
        Assert.Equal((CounterfactualStatus.Found, true), (record.Counterfactuals!.Status, record.Counterfactuals.Complete));
        Assert.Equal("Approve for 6,000 DM and over 39 months", record.Counterfactuals.Alternatives[0].Text);
        using var domain = Domain.Load(Path.Combine(RunningServer.Options.Ontologies!, "lending", "domain.json"));
        Assert.Empty(new DecisionVerifier(domain).Verify(record));
    }

    [Fact]
    public async Task The_decision_that_is_kept_stays_as_it_was()
    {
        var decided = await _server.Decide(RunningServer.SampleCase);
        var before = await decided.Content.ReadAsStringAsync();
        await Ask((await DecideTests.Record(decided)).Id, """{ "want": "Approve" }""");
        Assert.Equal(before, await _server.Client.GetStringAsync(decided.Headers.Location));
    }

    [Fact]
    public async Task Explains_as_much_as_the_decision_did_and_looks_as_far_as_was_asked()
    {
        var decided = await DecideTests.Record(await _server.Decide(RunningServer.SampleCase, "?explain=summary&effort=low"));
        var record = await DecideTests.Record(await Ask(decided.Id, """{ "want": "Approve", "max": 1, "maxChanges": 1 }"""));
        var alternative = Assert.Single(record.Counterfactuals!.Alternatives);
        Assert.Single(alternative.Changes);
        Assert.Empty(alternative.Decision.Proofs);
        Assert.Equal("low", alternative.Decision.Thinking.Effort);
    }

    [Fact]
    public async Task An_answer_that_is_given_already_is_said_to_be()
    {
        var decided = await DecideTests.Record(await _server.Decide(RunningServer.SampleCase));
        var record = await DecideTests.Record(await Ask(decided.Id, """{ "want": "Decline" }"""));
        Assert.Equal(CounterfactualStatus.Already, record.Counterfactuals!.Status);
        Assert.Empty(record.Counterfactuals.Alternatives);
    }

    [Fact]
    public async Task An_unknown_answer_is_422_with_the_nearest_and_the_list()
    {
        var decided = await DecideTests.Record(await _server.Decide(RunningServer.SampleCase));
        var problem = await RunningServer.Problem(await Ask(decided.Id, """{ "want": "Aprove" }"""), HttpStatusCode.UnprocessableEntity, "unknown-answer");
        Assert.Contains("did you mean Approve?", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Equal(["lend:Approve", "lend:Decline", "lend:Refer"], problem.GetProperty("errors").EnumerateArray().Select(error => error.GetProperty("about").GetString()));
    }

    [Fact]
    public async Task An_unknown_decision_is_404() =>
        await RunningServer.Problem(await Ask("dec-none", """{ "want": "Approve" }"""), HttpStatusCode.NotFound, "unknown-decision");

    [Theory]
    [InlineData("", null)]
    [InlineData("null", null)]
    [InlineData("{}", null)]
    [InlineData("[1]", null)]
    [InlineData("""{ "want": null }""", "want")]
    [InlineData("""{ "want": 3 }""", "want")]
    [InlineData("""{ "want": "Approve", "maxChange": 2 }""", "maxChange")]
    [InlineData("""{ "want": "Approve", "max": 0 }""", "max")]
    [InlineData("""{ "want": "Approve", "max": 21 }""", "max")]
    [InlineData("""{ "want": "Approve", "max": "5" }""", "max")]
    [InlineData("""{ "want": "Approve", "maxChanges": 4 }""", "maxChanges")]
    public async Task A_question_that_is_none_is_400(string body, string? about)
    {
        var decided = await DecideTests.Record(await _server.Decide(RunningServer.SampleCase));
        var problem = await RunningServer.Problem(await Ask(decided.Id, body), HttpStatusCode.BadRequest, "malformed-request");
        var error = Assert.Single(problem.GetProperty("errors").EnumerateArray());
        if (about is not null) Assert.Equal(about, error.GetProperty("about").GetString());
    }

    [Fact]
    public async Task Another_media_type_and_a_large_question_are_refused()
    {
        var decided = await DecideTests.Record(await _server.Decide(RunningServer.SampleCase));
        var address = $"/v1/decisions/{decided.Id}/counterfactuals";
        await RunningServer.Problem(await _server.Client.PostAsync(address, RunningServer.Content("want=Approve", "text/plain")), HttpStatusCode.UnsupportedMediaType, "unsupported-media-type");
        await RunningServer.Problem(await Ask(decided.Id, $$"""{ "want": "{{new string('x', 20_000)}}" }"""), HttpStatusCode.RequestEntityTooLarge, "too-large");
    }

    [Fact]
    public async Task A_decision_on_other_versions_is_409()
    {
        var record = await DecideTests.Record(await _server.Decide(RunningServer.SampleCase));
        await using var server = await RunningServer.StartAsync(store: new OneDecision(record with { Versions = record.Versions with { Rules = "0" } }));
        await RunningServer.Problem(
            await server.Client.PostAsync($"/v1/decisions/{record.Id}/counterfactuals", RunningServer.Content("""{ "want": "Approve" }""")), HttpStatusCode.Conflict, "other-versions");
    }

    [Fact]
    public async Task The_example_of_a_question_is_one_that_the_service_answers()
    {
        var api = JsonDocument.Parse(await _server.Client.GetStringAsync("/openapi/v1.json")).RootElement;
        var content = api.GetProperty("paths").GetProperty("/v1/decisions/{id}/counterfactuals").GetProperty("post").GetProperty("requestBody").GetProperty("content").GetProperty("application/json");
        Assert.True(content.TryGetProperty("schema", out _));
        var domain = api.GetProperty("paths").GetProperty("/v1/domains/{domain}/decisions").GetProperty("post");
        var name = domain.GetProperty("parameters").EnumerateArray().Single(parameter => parameter.GetProperty("name").GetString() == "domain").GetProperty("example").GetString()!;
        var example = domain.GetProperty("requestBody").GetProperty("content").GetProperty("application/json").GetProperty("example").GetRawText();
        var decided = await DecideTests.Record(await _server.Decide(example, domain: name));
        var answer = await Ask(decided.Id, content.GetProperty("example").GetRawText());
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
    }

    private Task<HttpResponseMessage> Ask(string id, string question) =>
        _server.Client.PostAsync($"/v1/decisions/{id}/counterfactuals", RunningServer.Content(question));

    private sealed class OneDecision(DecisionRecord record) : EmptyStore
    {
        public override ValueTask<StoredDecision?> FindAsync(string id, CancellationToken cancellation) =>
            ValueTask.FromResult<StoredDecision?>(new(record.Id, record.Domain, Encoding.UTF8.GetBytes(JsonSerializer.Serialize(record, DecisionJson.OneLine.Options))));
    }
}
