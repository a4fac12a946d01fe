using Reasoner.Rdf;

namespace Reasoner.Knowledge;

/// <summary>How a JSON case is read, and how large it may be.</summary>
public sealed record JsonCaseOptions
{
    /// <summary>The options that hold where none are given.</summary>
    public static JsonCaseOptions Default { get; } = new();

    /// <summary>The IRI of the case's root object where the case gives it none; a blank node where this is null too.</summary>
    public Iri? Subject { get; init; }

    /// <summary>Whether what the context gives no meaning is an error, rather than left out and reported.</summary>
    public bool IsStrict { get; init; } = true;

    /// <summary>Put before the labels b0, b1 and so on of the case's blank nodes, so that two cases in one graph share none.</summary>
    public string BlankNodeScope { get; init; } = "";

    /// <summary>The most bytes that a case may have.</summary>
    public int MaxBytes { get; init; } = 16 << 20;

    /// <summary>The most objects and arrays that may be nested in one another.</summary>
    public int MaxDepth { get; init; } = 64;

    /// <summary>The most nodes that a case may have, list cells included.</summary>
    public int MaxNodes { get; init; } = 100_000;

    /// <summary>The most contexts that a case may bring along.</summary>
    public int MaxInlineContexts { get; init; } = 16;
}
