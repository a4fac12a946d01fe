using System.Runtime.CompilerServices;

namespace Reasoner.Storage;

/// <summary>
/// The decision log: decisions as a chain of entries in a database, which only grows. Several processes may share one database
/// and still write one chain.
/// </summary>
public sealed class DecisionLog : IDecisionStore
{
    private const int PageEntries = 256;
    private readonly ILogDatabase _database;
    private readonly GroupWriter? _writer;

    internal DecisionLog(ILogDatabase database, StorageOptions options)
    {
        _database = database;
        _writer = options.ReadOnly ? null : new GroupWriter(database, options);
    }

    /// <summary>A log in a SQLite file, which is made where it is missing.</summary>
    public static DecisionLog OpenSqlite(string path, StorageOptions? options = null) =>
        new(new SqliteLogDatabase(path, options ?? new()), options ?? new());

    /// <summary>A log in a PostgreSQL database, whose tables are made where they are missing.</summary>
    /// <exception cref="StorageException">The connection string is not understood.</exception>
    public static DecisionLog OpenPostgres(string connectionString, StorageOptions? options = null) =>
        new(new PostgresLogDatabase(connectionString, options ?? new()), options ?? new());

    /// <inheritdoc />
    public async Task CheckAsync(CancellationToken cancellation) => await HeadAsync(cancellation);

    /// <inheritdoc />
    public async ValueTask<KeptDecision> AppendAsync(StoredDecision decision, IdempotencyKey? key, CancellationToken cancellation)
    {
        if (_writer is null) throw new StorageException(StorageProblem.ReadOnly, "The decision log was opened to be read only.");
        if (key is not null && key.Domain != decision.Domain) throw new ArgumentException("The key belongs to another domain than the decision.", nameof(key));
        var kept = await _writer.AppendAsync(new PendingAppend(decision, key), cancellation);
        return kept.IsNew || key is not null || kept.Decision.Json.Span.SequenceEqual(decision.Json.Span)
            ? kept
            : throw new InvalidOperationException($"Two decisions have the id {decision.Id}.");
    }

    /// <inheritdoc />
    public async ValueTask<StoredDecision?> FindAsync(string id, CancellationToken cancellation)
    {
        await _database.PrepareAsync(cancellation);
        return (await _database.FindAsync(id, cancellation))?.ToKept().Decision;
    }

    /// <inheritdoc />
    public async ValueTask<KeptDecision?> FindByKeyAsync(string domain, string key, CancellationToken cancellation)
    {
        await _database.PrepareAsync(cancellation);
        return (await _database.FindByKeyAsync(domain, key, cancellation))?.ToKept();
    }

    /// <summary>What the log holds as its last entry.</summary>
    /// <exception cref="StorageException">The log cannot be read now.</exception>
    public async Task<LogHead> HeadAsync(CancellationToken cancellation)
    {
        await _database.PrepareAsync(cancellation);
        return await _database.ReadHeadAsync(cancellation);
    }

    /// <summary>The entries after a number, in their order.</summary>
    /// <exception cref="StorageException">The log cannot be read now.</exception>
    public async IAsyncEnumerable<LogEntry> ReadAsync(long after = 0, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        await _database.PrepareAsync(cancellation);
        while (await _database.ReadAsync(after, PageEntries, cancellation) is { Count: > 0 } page)
        {
            foreach (var entry in page) yield return entry;
            after = page[^1].Sequence;
        }
    }

    /// <summary>Checks every entry, and that none is missing.</summary>
    /// <param name="checkpoints">Heads from earlier, which the log must still hold.</param>
    /// <param name="cancellation">Stops the check.</param>
    /// <exception cref="StorageException">The log cannot be read now.</exception>
    public async Task<LogVerification> VerifyAsync(IReadOnlyCollection<LogHead>? checkpoints = null, CancellationToken cancellation = default)
    {
        var check = new ChainCheck(checkpoints ?? []);
        while (true)
        {
            await foreach (var entry in ReadAsync(check.Last.Sequence, cancellation)) check.Take(entry);
            // An entry and the head that counts it become visible together. So a head beyond the last entry read means that
            // there are more by now, or that they are missing.
            var head = await _database.ReadHeadAsync(cancellation);
            if (head.Sequence <= check.Last.Sequence || (await _database.ReadAsync(check.Last.Sequence, 1, cancellation)).Count == 0)
                return check.End(head);
        }
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        if (_writer is not null) await _writer.DisposeAsync();
        await _database.DisposeAsync();
    }
}
