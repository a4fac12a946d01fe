namespace Reasoner.Storage;

/// <summary>Keeps the newest decisions in memory; they end with the process.</summary>
public sealed class MemoryDecisionStore(StorageOptions? options = null) : IDecisionStore
{
    private readonly BoundedMap<StoredDecision> _decisions = new((options ?? new()).KeptDecisions, (options ?? new()).KeptDecisionBytes);
    private readonly BoundedMap<KeptDecision> _keyed = new((options ?? new()).KeptIdempotencyKeys, (options ?? new()).KeptIdempotencyBytes);
    private readonly Lock _lock = new();

    /// <inheritdoc />
    public Task CheckAsync(CancellationToken cancellation) => Task.CompletedTask;

    /// <inheritdoc />
    public ValueTask<KeptDecision> AppendAsync(StoredDecision decision, IdempotencyKey? key, CancellationToken cancellation)
    {
        lock (_lock)
        {
            var scoped = key is null ? "" : Scoped(key.Domain, key.Key);
            if (key is not null && _keyed.TryGet(scoped, out var earlier)) return ValueTask.FromResult(earlier with { IsNew = false });
            var kept = new KeptDecision(decision, key?.Fingerprint, IsNew: true);
            _decisions.Add(decision.Id, decision, decision.Json.Length);
            if (key is not null) _keyed.Add(scoped, kept, decision.Json.Length);
            return ValueTask.FromResult(kept);
        }
    }

    /// <inheritdoc />
    public ValueTask<StoredDecision?> FindAsync(string id, CancellationToken cancellation) =>
        ValueTask.FromResult(_decisions.TryGet(id, out var decision) ? decision : null);

    /// <inheritdoc />
    public ValueTask<KeptDecision?> FindByKeyAsync(string domain, string key, CancellationToken cancellation) =>
        ValueTask.FromResult(_keyed.TryGet(Scoped(domain, key), out var earlier) ? earlier with { IsNew = false } : null);

    /// <inheritdoc />
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static string Scoped(string domain, string key) => $"{domain} {key}";
}
