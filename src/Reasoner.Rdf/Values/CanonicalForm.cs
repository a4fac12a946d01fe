using System.Globalization;
using System.Text;

namespace Reasoner.Rdf;

/// <summary>XSD 1.1's canonical mappings.</summary>
internal static class CanonicalForm
{
    public static string Of(in Value value)
    {
        switch (value.Kind)
        {
            case ValueKind.String:
                return value.Text!;
            case ValueKind.Boolean:
                return value.AsBoolean ? "true" : "false";
            case ValueKind.Integer:
                return value.TryGetInteger(out var integer)
                    ? integer.ToString(CultureInfo.InvariantCulture)
                    : value.AsBigInteger.ToString(CultureInfo.InvariantCulture);
            case ValueKind.Decimal:
                value.TryGetDecimal(out var number);
                return OfDecimal(number);
            case ValueKind.Float:
                return OfFloating(value.AsFloat.ToString("R", CultureInfo.InvariantCulture));
            case ValueKind.Double:
                return OfFloating(value.AsDouble.ToString("R", CultureInfo.InvariantCulture));
            case ValueKind.DateTime or ValueKind.Date or ValueKind.Time:
                value.TryGetTime(out var time);
                return OfTime(time, value.Kind);
            case ValueKind.Duration or ValueKind.DayTimeDuration or ValueKind.YearMonthDuration:
                value.TryGetDuration(out var duration);
                return OfDuration(duration, value.Kind);
            default:
                throw new ArgumentException($"A value of kind {value.Kind} has no canonical form.", nameof(value));
        }
    }

    private static string OfDecimal(decimal number)
    {
        if (number == 0) return "0";
        var text = number.ToString(CultureInfo.InvariantCulture);
        return text.Contains('.') ? text.TrimEnd('0').TrimEnd('.') : text;
    }

    /// <summary>
    /// Brings the shortest text that reads back as the same number to one digit before the point and an exponent.
    /// </summary>
    private static string OfFloating(string shortest)
    {
        switch (shortest)
        {
            case "NaN": return "NaN";
            case "Infinity": return "INF";
            case "-Infinity": return "-INF";
        }

        var text = shortest.AsSpan();
        var sign = text[0] == '-' ? "-" : "";
        text = text[sign.Length..];
        var exponent = 0;
        var exponentAt = text.IndexOf('E');
        if (exponentAt >= 0)
        {
            exponent = int.Parse(text[(exponentAt + 1)..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
            text = text[..exponentAt];
        }

        var point = text.IndexOf('.');
        var whole = point < 0 ? text : text[..point];
        var digits = string.Concat(whole, point < 0 ? [] : text[(point + 1)..]);
        var significant = digits.TrimStart('0');
        if (significant.Length == 0) return sign + "0.0E0";
        exponent += whole.Length - 1 - (digits.Length - significant.Length);
        var fraction = significant[1..].TrimEnd('0');
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{sign}{significant[0]}.{(fraction.Length == 0 ? "0" : fraction)}E{exponent}");
    }

    private static string OfTime(in CalendarTime time, ValueKind kind)
    {
        var text = new StringBuilder();
        if (kind != ValueKind.Time)
        {
            if (time.Year < 0) text.Append('-');
            text.Append(CultureInfo.InvariantCulture, $"{Math.Abs(time.Year):0000}-{time.Month:00}-{time.Day:00}");
        }

        if (kind == ValueKind.DateTime) text.Append('T');
        if (kind != ValueKind.Date)
        {
            text.Append(CultureInfo.InvariantCulture, $"{time.Hour:00}:{time.Minute:00}:");
            AppendSeconds(text, time.TicksOfDay % TimeSpan.TicksPerMinute, "00");
        }

        return text.Append(Timezone(time.OffsetMinutes)).ToString();
    }

    /// <summary><c>Z</c>, <c>-08:00</c>, or nothing where there is no timezone.</summary>
    public static string Timezone(int? offsetMinutes)
    {
        if (offsetMinutes is not { } offset) return "";
        if (offset == 0) return "Z";
        var size = Math.Abs(offset);
        return string.Create(CultureInfo.InvariantCulture, $"{(offset < 0 ? '-' : '+')}{size / 60:00}:{size % 60:00}");
    }

    private static string OfDuration(in CalendarDuration duration, ValueKind kind)
    {
        if (duration.Months == 0 && duration.Ticks == 0)
            return kind == ValueKind.YearMonthDuration ? "P0M" : "PT0S";
        var text = new StringBuilder(duration.IsNegative ? "-P" : "P");
        var months = Math.Abs((long)duration.Months);
        AppendPart(text, months / 12, 'Y');
        AppendPart(text, months % 12, 'M');
        var ticks = Math.Abs(duration.Ticks);
        AppendPart(text, ticks / TimeSpan.TicksPerDay, 'D');
        if (ticks % TimeSpan.TicksPerDay == 0) return text.ToString();
        text.Append('T');
        AppendPart(text, ticks / TimeSpan.TicksPerHour % 24, 'H');
        AppendPart(text, ticks / TimeSpan.TicksPerMinute % 60, 'M');
        if (ticks % TimeSpan.TicksPerMinute == 0) return text.ToString();
        AppendSeconds(text, ticks % TimeSpan.TicksPerMinute, "0");
        return text.Append('S').ToString();
    }

    private static void AppendPart(StringBuilder text, long count, char designator)
    {
        if (count != 0) text.Append(CultureInfo.InvariantCulture, $"{count}{designator}");
    }

    private static void AppendSeconds(StringBuilder text, long ticks, string format)
    {
        text.Append((ticks / TimeSpan.TicksPerSecond).ToString(format, CultureInfo.InvariantCulture));
        var fraction = ticks % TimeSpan.TicksPerSecond;
        if (fraction == 0) return;
        text.Append('.').Append(fraction.ToString("0000000", CultureInfo.InvariantCulture).TrimEnd('0'));
    }
}
