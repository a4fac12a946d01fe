using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace Reasoner.Storage.Tests;

/// <summary>What both databases promise.</summary>
[Collection(nameof(Databases))]
public class DecisionLogTests(Databases databases)
{
    private static readonly CancellationToken _none = CancellationToken.None;

    public static TheoryData<string> All => Databases.All;

    [PostgresFact]
    public async Task PostgreSQL_is_tested_too() => Assert.NotNull(await databases.PostgresAsync());

    [Theory, MemberData(nameof(All))]
    public async Task What_was_appended_is_found_byte_for_byte_also_by_another_process(string kind)
    {
        var database = await databases.MakeAsync(kind);
        await using (var log = database.Open())
        {
            var kept = await log.AppendAsync(Samples.Decision("a"), Samples.Key("k"), _none);
            Assert.True(kept.IsNew);
            Assert.Equal(Samples.Decision("a").Text(), (await log.FindAsync("a", _none))!.Text());
            Assert.Null(await log.FindAsync("b", _none));
        }

        await using var again = database.Open();
        Assert.Equal(Samples.Decision("a").Text(), (await again.FindAsync("a", _none))!.Text());
        var byKey = await again.FindByKeyAsync("lending", "k", _none);
        Assert.Equal(("a", "f", false), (byKey!.Decision.Id, byKey.Fingerprint, byKey.IsNew));
        Assert.Null(await again.FindByKeyAsync("cards", "k", _none));
        Assert.Null(await again.FindByKeyAsync("lending", "K", _none));
    }

    [Theory, MemberData(nameof(All))]
    public async Task A_key_keeps_its_first_decision(string kind)
    {
        var database = await databases.MakeAsync(kind);
        await using var log = database.Open();
        await log.AppendAsync(Samples.Decision("a"), Samples.Key("k", "first"), _none);
        var second = await log.AppendAsync(Samples.Decision("b"), Samples.Key("k", "second"), _none);
        Assert.Equal(("a", "first", false), (second.Decision.Id, second.Fingerprint, second.IsNew));
        Assert.Null(await log.FindAsync("b", _none));
        Assert.True((await log.AppendAsync(Samples.Decision("c", "cards"), Samples.Key("k", "third", "cards"), _none)).IsNew);
        Assert.Equal(2, (await log.VerifyAsync()).Entries);
    }

    [Theory, MemberData(nameof(All))]
    public async Task The_same_decision_again_is_kept_once_and_another_of_its_id_is_refused(string kind)
    {
        var database = await databases.MakeAsync(kind);
        await using var log = database.Open();
        await log.AppendAsync(Samples.Decision("a"), null, _none);
        Assert.False((await log.AppendAsync(Samples.Decision("a"), null, _none)).IsNew);
        await Assert.ThrowsAsync<InvalidOperationException>(() => log.AppendAsync(Samples.Decision("b") with { Id = "a" }, null, _none).AsTask());
        Assert.Equal(1, (await log.HeadAsync(_none)).Sequence);
    }

    [Theory, MemberData(nameof(All))]
    public async Task Several_instances_write_one_chain_and_decide_a_key_once(string kind)
    {
        var database = await databases.MakeAsync(kind);
        await using var first = database.Open();
        await using var second = database.Open(new StorageOptions { WaitingDecisions = 4, GroupDecisions = 3 });
        var kept = new ConcurrentBag<(string Id, KeptDecision Kept)>();
        await Parallel.ForAsync(0, 400, new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (i, _) =>
        {
            var key = i % 4 == 0 ? Samples.Key($"k{i / 16}") : null;
            kept.Add(($"d{i}", await (i % 2 == 0 ? first : second).AppendAsync(Samples.Decision($"d{i}"), key, _none)));
        });

        var verification = await first.VerifyAsync();
        Assert.Empty(verification.Faults);
        Assert.Equal(300 + 25, verification.Entries);
        Assert.Equal(verification.Entries, kept.Count(pair => pair.Kept.IsNew));
        foreach (var (id, decision) in kept)
        {
            Assert.Equal(decision.IsNew, await second.FindAsync(id, _none) is not null);
            Assert.NotNull(await first.FindAsync(decision.Decision.Id, _none));
        }
    }

    [Theory, MemberData(nameof(All))]
    public async Task Instances_that_start_together_make_the_tables_once(string kind)
    {
        var database = await databases.MakeAsync(kind);
        var logs = Enumerable.Range(0, 6).Select(_ => database.Open()).ToList();
        await Task.WhenAll(logs.Select(log => Task.Run(() => log.CheckAsync(_none))));
        await Task.WhenAll(logs.Select((log, i) => log.AppendAsync(Samples.Decision($"d{i}"), null, _none).AsTask()));
        Assert.Equal(6, (await logs[0].VerifyAsync()).Entries);
        foreach (var log in logs) await log.DisposeAsync();
    }

    [Theory, MemberData(nameof(All))]
    public async Task A_cancelled_append_ends_at_once_and_leaves_the_log_whole(string kind)
    {
        var database = await databases.MakeAsync(kind);
        await using var log = database.Open(new StorageOptions { WaitingDecisions = 1, GroupDecisions = 1 });
        using var cancellation = new CancellationTokenSource();
        var appends = Enumerable.Range(0, 50).Select(i => log.AppendAsync(Samples.Decision($"d{i}"), null, cancellation.Token).AsTask()).ToList();
        await cancellation.CancelAsync();
        var done = 0;
        foreach (var append in appends)
        {
            await ((Task)append).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
            Assert.True(append.IsCompletedSuccessfully || append.IsCanceled);
            if (append.IsCompletedSuccessfully) done++;
        }

        await log.AppendAsync(Samples.Decision("last"), null, _none);
        var verification = await log.VerifyAsync();
        Assert.True(verification.IsWhole);
        Assert.InRange(verification.Entries, done + 1, 51);
    }

    [Theory, MemberData(nameof(All))]
    public async Task A_log_that_is_read_only_is_not_written_to_and_not_made(string kind)
    {
        var database = await databases.MakeAsync(kind);
        var options = new StorageOptions { ReadOnly = true };
        await using (var absent = database.Open(options))
            Assert.Equal(StorageProblem.Address, (await Assert.ThrowsAsync<StorageException>(() => absent.HeadAsync(_none))).Problem);
        await using (var log = database.Open()) await log.FillAsync(2);
        await using var reader = database.Open(options);
        Assert.Equal(2, (await reader.VerifyAsync()).Entries);
        Assert.Equal(StorageProblem.ReadOnly, (await Assert.ThrowsAsync<StorageException>(() => reader.AppendAsync(Samples.Decision("x"), null, _none).AsTask())).Problem);
    }

    [Theory, MemberData(nameof(All))]
    public async Task Tables_of_a_newer_program_are_refused(string kind)
    {
        var database = await databases.MakeAsync(kind);
        await using (var log = database.Open()) await log.FillAsync(1);
        await database.TamperAsync(kind == Databases.Sqlite ? "PRAGMA user_version = 1000" : "INSERT INTO reasoner_schema (version) VALUES (1000)");
        await using var old = database.Open();
        var problem = await Assert.ThrowsAsync<StorageException>(() => old.AppendAsync(Samples.Decision("x"), null, _none).AsTask());
        Assert.Equal(StorageProblem.NewerSchema, problem.Problem);
        Assert.Contains("1000", problem.Message, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(All))]
    public async Task The_tables_themselves_refuse_changes(string kind)
    {
        var database = await databases.MakeAsync(kind);
        await using var log = database.Open();
        await log.FillAsync(2);
        foreach (var statement in (string[])["DELETE FROM decision_log", "UPDATE decision_log SET domain = 'x'"])
        {
            if (kind == Databases.Postgres)
            {
                await Assert.ThrowsAsync<Npgsql.PostgresException>(() => PostgresServer.ExecuteOnAsync(database.Address, statement));
                continue;
            }

            await using var connection = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={database.Address};Pooling=false");
            await connection.OpenAsync();
            await using var command = connection.CreateCommand();
            command.CommandText = statement;
            Assert.Throws<Microsoft.Data.Sqlite.SqliteException>(() => command.ExecuteNonQuery());
        }
    }

    [Fact]
    public void The_hash_of_an_entry_is_that_of_its_canonical_bytes()
    {
        var entry = new LogEntry(1, 2, "decision", "a", "b", null, null, default, new byte[32], new byte[32], default);
        byte[] bytes =
        [
            .. "reasoner-log-1\n"u8, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 2,
            1, 0, 0, 0, 8, .. "decision"u8, 1, 0, 0, 0, 1, .. "a"u8, 1, 0, 0, 0, 1, .. "b"u8, 0, 0, .. new byte[64],
        ];
        Assert.Equal(SHA256.HashData(bytes), entry.ComputeHash());
    }
}
