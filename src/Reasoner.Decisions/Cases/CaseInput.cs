using System.Collections.Immutable;
using System.Text;
using Reasoner.Decisions.Counterfactuals;
using Reasoner.Knowledge;

namespace Reasoner.Decisions;

/// <summary>A case as it was given.</summary>
public sealed class CaseInput
{
    private CaseInput(string mediaType, string name, ReadOnlyMemory<byte> body, TableRow? row = null)
    {
        MediaType = mediaType;
        Name = name;
        Body = body;
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

    /// <summary>The row of a table that the case is; null for other cases.</summary>
    public TableRow? Row { get; }

    /// <summary>What is replaced in the case before it is decided; empty for a case that is decided as it was given.</summary>
    public ImmutableArray<CaseChange> Changes { get; private init; } = [];

    /// <summary>The case with changes instead of those that it has.</summary>
    public CaseInput With(ImmutableArray<CaseChange> changes) => new(MediaType, Name, Body, Row) { Changes = changes };

    /// <summary>A JSON case, read by the domain's context.</summary>
    public static CaseInput OfJson(ReadOnlyMemory<byte> body, string name = "request") => new(Json, name, body);

    /// <summary>A case in Turtle.</summary>
    public static CaseInput OfTurtle(ReadOnlyMemory<byte> body, string name = "request") => new(Turtle, name, body);

    /// <summary>A row of a table of cases.</summary>
    public static CaseInput OfRow(TableRow row) =>
        new(Csv, row.TableName, Encoding.UTF8.GetBytes(row.ToTableText()), row);

    /// <summary>The case of a decision record.</summary>
    /// <exception cref="CaseRefusedException">The record's case is of no known kind.</exception>
    public static CaseInput Of(CaseRecord record, Domain domain) => AsGiven(record, domain).With(record.Changes ?? []);

    private static CaseInput AsGiven(CaseRecord record, Domain domain)
    {
        var body = Encoding.UTF8.GetBytes(record.Text);
        switch (record.MediaType)
        {
            case Json:
                return OfJson(body, record.Name);
            case Turtle:
                return OfTurtle(body, record.Name);
            case Csv when record.Row is { } number:
                return OfRow(RowOf(domain, body, record.Name, number)
                    ?? throw new CaseRefusedException("The record's row fits no table of the domain.", []));
            default:
                throw new CaseRefusedException($"The record's case is of the unknown kind {record.MediaType}.", []);
        }
    }

    /// <summary>The case as the record keeps it.</summary>
    public CaseRecord ToRecord() => new(MediaType, Name, Encoding.UTF8.GetString(Body.Span), Row?.Number) { Changes = Changes.IsEmpty ? null : Changes };

    private static TableRow? RowOf(Domain domain, byte[] table, string name, int number)
    {
        foreach (var schema in domain.Tables)
        {
            try
            {
                using var stream = new MemoryStream(table, writable: false);
                return TableReader.Read(stream, schema, name, number).FirstOrDefault();
            }
            catch (TableFormatException)
            {
                // Another of the domain's tables may fit.
            }
        }

        return null;
    }
}
