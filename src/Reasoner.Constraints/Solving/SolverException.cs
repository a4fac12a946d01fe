namespace Reasoner.Constraints.Solving;

/// <summary>
/// A model cannot be solved here: it is too large or invalid, or the solver's process failed.
/// <see cref="Exception.Message"/> says what is wrong and what to do about it, in words for the person who runs the command.
/// </summary>
public sealed class SolverException : Exception
{
    internal SolverException(string problem, string advice, Exception? cause = null)
        : base($"{problem} {advice}", cause) =>
        Advice = advice;

    /// <summary>What to do about it: the end of the message.</summary>
    public string Advice { get; }
}
