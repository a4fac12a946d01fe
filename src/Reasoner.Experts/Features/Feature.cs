namespace Reasoner.Experts;

/// <summary>What kind of value a feature holds.</summary>
public enum FeatureKind
{
    /// <summary>A measured number: an amount, a count, an age.</summary>
    Numeric,

    /// <summary>One of a set of names, learned from the training rows.</summary>
    Categorical,

    /// <summary>True or false.</summary>
    Boolean,
}

/// <summary>One thing about a case that a model may look at.</summary>
/// <param name="Name">The feature's name: unique in its schema, and the column it is called by in reports.</param>
/// <param name="Kind">The kind of its values.</param>
/// <param name="Path">The property path that reads it off the knowledge graph, as text; empty when it comes from a table alone.</param>
public sealed record Feature(string Name, FeatureKind Kind, string Path = "")
{
    /// <summary>
    /// Whether the law or policy forbids deciding by this feature. A protected feature travels in the rows, so that
    /// outcomes can be compared by it, but no model ever sees it.
    /// </summary>
    public bool Protected { get; init; }
}
