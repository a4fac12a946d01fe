namespace Reasoner.Storage;

/// <summary>Where decisions are kept. Safe for any number of threads.</summary>
public interface IDecisionStore : IAsyncDisposable
{
    /// <summary>
    /// Makes sure that the store can be used, and makes what it lacks, such as its tables. Other members do so themselves; this
    /// says it early.
    /// </summary>
    /// <exception cref="StorageException">It cannot be used.</exception>
    Task CheckAsync(CancellationToken cancellation);

    /// <summary>
    /// Keeps a decision, together with the idempotency key that led to it. When the task has completed, the decision is kept for
    /// good, as far as the store keeps anything for good. A cancelled or failed task leaves open whether it is kept.
    /// </summary>
    /// <returns>The decision, or the earlier one that the key led to.</returns>
    /// <exception cref="StorageException">It cannot be kept now.</exception>
    ValueTask<KeptDecision> AppendAsync(StoredDecision decision, IdempotencyKey? key, CancellationToken cancellation);

    /// <summary>Finds a decision; null where there is none of that id, or none any more.</summary>
    /// <exception cref="StorageException">The store cannot be read now.</exception>
    ValueTask<StoredDecision?> FindAsync(string id, CancellationToken cancellation);

    /// <summary>Finds the decision that a client's key led to; null where there is none, or none any more.</summary>
    /// <exception cref="StorageException">The store cannot be read now.</exception>
    ValueTask<KeptDecision?> FindByKeyAsync(string domain, string key, CancellationToken cancellation);
}
