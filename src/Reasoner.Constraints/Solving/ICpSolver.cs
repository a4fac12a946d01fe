namespace Reasoner.Constraints.Solving;

/// <summary>Something that solves constraint models. Many threads may use one at the same time.</summary>
public interface ICpSolver : IAsyncDisposable, IDisposable
{
    /// <summary>Solves a model. The model must not change until the answer is there.</summary>
    /// <param name="model">The model.</param>
    /// <param name="options">How to search; <see cref="CpSolverOptions.Default"/> where null.</param>
    /// <param name="cancellation">Ends the search, and its process where it does not listen.</param>
    /// <exception cref="SolverException">The model is too large or invalid, or the solver failed.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    Task<CpSolution> SolveAsync(CpModel model, CpSolverOptions? options = null, CancellationToken cancellation = default);
}
