using System.Net;
using System.Text.Json;

namespace Reasoner.Server.Tests;

[Collection(nameof(SharedServer))]
public class DomainTests(SharedServer shared)
{
    private readonly RunningServer _server = shared.Server;

    [Fact]
    public async Task Domains_are_listed()
    {
        await _server.Decide(RunningServer.SampleCase);
        var domains = JsonDocument.Parse(await _server.Client.GetStringAsync("/v1/domains")).RootElement.GetProperty("domains");
        var lending = Assert.Single(domains.EnumerateArray(), domain => domain.GetProperty("name").GetString() == "lending");
        Assert.Equal("Consumer lending", lending.GetProperty("title").GetString());
        Assert.Equal("loaded", lending.GetProperty("state").GetString());
    }

    [Fact]
    public async Task A_domain_describes_itself()
    {
        var domain = JsonDocument.Parse(await _server.Client.GetStringAsync("/v1/domains/lending")).RootElement;
        Assert.Equal("Consumer lending", domain.GetProperty("title").GetString());
        Assert.Equal("urn:reasoner:lending#CreditApplication", domain.GetProperty("subjectClass").GetString());
        Assert.Equal(3, domain.GetProperty("answers").GetArrayLength());
        Assert.Equal(64, domain.GetProperty("versions").GetProperty("rules").GetString()!.Length);
        Assert.Equal(1_000_000, domain.GetProperty("limits").GetProperty("caseBytes").GetInt32());
        Assert.Contains(domain.GetProperty("features").EnumerateArray(), feature => feature.GetProperty("name").GetString() == "burden" && feature.GetProperty("kind").GetString() == "numeric");
        Assert.Equal(domain.GetProperty("features").GetArrayLength(), domain.GetProperty("model").GetProperty("features").GetArrayLength());
    }

    [Fact]
    public async Task A_domain_that_does_not_load_is_503_and_the_others_go_on()
    {
        using var folder = new DomainsFolder();
        folder.Break("broken");
        await using var server = await RunningServer.StartAsync(RunningServer.Options with { Ontologies = folder.Ontologies, LoadAtStart = false });
        var domains = JsonDocument.Parse(await server.Client.GetStringAsync("/v1/domains")).RootElement.GetProperty("domains");
        Assert.All(domains.EnumerateArray(), domain => Assert.Equal("not-loaded", domain.GetProperty("state").GetString()));

        var problem = await RunningServer.Problem(await server.Decide("{}", domain: "broken"), HttpStatusCode.ServiceUnavailable, "domain-unavailable");
        Assert.NotEmpty(problem.GetProperty("errors").EnumerateArray());
        Assert.DoesNotContain(folder.Ontologies, problem.ToString());
        Assert.Equal(HttpStatusCode.OK, (await server.Decide(RunningServer.SampleCase)).StatusCode);

        domains = JsonDocument.Parse(await server.Client.GetStringAsync("/v1/domains")).RootElement.GetProperty("domains");
        Assert.Equal(["broken failed", "lending loaded"], domains.EnumerateArray().Select(domain => $"{domain.GetProperty("name")} {domain.GetProperty("state")}"));
        Assert.NotEmpty(domains[0].GetProperty("problems").EnumerateArray());

        var ready = await RunningServer.Problem(await server.Client.GetAsync("/health/ready"), HttpStatusCode.ServiceUnavailable, "not-ready");
        Assert.Contains(ready.GetProperty("errors").EnumerateArray(), error => error.GetProperty("about").GetString() == "broken");
        Assert.Equal(HttpStatusCode.OK, (await server.Client.GetAsync("/health/live")).StatusCode);
    }
}

/// <summary>A copy of the shipped domains that a test may break.</summary>
internal sealed class DomainsFolder : IDisposable
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("reasoner-domains-");

    public DomainsFolder()
    {
        foreach (var folder in (string[])["ontologies", "rules"])
            foreach (var file in Directory.EnumerateFiles(Path.Combine(RunningServer.Repository, folder), "*", SearchOption.AllDirectories))
            {
                var relative = Path.GetRelativePath(RunningServer.Repository, file);
                if (folder == "ontologies" && relative.Split(Path.DirectorySeparatorChar) is [_, var domain, _, ..] && domain != "lending") continue;
                var copy = Path.Combine(_root.FullName, relative);
                Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
                File.Copy(file, copy);
            }
    }

    public string Ontologies => Path.Combine(_root.FullName, "ontologies");

    public string Lending(string file) => Path.Combine(Ontologies, "lending", file);

    public void Break(string name)
    {
        Directory.CreateDirectory(Path.Combine(Ontologies, name));
        File.WriteAllText(Path.Combine(Ontologies, name, "domain.json"), "{ \"name\": \"broken\", }");
    }

    public void Dispose() => _root.Delete(recursive: true);
}
