using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;
using Reasoner.Storage;

namespace Reasoner.Server.Tests;

/// <summary>The service on a free port of this machine.</summary>
public sealed class RunningServer : IAsyncDisposable
{
    private RunningServer(WebApplication app)
    {
        App = app;
        Client = new HttpClient { BaseAddress = new Uri(app.Urls.Single()), Timeout = TimeSpan.FromSeconds(60) };
    }

    public WebApplication App { get; }

    public HttpClient Client { get; }

    public static string Repository { get; } = FindRepository();

    public static string SampleCase { get; } = File.ReadAllText(Path.Combine(Repository, "ontologies", "lending", "sample-case.json"));

    public static ServerOptions Options { get; } = new() { Ontologies = Path.Combine(Repository, "ontologies") };

    public static async Task<RunningServer> StartAsync(ServerOptions? options = null, IDecisionStore? store = null, ILoggerProvider? log = null)
    {
        var app = ReasonerServer.Build(options ?? Options, ["--urls", "http://127.0.0.1:0", "--environment", "Production", "--Logging:Console:LogLevel:Default", "Warning"], store);
        if (log is not null) ((ILoggerFactory)app.Services.GetService(typeof(ILoggerFactory))!).AddProvider(log);
        await app.StartAsync();
        return new RunningServer(app);
    }

    public Task<HttpResponseMessage> Decide(string body, string query = "", string mediaType = "application/json", string domain = "lending") =>
        Client.PostAsync($"/v1/domains/{domain}/decisions{query}", Content(body, mediaType));

    public static StringContent Content(string body, string mediaType = "application/json") => new(body, Encoding.UTF8, mediaType);

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await App.DisposeAsync();
    }

    /// <summary>The problem of a refused request, after checks of what every problem promises.</summary>
    public static async Task<JsonElement> Problem(HttpResponseMessage response, HttpStatusCode status, string kind)
    {
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(status == response.StatusCode, $"{response.StatusCode}: {text}");
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        Assert.DoesNotContain("   at ", text);
        var problem = JsonDocument.Parse(text).RootElement;
        Assert.Equal("urn:reasoner:problem:" + kind, problem.GetProperty("type").GetString());
        Assert.Equal((int)status, problem.GetProperty("status").GetInt32());
        Assert.NotEmpty(problem.GetProperty("title").GetString()!);
        Assert.NotEmpty(problem.GetProperty("detail").GetString()!);
        Assert.Equal(JsonValueKind.Array, problem.GetProperty("errors").ValueKind);
        return problem;
    }

    private static string FindRepository()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!Directory.Exists(Path.Combine(folder.FullName, "ontologies"))) folder = folder.Parent!;
        return folder.FullName;
    }
}

/// <summary>One service for all tests that leave it as it is.</summary>
public sealed class SharedServer : IAsyncLifetime
{
    public RunningServer Server { get; private set; } = null!;

    public async Task InitializeAsync() => Server = await RunningServer.StartAsync();

    public async Task DisposeAsync() => await Server.DisposeAsync();
}

[CollectionDefinition(nameof(SharedServer))]
public sealed class SharedServerCollection : ICollectionFixture<SharedServer>;
