using System.Diagnostics;

namespace Reasoner.Constraints.Solving;

/// <summary>
/// The solver's processes: started when a request needs one, lent to one request at a time, ended when worn out, broken or
/// idle for long. Requests beyond the number of processes wait in the order of their arrival.
/// </summary>
internal sealed class WorkerPool : IDisposable
{
    private readonly WorkerPoolOptions _options;
    private readonly Lock _lock = new();
    private readonly Stack<WorkerProcess> _idle = [];
    private readonly HashSet<WorkerProcess> _lent = [];
    private readonly LinkedList<TaskCompletionSource> _waiting = [];
    private readonly CancellationTokenSource _disposing = new();
    private readonly Timer _sweeper;
    private int _taken;
    private int _firstCandidate;
    private bool _disposed;

    public WorkerPool(WorkerPoolOptions options)
    {
        _options = options;
        _sweeper = new Timer(_ => EndIdle(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>How many processes have been started.</summary>
    public int Started { get; private set; }

    /// <summary>Whether the pool is no more.</summary>
    public bool IsDisposed
    {
        get
        {
            lock (_lock) return _disposed;
        }
    }

    /// <summary>The ids of the processes that live.</summary>
    public IReadOnlyList<int> Ids
    {
        get
        {
            lock (_lock) return [.. _idle.Concat(_lent).Where(worker => worker.IsAlive).Select(worker => worker.Id)];
        }
    }

    /// <summary>Waits for a process of one's own; it is given back by <see cref="Return"/>.</summary>
    /// <exception cref="SolverException">Too many wait, or none can be started.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    /// <exception cref="ObjectDisposedException">The pool is no more.</exception>
    public async Task<WorkerProcess> LendAsync(CancellationToken cancellation)
    {
        await TakeTurnAsync(cancellation).ConfigureAwait(false);
        WorkerProcess? worker = null;
        try
        {
            worker = TakeIdle() ?? await StartAsync(cancellation).ConfigureAwait(false);
            lock (_lock)
            {
                ObjectDisposedException.ThrowIf(_disposed, typeof(WorkerCpSolver));
                _lent.Add(worker);
            }

            return worker;
        }
        catch
        {
            worker?.Dispose();
            GiveTurn();
            throw;
        }
    }

    /// <summary>Takes a process back, and ends it where it is broken or worn out.</summary>
    public void Return(WorkerProcess worker, bool isSound)
    {
        var keep = isSound && worker.IsAlive && !worker.IsWornOut;
        lock (_lock)
        {
            _lent.Remove(worker);
            keep = keep && !_disposed;
            if (keep)
            {
                worker.IdleSince = Stopwatch.GetTimestamp();
                _idle.Push(worker);
                _sweeper.Change(_options.IdleTimeout, Timeout.InfiniteTimeSpan);
            }
        }

        if (!keep) worker.Dispose();
        GiveTurn();
    }

    /// <summary>Ends all processes; requests that run or wait fail.</summary>
    public void Dispose()
    {
        WorkerProcess[] idle, lent;
        lock (_lock)
        {
            if (_disposed) return;
            _disposed = true;
            idle = [.. _idle];
            lent = [.. _lent];
            _idle.Clear();
        }

        _disposing.Cancel();
        _sweeper.Dispose();
        // Those that are lent are freed when their requests give them back.
        foreach (var worker in lent) worker.End();
        foreach (var worker in idle) worker.Dispose();
    }

    private async Task TakeTurnAsync(CancellationToken cancellation)
    {
        LinkedListNode<TaskCompletionSource> node;
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_disposed, typeof(WorkerCpSolver));
            if (_taken < _options.MaxWorkers)
            {
                _taken++;
                return;
            }

            if (_waiting.Count >= _options.MaxWaiting)
                throw new SolverException($"{_waiting.Count} models wait to be solved, and more are not taken.", "Try again later, or raise MaxWaiting or MaxWorkers.");
            node = _waiting.AddLast(new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        }

        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, _disposing.Token);
        try
        {
            await node.Value.Task.WaitAsync(either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            bool given;
            lock (_lock)
            {
                given = node.List is null;
                if (!given) _waiting.Remove(node);
            }

            // The turn came while this request was leaving: the next takes it.
            if (given) GiveTurn();
            cancellation.ThrowIfCancellationRequested();
            throw new ObjectDisposedException(typeof(WorkerCpSolver).FullName);
        }
    }

    private void GiveTurn()
    {
        TaskCompletionSource? next = null;
        lock (_lock)
        {
            if (_waiting.First is { } first)
            {
                next = first.Value;
                _waiting.RemoveFirst();
            }
            else
            {
                _taken--;
            }
        }

        next?.SetResult();
    }

    private WorkerProcess? TakeIdle()
    {
        for (; ; )
        {
            WorkerProcess? worker;
            lock (_lock)
            {
                if (!_idle.TryPop(out worker)) return null;
            }

            if (worker.IsAlive) return worker;
            worker.Dispose();
        }
    }

    private async Task<WorkerProcess> StartAsync(CancellationToken cancellation)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, _disposing.Token);
        try
        {
            var candidates = WorkerProgram.Candidates(_options);
            for (var i = Math.Min(Volatile.Read(ref _firstCandidate), candidates.Count - 1); ; i++)
            {
                try
                {
                    var worker = await WorkerProcess.StartAsync(candidates[i], _options, either.Token).ConfigureAwait(false);
                    lock (_lock) Started++;
                    return worker;
                }
                catch (SolverException) when (i + 1 < candidates.Count)
                {
                    // Another program can do the same; the one that does not start here is not tried again.
                    Volatile.Write(ref _firstCandidate, i + 1);
                }
            }
        }
        catch (OperationCanceledException) when (_disposing.IsCancellationRequested && !cancellation.IsCancellationRequested)
        {
            throw new ObjectDisposedException(typeof(WorkerCpSolver).FullName);
        }
    }

    private void EndIdle()
    {
        var old = new List<WorkerProcess>();
        lock (_lock)
        {
            if (_disposed) return;
            var kept = _idle.Where(worker => worker.IsAlive && Stopwatch.GetElapsedTime(worker.IdleSince) < _options.IdleTimeout).Reverse().ToArray();
            old.AddRange(_idle.Except(kept));
            _idle.Clear();
            foreach (var worker in kept) _idle.Push(worker);
            if (kept.Length > 0) _sweeper.Change(_options.IdleTimeout, Timeout.InfiniteTimeSpan);
        }

        foreach (var worker in old) worker.Dispose();
    }
}
