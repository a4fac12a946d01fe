using System.Buffers.Binary;
using System.ComponentModel;
using System.Diagnostics;
using System.Text;

namespace Reasoner.Constraints.Solving;

/// <summary>A solver's process that has greeted: one request at a time. Its owner ends it after any failure.</summary>
internal sealed class WorkerProcess : IDisposable
{
    private const int KeptComplaints = 4000;
    private static readonly TimeSpan MemoryCheck = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan EndOfLife = TimeSpan.FromSeconds(2);

    private readonly Process _process;
    private readonly WorkerProgram _program;
    private readonly WorkerPoolOptions _options;
    private readonly StringBuilder _complaints = new();
    private readonly Task _listening;
    private int _ended;

    private WorkerProcess(Process process, WorkerProgram program, WorkerPoolOptions options)
    {
        (_process, _program, _options) = (process, program, options);
        _listening = ListenAsync();
    }

    /// <summary>The process's id.</summary>
    public int Id => _process.Id;

    /// <summary>What it said that it runs.</summary>
    public string Runs { get; private set; } = "";

    /// <summary>How many models it has solved.</summary>
    public int Solves { get; private set; }

    /// <summary>Since when it has had nothing to do.</summary>
    public long IdleSince { get; set; }

    /// <summary>Whether it is alive and may take another request.</summary>
    public bool IsAlive => Volatile.Read(ref _ended) == 0 && !_process.HasExited;

    /// <summary>Whether it has solved enough, or grown too large, and should be replaced.</summary>
    public bool IsWornOut => Solves >= _options.RecycleAfterSolves || ResidentBytes() > _options.RecycleAboveBytes;

    /// <summary>Starts a process and waits for its greeting.</summary>
    /// <exception cref="SolverException">It does not start, or does not greet in time.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static async Task<WorkerProcess> StartAsync(WorkerProgram program, WorkerPoolOptions options, CancellationToken cancellation)
    {
        Process process;
        try
        {
            process = Process.Start(program.ToStartInfo())!;
        }
        catch (Exception failure) when (failure is Win32Exception or IOException or UnauthorizedAccessException)
        {
            throw new SolverException($"{program.Name} could not be started as \"{program.File}\": {failure.Message}.", program.Advice, failure);
        }

        var worker = new WorkerProcess(process, program, options);
        try
        {
            await worker.GreetAsync(cancellation).ConfigureAwait(false);
            return worker;
        }
        catch
        {
            worker.Dispose();
            throw;
        }
    }

    /// <summary>Has a model solved.</summary>
    /// <param name="model">CP-SAT's model.</param>
    /// <param name="parameters">CP-SAT's parameters.</param>
    /// <param name="limit">How long it may take at most.</param>
    /// <param name="cancellation">Ends the process.</param>
    /// <returns>CP-SAT's response.</returns>
    /// <exception cref="SolverException">There is no answer, and why.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public async Task<byte[]> SolveAsync(byte[] model, byte[] parameters, TimeSpan limit, CancellationToken cancellation)
    {
        var length = new byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(length, (uint)model.Length);
        using var watch = new CancellationTokenSource();
        var memory = WatchMemoryAsync(watch.Token);
        try
        {
            var frame = await BoundedAsync(
                $"did not answer within {limit.TotalSeconds:0.#} s",
                limit,
                async token =>
                {
                    await WorkerFrame.WriteAsync(_process.StandardInput.BaseStream, WorkerFrameKind.Solve, token, length, model, parameters).ConfigureAwait(false);
                    return await WorkerFrame.ReadAsync(_process.StandardOutput.BaseStream, _options.MaxFrameBytes, token).ConfigureAwait(false);
                },
                () => memory.IsCompletedSuccessfully ? memory.Result : 0,
                cancellation).ConfigureAwait(false);
            Solves++;
            return frame.Kind switch
            {
                WorkerFrameKind.Solved => frame.Payload,
                WorkerFrameKind.Failed => throw await FailureAsync("failed: " + Encoding.UTF8.GetString(frame.Payload)).ConfigureAwait(false),
                _ => throw await FailureAsync($"answered with a frame of kind {(byte)frame.Kind}").ConfigureAwait(false),
            };
        }
        finally
        {
            await watch.CancelAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Ends the process at once.</summary>
    public void End()
    {
        if (Interlocked.Exchange(ref _ended, 1) != 0) return;
        try
        {
            _process.Kill(entireProcessTree: true);
        }
        catch (Exception gone) when (gone is InvalidOperationException or Win32Exception)
        {
            // It has ended by itself.
        }
    }

    /// <summary>Ends the process and frees what belongs to it.</summary>
    public void Dispose()
    {
        End();
        // Within moments of the signal; the wait leaves no zombie behind.
        _process.WaitForExit(TimeSpan.FromSeconds(5));
        _process.Dispose();
    }

    /// <summary>Resident memory; 0 where it cannot be read.</summary>
    private long ResidentBytes()
    {
        try
        {
            _process.Refresh();
            return _process.WorkingSet64;
        }
        catch (Exception gone) when (gone is InvalidOperationException or Win32Exception)
        {
            return 0;
        }
    }

    private async Task GreetAsync(CancellationToken cancellation)
    {
        var frame = await BoundedAsync(
            $"did not start within {_options.StartTimeout.TotalSeconds:0.#} s",
            _options.StartTimeout,
            token => WorkerFrame.ReadAsync(_process.StandardOutput.BaseStream, _options.MaxFrameBytes, token),
            () => 0,
            cancellation).ConfigureAwait(false);
        if (frame.Kind != WorkerFrameKind.Hello || frame.Payload.Length < 4)
            throw await FailureAsync($"started with a frame of kind {(byte)frame.Kind} instead of a greeting").ConfigureAwait(false);
        var protocol = BinaryPrimitives.ReadInt32LittleEndian(frame.Payload);
        if (protocol != WorkerFrame.Protocol)
            throw await FailureAsync($"speaks version {protocol} of the protocol, and this program version {WorkerFrame.Protocol}").ConfigureAwait(false);
        Runs = Encoding.UTF8.GetString(frame.Payload.AsSpan(4));
    }

    // An exchange with the process that ends, one way or another: the process is ended on cancellation and after the limit.
    private async Task<WorkerFrame> BoundedAsync(
        string late, TimeSpan limit, Func<CancellationToken, Task<WorkerFrame?>> exchange, Func<long> excess, CancellationToken cancellation)
    {
        using var bounded = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        bounded.CancelAfter(limit);
        using var ending = bounded.Token.Register(End);
        string problem;
        Exception? cause = null;
        var hasEnded = false;
        try
        {
            // A child that the process has started may keep its pipes open: the wait does not depend on their end.
            if (await exchange(bounded.Token).WaitAsync(bounded.Token).ConfigureAwait(false) is { } frame) return frame;
            (problem, hasEnded) = ("ended without an answer", true);
        }
        catch (OperationCanceledException) when (bounded.IsCancellationRequested)
        {
            problem = late;
        }
        catch (InvalidDataException corrupt)
        {
            (problem, cause) = ($"sent an answer that cannot be read: {corrupt.Message}", corrupt);
        }
        catch (Exception broken) when (broken is IOException or InvalidOperationException or ObjectDisposedException)
        {
            (problem, cause, hasEnded) = ("ended in the middle of an answer", broken, true);
        }

        cancellation.ThrowIfCancellationRequested();
        if (bounded.IsCancellationRequested) problem = late;
        if (excess() is > 0 and var bytes) problem = $"was ended at {bytes >> 20} MB of memory, above the limit of {_options.MaxWorkerBytes >> 20} MB";
        throw await FailureAsync(problem, cause, hasEnded).ConfigureAwait(false);
    }

    // Ends the process as soon as it is too large, and says how large it was.
    private async Task<long> WatchMemoryAsync(CancellationToken cancellation)
    {
        while (IsAlive)
        {
            await Task.Delay(MemoryCheck, cancellation).ConfigureAwait(false);
            var bytes = ResidentBytes();
            if (bytes <= _options.MaxWorkerBytes) continue;
            End();
            return bytes;
        }

        return 0;
    }

    private async Task<SolverException> FailureAsync(string problem, Exception? cause = null, bool hasEnded = false)
    {
        // A process whose pipes have ended is given a moment to end too: its exit status says more than that it was killed.
        var exit = _process.WaitForExitAsync(CancellationToken.None);
        if (hasEnded) await Task.WhenAny(exit, Task.Delay(EndOfLife)).ConfigureAwait(false);
        var endedByItself = Volatile.Read(ref _ended) == 0 && exit.IsCompleted;
        End();
        await Task.WhenAny(_listening, Task.Delay(EndOfLife)).ConfigureAwait(false);
        string complaints;
        lock (_complaints) complaints = _complaints.ToString().Trim();
        var status = endedByItself ? $" (exit status {_process.ExitCode})" : "";
        var said = complaints.Length == 0 ? "." : $". It said: {complaints}\n";
        return new SolverException($"{_program.Name}, which runs the constraint solver, {problem}{status}{said}", "Ask again: another process takes its place. If it fails each time: " + _program.Advice, cause);
    }

    // The last of what the process writes to standard error.
    private async Task ListenAsync()
    {
        var buffer = new char[1024];
        try
        {
            while (await _process.StandardError.ReadAsync(buffer).ConfigureAwait(false) is > 0 and var read)
            {
                lock (_complaints)
                {
                    _complaints.Append(buffer, 0, read);
                    if (_complaints.Length > KeptComplaints) _complaints.Remove(0, _complaints.Length - KeptComplaints);
                }
            }
        }
        catch (Exception gone) when (gone is IOException or InvalidOperationException or OperationCanceledException)
        {
            // The process and its pipes have been let go.
        }
    }
}
