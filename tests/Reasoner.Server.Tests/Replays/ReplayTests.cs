using System.Net;
using System.Text;
using System.Text.Json;
using Reasoner.Decisions;
using Reasoner.Storage;

namespace Reasoner.Server.Tests;

[Collection(nameof(SharedServer))]
public class ReplayTests(SharedServer shared)
{
    private readonly RunningServer _server = shared.Server;

    [Theory]
    [InlineData("")]
    [InlineData("?explain=summary&effort=low")]
    [InlineData("?explain=none&effort=high")]
    public async Task A_decision_replayed_agrees(string query)
    {
        var record = await DecideTests.Record(await _server.Decide(RunningServer.SampleCase, query));
        var replay = await Replay(_server, record.Id);
        Assert.True(replay.GetProperty("agrees").GetBoolean(), replay.GetProperty("differences").ToString());
        Assert.Equal(record.Id, replay.GetProperty("id").GetString());
        Assert.Equal(DecideTests.Comparable(record), DecideTests.Comparable(replay.GetProperty("record").Deserialize<DecisionRecord>(DecisionJson.Indented.Options)!));
    }

    [Fact]
    public async Task What_differs_is_named()
    {
        var record = await DecideTests.Record(await _server.Decide(RunningServer.SampleCase));
        var store = new OneDecision(record with { Confidence = 0.123 });
        await using var server = await RunningServer.StartAsync(store: store);
        var replay = await Replay(server, record.Id);
        Assert.False(replay.GetProperty("agrees").GetBoolean());
        Assert.Equal(["/confidence"], replay.GetProperty("differences").EnumerateArray().Select(difference => difference.GetString()));
    }

    [Fact]
    public async Task A_decision_on_other_versions_is_409_and_names_them()
    {
        var record = await DecideTests.Record(await _server.Decide(RunningServer.SampleCase));
        var store = new OneDecision(record with { Versions = record.Versions with { Rules = "0" } });
        await using var server = await RunningServer.StartAsync(store: store);
        var problem = await RunningServer.Problem(await server.Client.PostAsync($"/v1/decisions/{record.Id}/replay", null), HttpStatusCode.Conflict, "other-versions");
        Assert.Equal("rules", Assert.Single(problem.GetProperty("errors").EnumerateArray()).GetProperty("about").GetString());
    }

    [Theory]
    [InlineData("utmost")]
    [InlineData("99")]
    public async Task A_decision_of_an_unknown_effort_is_refused(string effort)
    {
        var record = await DecideTests.Record(await _server.Decide(RunningServer.SampleCase));
        await using var server = await RunningServer.StartAsync(store: new OneDecision(record with { Thinking = record.Thinking with { Effort = effort } }));
        var problem = await RunningServer.Problem(await server.Client.PostAsync($"/v1/decisions/{record.Id}/replay", null), HttpStatusCode.UnprocessableEntity, "case-refused");
        Assert.Contains($"effort \"{effort}\" is unknown", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    private static async Task<JsonElement> Replay(RunningServer server, string id)
    {
        var response = await server.Client.PostAsync($"/v1/decisions/{id}/replay", null);
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, text);
        return JsonDocument.Parse(text).RootElement;
    }

    private sealed class OneDecision(DecisionRecord record) : EmptyStore
    {
        public override ValueTask<StoredDecision?> FindAsync(string id, CancellationToken cancellation) =>
            ValueTask.FromResult<StoredDecision?>(new(record.Id, record.Domain, Encoding.UTF8.GetBytes(JsonSerializer.Serialize(record, DecisionJson.OneLine.Options))));
    }
}
