using System.Threading.RateLimiting;
using Microsoft.Extensions.Logging;
using Reasoner.Decisions;
using Reasoner.Storage;

namespace Reasoner.Server;

/// <summary>Decides cases, as many at a time as the machine bears, and keeps the records.</summary>
internal sealed class DecisionDesk(ServerOptions options, IDecisionStore store, ILogger<DecisionDesk> log) : IDisposable
{
    private readonly ConcurrencyLimiter _turns = new(new ConcurrencyLimiterOptions
    {
        PermitLimit = options.MaxConcurrentDecisions,
        QueueLimit = options.MaxWaitingDecisions,
        QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
    });

    /// <summary>Decides a case, writes the record and keeps it, together with the idempotency key that led to it.</summary>
    /// <returns>The decision, or the one that another instance has made for the key meanwhile.</returns>
    /// <exception cref="ProblemException">Too many decisions wait already.</exception>
    /// <exception cref="StorageException">The decision cannot be kept.</exception>
    public async Task<KeptDecision> DecideAsync(
        DecisionPipeline pipeline, CaseInput input, DecisionOptions choice, Func<DecisionRecord, byte[]> write, IdempotencyKey? key, CancellationToken cancellation)
    {
        var record = await ComputeAsync(pipeline, input, choice, cancellation);
        var kept = await store.AppendAsync(new StoredDecision(record.Id, record.Domain, write(record)), key, cancellation);
        if (kept.IsNew) log.Decided(record.Id, record.Domain, record.Status.ToString());
        return kept;
    }

    /// <summary>Decides a case and keeps nothing.</summary>
    /// <exception cref="ProblemException">Too many decisions wait already.</exception>
    public ValueTask<DecisionRecord> ComputeAsync(
        DecisionPipeline pipeline, CaseInput input, DecisionOptions choice, CancellationToken cancellation) =>
        InTurnAsync(() => pipeline.Decide(input, choice, cancellation), cancellation);

    /// <summary>Does what takes as much of the machine as a decision when it is its turn.</summary>
    /// <exception cref="ProblemException">Too many wait already.</exception>
    public async ValueTask<T> InTurnAsync<T>(Func<T> work, CancellationToken cancellation)
    {
        using var turn = await _turns.AcquireAsync(1, cancellation);
        if (!turn.IsAcquired) throw ProblemKind.Busy.Refuse("Too many decisions wait for their turn; try again in a moment.");
        return work();
    }

    public void Dispose() => _turns.Dispose();
}
