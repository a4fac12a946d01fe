using System.Diagnostics;
using System.Net;

namespace Reasoner.Server.Tests;

[Collection(nameof(SharedServer))]
public class HealthTests(SharedServer shared)
{
    [Fact]
    public async Task Becomes_ready_when_every_domain_is_loaded()
    {
        Assert.Equal(HttpStatusCode.OK, (await shared.Server.Client.GetAsync("/health/live")).StatusCode);
        var clock = Stopwatch.StartNew();
        HttpResponseMessage response;
        while (!(response = await shared.Server.Client.GetAsync("/health/ready")).IsSuccessStatusCode)
        {
            var problem = await RunningServer.Problem(response, HttpStatusCode.ServiceUnavailable, "not-ready");
            Assert.All(problem.GetProperty("errors").EnumerateArray(), error => Assert.Contains("loading", error.GetProperty("message").GetString()));
            Assert.True(clock.Elapsed < TimeSpan.FromSeconds(60));
            await Task.Delay(50);
        }

        Assert.Contains("lending", await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_service_without_domains_is_not_ready()
    {
        var folder = Directory.CreateTempSubdirectory();
        await using var server = await RunningServer.StartAsync(new ServerOptions { Ontologies = folder.FullName });
        await RunningServer.Problem(await server.Client.GetAsync("/health/ready"), HttpStatusCode.ServiceUnavailable, "not-ready");
        folder.Delete();
    }
}
