using System.Net;
using System.Text.Json;
using Reasoner.Decisions;

namespace Reasoner.Server.Tests;

/// <summary>A domain with slots over HTTP.</summary>
[Collection(nameof(SharedServer))]
public class JointTests(SharedServer shared)
{
    private readonly RunningServer _server = shared.Server;

    private static string Ward(string name) => File.ReadAllText(Path.Combine(RunningServer.Repository, "ontologies", "rostering", name));

    [Fact]
    public async Task Answers_many_questions_together_and_says_why_not_otherwise()
    {
        var response = await _server.Decide(Ward("sample-case.json"), "?why=Anna%20Berg,%20Mon%201&effort=low", domain: "rostering");
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, text);
        var record = JsonSerializer.Deserialize<DecisionRecord>(text, DecisionJson.Indented.Options)!;
        Assert.Equal(168, record.Answers!.Value.Length);
        Assert.Equal("Anna Berg, Mon 1", Assert.Single(record.Joint!.Explained).Slot.Label);
        var report = await _server.Client.GetStringAsync($"/v1/decisions/{record.Id}/report");
        Assert.Contains("Why not other answers", report, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Says_what_cannot_be_kept_together()
    {
        var response = await _server.Decide(Ward("infeasible-case.json"), domain: "rostering");
        var record = JsonSerializer.Deserialize<DecisionRecord>(await response.Content.ReadAsStringAsync(), DecisionJson.Indented.Options)!;
        Assert.Equal(DecisionStatus.Infeasible, record.Status);
        Assert.NotEmpty(record.Joint!.Conflict);
    }

    [Fact]
    public async Task An_unknown_slot_is_422()
    {
        var problem = await RunningServer.Problem(
            await _server.Decide(Ward("sample-case.json"), "?why=Nobody", domain: "rostering"), HttpStatusCode.UnprocessableEntity, "case-refused");
        Assert.Contains("no slot \"Nobody\"", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_idempotency_key_for_another_question_is_refused()
    {
        async Task<HttpResponseMessage> Ask(string why)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, $"/v1/domains/rostering/decisions?effort=low&why={Uri.EscapeDataString(why)}") { Content = RunningServer.Content(Ward("sample-case.json")) };
            request.Headers.Add("Idempotency-Key", "one-roster");
            return await _server.Client.SendAsync(request);
        }

        Assert.Equal(HttpStatusCode.OK, (await Ask("Anna Berg, Mon 1")).StatusCode);
        await RunningServer.Problem(await Ask("Anna Berg, Tue 2"), HttpStatusCode.UnprocessableEntity, "key-reused");
    }
}
