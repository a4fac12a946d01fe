namespace Reasoner.Knowledge;

/// <summary>What kind of document a fact came from.</summary>
public enum SourceKind : byte
{
    /// <summary>A file of RDF; places in it are lines.</summary>
    File,

    /// <summary>A table; places in it are rows, the header being row 0.</summary>
    Table,

    /// <summary>A request; places in it are lines of its body.</summary>
    Request,

    /// <summary>A DATA block of a rule file; places in it are lines.</summary>
    RuleData,

    /// <summary>The pipeline itself: candidate answers and their scores.</summary>
    Pipeline,
}

/// <summary>A document that facts came from.</summary>
/// <param name="Kind">What kind of document.</param>
/// <param name="Name">Its name as the user knows it.</param>
public sealed record SourceDocument(SourceKind Kind, string Name);

/// <summary>Where an asserted fact comes from.</summary>
/// <param name="Document">The document.</param>
/// <param name="Place">Line or row in it; 0 where unknown.</param>
public readonly record struct FactSource(SourceDocument Document, int Place)
{
    /// <summary>For people: <c>file:line</c>, <c>table row n</c>, <c>request line n</c>.</summary>
    public override string ToString() => Document.Kind switch
    {
        SourceKind.Table => $"{Document.Name} row {Place}",
        SourceKind.Pipeline => Document.Name,
        _ => Place == 0 ? Document.Name : $"{Document.Name}:{Place}",
    };
}
