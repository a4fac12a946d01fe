using Reasoner.Storage;

namespace Reasoner.Server.Tests;

/// <summary>A store that keeps nothing: what tests of stores that misbehave start from.</summary>
internal abstract class EmptyStore : IDecisionStore
{
    public virtual Task CheckAsync(CancellationToken cancellation) => Task.CompletedTask;

    public virtual ValueTask<KeptDecision> AppendAsync(StoredDecision decision, IdempotencyKey? key, CancellationToken cancellation) =>
        ValueTask.FromResult(new KeptDecision(decision, key?.Fingerprint, IsNew: true));

    public virtual ValueTask<StoredDecision?> FindAsync(string id, CancellationToken cancellation) => ValueTask.FromResult<StoredDecision?>(null);

    public virtual ValueTask<KeptDecision?> FindByKeyAsync(string domain, string key, CancellationToken cancellation) => ValueTask.FromResult<KeptDecision?>(null);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
