namespace Reasoner.Rdf;

/// <summary>
/// How one <see cref="Value"/> stands to another under SPARQL's operators <c>&lt;</c> and <c>&gt;</c>.
/// </summary>
public enum ValueOrder : sbyte
{
    /// <summary>The left value is less.</summary>
    Less = -1,

    /// <summary>Neither is less.</summary>
    Equal = 0,

    /// <summary>The left value is greater.</summary>
    Greater = 1,

    /// <summary>Both are numbers and one is NaN: every comparison is false.</summary>
    Unordered = 2,

    /// <summary>The operators are not defined for the two: every comparison is an error.</summary>
    Incomparable = 3,
}
