using System.Collections.Frozen;
using Reasoner.Rdf;

namespace Reasoner.Rules;

/// <summary>How a function is written: its name and how many arguments it takes (SRL grammar, BuiltInCall).</summary>
internal readonly record struct CallSyntax(string Name, Function Function, int MinimumArguments, int MaximumArguments);

/// <summary>The functions that expressions may call: by keyword, and the XSD casts by datatype IRI.</summary>
internal static class BuiltInCalls
{
    private const int Any = int.MaxValue;

    private static readonly CallSyntax[] _keywords =
    [
        new("STR", Function.Str, 1, 1),
        new("LANG", Function.Lang, 1, 1),
        new("LANGMATCHES", Function.LangMatches, 2, 2),
        new("LANGDIR", Function.LangDir, 1, 1),
        new("DATATYPE", Function.Datatype, 1, 1),
        new("IRI", Function.Iri, 1, 1),
        new("URI", Function.Iri, 1, 1),
        new("BNODE", Function.BNode, 0, 1),
        new("ABS", Function.Abs, 1, 1),
        new("CEIL", Function.Ceil, 1, 1),
        new("FLOOR", Function.Floor, 1, 1),
        new("ROUND", Function.Round, 1, 1),
        new("CONCAT", Function.Concat, 0, Any),
        new("SUBSTR", Function.Substr, 2, 3),
        new("STRLEN", Function.StrLen, 1, 1),
        new("REPLACE", Function.Replace, 3, 4),
        new("UCASE", Function.UCase, 1, 1),
        new("LCASE", Function.LCase, 1, 1),
        new("ENCODE_FOR_URI", Function.EncodeForUri, 1, 1),
        new("CONTAINS", Function.Contains, 2, 2),
        new("STRSTARTS", Function.StrStarts, 2, 2),
        new("STRENDS", Function.StrEnds, 2, 2),
        new("STRBEFORE", Function.StrBefore, 2, 2),
        new("STRAFTER", Function.StrAfter, 2, 2),
        new("YEAR", Function.Year, 1, 1),
        new("MONTH", Function.Month, 1, 1),
        new("DAY", Function.Day, 1, 1),
        new("HOURS", Function.Hours, 1, 1),
        new("MINUTES", Function.Minutes, 1, 1),
        new("SECONDS", Function.Seconds, 1, 1),
        new("TIMEZONE", Function.Timezone, 1, 1),
        new("TZ", Function.Tz, 1, 1),
        new("NOW", Function.Now, 0, 0),
        new("UUID", Function.Uuid, 0, 0),
        new("STRUUID", Function.StrUuid, 0, 0),
        new("IF", Function.If, 3, 3),
        new("STRLANG", Function.StrLang, 2, 2),
        new("STRLANGDIR", Function.StrLangDir, 3, 3),
        new("STRDT", Function.StrDt, 2, 2),
        new("sameTerm", Function.SameTerm, 2, 2),
        new("isIRI", Function.IsIri, 1, 1),
        new("isURI", Function.IsIri, 1, 1),
        new("isBLANK", Function.IsBlank, 1, 1),
        new("isLITERAL", Function.IsLiteral, 1, 1),
        new("isNUMERIC", Function.IsNumeric, 1, 1),
        new("hasLANG", Function.HasLang, 1, 1),
        new("hasLANGDIR", Function.HasLangDir, 1, 1),
        new("REGEX", Function.Regex, 2, 3),
        new("isTRIPLE", Function.IsTriple, 1, 1),
        new("TRIPLE", Function.Triple, 3, 3),
        new("SUBJECT", Function.Subject, 1, 1),
        new("PREDICATE", Function.Predicate, 1, 1),
        new("OBJECT", Function.Object, 1, 1),
    ];

    private static readonly FrozenDictionary<string, CallSyntax> _byKeyword =
        _keywords.ToFrozenDictionary(call => call.Name, StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenDictionary<string, CallSyntax>.AlternateLookup<ReadOnlySpan<char>> _byKeywordSpan =
        _byKeyword.GetAlternateLookup<ReadOnlySpan<char>>();

    private static readonly FrozenDictionary<Iri, CallSyntax> _casts = new (Iri Datatype, Function Function)[]
    {
        (Xsd.String, Function.CastString),
        (Xsd.Boolean, Function.CastBoolean),
        (Xsd.Integer, Function.CastInteger),
        (Xsd.Decimal, Function.CastDecimal),
        (Xsd.Float, Function.CastFloat),
        (Xsd.Double, Function.CastDouble),
        (Xsd.Date, Function.CastDate),
        (Xsd.Time, Function.CastTime),
        (Xsd.DateTime, Function.CastDateTime),
        (Xsd.Duration, Function.CastDuration),
        (Xsd.DayTimeDuration, Function.CastDayTimeDuration),
        (Xsd.YearMonthDuration, Function.CastYearMonthDuration),
    }.ToFrozenDictionary(cast => cast.Datatype, cast => new CallSyntax(cast.Datatype.Value, cast.Function, 1, 1));

    private static readonly FrozenDictionary<Function, CallSyntax> _byFunction = _keywords
        .Concat(_casts.Values)
        .GroupBy(call => call.Function)
        .ToFrozenDictionary(calls => calls.Key, calls => calls.First());

    /// <summary>The names that a misspelt function may have meant.</summary>
    public static IEnumerable<string> Keywords => _keywords.Select(call => call.Name);

    /// <summary>The casts' datatypes, for messages.</summary>
    public static string CastNames =>
        string.Join(", ", _casts.Keys.Select(iri => "xsd:" + iri.Value[Xsd.Namespace.Length..]).Order(StringComparer.Ordinal));

    /// <summary>The function of a keyword, in any case.</summary>
    public static bool TryGet(ReadOnlySpan<char> keyword, out CallSyntax call) => _byKeywordSpan.TryGetValue(keyword, out call);

    /// <summary>The cast that a datatype IRI names.</summary>
    public static bool TryGet(Iri datatype, out CallSyntax call) => _casts.TryGetValue(datatype, out call);

    /// <summary>How a function that is no operator is written.</summary>
    public static bool TryGet(Function function, out CallSyntax call) => _byFunction.TryGetValue(function, out call);
}
