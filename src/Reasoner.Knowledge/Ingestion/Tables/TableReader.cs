using System.Text;
using CsvHelper;
using Reasoner.Rdf;

namespace Reasoner.Knowledge;

/// <summary>Reads the rows of a table by its schema, one at a time.</summary>
public static class TableReader
{
    /// <summary>The most bytes that one row may have.</summary>
    private const int MaxRowBytes = 4 << 20;

    /// <summary>Whether a file's header is that of the schema's tables.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static bool Fits(string path, TableSchema schema)
    {
        try
        {
            Read(path, schema).FirstOrDefault();
            return true;
        }
        catch (TableFormatException)
        {
            return false;
        }
    }

    /// <summary>Reads a file row by row; bad rows come with their errors.</summary>
    /// <param name="path">The file.</param>
    /// <param name="schema">What its rows say.</param>
    /// <param name="displayName">The file's name in errors and sources; the path itself where null.</param>
    /// <param name="cancellation">Stops the reading.</param>
    /// <exception cref="TableFormatException">The table as a whole does not fit the schema.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static IEnumerable<TableRow> Read(string path, TableSchema schema, string? displayName = null, CancellationToken cancellation = default)
    {
        using var stream = File.OpenRead(path);
        foreach (var row in Read(stream, schema, displayName ?? path, cancellation: cancellation)) yield return row;
    }

    /// <summary>Reads a table row by row; bad rows come with their errors.</summary>
    /// <param name="stream">The table. It is left open.</param>
    /// <param name="schema">What its rows say.</param>
    /// <param name="name">The table's name in errors and sources.</param>
    /// <param name="firstRow">The number of the first row: above 1 where the stream is a part of a table.</param>
    /// <param name="cancellation">Stops the reading.</param>
    /// <exception cref="TableFormatException">The table as a whole does not fit the schema.</exception>
    public static IEnumerable<TableRow> Read(
        Stream stream, TableSchema schema, string name, int firstRow = 1, CancellationToken cancellation = default)
    {
        var dialect = schema.Dialect;
        using var text = new StreamReader(stream, dialect.Encoding, detectEncodingFromByteOrderMarks: true, leaveOpen: true);
        for (var skipped = 0; skipped < dialect.SkippedRows; skipped++)
        {
            if (text.ReadLine() is null)
                throw new TableFormatException(new SourcePosition(name, skipped + 1, 0), $"the table ends before the {dialect.SkippedRows} rows that its dialect skips");
        }

        CsvMalformedReason? malformed = null;
        using var csv = CsvReader.Create(text, OptionsOf(schema, record => malformed = record.Reason), leaveOpen: true);
        for (var header = 0; header < dialect.HeaderRows; header++) RequireHeader(csv, schema, name, isFirst: header == 0);

        var document = new SourceDocument(SourceKind.Table, name);
        var keys = new HashSet<string>(StringComparer.Ordinal);
        for (var number = firstRow; ; number++)
        {
            cancellation.ThrowIfCancellationRequested();
            malformed = null;
            if (!Advance(csv, schema, name)) yield break;
            var row = new TableRow(schema, document, number, number + dialect.SkippedRows + dialect.HeaderRows, CellsOf(csv), malformed);
            row.RefuseRepeatedKey(keys);
            yield return row;
        }
    }

    private static void RequireHeader(CsvReader csv, TableSchema schema, string name, bool isFirst)
    {
        if (!Advance(csv, schema, name)) throw new TableFormatException(new SourcePosition(name, 1, 0), "the table is empty; its header is missing");
        if (isFirst && schema.TryFindMismatch(CellsOf(csv), out var mismatch))
            throw new TableFormatException(PositionIn(csv, schema, name), $"{mismatch}; correct the header or the metadata");
    }

    private static string[] CellsOf(CsvReader csv)
    {
        var cells = new string[csv.FieldCount];
        for (var i = 0; i < cells.Length; i++) cells[i] = csv.GetString(i);
        return cells;
    }

    private static bool Advance(CsvReader csv, TableSchema schema, string name)
    {
        try
        {
            return csv.Read();
        }
        catch (CsvFormatException)
        {
            throw new TableFormatException(
                PositionIn(csv, schema, name), $"the row after this one has more than {MaxRowBytes} bytes; is a closing quote missing?");
        }
        catch (DecoderFallbackException)
        {
            throw new TableFormatException(
                PositionIn(csv, schema, name),
                $"the table is not in {schema.Dialect.Encoding.WebName}, somewhere after this line; save it so, or set \"encoding\" in the metadata's dialect");
        }
    }

    private static SourcePosition PositionIn(CsvReader csv, TableSchema schema, string name) =>
        new(name, schema.Dialect.SkippedRows + (int)csv.LineNumber, 0);

    private static CsvReaderOptions OptionsOf(TableSchema schema, Action<CsvMalformedRecord> onMalformed)
    {
        var dialect = schema.Dialect;
        return new CsvReaderOptions
        {
            Separator = dialect.Delimiter,
            HasHeader = false,
            Mode = dialect.Quote is null ? CsvMode.NoEscape : CsvMode.Rfc4180,
            Quote = dialect.Quote ?? '"',
            CommentPrefix = dialect.CommentPrefix,
            TrimWhitespace = dialect.IsTrimmed,

            // In a table of several columns an empty line cannot be a row; editors leave one at the end.
            SkipEmptyLines = dialect.SkipsBlankRows || schema.SourceColumns.Count > 1,
            MaxRecordSize = MaxRowBytes,
            TrackLineNumbers = true,
            OnMalformedRecord = onMalformed,
        };
    }
}
