namespace Reasoner.Experts;

/// <summary>
/// A model, its card or its training data cannot be used. <see cref="Exception.Message"/> says what is wrong and what
/// to do about it, in words for the person who runs the command.
/// </summary>
public sealed class ModelException : Exception
{
    internal ModelException(string problem, string advice, Exception? cause = null)
        : base($"{problem} {advice}", cause) =>
        Advice = advice;

    /// <summary>What to do about it: the last sentence of the message.</summary>
    public string Advice { get; }
}
