namespace Reasoner.Shapes;

/// <summary>How far a validation goes.</summary>
public sealed record ValidationOptions
{
    /// <summary>The options that hold where none are given.</summary>
    public static ValidationOptions Default { get; } = new();

    /// <summary>Which focus nodes are validated.</summary>
    public ValidationScope Scope { get; init; }

    /// <summary>The most results that are collected.</summary>
    public int MaxResults { get; init; } = 10_000;
}
