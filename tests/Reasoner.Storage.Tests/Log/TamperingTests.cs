namespace Reasoner.Storage.Tests;

/// <summary>Whatever is done to a log past the store is found, and the entry is named.</summary>
[Collection(nameof(Databases))]
public class TamperingTests(Databases databases)
{
    private const int Entries = 8;

    public static TheoryData<string, string> Columns => Combine(
        "time_us = time_us + 1",
        "kind = 'other'",
        "id = 'other'",
        "domain = 'other'",
        "idempotency_key = 'other'",
        "idempotency_key = NULL",
        "fingerprint = 'other'",
        "record = (SELECT record FROM decision_log AS o WHERE o.sequence = 5)",
        "record = digest",
        "digest = hash",
        "previous = digest",
        "hash = digest",
        "sequence = 1000");

    public static TheoryData<string> All => Databases.All;

    [Theory, MemberData(nameof(Columns))]
    public async Task A_changed_column_is_found(string kind, string change)
    {
        var database = await FilledAsync(kind);
        await database.TamperAsync($"UPDATE decision_log SET {change} WHERE sequence = 4");
        await using var log = database.Open(new StorageOptions { ReadOnly = true });
        var faults = (await log.VerifyAsync()).Faults;
        Assert.Contains(faults, fault => fault.Sequence == 4);
        Assert.All(faults, fault => Assert.Contains(fault.Sequence, new long[] { 4, 5, 8, 9, 1000 }));
    }

    [Theory, MemberData(nameof(All))]
    public async Task A_record_that_is_replaced_with_all_its_hashes_breaks_the_chain_after_it(string kind)
    {
        var database = await FilledAsync(kind);
        LogEntry forged;
        await using (var log = database.Open())
        {
            var entry = await log.ReadAsync().Skip(3).FirstAsync();
            var append = new PendingAppend(Samples.Decision("forged"), null);
            forged = entry with { Record = append.Record, Digest = append.Digest };
            forged = forged with { Hash = forged.ComputeHash() };
        }

        await database.TamperAsync($"UPDATE decision_log SET record = {Blob(kind, forged.Record)}, digest = {Blob(kind, forged.Digest)}, hash = {Blob(kind, forged.Hash)} WHERE sequence = 4");
        await using var reader = database.Open();
        var fault = Assert.Single((await reader.VerifyAsync()).Faults);
        Assert.Equal((5, "d5"), (fault.Sequence, fault.Id));
        Assert.Contains("does not follow from entry 4", fault.Problem, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(All))]
    public async Task A_removed_entry_is_missed_at_the_start_within_and_at_the_end(string kind)
    {
        foreach (var (statement, missing) in ((string, long)[])[("sequence = 1", 1), ("sequence = 4", 4), ("sequence IN (4, 5)", 4), ("sequence = 8", 8), ("sequence > 0", 1)])
            await RemovedAsync(statement, missing);

        async Task RemovedAsync(string where, long missing)
        {
            var database = await FilledAsync(kind);
            await database.TamperAsync($"DELETE FROM decision_log WHERE {where}");
            await using var log = database.Open();
            var fault = Assert.Single((await log.VerifyAsync()).Faults);
            Assert.Equal(missing, fault.Sequence);
            Assert.Contains("missing", fault.Problem, StringComparison.Ordinal);
        }
    }

    [Theory, MemberData(nameof(All))]
    public async Task Exchanged_entries_are_found(string kind)
    {
        var database = await FilledAsync(kind);
        await database.TamperAsync(
            "UPDATE decision_log SET sequence = -1 WHERE sequence = 4",
            "UPDATE decision_log SET sequence = 4 WHERE sequence = 5",
            "UPDATE decision_log SET sequence = 5 WHERE sequence = -1");
        await using var log = database.Open();
        var faults = (await log.VerifyAsync()).Faults;
        Assert.Contains(faults, fault => (fault.Sequence, fault.Id) == (4, "d5"));
        Assert.Contains(faults, fault => (fault.Sequence, fault.Id) == (5, "d4"));
    }

    [Theory, MemberData(nameof(All))]
    public async Task A_tail_that_is_cut_with_the_head_is_found_by_a_checkpoint(string kind)
    {
        var database = await FilledAsync(kind);
        LogHead checkpoint;
        await using (var log = database.Open()) checkpoint = await log.HeadAsync(CancellationToken.None);
        await database.TamperAsync(
            "DELETE FROM decision_log WHERE sequence > 5",
            "UPDATE decision_log_head SET sequence = 5, hash = (SELECT hash FROM decision_log WHERE sequence = 5)");
        await using var cut = database.Open();
        Assert.True((await cut.VerifyAsync()).IsWhole);
        var fault = Assert.Single((await cut.VerifyAsync([LogHead.Parse(checkpoint.ToString())])).Faults);
        Assert.Equal(8, fault.Sequence);

        // Written on, the log is as long as it was and still another.
        await cut.AppendAsync(Samples.Decision("n1"), null, CancellationToken.None);
        for (var i = 2; i < 4; i++) await cut.AppendAsync(Samples.Decision($"n{i}"), null, CancellationToken.None);
        Assert.Equal((8, "n3"), Assert.Single((await cut.VerifyAsync([checkpoint])).Faults) is var other ? (other.Sequence, other.Id) : default);
    }

    [Theory, MemberData(nameof(All))]
    public async Task A_changed_head_is_found(string kind)
    {
        foreach (var change in (string[])["sequence = 5", "sequence = 9", "hash = (SELECT digest FROM decision_log WHERE sequence = 1)"])
        {
            var database = await FilledAsync(kind);
            await database.TamperAsync($"UPDATE decision_log_head SET {change}");
            await using var log = database.Open();
            Assert.Single((await log.VerifyAsync()).Faults);
        }
    }

    private async Task<TestDatabase> FilledAsync(string kind)
    {
        var database = await databases.MakeAsync(kind);
        await using var log = database.Open();
        await log.FillAsync(Entries);
        Assert.True((await log.VerifyAsync()).IsWhole);
        return database;
    }

    private static string Blob(string kind, ReadOnlyMemory<byte> bytes)
    {
        var hex = Convert.ToHexString(bytes.Span);
        return kind == Databases.Sqlite ? $"X'{hex}'" : $"'\\x{hex}'";
    }

    private static TheoryData<string, string> Combine(params string[] changes)
    {
        var data = new TheoryData<string, string>();
        foreach (var kind in PostgresServer.Binaries is null ? new[] { Databases.Sqlite } : [Databases.Sqlite, Databases.Postgres])
            foreach (var change in changes) data.Add(kind, change);
        return data;
    }
}
