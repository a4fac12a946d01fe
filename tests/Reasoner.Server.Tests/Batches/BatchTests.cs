using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Reasoner.Decisions;
using Reasoner.Storage;

namespace Reasoner.Server.Tests;

[Collection(nameof(SharedServer))]
public class BatchTests(SharedServer shared)
{
    private static readonly string Sample = JsonNode.Parse(RunningServer.SampleCase)!.ToJsonString();
    private readonly RunningServer _server = shared.Server;

    [Fact]
    public async Task Answers_line_by_line_in_order()
    {
        var subjects = Enumerable.Range(0, 50).Select(i => $"urn:case:{i}").ToList();
        var answers = await Decide(string.Join('\n', subjects.Select(CaseOf)));
        Assert.Equal(subjects, answers.Select(answer => answer.GetProperty("subject").GetString()));
    }

    [Fact]
    public async Task A_line_is_decided_as_it_would_be_alone()
    {
        var alone = await DecideTests.Record(await _server.Decide(Sample));
        var answer = Assert.Single(await Decide(Sample + "\n"));
        var record = answer.Deserialize<DecisionRecord>(DecisionJson.OneLine.Options)!;
        Assert.Equal(DecideTests.Comparable(alone), DecideTests.Comparable(record));
        var kept = await DecideTests.Record(await _server.Client.GetAsync("/v1/decisions/" + record.Id));
        Assert.Equal(JsonSerializer.Serialize(record, DecisionJson.Indented.Options), JsonSerializer.Serialize(kept, DecisionJson.Indented.Options));
    }

    [Fact]
    public async Task A_bad_line_gets_a_problem_with_its_number_and_the_rest_goes_on()
    {
        var answers = await Decide($"{Sample}\n{{ nonsense\n\n{{}}\r\n{new string('x', 1_000_001)}\n{Sample}");
        Assert.Equal(
            ["decided", "urn:reasoner:problem:malformed-case 2", "urn:reasoner:problem:case-refused 4", "urn:reasoner:problem:too-large 5", "decided"],
            answers.Select(answer => answer.TryGetProperty("type", out var type) ? $"{type} {answer.GetProperty("line")}" : answer.GetProperty("status").GetString()!.Replace("abstained", "decided", StringComparison.Ordinal)));
        var malformed = answers[1].GetProperty("errors")[0];
        Assert.False(malformed.TryGetProperty("line", out _));
        Assert.Equal(3, malformed.GetProperty("column").GetInt32());
    }

    [Fact]
    public async Task An_empty_batch_has_no_answers() => Assert.Empty(await Decide("\n \n"));

    [Fact]
    public async Task Answers_come_while_the_batch_is_still_sent()
    {
        using var client = await Start();
        await SendChunk(client, Sample + "\n");
        using var reader = new StreamReader(client.GetStream());
        var answer = await FirstAnswer(reader).WaitAsync(TimeSpan.FromSeconds(30));
        Assert.Equal("urn:case:sample", answer.GetProperty("subject").GetString());
        await SendChunk(client, CaseOf("urn:case:second") + "\n");
        Assert.Equal("urn:case:second", (await FirstAnswer(reader).WaitAsync(TimeSpan.FromSeconds(30))).GetProperty("subject").GetString());
        await client.GetStream().WriteAsync("0\r\n\r\n"u8.ToArray());
    }

    [Fact]
    public async Task A_client_that_leaves_ends_its_batch()
    {
        var store = new CountingStore();
        await using var server = await RunningServer.StartAsync(store: store);
        using (var client = await Start(server))
        {
            var sending = SendChunk(client, string.Concat(Enumerable.Repeat(Sample + "\n", 5_000)));
            while (store.Count == 0) await Task.Delay(5);
            client.Client.LingerState = new LingerOption(true, 0);
            client.Close();
            await sending.ContinueWith(_ => { }, TaskScheduler.Default);
        }

        var count = -1;
        for (var i = 0; i < 100 && count != store.Count; i++)
        {
            count = store.Count;
            await Task.Delay(200);
        }

        Assert.InRange(count, 1, 4_999);
        Assert.Equal(HttpStatusCode.OK, (await server.Decide(RunningServer.SampleCase)).StatusCode);
    }

    [Fact]
    public async Task A_client_that_does_not_read_is_not_read_from()
    {
        var store = new CountingStore();
        await using var server = await RunningServer.StartAsync(store: store);
        using var client = await Start(server);
        client.ReceiveBufferSize = 4096;
        var sending = SendChunk(client, string.Concat(Enumerable.Repeat(Sample + "\n", 20_000)));
        var count = -1;
        for (var i = 0; i < 100 && (count != store.Count || count == 0); i++)
        {
            count = store.Count;
            await Task.Delay(500);
        }

        Assert.InRange(count, 1, 10_000);
        client.Client.LingerState = new LingerOption(true, 0);
        client.Close();
        await sending.ContinueWith(_ => { }, TaskScheduler.Default);
    }

    [Fact]
    public async Task A_batch_has_a_most_of_lines_and_bytes()
    {
        await using var server = await RunningServer.StartAsync(RunningServer.Options with { BatchLines = 2, BatchBytes = 10_000 });
        var answers = await Decide($"{Sample}\n{Sample}\n{Sample}\n{Sample}", server);
        Assert.Equal(3, answers.Count);
        Assert.Equal("urn:reasoner:problem:too-large", answers[2].GetProperty("type").GetString());
        Assert.Equal(3, answers[2].GetProperty("line").GetInt32());
        await RunningServer.Problem(await Post(string.Concat(Enumerable.Repeat(Sample + "\n", 20)), server), HttpStatusCode.RequestEntityTooLarge, "too-large");

        using var chunked = new HttpRequestMessage(HttpMethod.Post, "/v1/domains/lending/decisions/batch") { Content = RunningServer.Content(new string('\n', 10_001), "application/x-ndjson") };
        chunked.Headers.TransferEncodingChunked = true;
        var answer = Assert.Single(await Lines(await server.Client.SendAsync(chunked)));
        Assert.Equal("urn:reasoner:problem:too-large", answer.GetProperty("type").GetString());
    }

    [Fact]
    public async Task What_is_wrong_with_the_whole_batch_is_a_problem_of_the_request()
    {
        await RunningServer.Problem(await Post("", domain: "nowhere"), HttpStatusCode.NotFound, "unknown-domain");
        await RunningServer.Problem(await Post("", query: "?explain=x"), HttpStatusCode.BadRequest, "unknown-query");
        await RunningServer.Problem(
            await _server.Client.PostAsync("/v1/domains/lending/decisions/batch", RunningServer.Content("{}")), HttpStatusCode.UnsupportedMediaType, "unsupported-media-type");
    }

    private static string CaseOf(string subject) => Sample.Replace("\"urn:case:sample\"", $"\"{subject}\"", StringComparison.Ordinal);

    private async Task<TcpClient> Start(RunningServer? server = null)
    {
        var address = (server ?? _server).Client.BaseAddress!;
        var client = new TcpClient();
        await client.ConnectAsync(address.Host, address.Port);
        await client.GetStream().WriteAsync("POST /v1/domains/lending/decisions/batch?explain=none HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-ndjson\r\nTransfer-Encoding: chunked\r\n\r\n"u8.ToArray());
        return client;
    }

    private static async Task SendChunk(TcpClient client, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes($"{bytes.Length:x}\r\n"));
        await client.GetStream().WriteAsync(bytes);
        await client.GetStream().WriteAsync("\r\n"u8.ToArray());
    }

    private static async Task<JsonElement> FirstAnswer(StreamReader reader)
    {
        while (await reader.ReadLineAsync() is { } line)
            if (line.StartsWith('{')) return JsonDocument.Parse(line).RootElement;
        throw new EndOfStreamException();
    }

    private Task<HttpResponseMessage> Post(string body, RunningServer? server = null, string query = "", string domain = "lending") =>
        (server ?? _server).Client.PostAsync($"/v1/domains/{domain}/decisions/batch{query}", RunningServer.Content(body, "application/x-ndjson"));

    private async Task<List<JsonElement>> Decide(string body, RunningServer? server = null) => await Lines(await Post(body, server));

    private static async Task<List<JsonElement>> Lines(HttpResponseMessage response)
    {
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("application/x-ndjson", response.Content.Headers.ContentType!.ToString());
        var text = await response.Content.ReadAsStringAsync();
        return [.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement)];
    }

    private sealed class CountingStore : EmptyStore
    {
        private int _count;

        public int Count => Volatile.Read(ref _count);

        public override ValueTask<KeptDecision> AppendAsync(StoredDecision decision, IdempotencyKey? key, CancellationToken cancellation)
        {
            Interlocked.Increment(ref _count);
            return base.AppendAsync(decision, key, cancellation);
        }
    }
}
