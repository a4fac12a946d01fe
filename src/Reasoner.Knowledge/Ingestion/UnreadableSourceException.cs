namespace Reasoner.Knowledge;

/// <summary>A file cannot be opened, or nothing says how to read it.</summary>
/// <param name="source">The file's name.</param>
/// <param name="problem">What is wrong and what to do.</param>
public sealed class UnreadableSourceException(string source, string problem) : Exception($"{source}: error: {problem}")
{
    /// <summary>The file's name as the user gave it.</summary>
    public string SourceName { get; } = source;

    /// <summary>What is wrong and what to do, without the name.</summary>
    public string Problem { get; } = problem;
}
