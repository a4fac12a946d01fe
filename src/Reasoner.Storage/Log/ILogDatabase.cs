namespace Reasoner.Storage;

/// <summary>What a database does for the log. Its failures are <see cref="StorageException"/>s.</summary>
internal interface ILogDatabase : IAsyncDisposable
{
    /// <summary>Brings the tables up to date, or only looks at them; once is enough.</summary>
    Task PrepareAsync(CancellationToken cancellation);

    /// <summary>
    /// Writes a group in one transaction that no other instance's comes into, and returns when it is on the disk. Decisions that
    /// are there already, by id or by key, are not written again.
    /// </summary>
    /// <returns>What became of each, in their order.</returns>
    Task<KeptDecision[]> AppendAsync(IReadOnlyList<PendingAppend> group, CancellationToken cancellation);

    /// <summary>The entry of an id.</summary>
    Task<LogEntry?> FindAsync(string id, CancellationToken cancellation);

    /// <summary>The entry of an idempotency key.</summary>
    Task<LogEntry?> FindByKeyAsync(string domain, string key, CancellationToken cancellation);

    /// <summary>The entries after a number, in their order, some at a time; none where it was the last.</summary>
    Task<IReadOnlyList<LogEntry>> ReadAsync(long after, int count, CancellationToken cancellation);

    /// <summary>What the database holds as the last entry.</summary>
    Task<LogHead> ReadHeadAsync(CancellationToken cancellation);
}
