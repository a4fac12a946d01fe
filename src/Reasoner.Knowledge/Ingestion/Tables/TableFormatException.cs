using Reasoner.Rdf;

namespace Reasoner.Knowledge;

/// <summary>A table as a whole cannot be read by its schema; single bad rows are <see cref="RowError"/>s instead.</summary>
/// <param name="position">Where reading stopped.</param>
/// <param name="problem">What is wrong and what to do.</param>
public sealed class TableFormatException(SourcePosition position, string problem) : Exception($"{position}: error: {problem}")
{
    /// <summary>Where reading stopped.</summary>
    public SourcePosition Position { get; } = position;

    /// <summary>What is wrong and what to do, without the position.</summary>
    public string Problem { get; } = problem;
}
