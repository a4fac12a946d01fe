namespace Reasoner.Storage;

/// <summary>Work that is done once, by whoever comes first; where it fails, whoever comes next tries again.</summary>
internal sealed class Preparation(Func<CancellationToken, Task> work) : IDisposable
{
    private readonly SemaphoreSlim _turn = new(1, 1);
    private volatile bool _isDone;

    public async Task EnsureAsync(CancellationToken cancellation)
    {
        if (_isDone) return;
        await _turn.WaitAsync(cancellation);
        try
        {
            if (_isDone) return;
            await work(cancellation);
            _isDone = true;
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();
}
