using Google.Protobuf;
using Reasoner.Constraints.Solving.Protocol;

namespace Reasoner.Constraints.Solving;

/// <summary>
/// Solves models with OR-Tools' CP-SAT in processes of its own, so that a solver that crashes, hangs or grows costs one request
/// and not the service. Processes are started when the first model comes, and end with this program.
/// </summary>
public sealed class WorkerCpSolver : ICpSolver
{
    private readonly WorkerPoolOptions _options;
    private readonly WorkerPool _pool;

    /// <summary>A solver without processes yet.</summary>
    /// <param name="options">How processes are kept; <see cref="WorkerPoolOptions.Default"/> where null.</param>
    /// <exception cref="ArgumentOutOfRangeException">A limit allows nothing.</exception>
    public WorkerCpSolver(WorkerPoolOptions? options = null)
    {
        _options = options ?? WorkerPoolOptions.Default;
        ArgumentOutOfRangeException.ThrowIfLessThan(_options.MaxWorkers, 1, nameof(options));
        ArgumentOutOfRangeException.ThrowIfNegative(_options.MaxWaiting, nameof(options));
        ArgumentOutOfRangeException.ThrowIfLessThan(_options.RecycleAfterSolves, 1, nameof(options));
        ArgumentOutOfRangeException.ThrowIfLessThan(_options.MaxFrameBytes, 1024, nameof(options));
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(_options.StartTimeout, TimeSpan.Zero, nameof(options));
        ArgumentOutOfRangeException.ThrowIfLessThan(_options.Grace, TimeSpan.Zero, nameof(options));
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(_options.IdleTimeout, TimeSpan.Zero, nameof(options));
        _pool = new WorkerPool(_options);
    }

    /// <summary>How many processes have been started so far.</summary>
    public int StartedWorkers => _pool.Started;

    /// <summary>The ids of the processes that live.</summary>
    public IReadOnlyList<int> WorkerIds => _pool.Ids;

    /// <inheritdoc/>
    /// <exception cref="ObjectDisposedException">The solver is disposed.</exception>
    public async Task<CpSolution> SolveAsync(CpModel model, CpSolverOptions? options = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        options ??= CpSolverOptions.Default;
        cancellation.ThrowIfCancellationRequested();
        var parameters = options.ToBytes();
        var bytes = model.ToBytes();
        if (bytes.Length + (long)parameters.Length + 4 > _options.MaxFrameBytes)
        {
            throw new SolverException(
                $"The constraint model takes {bytes.Length} bytes, and {_options.MaxFrameBytes} are allowed.",
                "Ask for fewer slots or candidates at a time, or raise MaxFrameBytes.");
        }

        var worker = await _pool.LendAsync(cancellation).ConfigureAwait(false);
        var sound = false;
        try
        {
            var response = Parse(model, await worker.SolveAsync(bytes, parameters, options.TimeLimit + _options.Grace, cancellation).ConfigureAwait(false));
            sound = true;
            return Read(model, response);
        }
        catch (SolverException) when (_pool.IsDisposed)
        {
            throw new ObjectDisposedException(typeof(WorkerCpSolver).FullName);
        }
        finally
        {
            _pool.Return(worker, sound);
        }
    }

    /// <summary>Ends all processes; requests that run or wait fail.</summary>
    public void Dispose() => _pool.Dispose();

    /// <summary>Ends all processes; requests that run or wait fail.</summary>
    public ValueTask DisposeAsync()
    {
        _pool.Dispose();
        return ValueTask.CompletedTask;
    }

    private static CpSolverResponse Parse(CpModel model, byte[] bytes)
    {
        const string advice = "Ask again: another process takes its place.";
        CpSolverResponse response;
        try
        {
            response = CpSolverResponse.Parser.ParseFrom(bytes);
        }
        catch (InvalidProtocolBufferException corrupt)
        {
            throw new SolverException("The constraint solver's answer cannot be read.", advice, corrupt);
        }

        if (response.Status is CpSolverStatus.Optimal or CpSolverStatus.Feasible && response.Solution.Count != model.VariableCount)
            throw new SolverException($"The constraint solver gave {response.Solution.Count} values for {model.VariableCount} variables.", advice);
        return response;
    }

    private static CpSolution Read(CpModel model, CpSolverResponse response)
    {
        var status = response.Status switch
        {
            CpSolverStatus.Optimal => CpStatus.Optimal,
            CpSolverStatus.Feasible => CpStatus.Feasible,
            CpSolverStatus.Infeasible => CpStatus.Infeasible,
            CpSolverStatus.Unknown => CpStatus.Unknown,
            _ => throw new SolverException(
                $"The constraint solver calls the model invalid: {response.SolutionInfo.Trim()}.",
                "Weights and bounds must be small enough that every sum fits in 64 bits."),
        };
        var hasValues = status is CpStatus.Optimal or CpStatus.Feasible;
        return new CpSolution(status)
        {
            Values = hasValues ? [.. response.Solution] : [],
            Objective = hasValues ? model.ObjectiveOf(response.Solution) : null,
            Bound = model.HasObjective && status != CpStatus.Infeasible && double.IsFinite(response.BestObjectiveBound)
                ? response.BestObjectiveBound + model.ObjectiveConstant
                : null,
            Core = [.. response.SufficientAssumptionsForInfeasibility.Select(CpLiteral.FromCode)],
            SolveTime = TimeSpan.FromSeconds(Math.Max(0, response.WallTime)),
            DeterministicTime = response.DeterministicTime,
            Info = response.SolutionInfo,
            Log = response.SolveLog,
        };
    }
}
