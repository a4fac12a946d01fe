using System.Globalization;
using System.Numerics;
using Reasoner.Rdf;

namespace Reasoner.Rules;

/// <summary>The XSD casts (SPARQL 1.2 Query, 17.5; XPath F&amp;O 3.1, 19). The result is in canonical form.</summary>
internal static class CastFunctions
{
    private static readonly char[] s_space = [' ', '\t', '\n', '\r'];

    public static FunctionDefinition[] All =>
    [
        new(Function.CastString, Xsd.String.Value, 1, 1, static (a, _) => ToText(a[0])),
        new(Function.CastBoolean, Xsd.Boolean.Value, 1, 1, To(ValueKind.Boolean)),
        new(Function.CastInteger, Xsd.Integer.Value, 1, 1, To(ValueKind.Integer)),
        new(Function.CastDecimal, Xsd.Decimal.Value, 1, 1, To(ValueKind.Decimal)),
        new(Function.CastFloat, Xsd.Float.Value, 1, 1, To(ValueKind.Float)),
        new(Function.CastDouble, Xsd.Double.Value, 1, 1, To(ValueKind.Double)),
        new(Function.CastDate, Xsd.Date.Value, 1, 1, To(ValueKind.Date)),
        new(Function.CastTime, Xsd.Time.Value, 1, 1, To(ValueKind.Time)),
        new(Function.CastDateTime, Xsd.DateTime.Value, 1, 1, To(ValueKind.DateTime)),
        new(Function.CastDuration, Xsd.Duration.Value, 1, 1, To(ValueKind.Duration)),
        new(Function.CastDayTimeDuration, Xsd.DayTimeDuration.Value, 1, 1, To(ValueKind.DayTimeDuration)),
        new(Function.CastYearMonthDuration, Xsd.YearMonthDuration.Value, 1, 1, To(ValueKind.YearMonthDuration)),
    ];

    private static FunctionBody To(ValueKind target) => (arguments, _) => Cast(arguments[0], target);

    private static Value Cast(in Value value, ValueKind target)
    {
        if (value.Kind == ValueKind.String) return Value.Parse(value.Text.AsSpan().Trim(s_space), target);
        if (value.Kind == target) return Value.Parse(value.CanonicalText, target);
        if (value.IsNumeric || value.Kind == ValueKind.Boolean) return ToNumber(value, target);
        if (value.TryGetTime(out var time)) return ToTime(value.Kind, time, target);
        if (value.TryGetDuration(out var duration)
            && target is ValueKind.Duration or ValueKind.DayTimeDuration or ValueKind.YearMonthDuration)
            return Value.FromDuration(target, duration);
        return Value.Error;
    }

    private static Value ToNumber(in Value value, ValueKind target)
    {
        if (target == ValueKind.Boolean)
            return value.EffectiveBooleanValue is { } truth ? Value.FromBoolean(truth) : Value.Error;
        var number = value.Kind != ValueKind.Boolean ? value
            : Value.FromInteger(value.EffectiveBooleanValue == true ? 1 : 0);
        number.TryGetDouble(out var approximation);
        return target switch
        {
            ValueKind.Integer => ToInteger(number, approximation),
            ValueKind.Decimal => ToDecimal(number, approximation),
            ValueKind.Float => ToFloat(number, approximation),
            ValueKind.Double => Value.FromDouble(approximation),
            _ => Value.Error,
        };
    }

    private static Value ToInteger(in Value number, double approximation)
    {
        if (number.Kind == ValueKind.Integer) return number;
        if (number.TryGetDecimal(out var exact)) return Value.FromInteger(new BigInteger(decimal.Truncate(exact)));
        return double.IsFinite(approximation)
            ? Value.FromInteger(new BigInteger(approximation))
            : Value.Failure("NaN and infinity are no integers.");
    }

    private static Value ToDecimal(in Value number, double approximation)
    {
        if (number.TryGetDecimal(out var exact)) return Value.FromDecimal(exact);
        return double.IsFinite(approximation) && TryGetShortest(number, approximation, out exact)
            ? Value.FromDecimal(exact)
            : Value.Failure("The number is outside the range of xsd:decimal.");
    }

    /// <summary>
    /// The decimal with the fewest digits that reads back as the same float or double, so that a round trip gives what
    /// was written.
    /// </summary>
    private static bool TryGetShortest(in Value number, double approximation, out decimal shortest)
    {
        var text = number.Kind == ValueKind.Float
            ? ((float)approximation).ToString("R", CultureInfo.InvariantCulture)
            : approximation.ToString("R", CultureInfo.InvariantCulture);
        return decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out shortest);
    }

    // From the text, not from the double: rounding twice would not always give the nearest float.
    private static Value ToFloat(in Value number, double approximation) => number.Kind == ValueKind.Double
        ? Value.FromFloat((float)approximation)
        : Value.Parse(number.CanonicalText, ValueKind.Float);

    private static Value ToTime(ValueKind source, CalendarTime time, ValueKind target) => (source, target) switch
    {
        (ValueKind.DateTime, ValueKind.Date or ValueKind.Time) or (ValueKind.Date, ValueKind.DateTime) =>
            Value.FromTime(target, time),
        _ => Value.Error,
    };

    private static Value ToText(in Value value) => value.Kind switch
    {
        ValueKind.Iri => Value.FromString(((Iri)value.ToTerm()).Value),
        ValueKind.Float or ValueKind.Double => Value.FromString(FloatingText(value)),
        ValueKind.BlankNode or ValueKind.TripleTerm or ValueKind.LanguageString or ValueKind.Opaque => Value.Error,
        _ => Value.FromString(value.CanonicalText!),
    };

    /// <summary>XPath writes numbers of everyday size without exponent (F&amp;O 3.1, 19.1.2).</summary>
    private static string FloatingText(in Value value)
    {
        value.TryGetDouble(out var number);
        if (number == 0) return double.IsNegative(number) ? "-0" : "0";
        return Math.Abs(number) is >= 1e-6 and < 1e6 && TryGetShortest(value, number, out var shortest)
            ? Value.FromDecimal(shortest).CanonicalText!
            : value.CanonicalText!;
    }
}
