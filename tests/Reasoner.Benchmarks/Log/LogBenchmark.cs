using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Reasoner.Decisions;
using Reasoner.Storage;
using Reasoner.Storage.Tests;

namespace Reasoner.Benchmarks;

/// <summary>Appends to the decision log, each durable before its caller goes on: records of the lending sample with full proof.</summary>
internal static class LogBenchmark
{
    private static readonly TimeSpan _warm = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan _measured = TimeSpan.FromSeconds(5);
    private static readonly int[] _callers = [1, 8, 64];

    public static IReadOnlyList<string> Run(BenchmarkOptions options) => RunAsync(options).GetAwaiter().GetResult();

    private static async Task<IReadOnlyList<string>> RunAsync(BenchmarkOptions options)
    {
        var record = Sample();
        var bytes = JsonSerializer.SerializeToUtf8Bytes(record, DecisionJson.Indented.DecisionRecord);
        var lines = new List<string>
        {
            string.Create(CultureInfo.InvariantCulture, $"A record has {bytes.Length:N0} bytes, {RecordBytes.Compress(bytes).Length:N0} as they are kept. Every decision has an idempotency key. Each figure is of {_measured.TotalSeconds:0} s; both databases write to {DiskOf(Path.GetTempPath())}."),
            "",
            "| store | callers | decisions/s | median ms | p99 ms |",
            "|---|---|---|---|---|",
        };
        var folder = Directory.CreateTempSubdirectory("reasoner-log-");
        try
        {
            if (options.Wants("sqlite"))
                foreach (var callers in _callers) lines.Add(await RowAsync("SQLite", Path.Combine(folder.FullName, $"{callers}.db"), callers, bytes));
            lines.AddRange(await PostgresAsync(options, bytes));
        }
        finally
        {
            folder.Delete(recursive: true);
        }

        return lines;
    }

    private static async Task<IReadOnlyList<string>> PostgresAsync(BenchmarkOptions options, byte[] bytes)
    {
        if (!options.Wants("postgres")) return [];
        if (PostgresServer.Binaries is null) return ["", "Not here, so not measured: PostgreSQL."];
        await using var server = await PostgresServer.StartAsync();
        var lines = new List<string>();
        foreach (var callers in _callers) lines.Add(await RowAsync("PostgreSQL, fsync on", await server.MakeDatabaseAsync(), callers, bytes));
        return lines;
    }

    private static async Task<string> RowAsync(string name, string address, int callers, byte[] bytes)
    {
        await using var log = StoreAddress.Parse(address).OpenLog();
        await log.CheckAsync(CancellationToken.None);
        await LoadAsync(log, callers, bytes, _warm);
        var started = Stopwatch.GetTimestamp();
        var times = await LoadAsync(log, callers, bytes, _measured);
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        Array.Sort(times);
        var verification = await log.VerifyAsync();
        if (!verification.IsWhole) throw new InvalidOperationException("The log is not whole.");
        return string.Create(
            CultureInfo.InvariantCulture,
            $"| {name} | {callers} | {times.Length / seconds:0} | {Results.Short(Statistics.Percentile(times, 50))} | {Results.Short(Statistics.Percentile(times, 99))} |");
    }

    /// <summary>Milliseconds of each append of so many callers that each wait for one before the next.</summary>
    private static async Task<double[]> LoadAsync(DecisionLog log, int callers, byte[] bytes, TimeSpan duration)
    {
        var started = Stopwatch.GetTimestamp();
        var times = await Task.WhenAll(Enumerable.Range(0, callers).Select(_ => Task.Run(async () =>
        {
            var own = new List<double>();
            while (Stopwatch.GetElapsedTime(started) < duration)
            {
                var id = "dec-" + Guid.CreateVersion7().ToString("N");
                var begun = Stopwatch.GetTimestamp();
                await log.AppendAsync(new StoredDecision(id, "lending", bytes), new IdempotencyKey("lending", id, "fingerprint"), CancellationToken.None);
                own.Add(Stopwatch.GetElapsedTime(begun).TotalMilliseconds);
            }

            return own;
        })));
        return [.. times.SelectMany(own => own)];
    }

    private static DecisionRecord Sample()
    {
        using var domain = Domain.Load(Path.Combine(Repository.Root, "ontologies", "lending", "domain.json"));
        return new DecisionPipeline(domain).Decide(CaseInput.OfJson(File.ReadAllBytes(domain.SampleCase!), "sample-case.json"), DecisionOptions.Default);
    }

    /// <summary>The file system that a folder is on.</summary>
    private static string DiskOf(string folder)
    {
        var drive = DriveInfo.GetDrives().Where(drive => folder.StartsWith(drive.Name, StringComparison.Ordinal)).MaxBy(drive => drive.Name.Length);
        return drive is null ? "the temporary folder" : $"the temporary folder, on {drive.DriveFormat}";
    }
}
