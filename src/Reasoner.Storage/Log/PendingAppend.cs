using System.Security.Cryptography;

namespace Reasoner.Storage;

/// <summary>A decision on its way into the log. What can be computed before its turn is computed by its caller.</summary>
internal sealed class PendingAppend(StoredDecision decision, IdempotencyKey? key)
{
    private readonly TaskCompletionSource<KeptDecision> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public StoredDecision Decision { get; } = decision;

    public IdempotencyKey? Key { get; } = key;

    public byte[] Record { get; } = RecordBytes.Compress(decision.Json.Span);

    public byte[] Digest { get; } = SHA256.HashData(decision.Json.Span);

    /// <summary>Completes when the decision is kept for good.</summary>
    public Task<KeptDecision> Done => _done.Task;

    public void Settle(KeptDecision kept) => _done.TrySetResult(kept);

    public void Fail(Exception problem) => _done.TrySetException(problem);

    public void Cancel(CancellationToken cancellation) => _done.TrySetCanceled(cancellation);
}
