using System.Diagnostics.CodeAnalysis;

namespace Reasoner.Knowledge;

/// <summary>
/// What the rows of a table say: CSVW metadata (W3C Metadata Vocabulary for Tabular Data), read once and immutable.
/// </summary>
public sealed class TableSchema
{
    private const int MaxFileBytes = 4 << 20;

    internal TableSchema(string name, string url, string? baseIri, TableDialect dialect, IReadOnlyList<TableColumn> columns, IReadOnlyList<string> key)
    {
        (Name, Url, BaseIri, Dialect, Columns, PrimaryKey) = (name, url, baseIri, dialect, columns, key);
        SourceColumns = [.. columns.Where(column => !column.IsVirtual)];
    }

    /// <summary>The metadata document's name.</summary>
    public string Name { get; }

    /// <summary>The table's url as the metadata writes it: a file name beside it, as a rule.</summary>
    public string Url { get; }

    /// <summary>The names of the table's columns, in order, virtual ones excluded.</summary>
    public IReadOnlyList<string> ColumnNames => [.. SourceColumns.Select(column => column.Name)];

    internal string? BaseIri { get; }

    internal TableDialect Dialect { get; }

    internal IReadOnlyList<TableColumn> Columns { get; }

    internal IReadOnlyList<TableColumn> SourceColumns { get; }

    internal IReadOnlyList<string> PrimaryKey { get; }

    /// <summary>Reads the metadata of one table from a file.</summary>
    /// <param name="path">The file, <c>NAME.csv-metadata.json</c> as a rule.</param>
    /// <param name="displayName">The file's name in errors; the path itself where null.</param>
    /// <exception cref="CaseFormatException">The metadata is malformed, or asks for what is not supported.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static TableSchema Load(string path, string? displayName = null)
    {
        var size = new FileInfo(path).Length;
        if (size > MaxFileBytes)
            throw new CaseFormatException(new(displayName ?? path, 0, 0), "", $"table metadata may have at most {MaxFileBytes} bytes; this file has {size}");
        return Load(File.ReadAllBytes(path), displayName ?? path);
    }

    /// <summary>Reads the metadata of one table.</summary>
    /// <param name="json">The document in UTF-8.</param>
    /// <param name="name">Its name in errors.</param>
    /// <exception cref="CaseFormatException">The metadata is malformed, or asks for what is not supported.</exception>
    public static TableSchema Load(ReadOnlyMemory<byte> json, string name) => new TableSchemaReader(json, name).Read();

    /// <summary>Whether a table with this header is one of this schema: the same columns in the same order, each under one of its titles.</summary>
    public bool Matches(IReadOnlyList<string> header) => !TryFindMismatch(header, out _);

    internal bool TryFindMismatch(IReadOnlyList<string> header, [NotNullWhen(true)] out string? mismatch)
    {
        mismatch = null;
        for (var i = 0; i < Math.Min(header.Count, SourceColumns.Count); i++)
        {
            if (SourceColumns[i].Answers(header[i])) continue;
            mismatch = $"column {i + 1} is headed '{header[i]}', and {Name} calls it '{SourceColumns[i].Heading}'";
            return true;
        }

        if (header.Count != SourceColumns.Count) mismatch = $"the table has {header.Count} columns, and {Name} describes {SourceColumns.Count}";
        return mismatch is not null;
    }
}
