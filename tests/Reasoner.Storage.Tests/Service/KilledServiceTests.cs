using System.Collections.Concurrent;
using System.Net;
using System.Text;
using System.Text.Json;

namespace Reasoner.Storage.Tests;

/// <summary>The service as it is run, killed at any moment: whatever was acknowledged is there, once, and the chain is whole.</summary>
[Collection(nameof(Databases))]
public class KilledServiceTests(Databases databases)
{
    private const int Rounds = 4;
    private const int Callers = 8;

    public static TheoryData<string> All => Databases.All;

    [Theory, MemberData(nameof(All))]
    public async Task What_a_killed_service_acknowledged_is_kept_once(string kind)
    {
        var database = await databases.MakeAsync(kind);
        var acknowledged = new ConcurrentDictionary<string, string>();
        for (var round = 0; round < Rounds; round++)
        {
            await using var service = await ServiceProcess.StartAsync(database.Address);
            using var stop = new CancellationTokenSource();
            var load = LoadAsync(service, round, acknowledged, stop.Token);
            await AwaitMoreAsync(acknowledged, 40 + 17 * round, load);
            service.Kill();
            await stop.CancelAsync();
            await load;
        }

        await RequireKeptAsync(database, acknowledged);
    }

    [PostgresFact]
    public async Task What_was_acknowledged_survives_the_end_of_PostgreSQL_and_the_service_goes_on_when_it_is_back()
    {
        await using var server = await PostgresServer.StartAsync();
        var database = new TestDatabase(Databases.Postgres, await server.MakeDatabaseAsync());
        var acknowledged = new ConcurrentDictionary<string, string>();
        await using var service = await ServiceProcess.StartAsync(database.Address);
        for (var round = 0; round < Rounds; round++)
        {
            using var stop = new CancellationTokenSource();
            var load = LoadAsync(service, round, acknowledged, stop.Token);
            await AwaitMoreAsync(acknowledged, 40 + 17 * round, load);
            server.Kill();
            using (var response = await service.DecideAsync($"while-away-{round}"))
            {
                Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
                Assert.NotNull(response.Headers.RetryAfter);
                Assert.Contains("urn:reasoner:problem:store-unavailable", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
            }

            Assert.Equal(HttpStatusCode.ServiceUnavailable, (await service.Client.GetAsync("/health/ready")).StatusCode);
            await server.StartAgainAsync();
            await AwaitMoreAsync(acknowledged, 20, load);
            await stop.CancelAsync();
            await load;
        }

        await RequireKeptAsync(database, acknowledged);
        Assert.DoesNotContain("not-asked-for", service.Output, StringComparison.Ordinal);
        Assert.Contains("does not", service.Output, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(All))]
    public async Task A_service_that_is_started_again_finds_replays_and_repeats_its_decisions(string kind)
    {
        var database = await databases.MakeAsync(kind);
        string first, id;
        await using (var service = await ServiceProcess.StartAsync(database.Address))
        {
            first = await (await service.DecideAsync("k")).Content.ReadAsStringAsync();
            id = IdOf(first);
        }

        await using (var service = await ServiceProcess.StartAsync(database.Address))
        {
            Assert.Equal(first, await service.Client.GetStringAsync($"/v1/decisions/{id}"));
            Assert.Equal(first, await (await service.DecideAsync("k")).Content.ReadAsStringAsync());
            var replay = await service.Client.PostAsync($"/v1/decisions/{id}/replay", null);
            Assert.True(JsonDocument.Parse(await replay.Content.ReadAsStringAsync()).RootElement.GetProperty("agrees").GetBoolean());
            using var another = new HttpRequestMessage(HttpMethod.Post, "/v1/domains/lending/decisions") { Content = new StringContent(ServiceProcess.SampleCase + " ", Encoding.UTF8, "application/json") };
            another.Headers.Add("Idempotency-Key", "k");
            Assert.Equal(HttpStatusCode.UnprocessableEntity, (await service.Client.SendAsync(another)).StatusCode);
        }

        var shown = await ServiceProcess.RunAsync("log", "show", id, "--store", database.Address);
        Assert.Equal((0, first), (shown.Status, shown.Output));
        var exported = await ServiceProcess.RunAsync("log", "export", "--store", database.Address);
        Assert.Equal(id, JsonDocument.Parse(exported.Output).RootElement.GetProperty("record").GetProperty("id").GetString());
    }

    [Theory, MemberData(nameof(All))]
    public async Task The_command_line_names_what_was_tampered_with(string kind)
    {
        var database = await databases.MakeAsync(kind);
        await using (var log = database.Open()) await log.FillAsync(5);
        var whole = await ServiceProcess.RunAsync("log", "verify", "--store", database.Address);
        Assert.Equal((0, ""), (whole.Status, whole.Error));
        Assert.StartsWith("whole: 5 entries\nhead: 5:", whole.Output, StringComparison.Ordinal);
        await database.TamperAsync("UPDATE decision_log SET domain = 'x' WHERE sequence = 3");
        var broken = await ServiceProcess.RunAsync("log", "verify", "--store", database.Address, "--format", "json");
        Assert.Equal(1, broken.Status);
        var fault = Assert.Single(JsonDocument.Parse(broken.Output).RootElement.GetProperty("faults").EnumerateArray());
        Assert.Equal((3, "d3"), (fault.GetProperty("sequence").GetInt64(), fault.GetProperty("id").GetString()));
    }

    [Theory]
    [InlineData("postgres://reasoner:s3cret@127.0.0.1:1/none")]
    [InlineData("Host=127.0.0.1;Port=1;Username=reasoner;Password=s3cret")]
    [InlineData("Host=127.0.0.1;Port=s3cret")]
    [InlineData("/no/such/folder/reasoner.db")]
    [InlineData("no-such-file.db")]
    [InlineData("memory")]
    public async Task A_store_that_cannot_be_read_is_one_line_without_secrets(string store)
    {
        var run = await ServiceProcess.RunAsync("log", "verify", "--store", store);
        Assert.Equal((2, ""), (run.Status, run.Output));
        Assert.StartsWith("error: ", run.Error, StringComparison.Ordinal);
        Assert.Equal(1, run.Error.Count(c => c == '\n'));
        Assert.DoesNotContain("s3cret", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_no_store_stops_the_service_from_starting()
    {
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, string.Concat(Enumerable.Repeat("this is no database\n", 500)));
        var run = await ServiceProcess.RunAsync("serve", "--urls", "http://127.0.0.1:0", "--store", file);
        File.Delete(file);
        Assert.Equal(2, run.Status);
        Assert.Contains($"error: {file} is damaged, or no SQLite database", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_service_without_its_database_lives_says_so_and_keeps_no_secret()
    {
        await using var service = await ServiceProcess.StartAsync("Host=127.0.0.1;Port=1;Username=reasoner;Password=s3cret", untilReady: false);
        while ((await service.DecideAsync("k")).StatusCode != HttpStatusCode.ServiceUnavailable) await Task.Delay(50);
        Assert.Contains("PostgreSQL at 127.0.0.1:1/reasoner does not answer", service.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", service.Output, StringComparison.Ordinal);
    }

    /// <summary>Callers that send one case after another, each with a key of its own, and note what is acknowledged.</summary>
    private static Task LoadAsync(ServiceProcess service, int round, ConcurrentDictionary<string, string> acknowledged, CancellationToken stop) =>
        Task.WhenAll(Enumerable.Range(0, Callers).Select(caller => Task.Run(async () =>
        {
            for (var i = 0; !stop.IsCancellationRequested; i++)
            {
                var key = $"r{round}-c{caller}-{i}";
                try
                {
                    using var response = await service.DecideAsync(key);
                    var text = await response.Content.ReadAsStringAsync();
                    if (response.IsSuccessStatusCode) acknowledged[key] = text;
                    else await Task.Delay(20);
                }
                catch (HttpRequestException)
                {
                    await Task.Delay(20);
                }
            }
        })));

    private static async Task AwaitMoreAsync(ConcurrentDictionary<string, string> acknowledged, int more, Task load)
    {
        var enough = acknowledged.Count + more;
        while (acknowledged.Count < enough)
        {
            if (load.IsCompleted) await load;
            await Task.Delay(5);
        }
    }

    private static async Task RequireKeptAsync(TestDatabase database, ConcurrentDictionary<string, string> acknowledged)
    {
        await using var log = database.Open();
        var verification = await log.VerifyAsync();
        Assert.Empty(verification.Faults);
        Assert.InRange(verification.Entries, acknowledged.Count, long.MaxValue);
        Assert.Equal(acknowledged.Count, acknowledged.Values.Select(IdOf).Distinct().Count());
        foreach (var (key, record) in acknowledged)
        {
            var kept = await log.FindByKeyAsync("lending", key, CancellationToken.None);
            Assert.NotNull(kept);
            Assert.Equal(record, Encoding.UTF8.GetString(kept.Decision.Json.Span));
        }

        var keys = new HashSet<string?>();
        await foreach (var entry in log.ReadAsync()) Assert.True(keys.Add(entry.IdempotencyKey), $"{entry.IdempotencyKey} was decided twice");
        var run = await ServiceProcess.RunAsync("log", "verify", "--store", database.Address);
        Assert.Equal(0, run.Status);
    }

    private static string IdOf(string record) => JsonDocument.Parse(record).RootElement.GetProperty("id").GetString()!;
}
