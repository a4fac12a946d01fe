using System.Net;

namespace Reasoner.Server.Tests;

[Collection(nameof(SharedServer))]
public class ReportTests(SharedServer shared)
{
    private readonly RunningServer _server = shared.Server;

    [Theory]
    [InlineData(null, "text/html")]
    [InlineData("*/*", "text/html")]
    [InlineData("text/html", "text/html")]
    [InlineData("text/markdown", "text/markdown")]
    [InlineData("application/pdf, text/markdown;q=0.5", "text/markdown")]
    [InlineData("text/html;q=0.2, text/markdown;q=0.9", "text/markdown")]
    [InlineData("text/*, text/html;q=0", "text/markdown")]
    public async Task Comes_in_the_accepted_format(string? accept, string mediaType)
    {
        var response = await Get(accept);
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, text);
        Assert.Equal(mediaType + "; charset=utf-8", response.Content.Headers.ContentType!.ToString());
        Assert.Equal(mediaType == "text/html", text.StartsWith("<!DOCTYPE html", StringComparison.OrdinalIgnoreCase));
        Assert.Contains("default-src 'none'", response.Headers.GetValues("Content-Security-Policy").Single());
        Assert.Equal(["Accept"], response.Headers.Vary);
    }

    [Theory]
    [InlineData("application/pdf")]
    [InlineData("image/*")]
    [InlineData("text/html;q=0")]
    public async Task Another_format_is_406_and_names_those_there_are(string accept)
    {
        var problem = await RunningServer.Problem(await Get(accept), HttpStatusCode.NotAcceptable, "not-acceptable");
        Assert.Contains("text/html or text/markdown", problem.GetProperty("detail").GetString());
    }

    private async Task<HttpResponseMessage> Get(string? accept)
    {
        var decided = await _server.Decide(RunningServer.SampleCase);
        using var request = new HttpRequestMessage(HttpMethod.Get, decided.Headers.Location + "/report");
        if (accept is not null) request.Headers.TryAddWithoutValidation("Accept", accept);
        return await _server.Client.SendAsync(request);
    }
}
