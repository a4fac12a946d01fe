using Reasoner.Storage;

namespace Reasoner.Server;

/// <summary>What the operator of the service may choose. The defaults suit one machine.</summary>
public sealed record ServerOptions
{
    /// <summary>The folder of domains; null searches for <c>ontologies</c> from the current folder and the program's own folder upwards.</summary>
    public string? Ontologies { get; init; }

    /// <summary>Whether domains load when the service starts; otherwise each loads with the first request for it.</summary>
    public bool LoadAtStart { get; init; } = true;

    /// <summary>Decisions that compute at the same time.</summary>
    public int MaxConcurrentDecisions { get; init; } = Environment.ProcessorCount;

    /// <summary>Decisions that wait for their turn; one more is refused with 503.</summary>
    public int MaxWaitingDecisions { get; init; } = 1_000;

    /// <summary>Connections at the same time; one more is closed at once.</summary>
    public int MaxConnections { get; init; } = 1_000;

    /// <summary>Longest time for a request that is no batch, its body included.</summary>
    public TimeSpan RequestTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Longest time for a client to send its request's headers.</summary>
    public TimeSpan HeadersTimeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How long accepted requests may go on when the service stops.</summary>
    public TimeSpan ShutdownTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Most cases in a batch.</summary>
    public int BatchLines { get; init; } = 1_000_000;

    /// <summary>Largest batch, in bytes.</summary>
    public long BatchBytes { get; init; } = 1L << 30;

    /// <summary>Cases of one batch that are in work at the same time.</summary>
    public int BatchParallelism { get; init; } = Environment.ProcessorCount;

    /// <summary>Decisions that the in-memory store keeps; the oldest make room.</summary>
    public int KeptDecisions { get; init; } = 10_000;

    /// <summary>Bytes of decision records that the in-memory store keeps; the oldest make room.</summary>
    public long KeptDecisionBytes { get; init; } = 256L << 20;

    /// <summary>Idempotency keys that are remembered; the oldest make room.</summary>
    public int KeptIdempotencyKeys { get; init; } = 10_000;

    /// <summary>Bytes of decision records that idempotency keys keep; the oldest make room.</summary>
    public long KeptIdempotencyBytes { get; init; } = 64L << 20;

    /// <summary>The bounds of a store in memory.</summary>
    internal StorageOptions Kept => new()
    {
        KeptDecisions = KeptDecisions,
        KeptDecisionBytes = KeptDecisionBytes,
        KeptIdempotencyKeys = KeptIdempotencyKeys,
        KeptIdempotencyBytes = KeptIdempotencyBytes,
    };
}
