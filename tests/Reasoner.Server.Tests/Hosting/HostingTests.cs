using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.Logging;
using Reasoner.Storage;

namespace Reasoner.Server.Tests;

public class HostingTests
{
    [Fact]
    public async Task Stopping_finishes_accepted_requests()
    {
        var store = new SlowStore();
        await using var server = await RunningServer.StartAsync(store: store);
        var deciding = server.Decide(RunningServer.SampleCase);
        await store.Entered.Task;
        var stopping = server.App.StopAsync();
        await Task.Delay(200);
        Assert.False(stopping.IsCompleted);
        store.Go.SetResult();
        Assert.Equal(HttpStatusCode.OK, (await deciding).StatusCode);
        await stopping;
        await Assert.ThrowsAsync<HttpRequestException>(() => server.Client.GetAsync("/health/live"));
    }

    [Fact]
    public async Task A_request_that_takes_too_long_is_504()
    {
        await using var server = await RunningServer.StartAsync(RunningServer.Options with { RequestTimeout = TimeSpan.FromMilliseconds(300) }, new SlowStore());
        while (!(await server.Client.GetAsync("/health/ready")).IsSuccessStatusCode) await Task.Delay(50);
        await RunningServer.Problem(await server.Decide(RunningServer.SampleCase), HttpStatusCode.GatewayTimeout, "timed-out");
        Assert.Equal(HttpStatusCode.OK, (await server.Client.GetAsync("/health/live")).StatusCode);
    }

    [Fact]
    public async Task An_unexpected_failure_is_500_and_logged_once_under_its_correlation_id()
    {
        using var log = new RecordingLog();
        await using var server = await RunningServer.StartAsync(store: new BrokenStore(), log: log);
        var problem = await RunningServer.Problem(await server.Decide(RunningServer.SampleCase), HttpStatusCode.InternalServerError, "unexpected");
        var correlationId = problem.GetProperty("correlationId").GetString()!;
        Assert.Single(log.Lines, line => line.Contains(correlationId, StringComparison.Ordinal));
        Assert.DoesNotContain("the disk is gone", problem.ToString());
    }

    [Fact]
    public async Task Logs_hold_nothing_of_a_case()
    {
        using var log = new RecordingLog();
        await using var server = await RunningServer.StartAsync(log: log);
        await server.Decide(RunningServer.SampleCase.Replace("urn:case:sample", "urn:case:confidential", StringComparison.Ordinal));
        await server.Decide("{ \"confidential\": 1 }");
        await server.Decide("confidential");
        Assert.Contains(log.Lines, line => line.StartsWith("Decided dec-", StringComparison.Ordinal));
        Assert.DoesNotContain(log.Lines, line => line.Contains("confidential", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_decision_beyond_those_that_may_wait_is_503()
    {
        await using var server = await RunningServer.StartAsync(RunningServer.Options with { MaxConcurrentDecisions = 1, MaxWaitingDecisions = 0 });
        await server.Decide(RunningServer.SampleCase);
        var responses = await Task.WhenAll(Enumerable.Range(0, 64).Select(_ => server.Decide(RunningServer.SampleCase)));
        var refused = responses.Where(response => !response.IsSuccessStatusCode).ToList();
        Assert.NotEmpty(refused);
        Assert.NotEqual(responses.Length, refused.Count);
        foreach (var response in refused)
        {
            await RunningServer.Problem(response, HttpStatusCode.ServiceUnavailable, "busy");
            Assert.NotNull(response.Headers.RetryAfter);
        }
    }

    [Fact]
    public async Task A_decision_that_reaches_its_domains_limit_is_422()
    {
        using var folder = new DomainsFolder();
        var manifest = folder.Lending("domain.json");
        File.WriteAllText(manifest, File.ReadAllText(manifest).Replace("\"prefixes\"", "\"limits\": { \"derivedFacts\": 1 }, \"prefixes\"", StringComparison.Ordinal));
        await using var server = await RunningServer.StartAsync(RunningServer.Options with { Ontologies = folder.Ontologies });
        await RunningServer.Problem(await server.Decide(RunningServer.SampleCase), HttpStatusCode.UnprocessableEntity, "limit-reached");
    }

    [Fact]
    public async Task The_oldest_decisions_make_room()
    {
        await using var server = await RunningServer.StartAsync(RunningServer.Options with { KeptDecisions = 2 });
        var locations = new List<Uri>();
        for (var i = 0; i < 3; i++) locations.Add((await server.Decide(RunningServer.SampleCase, "?explain=none")).Headers.Location!);
        await RunningServer.Problem(await server.Client.GetAsync(locations[0]), HttpStatusCode.NotFound, "unknown-decision");
        Assert.Equal(HttpStatusCode.OK, (await server.Client.GetAsync(locations[1])).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await server.Client.GetAsync(locations[2])).StatusCode);
    }

    [Fact]
    public async Task A_client_that_never_sends_its_headers_is_let_go()
    {
        await using var server = await RunningServer.StartAsync(RunningServer.Options with { HeadersTimeout = TimeSpan.FromMilliseconds(300) });
        using var client = new TcpClient();
        await client.ConnectAsync(server.Client.BaseAddress!.Host, server.Client.BaseAddress.Port);
        await client.GetStream().WriteAsync("GET / HT"u8.ToArray());
        var buffer = new byte[1000];
        var read = await client.GetStream().ReadAsync(buffer).AsTask().WaitAsync(TimeSpan.FromSeconds(20));
        Assert.True(read == 0 || Encoding.ASCII.GetString(buffer, 0, read).StartsWith("HTTP/1.1 408", StringComparison.Ordinal));
    }

    private sealed class SlowStore : EmptyStore
    {
        public TaskCompletionSource Entered { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource Go { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public override async ValueTask<KeptDecision> AppendAsync(StoredDecision decision, IdempotencyKey? key, CancellationToken cancellation)
        {
            Entered.TrySetResult();
            await Go.Task.WaitAsync(cancellation);
            return new KeptDecision(decision, key?.Fingerprint, IsNew: true);
        }
    }

    private sealed class BrokenStore : EmptyStore
    {
        public override ValueTask<KeptDecision> AppendAsync(StoredDecision decision, IdempotencyKey? key, CancellationToken cancellation) => throw new IOException("the disk is gone");

        public override ValueTask<StoredDecision?> FindAsync(string id, CancellationToken cancellation) => throw new IOException("the disk is gone");
    }

    private sealed class RecordingLog : ILoggerProvider, ILogger
    {
        private readonly ConcurrentQueue<string> _lines = new();

        public IReadOnlyList<string> Lines => [.. _lines];

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            _lines.Enqueue(formatter(state, exception));

        public void Dispose()
        {
        }
    }
}
