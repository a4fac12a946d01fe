using System.Globalization;
using System.Text;
using CsvHelper;
using Reasoner.Rdf;

namespace Reasoner.Knowledge;

/// <summary>A row of a table, read and checked; it says its facts to any graph, one overlay a row or all rows in one.</summary>
public sealed class TableRow
{
    private readonly TableSchema _schema;
    private readonly SourceDocument _document;
    private readonly int _sourceRow;
    private readonly string[] _raw;
    private readonly CellValue[] _cells;
    private readonly List<RowError> _errors = [];

    internal TableRow(TableSchema schema, SourceDocument document, int number, int sourceRow, string[] cells, CsvMalformedReason? malformed)
    {
        (_schema, _document, Number, _sourceRow, _raw) = (schema, document, number, sourceRow, cells);
        _cells = new CellValue[schema.Columns.Count];
        var expected = schema.SourceColumns.Count;
        if (malformed is not null)
            Reject("", "", Advice(malformed.Value));
        else if (cells.Length != expected)
            Reject("", "", $"it has {cells.Length} cells, and {schema.Name} describes {expected} columns; look for a delimiter too {(cells.Length < expected ? "few" : "many")}, or a missing quote");
        else
            ReadCells();
    }

    /// <summary>The row's number; the header is row 0.</summary>
    public int Number { get; }

    /// <summary>The cells as they stand in the table.</summary>
    public IReadOnlyList<string> Cells => _raw;

    /// <summary>Why the row is rejected; empty for a good row.</summary>
    public IReadOnlyList<RowError> Errors => _errors;

    /// <summary>Whether the row says its facts.</summary>
    public bool IsValid => _errors.Count == 0;

    /// <summary>What the row's cells mean.</summary>
    public TableSchema Schema => _schema;

    /// <summary>The table's name in sources.</summary>
    public string TableName => _document.Name;

    /// <summary>A table of this row alone, its header included, in the dialect of the schema.</summary>
    public string ToTableText()
    {
        var dialect = _schema.Dialect;
        var text = new StringBuilder().Insert(0, "\n", dialect.SkippedRows);
        for (var i = 0; i < dialect.HeaderRows; i++) AppendLine(_schema.SourceColumns.Select(column => column.Heading));
        AppendLine(_raw);
        return text.ToString();

        void AppendLine(IEnumerable<string> cells) => text.AppendJoin(dialect.Delimiter, cells.Select(Quoted)).Append('\n');

        string Quoted(string cell) => dialect.Quote is { } quote && cell.AsSpan().IndexOfAny([dialect.Delimiter, quote, '\n', '\r']) >= 0
            ? $"{quote}{cell.Replace(quote.ToString(), new string(quote, 2), StringComparison.Ordinal)}{quote}"
            : cell;
    }

    /// <summary>Asserts the row's facts (CSVW's minimal mode), with the row as their source.</summary>
    /// <param name="graph">The graph that receives them.</param>
    /// <returns>The id of the row's subject: that of its first column.</returns>
    /// <exception cref="InvalidOperationException">The row is rejected.</exception>
    public int LoadInto(KnowledgeGraph graph)
    {
        if (!IsValid) throw new InvalidOperationException($"A rejected row has no facts: {_errors[0]}");
        var origin = graph.OriginOf(_document);
        var (first, anonymous) = (0, 0);
        for (var i = 0; i < _cells.Length; i++)
        {
            var (column, cell) = (_schema.Columns[i], _cells[i]);
            var subject = cell.About is not null ? graph.Terms.Add(new Iri(cell.About)) : anonymous;
            if (subject == 0) subject = anonymous = graph.Terms.Add(new BlankNode(string.Create(CultureInfo.InvariantCulture, $"{BlankNodeScope.Of(_document.Name)}.row{Number}")));
            if (first == 0) first = subject;
            if (column.IsSuppressed) continue;
            var predicate = column.FixedProperty is not null ? graph.Terms.AddIri(column.FixedProperty) : graph.Terms.Add(new Iri(cell.Property!));
            if (cell.Value is not null) graph.Assert(subject, predicate, graph.Terms.Add(new Iri(cell.Value)), origin, Number);
            else if (column.Value is null) AssertLiterals(graph, column, cell, subject, predicate, origin);
        }

        return first;
    }

    internal void RefuseRepeatedKey(HashSet<string> seen)
    {
        if (_schema.PrimaryKey.Count == 0 || !IsValid) return;
        var key = string.Join('\u001f', _schema.PrimaryKey.Select(VariableOf));
        if (!seen.Add(key))
            Reject(_schema.PrimaryKey[0], VariableOf(_schema.PrimaryKey[0]) ?? "", "an earlier row has the same primary key; remove one, or correct the key");
    }

    private void AssertLiterals(KnowledgeGraph graph, TableColumn column, in CellValue cell, int subject, int predicate, int origin)
    {
        if (cell.Items is null) return;
        if (column.Separator is null || !column.IsOrdered)
        {
            foreach (var item in cell.Items) graph.Assert(subject, predicate, LiteralOf(graph, column, item), origin, Number);
            return;
        }

        var terms = graph.Terms;
        var rest = terms.Add(RdfVocabulary.Nil);
        for (var i = cell.Items.Count - 1; i >= 0; i--)
        {
            var node = terms.Add(new BlankNode(string.Create(CultureInfo.InvariantCulture, $"{BlankNodeScope.Of(_document.Name)}.row{Number}.{BlankNodeScope.Of(column.Name)}.{i}")));
            graph.Assert(node, terms.Add(RdfVocabulary.First), LiteralOf(graph, column, cell.Items[i]), origin, Number);
            graph.Assert(node, terms.Add(RdfVocabulary.Rest), rest, origin, Number);
            rest = node;
        }

        graph.Assert(subject, predicate, rest, origin, Number);
    }

    private static int LiteralOf(KnowledgeGraph graph, TableColumn column, string lexicalForm) =>
        graph.Terms.Add(column.Language is not null && column.Datatype.IsString
            ? new Literal(lexicalForm, column.Language)
            : new Literal(lexicalForm, column.Datatype.Datatype));

    private void ReadCells()
    {
        var source = 0;
        for (var i = 0; i < _cells.Length; i++)
        {
            var column = _schema.Columns[i];
            _cells[i].Items = ReadCell(column, column.IsVirtual ? "" : _raw[source++]);
        }

        if (!IsValid) return;
        for (var i = 0; i < _cells.Length && IsValid; i++)
        {
            var column = _schema.Columns[i];
            _cells[i].About = Expanded(column, i, column.About, isNeeded: true);
            if (column.IsSuppressed) continue;
            if (column.FixedProperty is null) _cells[i].Property = Expanded(column, i, column.Property, isNeeded: true);
            if (column.Value is not null && (column.IsVirtual || _cells[i].Items is not null)) _cells[i].Value = Expanded(column, i, column.Value, isNeeded: false);
        }
    }

    /// <summary>The lexical forms of a cell's values; null for a cell without any (CSVW model, section 6.4).</summary>
    private List<string>? ReadCell(TableColumn column, string raw)
    {
        var text = Normalized(column, raw);
        if (text.Length == 0) text = Normalized(column, column.Default);
        if (column.Separator is { } separator && !column.Nulls.Contains(text))
        {
            var items = new List<string>();
            if (text.Length > 0)
            {
                foreach (var part in text.Split(separator))
                {
                    var item = column.Datatype.KeepsWhiteSpace ? part : part.Trim();
                    if (!column.Nulls.Contains(item) && Read(column, item) is { } read) items.Add(read);
                }
            }

            if (items.Count == 0 && column.IsRequired) Reject(column.Name, raw, "it is empty, and the column is required");
            return items;
        }

        if (column.Nulls.Contains(text))
        {
            if (column.IsRequired) Reject(column.Name, raw, "it is empty, and the column is required");
            return null;
        }

        return Read(column, text) is { } value ? [value] : null;
    }

    private string? Read(TableColumn column, string text)
    {
        if (column.Datatype.TryRead(text, out var lexicalForm, out var problem)) return lexicalForm;
        Reject(column.Name, text, problem);
        return null;
    }

    private static string Normalized(TableColumn column, string text)
    {
        if (column.Datatype.KeepsWhiteSpace) return text;
        if (column.Datatype.Name == "normalizedString") return text.Replace('\r', ' ').Replace('\n', ' ').Replace('\t', ' ');
        return text.AsSpan().ContainsAny(" \t\r\n") ? string.Join(' ', text.Split([' ', '\t', '\r', '\n'], StringSplitOptions.RemoveEmptyEntries)) : text;
    }

    /// <summary>The IRI of a template in this row; null where a value that it needs is missing.</summary>
    private string? Expanded(TableColumn column, int index, UriTemplate? template, bool isNeeded)
    {
        if (template is null) return null;
        var expanded = template.Expand(name => VariableOf(name, column, index), out var missing);
        if (missing is not null)
        {
            // A name made from nothing would be the same for many rows, so it is none.
            if (isNeeded) Reject(missing, "", $"it is empty, and '{template.Text}' needs it");
            return null;
        }

        var iri = InitialPrefixes.Expand(expanded);
        if (!IriReference.IsAbsolute(iri) && _schema.BaseIri is not null) iri = IriReference.Resolve(_schema.BaseIri, iri);
        if (IriReference.IsAbsolute(iri) && IriReference.HasOnlyIriCharacters(iri)) return iri;
        Reject(column.Name, expanded, $"'{iri}', made by '{template.Text}', is not an absolute IRI");
        return null;
    }

    private string? VariableOf(string name, TableColumn column, int index) => name switch
    {
        "_name" => column.Name,
        "_row" => Number.ToString(CultureInfo.InvariantCulture),
        "_sourceRow" => _sourceRow.ToString(CultureInfo.InvariantCulture),
        "_column" or "_sourceColumn" => (index + 1).ToString(CultureInfo.InvariantCulture),
        _ => VariableOf(name),
    };

    private string? VariableOf(string name)
    {
        for (var i = 0; i < _cells.Length; i++)
            if (_schema.Columns[i].Name == name) return _cells[i].Items is { } items ? string.Join(',', items) : null;
        return null;
    }

    private static string Advice(CsvMalformedReason reason) => reason switch
    {
        CsvMalformedReason.UnterminatedQuote => "a cell is quoted and its closing quote is missing",
        _ => "a quote stands in the middle of a cell; put the whole cell in quotes and double the quotes in it",
    };

    private void Reject(string column, string value, string reason) => _errors.Add(new RowError(Number, column, value, reason));

    /// <summary>A cell's values and the IRIs that its column makes of the row.</summary>
    private struct CellValue
    {
        public List<string>? Items;
        public string? About;
        public string? Property;
        public string? Value;
    }
}
