using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;
using Reasoner.Rdf;

namespace Reasoner.Knowledge;

/// <summary>The datatype of a column's cells: how their text is read and what it must be (CSVW metadata, section 5.11.2; model, section 6.4).</summary>
internal sealed class CellDatatype
{
    private static readonly Dictionary<string, string> s_renamed = new(StringComparer.Ordinal)
    {
        ["number"] = Xsd.Namespace + "double",
        ["binary"] = Xsd.Namespace + "base64Binary",
        ["datetime"] = Xsd.Namespace + "dateTime",
        ["any"] = Xsd.Namespace + "anyAtomicType",
        ["xml"] = RdfVocabulary.Namespace + "XMLLiteral",
        ["html"] = RdfVocabulary.Namespace + "HTML",
        ["json"] = "http://www.w3.org/ns/csvw#JSON",
    };

    private static readonly HashSet<string> s_names = new(StringComparer.Ordinal)
    {
        "anyAtomicType", "anyURI", "base64Binary", "boolean", "date", "dateTime", "dateTimeStamp", "decimal", "integer", "long", "int",
        "short", "byte", "nonNegativeInteger", "positiveInteger", "unsignedLong", "unsignedInt", "unsignedShort", "unsignedByte",
        "nonPositiveInteger", "negativeInteger", "double", "duration", "dayTimeDuration", "yearMonthDuration", "float", "gDay", "gMonth",
        "gMonthDay", "gYear", "gYearMonth", "hexBinary", "QName", "string", "normalizedString", "token", "language", "Name", "NMTOKEN", "time",
    };

    private static readonly HashSet<string> s_keepWhiteSpace = new(StringComparer.Ordinal) { "string", "json", "xml", "html", "any", "anyAtomicType" };

    private readonly Iri _base;
    private readonly ValueKind _kind;

    private CellDatatype(string name, Iri @base)
    {
        (Name, _base, Datatype) = (name, @base, @base);
        KeepsWhiteSpace = s_keepWhiteSpace.Contains(name);
        _kind = Value.KindOf(@base);
        IsNumeric = _kind is ValueKind.Integer or ValueKind.Decimal or ValueKind.Float or ValueKind.Double;
    }

    /// <summary>Strings without conditions.</summary>
    public static CellDatatype Text { get; } = new("string", Xsd.String);

    /// <summary>The names of the built-in datatypes.</summary>
    public static IEnumerable<string> Names => s_names.Concat(s_renamed.Keys).Order(StringComparer.Ordinal);

    /// <summary>The built-in datatype's name.</summary>
    public string Name { get; }

    /// <summary>The datatype of the literals.</summary>
    public Iri Datatype { get; private init; }

    /// <summary>Whether white space around and within a cell belongs to its value.</summary>
    public bool KeepsWhiteSpace { get; }

    /// <summary>Whether cells are strings, which may have a language.</summary>
    public bool IsString => Datatype.Equals(Xsd.String);

    /// <summary>Whether cells are numbers, with a format of their own.</summary>
    public bool IsNumeric { get; }

    /// <summary>Whether cells are points in time, with a format of their own.</summary>
    public bool IsTemporal => Name is "date" or "dateTime" or "dateTimeStamp" or "datetime" or "time";

    /// <summary>How numbers are written.</summary>
    public NumberFormat? Number { get; init; }

    /// <summary>How points in time are written.</summary>
    public TimeFormat? Time { get; init; }

    /// <summary>What true and false are written as.</summary>
    public (string True, string False)? Booleans { get; init; }

    /// <summary>What cells of other datatypes must match, whole.</summary>
    public Regex? Pattern { get; init; }

    /// <summary>Least and greatest values and lengths.</summary>
    public IReadOnlyList<CellLimit> Limits { get; init; } = [];

    /// <summary>The datatype of a name, or null.</summary>
    public static CellDatatype? Named(string name)
    {
        if (s_renamed.TryGetValue(name, out var iri)) return new CellDatatype(name, new Iri(iri));
        return s_names.Contains(name) ? new CellDatatype(name, new Iri(Xsd.Namespace + name)) : null;
    }

    /// <summary>The same datatype with what metadata says about it.</summary>
    public CellDatatype With(
        Iri? id, NumberFormat? number, TimeFormat? time, (string, string)? booleans, Regex? pattern, IReadOnlyList<CellLimit> limits) =>
        new(Name, _base) { Datatype = id ?? Datatype, Number = number, Time = time, Booleans = booleans, Pattern = pattern, Limits = limits };

    /// <summary>Reads a cell's text into the lexical form of a literal.</summary>
    public bool TryRead(string cell, [NotNullWhen(true)] out string? lexicalForm, [NotNullWhen(false)] out string? problem)
    {
        (lexicalForm, problem) = (cell, null);
        if (IsNumeric) (lexicalForm, problem) = (Number ?? NumberFormat.Plain).Read(cell);
        else if (Time is not null) (lexicalForm, problem) = Time.Read(cell);
        else if (Name == "boolean") (lexicalForm, problem) = ReadBoolean(cell);
        else if (Pattern is not null && !Pattern.IsMatch(cell)) problem = $"'{cell}' does not match the format";
        if (problem is null && lexicalForm is not null)
        {
            var value = Value.Of(new Literal(lexicalForm, _base));
            if (value.Kind == ValueKind.Opaque && _kind != ValueKind.Opaque) problem = $"'{cell}' is not a valid {Name}";
            else problem = FirstViolated(lexicalForm, value);
        }

        if (problem is null) return lexicalForm is not null;
        lexicalForm = null;
        return false;
    }

    private string? FirstViolated(string lexicalForm, in Value value)
    {
        foreach (var limit in Limits)
            if (limit.Check(lexicalForm, value) is { } problem) return problem;
        return null;
    }

    private (string?, string?) ReadBoolean(string cell)
    {
        var (yes, no) = Booleans ?? ("true", "false");
        if (cell == yes || (Booleans is null && cell == "1")) return ("true", null);
        if (cell == no || (Booleans is null && cell == "0")) return ("false", null);
        return (null, $"'{cell}' is neither '{yes}' nor '{no}'");
    }
}
