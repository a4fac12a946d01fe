using System.Numerics;

namespace Reasoner.Rdf;

/// <summary>From literals to values (XSD 1.1's lexical mappings) and back.</summary>
internal static class LiteralMapping
{
    public static Value ValueOf(Literal literal)
    {
        if (literal.Language is not null) return Value.OfLanguageString(literal);
        var datatype = literal.Datatype;
        var kind = KindOf(datatype);
        if (kind == ValueKind.Opaque) return Value.Opaque(literal);
        if (kind == ValueKind.String) return Value.OfString(literal);

        var value = Value.Parse(literal.LexicalForm, kind);
        return value.IsError || !IsInRange(value, datatype) ? Value.Opaque(literal) : value.WithOrigin(literal);
    }

    public static Literal CanonicalLiteral(in Value value) =>
        new(CanonicalForm.Of(value), DatatypeOf(value.Kind));

    public static Iri DatatypeOf(ValueKind kind) => kind switch
    {
        ValueKind.String => Xsd.String,
        ValueKind.Boolean => Xsd.Boolean,
        ValueKind.Integer => Xsd.Integer,
        ValueKind.Decimal => Xsd.Decimal,
        ValueKind.Float => Xsd.Float,
        ValueKind.Double => Xsd.Double,
        ValueKind.DateTime => Xsd.DateTime,
        ValueKind.Date => Xsd.Date,
        ValueKind.Time => Xsd.Time,
        ValueKind.Duration => Xsd.Duration,
        ValueKind.DayTimeDuration => Xsd.DayTimeDuration,
        ValueKind.YearMonthDuration => Xsd.YearMonthDuration,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "The kind has no datatype of its own."),
    };

    internal static ValueKind KindOf(Iri datatype)
    {
        var iri = datatype.Value.AsSpan();
        if (!iri.StartsWith(Xsd.Namespace, StringComparison.Ordinal)) return ValueKind.Opaque;
        return iri[Xsd.Namespace.Length..] switch
        {
            "string" => ValueKind.String,
            "boolean" => ValueKind.Boolean,
            "integer" or "long" or "int" or "short" or "byte" or "nonNegativeInteger" or "positiveInteger"
                or "nonPositiveInteger" or "negativeInteger" or "unsignedLong" or "unsignedInt" or "unsignedShort"
                or "unsignedByte" => ValueKind.Integer,
            "decimal" => ValueKind.Decimal,
            "float" => ValueKind.Float,
            "double" => ValueKind.Double,
            "dateTime" or "dateTimeStamp" => ValueKind.DateTime,
            "date" => ValueKind.Date,
            "time" => ValueKind.Time,
            "duration" => ValueKind.Duration,
            "dayTimeDuration" => ValueKind.DayTimeDuration,
            "yearMonthDuration" => ValueKind.YearMonthDuration,
            _ => ValueKind.Opaque,
        };
    }

    /// <summary>Whether a value lies in the value space of a datatype derived from that of the value's kind.</summary>
    private static bool IsInRange(in Value value, Iri datatype)
    {
        if (value.Kind == ValueKind.DateTime && datatype.Equals(Xsd.DateTimeStamp))
            return value.TryGetTime(out var time) && time.OffsetMinutes is not null;
        if (value.Kind != ValueKind.Integer || datatype.Equals(Xsd.Integer)) return true;

        var number = value.AsBigInteger;
        return datatype.Value.AsSpan(Xsd.Namespace.Length) switch
        {
            "long" => IsWithin(number, long.MinValue, long.MaxValue),
            "int" => IsWithin(number, int.MinValue, int.MaxValue),
            "short" => IsWithin(number, short.MinValue, short.MaxValue),
            "byte" => IsWithin(number, sbyte.MinValue, sbyte.MaxValue),
            "unsignedLong" => IsWithin(number, 0, ulong.MaxValue),
            "unsignedInt" => IsWithin(number, 0, uint.MaxValue),
            "unsignedShort" => IsWithin(number, 0, ushort.MaxValue),
            "unsignedByte" => IsWithin(number, 0, byte.MaxValue),
            "nonNegativeInteger" => number.Sign >= 0,
            "positiveInteger" => number.Sign > 0,
            "nonPositiveInteger" => number.Sign <= 0,
            _ => number.Sign < 0,
        };
    }

    private static bool IsWithin(BigInteger number, BigInteger least, BigInteger greatest) =>
        number >= least && number <= greatest;
}
