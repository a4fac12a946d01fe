namespace Reasoner.Storage;

/// <summary>Bounds of a store. The defaults suit one machine.</summary>
public sealed record StorageOptions
{
    /// <summary>Decisions that wait to be written; a caller with one more waits until there is room.</summary>
    public int WaitingDecisions { get; init; } = 1_024;

    /// <summary>Most decisions that are written in one transaction.</summary>
    public int GroupDecisions { get; init; } = 256;

    /// <summary>Most bytes that are written in one transaction, unless one decision alone has more.</summary>
    public long GroupBytes { get; init; } = 8 << 20;

    /// <summary>Longest time to connect, to wait for another writer, and for one statement.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Whether the store is only read: nothing is made or brought up to date.</summary>
    public bool ReadOnly { get; init; }

    /// <summary>Decisions that a store in memory keeps; the oldest make room.</summary>
    public int KeptDecisions { get; init; } = 10_000;

    /// <summary>Bytes of decision records that a store in memory keeps; the oldest make room.</summary>
    public long KeptDecisionBytes { get; init; } = 256L << 20;

    /// <summary>Idempotency keys that a store in memory remembers; the oldest make room.</summary>
    public int KeptIdempotencyKeys { get; init; } = 10_000;

    /// <summary>Bytes of decision records that idempotency keys keep in memory; the oldest make room.</summary>
    public long KeptIdempotencyBytes { get; init; } = 64L << 20;
}
