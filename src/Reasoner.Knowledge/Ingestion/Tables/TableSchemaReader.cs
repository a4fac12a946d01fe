using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Reasoner.Rdf;

namespace Reasoner.Knowledge;

/// <summary>Reads CSVW metadata.</summary>
internal sealed class TableSchemaReader
{
    private const string Namespace = "http://www.w3.org/ns/csvw";
    private const int MaxDepth = 32;
    private const int MaxColumns = 10_000;

    private static readonly string[] s_inherited =
        ["aboutUrl", "datatype", "default", "lang", "null", "ordered", "propertyUrl", "required", "separator", "textDirection", "valueUrl"];

    private static readonly string[] s_table =
        ["@context", "@id", "@type", "dialect", "notes", "suppressOutput", "tableDirection", "tableSchema", "tables", "transformations", "url"];

    private static readonly string[] s_schema = ["@id", "@type", "columns", "foreignKeys", "primaryKey", "rowTitles"];

    private static readonly string[] s_column = ["@id", "@type", "name", "suppressOutput", "titles", "virtual"];

    private static readonly string[] s_dialect =
    [
        "@id", "@type", "commentPrefix", "delimiter", "doubleQuote", "encoding", "header", "headerRowCount", "lineTerminators", "quoteChar",
        "skipBlankRows", "skipColumns", "skipInitialSpace", "skipRows", "trim",
    ];

    private static readonly string[] s_datatype =
    [
        "@id", "@type", "base", "format", "length", "maxExclusive", "maxInclusive", "maxLength", "maximum", "minExclusive", "minInclusive",
        "minLength", "minimum",
    ];

    private readonly JsonText _text;
    private string? _base;
    private string? _language;

    public TableSchemaReader(ReadOnlyMemory<byte> json, string name) => _text = JsonText.Parse(json, name, MaxDepth);

    /// <summary>Reads the document: the description of a table, or of a group of one.</summary>
    public TableSchema Read()
    {
        if (_text.Kind(0) != JsonTokenType.StartObject) throw _text.Error(0, "table metadata is a JSON object with \"url\" and \"tableSchema\"");
        RequireKnown(0, [.. s_table, .. s_inherited]);
        ReadContext();
        var scopes = new List<int> { 0 };
        var table = 0;
        if (_text.Find(0, "tables"u8) is >= 0 and var tables)
        {
            if (_text.Kind(tables) != JsonTokenType.StartArray) throw _text.Error(tables, "tables is an array of table descriptions");
            var all = new List<int>();
            foreach (var item in _text.ItemsOf(tables)) all.Add(item);
            if (all.Count != 1) throw _text.Error(tables, $"this describes {all.Count} tables; give each a metadata file of its own, NAME.csv-metadata.json");
            table = all[0];
            RequireObject(table, "a table description");
            RequireKnown(table, [.. s_table, .. s_inherited]);
            scopes.Add(table);
        }

        return Table(table, scopes);
    }

    private TableSchema Table(int table, List<int> scopes)
    {
        var url = Text(table, "url") ?? throw _text.Error(table, "the table has no \"url\"; write the name of its file");
        var tableIri = IriReference.IsAbsolute(url) ? url : _base is null ? null : IriReference.Resolve(_base, url);
        var dialect = Found(scopes, "dialect") is >= 0 and var described ? Dialect(described) : new TableDialect();
        var schema = Found(scopes, "tableSchema");
        if (schema < 0) throw _text.Error(table, "the table has no \"tableSchema\"; describe its columns there");
        if (_text.Kind(schema) == JsonTokenType.String) throw _text.Error(schema, "a schema in another document is refused; write it here");
        RequireObject(schema, "tableSchema");
        RequireKnown(schema, [.. s_schema, .. s_inherited]);
        scopes.Add(schema);

        var columns = new List<TableColumn>();
        var list = _text.Find(schema, "columns"u8);
        if (list < 0 || _text.Kind(list) != JsonTokenType.StartArray) throw _text.Error(schema, "tableSchema has no \"columns\"; list them in the table's order");
        var templates = new List<(UriTemplate Template, int Token)>();
        foreach (var item in _text.ItemsOf(list))
        {
            if (columns.Count == MaxColumns) throw _text.Error(item, $"a table may have at most {MaxColumns} columns");
            RequireObject(item, "a column description");
            RequireKnown(item, [.. s_column, .. s_inherited]);
            var column = Column(item, columns.Count, [.. scopes, item], tableIri, templates);
            if (columns.Exists(c => c.Name == column.Name)) throw _text.Error(item, $"two columns are named '{column.Name}'; give them different names");
            if (!column.IsVirtual && columns.Exists(c => c.IsVirtual)) throw _text.Error(item, "virtual columns stand after all others; move this one up");
            columns.Add(column);
        }

        var names = columns.Where(c => !c.IsVirtual).Select(c => c.Name).ToList();
        foreach (var (template, token) in templates) RequireKnownVariables(template, token, names);
        return new TableSchema(_text.Name, url, tableIri, dialect, columns, PrimaryKey(schema, names));
    }

    private TableColumn Column(int item, int index, List<int> scopes, string? tableIri, List<(UriTemplate, int)> templates)
    {
        var titles = Titles(item);
        var name = Text(item, "name") ?? (titles.Count > 0
            ? Uri.EscapeDataString(titles[0])
            : string.Create(CultureInfo.InvariantCulture, $"_col.{index + 1}"));
        var property = Template(scopes, "propertyUrl", templates) ?? UriTemplate.Parse("#" + (Text(item, "name") is null ? name : Uri.EscapeDataString(name)));
        var about = Template(scopes, "aboutUrl", templates);
        var value = Template(scopes, "valueUrl", templates);
        var isSuppressed = Flag(item, "suppressOutput") ?? false;
        foreach (var template in isSuppressed ? [about] : new[] { property, about, value }) RequireBase(template, tableIri, item);
        var datatype = Found(scopes, "datatype") is >= 0 and var token ? Datatype(token) : CellDatatype.Text;
        var language = Text(scopes, "lang") ?? _language;
        if (language is not null && language != "und" && !LanguageTag.IsWellFormed(language))
            throw _text.Error(item, $"'{language}' is not a language tag; write one such as \"en\"");
        return new TableColumn
        {
            Name = name,
            Titles = titles,
            IsVirtual = Flag(item, "virtual") ?? false,
            IsSuppressed = isSuppressed,
            IsRequired = Flag(scopes, "required") ?? false,
            IsOrdered = Flag(scopes, "ordered") ?? false,
            Separator = Text(scopes, "separator"),
            Default = Text(scopes, "default") ?? "",
            Nulls = Found(scopes, "null") is >= 0 and var nulls ? Strings(nulls) : [""],
            Language = language == "und" ? null : language,
            Datatype = datatype,
            About = about,
            Value = value,
            Property = property,
            FixedProperty = !isSuppressed && (property.IsConstant || property.Variables.All(v => v == "_name"))
                ? Encoding.UTF8.GetBytes(FixedIri(property, name, tableIri, item))
                : null,
        };
    }

    private string FixedIri(UriTemplate property, string name, string? tableIri, int token)
    {
        var iri = InitialPrefixes.Expand(property.Expand(_ => name, out _));
        if (!IriReference.IsAbsolute(iri)) iri = IriReference.Resolve(tableIri!, iri);
        return IriReference.HasOnlyIriCharacters(iri) ? iri : throw _text.Error(token, $"the property '{iri}' is not an IRI: it has a character that IRIs cannot have");
    }

    private void RequireBase(UriTemplate? template, string? tableIri, int token)
    {
        if (template is null || tableIri is not null) return;
        var start = template.Text.IndexOf('{', StringComparison.Ordinal) is >= 0 and var brace ? template.Text[..brace] : template.Text;
        if (IriReference.IsAbsolute(InitialPrefixes.Expand(start)) || template.Text.StartsWith("{+", StringComparison.Ordinal)) return;
        throw _text.Error(token, $"'{template.Text}' is relative, and nothing says to what: write an absolute IRI, or \"@context\": [\"{Namespace}\", {{\"@base\": \"http://...\"}}]");
    }

    private void RequireKnownVariables(UriTemplate template, int token, List<string> names)
    {
        foreach (var variable in template.Variables)
        {
            if (variable is "_row" or "_sourceRow" or "_name" or "_column" or "_sourceColumn" || names.Contains(variable)) continue;
            throw _text.Error(token, $"'{{{variable}}}' is not a column of the table{NearestName.Advice(variable, names)}");
        }
    }

    private List<string> PrimaryKey(int schema, List<string> names)
    {
        var token = _text.Find(schema, "primaryKey"u8);
        if (token < 0) return [];
        var key = Strings(token);
        foreach (var name in key)
            if (!names.Contains(name)) throw _text.Error(token, $"the primary key's '{name}' is not a column of the table{NearestName.Advice(name, names)}");
        return key;
    }

    private void ReadContext()
    {
        var context = _text.Find(0, "@context"u8);
        if (context < 0) throw _text.Error(0, $"\"@context\": \"{Namespace}\" is missing; add it");
        var items = new List<int>();
        if (_text.Kind(context) == JsonTokenType.StartArray) foreach (var item in _text.ItemsOf(context)) items.Add(item);
        else items.Add(context);
        if (items.Count == 0 || _text.Kind(items[0]) != JsonTokenType.String || _text.Text(items[0]) != Namespace || items.Count > 2)
            throw _text.Error(context, $"the @context of table metadata is \"{Namespace}\", or an array of that and an object with @base and @language");
        if (items.Count == 1) return;
        RequireObject(items[1], "the second @context");
        RequireKnown(items[1], ["@base", "@language"]);
        _base = Text(items[1], "@base");
        _language = Text(items[1], "@language");
        if (_base is not null && !IriReference.IsAbsolute(_base)) throw _text.Error(items[1], $"@base '{_base}' is relative; write an absolute IRI");
    }

    private TableDialect Dialect(int token)
    {
        if (_text.Kind(token) == JsonTokenType.String) throw _text.Error(token, "a dialect in another document is refused; write it here");
        RequireObject(token, "dialect");
        RequireKnown(token, s_dialect);
        if (Number(token, "skipColumns") is > 0) throw _text.Error(token, "skipColumns is not supported; describe the columns and suppress their output");
        if (Flag(token, "doubleQuote") is false) throw _text.Error(token, "doubleQuote must be true; double the quotes within quoted cells");
        var hasHeader = Flag(token, "header") ?? true;
        var encoding = Text(token, "encoding") ?? "utf-8";
        return new TableDialect
        {
            Delimiter = AsciiCharacter(token, "delimiter", ',') ?? throw _text.Error(token, "delimiter cannot be null"),
            Quote = AsciiCharacter(token, "quoteChar", '"'),
            CommentPrefix = AsciiCharacter(token, "commentPrefix", null),
            Encoding = EncodingNamed(encoding) ?? throw _text.Error(token, $"the encoding '{encoding}' is not known; use utf-8, utf-16 or iso-8859-1"),
            SkippedRows = Number(token, "skipRows") ?? 0,
            HeaderRows = Number(token, "headerRowCount") ?? (hasHeader ? 1 : 0),
            SkipsBlankRows = Flag(token, "skipBlankRows") ?? false,
            IsTrimmed = (Find(token, "trim") is >= 0 and var trim && _text.Kind(trim) == JsonTokenType.True)
                || (Flag(token, "skipInitialSpace") ?? false),
        };
    }

    private static Encoding? EncodingNamed(string name)
    {
        try
        {
            return Encoding.GetEncoding(name, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    private CellDatatype Datatype(int token)
    {
        if (_text.Kind(token) == JsonTokenType.String) return Named(_text.Text(token), token);
        RequireObject(token, "datatype");
        RequireKnown(token, s_datatype);
        var datatype = Named(Text(token, "base") ?? "string", token);
        var id = Text(token, "@id") is { } iri ? new Iri(InitialPrefixes.Expand(iri)) : null;
        try
        {
            return WithFormat(datatype, id, token, Find(token, "format"), Limits(datatype, token));
        }
        catch (FormatException problem)
        {
            throw _text.Error(token, problem.Message);
        }
    }

    private CellDatatype Named(string name, int token) => CellDatatype.Named(name)
        ?? throw _text.Error(token, $"'{name}' is not a built-in datatype{NearestName.Advice(name, CellDatatype.Names)}");

    private CellDatatype WithFormat(CellDatatype datatype, Iri? id, int token, int format, List<CellLimit> limits)
    {
        if (format < 0) return datatype.With(id, null, null, null, null, limits);
        if (datatype.IsNumeric) return datatype.With(id, NumberFormatAt(format), null, null, null, limits);
        if (_text.Kind(format) != JsonTokenType.String) throw _text.Error(format, "format is a string");
        var written = _text.Text(format);
        if (datatype.IsTemporal) return datatype.With(id, null, new TimeFormat(written), null, null, limits);
        if (datatype.Name == "boolean")
        {
            var bar = written.IndexOf('|', StringComparison.Ordinal);
            if (bar <= 0 || bar == written.Length - 1) throw _text.Error(format, "the format of a boolean is two words such as \"Y|N\"");
            return datatype.With(id, null, null, (written[..bar], written[(bar + 1)..]), null, limits);
        }

        try
        {
            var pattern = new Regex($"^(?:{written})$", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
            return datatype.With(id, null, null, null, pattern, limits);
        }
        catch (Exception problem) when (problem is ArgumentException or NotSupportedException)
        {
            throw _text.Error(format, $"'{written}' is not a supported regular expression; look-around and back references are not");
        }
    }

    private NumberFormat NumberFormatAt(int format)
    {
        if (_text.Kind(format) == JsonTokenType.String) return new NumberFormat('.', null, _text.Text(format));
        RequireObject(format, "format");
        RequireKnown(format, ["decimalChar", "groupChar", "pattern"]);
        return new NumberFormat(OptionalCharacter(format, "decimalChar", '.') ?? '.', OptionalCharacter(format, "groupChar", null), Text(format, "pattern"));
    }

    private List<CellLimit> Limits(CellDatatype datatype, int token)
    {
        var limits = new List<CellLimit>();
        foreach (var (name, isLeast, isExclusive) in s_bounds)
        {
            var bound = Find(token, name);
            if (bound < 0) continue;
            if (!datatype.TryRead(_text.Text(bound), out var lexicalForm, out _)
                || Value.Of(new Literal(lexicalForm, datatype.Datatype)) is var value && Value.Compare(value, value) != ValueOrder.Equal)
            {
                throw _text.Error(bound, $"{name} must be a {datatype.Name}, and of a datatype that has an order");
            }

            limits.Add(new CellLimit.OfValue(value, isLeast, isExclusive));
        }

        var exact = Number(token, "length");
        var (least, most) = (exact ?? Number(token, "minLength"), exact ?? Number(token, "maxLength"));
        if (least is not null || most is not null) limits.Add(new CellLimit.OfLength(least ?? 0, most ?? int.MaxValue));
        return limits;
    }

    private static readonly (string Name, bool IsLeast, bool IsExclusive)[] s_bounds =
    [
        ("minimum", true, false), ("minInclusive", true, false), ("minExclusive", true, true),
        ("maximum", false, false), ("maxInclusive", false, false), ("maxExclusive", false, true),
    ];

    private UriTemplate? Template(List<int> scopes, string name, List<(UriTemplate, int)> templates)
    {
        var token = Found(scopes, name);
        if (token < 0) return null;
        if (_text.Kind(token) != JsonTokenType.String) throw _text.Error(token, $"{name} is a URI template in quotes");
        try
        {
            var template = UriTemplate.Parse(_text.Text(token));
            templates.Add((template, token));
            return template;
        }
        catch (FormatException problem)
        {
            throw _text.Error(token, $"'{_text.Text(token)}' is not a URI template: {problem.Message}");
        }
    }

    private List<string> Titles(int column)
    {
        var token = Find(column, "titles");
        if (token < 0) return [];
        if (_text.Kind(token) != JsonTokenType.StartObject) return Strings(token);
        var all = new List<string>();
        foreach (var language in _text.MembersOf(token)) all.AddRange(Strings(language + 1));
        return all;
    }

    private List<string> Strings(int token)
    {
        if (_text.Kind(token) == JsonTokenType.String) return [_text.Text(token)];
        if (_text.Kind(token) != JsonTokenType.StartArray) throw _text.Error(token, "a string, or an array of strings, was expected");
        var all = new List<string>();
        foreach (var item in _text.ItemsOf(token))
        {
            if (_text.Kind(item) != JsonTokenType.String) throw _text.Error(item, "a string was expected");
            all.Add(_text.Text(item));
        }

        return all;
    }

    /// <summary>Members with a colon are annotations, which say nothing about how to read the table.</summary>
    private void RequireKnown(int @object, string[] names)
    {
        foreach (var member in _text.MembersOf(@object))
        {
            var name = _text.Text(member);
            if (!name.Contains(':', StringComparison.Ordinal) && !names.Contains(name, StringComparer.Ordinal))
                throw _text.Error(member, $"'{name}' is not known here{NearestName.Advice(name, names)}");
        }
    }

    private void RequireObject(int token, string what)
    {
        if (_text.Kind(token) != JsonTokenType.StartObject) throw _text.Error(token, $"{what} is an object");
    }

    private int Find(int @object, string name) => _text.Find(@object, Encoding.UTF8.GetBytes(name));

    /// <summary>The value of a property that the innermost of several scopes has, or -1.</summary>
    private int Found(List<int> scopes, string name)
    {
        for (var i = scopes.Count - 1; i >= 0; i--)
            if (Find(scopes[i], name) is >= 0 and var token) return token;
        return -1;
    }

    private string? Text(int @object, string name) => TextAt(Find(@object, name), name);

    private string? Text(List<int> scopes, string name) => TextAt(Found(scopes, name), name);

    private string? TextAt(int token, string name) => token < 0 ? null : _text.Kind(token) switch
    {
        JsonTokenType.Null => null,
        JsonTokenType.String => _text.Text(token),
        _ => throw _text.Error(token, $"{name} is a string"),
    };

    private bool? Flag(int @object, string name) => FlagAt(Find(@object, name), name);

    private bool? Flag(List<int> scopes, string name) => FlagAt(Found(scopes, name), name);

    private bool? FlagAt(int token, string name) => token < 0 ? null : _text.Kind(token) switch
    {
        JsonTokenType.True => true,
        JsonTokenType.False => false,
        _ => throw _text.Error(token, $"{name} is true or false"),
    };

    private int? Number(int @object, string name)
    {
        var token = Find(@object, name);
        if (token < 0) return null;
        return int.TryParse(_text.Text(token), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw _text.Error(token, $"{name} is a whole number, 0 or more");
    }

    private char? AsciiCharacter(int @object, string name, char? otherwise) => OptionalCharacter(@object, name, otherwise) is var c && c is null or <= '\x7f'
        ? c
        : throw _text.Error(@object, $"{name} is one ASCII character");

    private char? OptionalCharacter(int @object, string name, char? otherwise)
    {
        var token = Find(@object, name);
        if (token < 0) return otherwise;
        if (_text.Kind(token) == JsonTokenType.Null) return null;
        var written = TextAt(token, name)!;
        return written.Length == 1 ? written[0] : throw _text.Error(token, $"{name} is one character");
    }
}
