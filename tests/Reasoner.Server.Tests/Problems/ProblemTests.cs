using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace Reasoner.Server.Tests;

[Collection(nameof(SharedServer))]
public class ProblemTests(SharedServer shared) : IAsyncLifetime
{
    private readonly RunningServer _server = shared.Server;

    public Task InitializeAsync() => Task.CompletedTask;

    /// <summary>Whatever a test sent, the service goes on.</summary>
    public async Task DisposeAsync() => Assert.Equal(HttpStatusCode.OK, (await _server.Decide(RunningServer.SampleCase, "?explain=none")).StatusCode);

    [Theory]
    [InlineData("{\n  \"@type\": }", 2, 12)]
    [InlineData("", 1, 1)]
    [InlineData("{\"@type\": \"CreditApplication\"", 1, null)]
    [InlineData("[1, 2", 1, null)]
    [InlineData("not json", 1, 2)]
    public async Task Malformed_json_is_400_with_its_place(string body, int line, int? column)
    {
        var problem = await RunningServer.Problem(await _server.Decide(body), HttpStatusCode.BadRequest, "malformed-case");
        var error = problem.GetProperty("errors")[0];
        Assert.Equal(line, error.GetProperty("line").GetInt32());
        Assert.True(error.GetProperty("column").GetInt32() > 0);
        if (column is not null) Assert.Equal(column, error.GetProperty("column").GetInt32());
    }

    [Fact]
    public async Task Json_that_nests_too_deep_is_400()
    {
        var body = string.Concat(Enumerable.Repeat("[", 100_000));
        await RunningServer.Problem(await _server.Decide(body), HttpStatusCode.BadRequest, "malformed-case");
    }

    [Fact]
    public async Task Bytes_that_are_no_utf8_are_400()
    {
        var content = new ByteArrayContent([(byte)'{', (byte)'"', 0xFF, (byte)'"', (byte)':', (byte)'1', (byte)'}']);
        content.Headers.ContentType = new("application/json");
        await RunningServer.Problem(await _server.Client.PostAsync("/v1/domains/lending/decisions", content), HttpStatusCode.BadRequest, "malformed-case");
    }

    [Fact]
    public async Task Malformed_turtle_is_400_with_its_place()
    {
        var problem = await RunningServer.Problem(
            await _server.Decide("@prefix lend: <urn:reasoner:lending#> .\n<urn:c> a lend:CreditApplication ;; ] .", mediaType: "text/turtle"), HttpStatusCode.BadRequest, "malformed-case");
        Assert.Equal(2, problem.GetProperty("errors")[0].GetProperty("line").GetInt32());
        Assert.True(problem.GetProperty("errors")[0].GetProperty("column").GetInt32() > 30);
    }

    [Fact]
    public async Task An_unknown_domain_is_404_and_names_the_known_ones()
    {
        var problem = await RunningServer.Problem(await _server.Decide("{}", domain: "lendnig"), HttpStatusCode.NotFound, "unknown-domain");
        Assert.Contains("did you mean lending?", problem.GetProperty("detail").GetString());
        Assert.Contains(problem.GetProperty("errors").EnumerateArray(), error => error.GetProperty("about").GetString() == "lending");
    }

    [Theory]
    [InlineData("..%2F..%2Fontologies%2Flending")]
    [InlineData("..")]
    [InlineData("%2Fetc")]
    public async Task A_domain_is_a_name_and_never_a_path(string name)
    {
        var response = await _server.Client.GetAsync("/v1/domains/" + name);
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    [Fact]
    public async Task A_declared_length_beyond_the_limit_is_413()
    {
        var body = "{\"a\": \"" + new string('x', 1_000_000) + "\"}";
        await RunningServer.Problem(await _server.Decide(body), HttpStatusCode.RequestEntityTooLarge, "too-large");
    }

    [Fact]
    public async Task A_chunked_body_beyond_the_limit_is_413()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/domains/lending/decisions") { Content = RunningServer.Content(new string(' ', 1_000_001)) };
        request.Headers.TransferEncodingChunked = true;
        await RunningServer.Problem(await _server.Client.SendAsync(request), HttpStatusCode.RequestEntityTooLarge, "too-large");
    }

    [Fact]
    public async Task A_body_at_the_limit_is_taken()
    {
        var response = await _server.Decide(RunningServer.SampleCase + new string(' ', 1_000_000 - Encoding.UTF8.GetByteCount(RunningServer.SampleCase)), "?explain=none");
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/xml")]
    [InlineData("text/csv")]
    public async Task Another_media_type_is_415_and_names_those_taken(string mediaType)
    {
        var problem = await RunningServer.Problem(await _server.Decide("{}", mediaType: mediaType), HttpStatusCode.UnsupportedMediaType, "unsupported-media-type");
        Assert.Contains("application/json, text/turtle", problem.GetProperty("detail").GetString());
    }

    [Fact]
    public async Task A_body_without_media_type_in_another_encoding_or_compressed_is_415()
    {
        var bare = new ByteArrayContent("{}"u8.ToArray());
        await RunningServer.Problem(await _server.Client.PostAsync("/v1/domains/lending/decisions", bare), HttpStatusCode.UnsupportedMediaType, "unsupported-media-type");
        var latin = new StringContent("{}", Encoding.Latin1, "application/json");
        await RunningServer.Problem(await _server.Client.PostAsync("/v1/domains/lending/decisions", latin), HttpStatusCode.UnsupportedMediaType, "unsupported-media-type");
        var compressed = RunningServer.Content("{}");
        compressed.Headers.ContentEncoding.Add("gzip");
        await RunningServer.Problem(await _server.Client.PostAsync("/v1/domains/lending/decisions", compressed), HttpStatusCode.UnsupportedMediaType, "unsupported-media-type");
    }

    [Fact]
    public async Task A_case_without_its_shape_is_422_with_every_problem()
    {
        var problem = await Refused("""{ "@id": "urn:c", "@type": "CreditApplication" }""");
        Assert.True(problem.GetProperty("errors").GetArrayLength() > 3);
    }

    [Fact]
    public async Task An_unknown_property_is_422_with_its_line_and_advice()
    {
        var problem = await Refused(RunningServer.SampleCase.Replace("\"amount\"", "\"amuont\"", StringComparison.Ordinal));
        var error = problem.GetProperty("errors").EnumerateArray().First(error => error.TryGetProperty("line", out var line) && line.GetInt32() == 4);
        Assert.Contains("did you mean amount", error.GetProperty("message").GetString());
    }

    [Fact]
    public async Task A_mistyped_value_is_422() =>
        await Refused(RunningServer.SampleCase.Replace("7200", "\"seven thousand\"", StringComparison.Ordinal));

    [Fact]
    public async Task What_a_case_says_without_meaning_is_422_with_its_pointer()
    {
        var problem = await Refused("""{ "@id": "urn:c", "@type": "CreditApplication", "applicant": { "@id": 42 } }""");
        Assert.Contains(problem.GetProperty("errors").EnumerateArray(), error =>
            error.TryGetProperty("pointer", out var pointer) && pointer.GetString()!.StartsWith("/applicant", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_case_that_is_no_object_is_422() => await Refused("42");

    [Fact]
    public async Task A_case_about_nothing_is_422() => await Refused("""{ "@id": "urn:c", "@type": "Applicant" }""");

    [Fact]
    public async Task A_case_that_states_a_conclusion_is_422()
    {
        var body = Turtle(" ; <urn:reasoner:ns#score> 0.9");
        var problem = await RunningServer.Problem(await _server.Decide(body, mediaType: "text/turtle"), HttpStatusCode.UnprocessableEntity, "case-refused");
        var error = problem.GetProperty("errors").EnumerateArray().First(error => error.GetProperty("message").GetString()!.Contains("score", StringComparison.Ordinal));
        Assert.Equal(2, error.GetProperty("line").GetInt32());
    }

    [Theory]
    [InlineData("?explain=all")]
    [InlineData("?explain=Full")]
    [InlineData("?effort=1")]
    [InlineData("?effort=low&effort=high")]
    [InlineData("?explian=full")]
    [InlineData("?effort=")]
    public async Task An_unknown_query_is_400(string query)
    {
        var problem = await RunningServer.Problem(await _server.Decide(RunningServer.SampleCase, query), HttpStatusCode.BadRequest, "unknown-query");
        Assert.Equal(1, problem.GetProperty("errors").GetArrayLength());
    }

    [Fact]
    public async Task An_unknown_decision_is_404()
    {
        await RunningServer.Problem(await _server.Client.GetAsync("/v1/decisions/dec-0"), HttpStatusCode.NotFound, "unknown-decision");
        await RunningServer.Problem(await _server.Client.GetAsync("/v1/decisions/dec-0/report"), HttpStatusCode.NotFound, "unknown-decision");
        await RunningServer.Problem(await _server.Client.PostAsync("/v1/decisions/dec-0/replay", null), HttpStatusCode.NotFound, "unknown-decision");
    }

    [Fact]
    public async Task An_unknown_address_is_404_and_another_method_405()
    {
        await RunningServer.Problem(await _server.Client.GetAsync("/v2/nothing"), HttpStatusCode.NotFound, "not-found");
        var response = await _server.Client.DeleteAsync("/v1/domains");
        await RunningServer.Problem(response, HttpStatusCode.MethodNotAllowed, "method-not-allowed");
        Assert.Equal(["GET"], response.Content.Headers.Allow);
    }

    [Fact]
    public async Task A_client_that_leaves_in_the_middle_of_its_body_harms_nobody()
    {
        for (var i = 0; i < 5; i++)
        {
            using var client = new TcpClient();
            await client.ConnectAsync(_server.Client.BaseAddress!.Host, _server.Client.BaseAddress.Port);
            await client.GetStream().WriteAsync("POST /v1/domains/lending/decisions HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 500\r\n\r\n{\"@id\""u8.ToArray());
            client.Client.LingerState = new LingerOption(true, 0);
        }
    }

    [Fact]
    public async Task A_turtle_case_is_read_and_its_shape_checked()
    {
        var invalid = await RunningServer.Problem(await _server.Decide(Turtle(""), mediaType: "text/turtle"), HttpStatusCode.UnprocessableEntity, "case-refused");
        Assert.Contains(invalid.GetProperty("errors").EnumerateArray(), error => error.GetProperty("message").GetString()!.Contains("applicant", StringComparison.Ordinal));
    }

    private static string Turtle(string more) => $"@prefix lend: <urn:reasoner:lending#> .\n<urn:c> a lend:CreditApplication{more} .";

    private async Task<JsonElement> Refused(string body)
    {
        var problem = await RunningServer.Problem(await _server.Decide(body), HttpStatusCode.UnprocessableEntity, "case-refused");
        Assert.All(problem.GetProperty("errors").EnumerateArray(), error => Assert.NotEmpty(error.GetProperty("message").GetString()!));
        return problem;
    }
}
