using System.Net;

namespace Reasoner.Server.Tests;

[Collection(nameof(SharedServer))]
public class IdempotencyTests(SharedServer shared)
{
    private readonly RunningServer _server = shared.Server;

    [Fact]
    public async Task The_same_key_and_request_give_the_same_record()
    {
        var key = Guid.NewGuid().ToString();
        var first = await (await Send(key, RunningServer.SampleCase)).Content.ReadAsStringAsync();
        var response = await Send(key, RunningServer.SampleCase);
        Assert.Equal(first, await response.Content.ReadAsStringAsync());
        Assert.NotNull(response.Headers.Location);
        Assert.NotEqual(first, await (await Send(Guid.NewGuid().ToString(), RunningServer.SampleCase)).Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task The_same_key_with_another_request_is_422()
    {
        var key = Guid.NewGuid().ToString();
        Assert.Equal(HttpStatusCode.OK, (await Send(key, RunningServer.SampleCase)).StatusCode);
        await RunningServer.Problem(await Send(key, RunningServer.SampleCase + " "), HttpStatusCode.UnprocessableEntity, "key-reused");
        await RunningServer.Problem(await Send(key, RunningServer.SampleCase, "?effort=high"), HttpStatusCode.UnprocessableEntity, "key-reused");
    }

    [Fact]
    public async Task A_refused_request_does_not_use_up_its_key()
    {
        var key = Guid.NewGuid().ToString();
        await RunningServer.Problem(await Send(key, "{}"), HttpStatusCode.UnprocessableEntity, "case-refused");
        Assert.Equal(HttpStatusCode.OK, (await Send(key, RunningServer.SampleCase)).StatusCode);
    }

    [Fact]
    public async Task A_key_decides_once_however_many_send_it_together()
    {
        var key = Guid.NewGuid().ToString();
        var responses = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Send(key, RunningServer.SampleCase)));
        Assert.All(responses, response => Assert.Contains(response.StatusCode, new[] { HttpStatusCode.OK, HttpStatusCode.Conflict }));
        var records = await Task.WhenAll(responses.Where(response => response.IsSuccessStatusCode).Select(response => response.Content.ReadAsStringAsync()));
        Assert.Single(records.Distinct());
        foreach (var response in responses.Where(response => response.StatusCode == HttpStatusCode.Conflict))
            await RunningServer.Problem(response, HttpStatusCode.Conflict, "key-in-use");
    }

    [Fact]
    public async Task A_key_beyond_all_measure_is_400() =>
        await RunningServer.Problem(await Send(new string('k', 256), RunningServer.SampleCase), HttpStatusCode.BadRequest, "malformed-request");

    private Task<HttpResponseMessage> Send(string key, string body, string query = "")
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/v1/domains/lending/decisions" + query) { Content = RunningServer.Content(body) };
        request.Headers.Add("Idempotency-Key", key);
        return _server.Client.SendAsync(request);
    }
}
