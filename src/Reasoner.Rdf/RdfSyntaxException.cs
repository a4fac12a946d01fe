namespace Reasoner.Rdf;

/// <summary>A document does not conform to the grammar that it was read with.</summary>
public sealed class RdfSyntaxException(SourcePosition position, string problem)
    : Exception($"{position}: error: {problem}")
{
    /// <summary>Where reading stopped.</summary>
    public SourcePosition Position { get; } = position;

    /// <summary>What is wrong and what to do, without the position.</summary>
    public string Problem { get; } = problem;
}
