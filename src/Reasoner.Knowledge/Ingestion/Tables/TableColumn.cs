namespace Reasoner.Knowledge;

/// <summary>A column of a table: how its cells are read and what they say.</summary>
internal sealed record TableColumn
{
    public required string Name { get; init; }

    /// <summary>What the header may call the column; the name where empty.</summary>
    public IReadOnlyList<string> Titles { get; init; } = [];

    /// <summary>Whether it has no cells in the table and says the same, or something computed, in every row.</summary>
    public bool IsVirtual { get; init; }

    public bool IsSuppressed { get; init; }

    public bool IsRequired { get; init; }

    public bool IsOrdered { get; init; }

    public string? Separator { get; init; }

    public string Default { get; init; } = "";

    public IReadOnlyList<string> Nulls { get; init; } = [""];

    /// <summary>The language of strings; null for none.</summary>
    public string? Language { get; init; }

    public CellDatatype Datatype { get; init; } = CellDatatype.Text;

    public UriTemplate? About { get; init; }

    public UriTemplate? Value { get; init; }

    public required UriTemplate Property { get; init; }

    /// <summary>The property's IRI in UTF-8 where it is the same in every row; else null.</summary>
    public byte[]? FixedProperty { get; init; }

    public bool Answers(string heading) => Titles.Count == 0 ? heading == Name : Titles.Contains(heading, StringComparer.Ordinal);

    public string Heading => Titles.Count == 0 ? Name : Titles[0];
}
