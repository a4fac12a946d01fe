namespace Reasoner.Server;

/// <summary>Keeps the newest decisions in memory; they end with the process.</summary>
internal sealed class InMemoryDecisionStore(ServerOptions options) : IDecisionStore
{
    private readonly BoundedMap<StoredDecision> _decisions = new(options.KeptDecisions, options.KeptDecisionBytes);

    public ValueTask AddAsync(StoredDecision decision, CancellationToken cancellation)
    {
        _decisions.Add(decision.Id, decision, decision.Json.Length);
        return ValueTask.CompletedTask;
    }

    public ValueTask<StoredDecision?> FindAsync(string id, CancellationToken cancellation) =>
        ValueTask.FromResult(_decisions.TryGet(id, out var decision) ? decision : null);
}
