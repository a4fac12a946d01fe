using System.Numerics;

namespace Reasoner.Rdf;

/// <content>Equality and order: SPARQL 1.2 Query, 17.3 and 17.4.2.2.</content>
public readonly partial struct Value
{
    /// <summary>
    /// SPARQL's <c>=</c>. Null is an error: the values cannot be known to be equal or not, as with two different
    /// literals of an unknown datatype. A time without timezone is taken to be in UTC.
    /// </summary>
    /// <remarks>
    /// Numbers are compared after XPath's promotion (integer, decimal, float, double), so a decimal equals the double
    /// that it rounds to.
    /// </remarks>
    public static bool? AreEqual(in Value left, in Value right)
    {
        if (AreNarrow(left, right)) return left._payload.Integer == right._payload.Integer;
        if (left.IsError || right.IsError) return null;
        if (left.IsNumeric && right.IsNumeric) return CompareNumbers(left, right) == ValueOrder.Equal;
        if (left.IsDuration && right.IsDuration)
        {
            CalendarDuration a = left._payload.Duration, b = right._payload.Duration;
            return a.Months == b.Months && a.Ticks == b.Ticks;
        }

        if (left.Kind == right.Kind)
        {
            return left.Kind switch
            {
                ValueKind.String => left.Text == right.Text,
                ValueKind.Boolean => left.AsBoolean == right.AsBoolean,
                ValueKind.DateTime or ValueKind.Date or ValueKind.Time =>
                    left._payload.Time.InstantTicks == right._payload.Time.InstantTicks,
                ValueKind.TripleTerm => AreEqual((TripleTerm)left._source!, (TripleTerm)right._source!),
                ValueKind.Opaque => left._source!.Equals(right._source) ? true : null,
                _ => left._source!.Equals(right._source),
            };
        }

        var isOpaque = left.Kind == ValueKind.Opaque || right.Kind == ValueKind.Opaque;
        return isOpaque && left.IsLiteral && right.IsLiteral ? null : false;
    }

    /// <summary>
    /// How two values stand under SPARQL's <c>&lt;</c> and <c>&gt;</c>. Strings compare by code point; a time without
    /// timezone is taken to be in UTC; <c>xsd:duration</c> has no order, its two subtypes do.
    /// </summary>
    public static ValueOrder Compare(in Value left, in Value right)
    {
        if (AreNarrow(left, right)) return OrderOf(left._payload.Integer.CompareTo(right._payload.Integer));
        if (left.IsNumeric && right.IsNumeric) return CompareNumbers(left, right);
        if (left.Kind != right.Kind) return ValueOrder.Incomparable;
        return left.Kind switch
        {
            ValueKind.String => OrderOf(CompareByCodePoint(left.Text!, right.Text!)),
            ValueKind.Boolean => OrderOf(left._payload.Integer.CompareTo(right._payload.Integer)),
            ValueKind.DateTime or ValueKind.Date or ValueKind.Time =>
                OrderOf(left._payload.Time.InstantTicks.CompareTo(right._payload.Time.InstantTicks)),
            ValueKind.DayTimeDuration =>
                OrderOf(left._payload.Duration.Ticks.CompareTo(right._payload.Duration.Ticks)),
            ValueKind.YearMonthDuration =>
                OrderOf(left._payload.Duration.Months.CompareTo(right._payload.Duration.Months)),
            _ => ValueOrder.Incomparable,
        };
    }

    private static ValueOrder CompareNumbers(in Value left, in Value right)
    {
        switch (left.Kind > right.Kind ? left.Kind : right.Kind)
        {
            case ValueKind.Double:
                return CompareDoubles(left.AsDouble, right.AsDouble);
            case ValueKind.Float:
                return CompareDoubles(left.AsFloat, right.AsFloat);
            case ValueKind.Decimal when !left._isWide && !right._isWide:
                return OrderOf(left.AsDecimal.CompareTo(right.AsDecimal));
            case ValueKind.Decimal when left._isWide:
                return CompareWide(left.Wide, right._payload.Decimal);
            case ValueKind.Decimal:
                return (ValueOrder)(-(sbyte)CompareWide(right.Wide, left._payload.Decimal));
            default:
                return OrderOf(left.AsBigInteger.CompareTo(right.AsBigInteger));
        }
    }

    private static ValueOrder CompareDoubles(double left, double right) =>
        left < right ? ValueOrder.Less
        : left > right ? ValueOrder.Greater
        : left == right ? ValueOrder.Equal
        : ValueOrder.Unordered;

    // Not by conversion to decimal, whose range a wide integer may exceed.
    private static ValueOrder CompareWide(BigInteger wide, decimal number)
    {
        var byWhole = wide.CompareTo(new BigInteger(decimal.Truncate(number)));
        return OrderOf(byWhole != 0 ? byWhole : 0m.CompareTo(number - decimal.Truncate(number)));
    }

    private static int CompareByCodePoint(string left, string right)
    {
        var same = left.AsSpan().CommonPrefixLength(right);
        if (same == left.Length || same == right.Length) return left.Length.CompareTo(right.Length);
        char a = left[same], b = right[same];
        // UTF-16 puts surrogates, which stand for the highest code points, below U+E000.
        var order = char.IsSurrogate(a).CompareTo(char.IsSurrogate(b));
        return order != 0 ? order : a.CompareTo(b);
    }

    private static bool? AreEqual(TripleTerm left, TripleTerm right)
    {
        var subject = AreEqual(Of(left.Triple.Subject), Of(right.Triple.Subject));
        var predicate = AreEqual(Of(left.Triple.Predicate), Of(right.Triple.Predicate));
        var @object = AreEqual(Of(left.Triple.Object), Of(right.Triple.Object));
        return subject & predicate & @object;
    }

    private static ValueOrder OrderOf(int comparison) => (ValueOrder)Math.Sign(comparison);
}
