using System.Threading.Channels;

namespace Reasoner.Storage;

/// <summary>
/// The one writer of a log. Whatever waits when a transaction ends goes into the next one together, so the cost of reaching
/// the disk is shared by as many as there are; who comes alone waits for nobody.
/// </summary>
internal sealed class GroupWriter : IAsyncDisposable
{
    private readonly ILogDatabase _database;
    private readonly StorageOptions _options;
    private readonly Channel<PendingAppend> _waiting;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _writing;

    public GroupWriter(ILogDatabase database, StorageOptions options)
    {
        _database = database;
        _options = options;
        _waiting = Channel.CreateBounded<PendingAppend>(new BoundedChannelOptions(options.WaitingDecisions) { SingleReader = true });
        _writing = Task.Run(WriteAsync);
    }

    /// <summary>Appends, and returns when it is on the disk.</summary>
    public async Task<KeptDecision> AppendAsync(PendingAppend append, CancellationToken cancellation)
    {
        try
        {
            await _waiting.Writer.WriteAsync(append, cancellation);
        }
        catch (ChannelClosedException closed)
        {
            throw new StorageException(StorageProblem.Unreachable, "The store is closed.", closed);
        }

        // One that is cancelled before its turn is not written; for one that is being written it is too late.
        await using var registration = cancellation.UnsafeRegister(static (append, token) => ((PendingAppend)append!).Cancel(token), append);
        return await append.Done;
    }

    /// <summary>Writes what waits, and takes no more.</summary>
    public async ValueTask DisposeAsync()
    {
        _waiting.Writer.TryComplete();
        // A database that has gone must not keep the process.
        _stop.CancelAfter(2 * _options.Timeout);
        await _writing;
        _stop.Dispose();
    }

    private async Task WriteAsync()
    {
        var group = new List<PendingAppend>(_options.GroupDecisions);
        while (await _waiting.Reader.WaitToReadAsync())
        {
            TakeGroup(group);
            if (group.Count == 0) continue;
            try
            {
                var outcomes = await AppendAsync(group);
                for (var i = 0; i < group.Count; i++) group[i].Settle(outcomes[i]);
            }
            catch (Exception problem)
            {
                foreach (var append in group) append.Fail(problem);
                // Those who wait already would only wait for the same failure.
                if (problem is StorageException { Problem: StorageProblem.Unreachable })
                    while (_waiting.Reader.TryRead(out var next)) next.Fail(problem);
            }

            group.Clear();
        }
    }

    private void TakeGroup(List<PendingAppend> group)
    {
        var bytes = 0L;
        while (group.Count < _options.GroupDecisions && _waiting.Reader.TryPeek(out var next))
        {
            if (group.Count > 0 && bytes + next.Record.Length > _options.GroupBytes) return;
            if (!_waiting.Reader.TryRead(out next)) return;
            if (next.Done.IsCompleted) continue;
            group.Add(next);
            bytes += next.Record.Length;
        }
    }

    /// <summary>
    /// A connection may have died since it was last used, and one that dies while it commits leaves open whether it did. So a
    /// group is tried once more on another: what is there already is found by its id, and not written again.
    /// </summary>
    private async Task<KeptDecision[]> AppendAsync(List<PendingAppend> group)
    {
        await _database.PrepareAsync(_stop.Token);
        try
        {
            return await _database.AppendAsync(group, _stop.Token);
        }
        catch (StorageException problem) when (problem.Problem == StorageProblem.Unreachable && !_stop.IsCancellationRequested)
        {
            return Own(group, await _database.AppendAsync(group, _stop.Token));
        }
    }

    /// <summary>A decision that is found by its own id was written by the first attempt.</summary>
    private static KeptDecision[] Own(List<PendingAppend> group, KeptDecision[] outcomes) =>
        [.. outcomes.Select((outcome, i) => outcome.Decision.Id == group[i].Decision.Id ? outcome with { IsNew = true } : outcome)];
}
