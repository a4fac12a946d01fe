using System.Text;
using Reasoner.Knowledge;

namespace Reasoner.Decisions;

/// <summary>A case as it was given.</summary>
public sealed class CaseInput
{
    private CaseInput(string mediaType, string name, ReadOnlyMemory<byte> body, TableSchema? schema, int? row)
    {
        MediaType = mediaType;
        Name = name;
        Body = body;
        Schema = schema;
        Row = row;
    }

    /// <summary>The media type of JSON cases.</summary>
    public const string Json = "application/json";

    /// <summary>The media type of cases in Turtle.</summary>
    public const string Turtle = "text/turtle";

    /// <summary>The media type of rows of tables.</summary>
    public const string Csv = "text/csv";

    /// <summary>The media type.</summary>
    public string MediaType { get; }

    /// <summary>The name of the document in sources and errors.</summary>
    public string Name { get; }

    /// <summary>The text in UTF-8; for a row of a table the header line and the row's line.</summary>
    public ReadOnlyMemory<byte> Body { get; }

    /// <summary>The form of the table that a row is from.</summary>
    public TableSchema? Schema { get; }

    /// <summary>The row's number in its table, from 1.</summary>
    public int? Row { get; }

    /// <summary>A JSON case, read by the domain's context.</summary>
    public static CaseInput OfJson(ReadOnlyMemory<byte> body, string name = "request") => new(Json, name, body, null, null);

    /// <summary>A case in Turtle.</summary>
    public static CaseInput OfTurtle(ReadOnlyMemory<byte> body, string name = "request") => new(Turtle, name, body, null, null);

    /// <summary>A row of a table.</summary>
    /// <param name="header">The header line.</param>
    /// <param name="line">The row's line.</param>
    /// <param name="row">Its number, from 1.</param>
    /// <param name="schema">The table's form.</param>
    /// <param name="name">The table's name.</param>
    public static CaseInput OfRow(string header, string line, int row, TableSchema schema, string name) =>
        new(Csv, name, Encoding.UTF8.GetBytes($"{header}\n{line}\n"), schema, row);

    /// <summary>The case of a decision record.</summary>
    /// <exception cref="CaseRefusedException">The record's case is of no known kind.</exception>
    public static CaseInput Of(CaseRecord record, Domain domain)
    {
        var body = Encoding.UTF8.GetBytes(record.Text);
        switch (record.MediaType)
        {
            case Json:
                return OfJson(body, record.Name);
            case Turtle:
                return OfTurtle(body, record.Name);
            case Csv when record.Row is { } row:
                var header = record.Text.Split('\n')[0].TrimEnd('\r').Split(',');
                var schema = domain.Tables.FirstOrDefault(table => table.Matches(header))
                    ?? throw new CaseRefusedException("The record's row fits no table of the domain.", []);
                return new CaseInput(Csv, record.Name, body, schema, row);
            default:
                throw new CaseRefusedException($"The record's case is of the unknown kind {record.MediaType}.", []);
        }
    }

    /// <summary>The case as the record keeps it.</summary>
    public CaseRecord ToRecord() => new(MediaType, Name, Encoding.UTF8.GetString(Body.Span), Row);
}
