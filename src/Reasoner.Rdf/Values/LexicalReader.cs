using System.Globalization;
using System.Numerics;

namespace Reasoner.Rdf;

/// <summary>
/// Strict readers of XSD 1.1's lexical forms, without white space, for the datatypes that <see cref="Value"/> knows.
/// Each gives
/// <see cref="Value.Error"/> for a form outside the lexical space and a reasoned failure for a value that cannot be
/// held.
/// </summary>
internal static class LexicalReader
{
    // A number of 4096 bits has at most 1234 digits; longer ones are refused before the costly conversion.
    private const int MaxIntegerDigits = 1_234;
    private const string OutOfRange = "The value is outside the range that can be held.";

    public static Value Read(ReadOnlySpan<char> text, ValueKind kind) => kind switch
    {
        ValueKind.String => Value.FromString(text.ToString()),
        ValueKind.Boolean => ReadBoolean(text),
        ValueKind.Integer => ReadInteger(text),
        ValueKind.Decimal => ReadDecimal(text),
        ValueKind.Float => ReadFloat(text),
        ValueKind.Double => ReadDouble(text),
        ValueKind.DateTime or ValueKind.Date or ValueKind.Time => ReadTime(text, kind),
        ValueKind.Duration or ValueKind.DayTimeDuration or ValueKind.YearMonthDuration => ReadDuration(text, kind),
        _ => Value.Error,
    };

    private static Value ReadBoolean(ReadOnlySpan<char> text) => text switch
    {
        "true" or "1" => Value.FromBoolean(true),
        "false" or "0" => Value.FromBoolean(false),
        _ => Value.Error,
    };

    private static Value ReadInteger(ReadOnlySpan<char> text)
    {
        var digits = SkipSign(text);
        if (digits.IsEmpty || !IsDigits(digits)) return Value.Error;
        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
            return Value.FromInteger(number);
        return digits.TrimStart('0').Length <= MaxIntegerDigits
            ? Value.FromInteger(BigInteger.Parse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture))
            : Value.Failure(OutOfRange);
    }

    private static Value ReadDecimal(ReadOnlySpan<char> text)
    {
        if (!IsDecimal(SkipSign(text))) return Value.Error;
        const NumberStyles Style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint;
        return decimal.TryParse(text, Style, CultureInfo.InvariantCulture, out var number)
            ? Value.FromDecimal(number)
            : Value.Failure(OutOfRange);
    }

    private static Value ReadFloat(ReadOnlySpan<char> text)
    {
        if (TryReadSpecial(text, out var special)) return Value.FromFloat((float)special);
        return IsScientific(text)
            ? Value.FromFloat(float.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture))
            : Value.Error;
    }

    private static Value ReadDouble(ReadOnlySpan<char> text)
    {
        if (TryReadSpecial(text, out var special)) return Value.FromDouble(special);
        return IsScientific(text)
            ? Value.FromDouble(double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture))
            : Value.Error;
    }

    private static bool TryReadSpecial(ReadOnlySpan<char> text, out double number)
    {
        number = text switch
        {
            "INF" or "+INF" => double.PositiveInfinity,
            "-INF" => double.NegativeInfinity,
            _ => double.NaN,
        };
        return !double.IsNaN(number) || text is "NaN";
    }

    private static bool IsScientific(ReadOnlySpan<char> text)
    {
        var exponentAt = text.IndexOfAny('e', 'E');
        if (exponentAt < 0) return IsDecimal(SkipSign(text));
        var exponent = SkipSign(text[(exponentAt + 1)..]);
        return IsDecimal(SkipSign(text[..exponentAt])) && !exponent.IsEmpty && IsDigits(exponent);
    }

    private static bool IsDecimal(ReadOnlySpan<char> unsigned)
    {
        var point = unsigned.IndexOf('.');
        if (point < 0) return !unsigned.IsEmpty && IsDigits(unsigned);
        return unsigned.Length > 1 && IsDigits(unsigned[..point]) && IsDigits(unsigned[(point + 1)..]);
    }

    private static bool IsDigits(ReadOnlySpan<char> text) => !text.ContainsAnyExceptInRange('0', '9');

    private static ReadOnlySpan<char> SkipSign(ReadOnlySpan<char> text) =>
        !text.IsEmpty && text[0] is '+' or '-' ? text[1..] : text;

    private static Value ReadTime(ReadOnlySpan<char> text, ValueKind kind)
    {
        var year = 1L;
        int month = 1, day = 1;
        long ticks = 0;
        if (kind != ValueKind.Time)
        {
            if (!TryTakeYear(ref text, out year) || !TryTake(ref text, '-')
                || !TryTakeTwoDigits(ref text, 1, 12, out month) || !TryTake(ref text, '-')
                || !TryTakeTwoDigits(ref text, 1, 31, out day))
                return Value.Error;
            // Leap years repeat every 400 years, so that any year, however large, has a small one of its kind.
            if (day > CalendarTime.DaysInMonth((int)(year % 400), month)) return Value.Error;
        }

        if (kind == ValueKind.DateTime && !TryTake(ref text, 'T')) return Value.Error;
        if (kind != ValueKind.Date && !TryTakeTimeOfDay(ref text, out ticks)) return Value.Error;
        if (!TryTakeTimezone(ref text, out var offset) || !text.IsEmpty) return Value.Error;
        if (year is < -CalendarTime.MaxYear or > CalendarTime.MaxYear) return Value.Failure(OutOfRange);
        return Value.FromTime(
            kind,
            new CalendarTime(CalendarTime.DaysTo((int)year, month, day) * TimeSpan.TicksPerDay + ticks, offset));
    }

    private static bool TryTakeYear(ref ReadOnlySpan<char> text, out long year)
    {
        year = 0;
        var isNegative = TryTake(ref text, '-');
        var digits = CountDigits(text);
        if (digits < 4 || (digits > 4 && text[0] == '0')) return false;
        // Years of more digits than these are outside the range all the same.
        year = digits <= 9
            ? long.Parse(text[..digits], NumberStyles.None, CultureInfo.InvariantCulture)
            : 1_000_000_000;
        if (isNegative) year = -year;
        text = text[digits..];
        return true;
    }

    private static bool TryTakeTimeOfDay(ref ReadOnlySpan<char> text, out long ticks)
    {
        ticks = 0;
        if (!TryTakeTwoDigits(ref text, 0, 24, out var hour) || !TryTake(ref text, ':')
            || !TryTakeTwoDigits(ref text, 0, 59, out var minute) || !TryTake(ref text, ':')
            || !TryTakeTwoDigits(ref text, 0, 59, out var second))
            return false;
        ticks = hour * TimeSpan.TicksPerHour + minute * TimeSpan.TicksPerMinute + second * TimeSpan.TicksPerSecond;
        var isEndOfDay = hour == 24;
        if (TryTake(ref text, '.'))
        {
            var digits = CountDigits(text);
            if (digits == 0 || (isEndOfDay && text[..digits].ContainsAnyExcept('0'))) return false;
            ticks += FractionTicks(text[..digits]);
            text = text[digits..];
        }

        return !isEndOfDay || ticks == TimeSpan.TicksPerDay;
    }

    private static bool TryTakeTimezone(ref ReadOnlySpan<char> text, out int? offset)
    {
        offset = null;
        if (text.IsEmpty) return true;
        if (TryTake(ref text, 'Z'))
        {
            offset = 0;
            return true;
        }

        var isNegative = text[0] == '-';
        if (!isNegative && text[0] != '+') return false;
        text = text[1..];
        if (!TryTakeTwoDigits(ref text, 0, 14, out var hours) || !TryTake(ref text, ':')
            || !TryTakeTwoDigits(ref text, 0, hours == 14 ? 0 : 59, out var minutes))
            return false;
        offset = isNegative ? -(hours * 60 + minutes) : hours * 60 + minutes;
        return true;
    }

    private static Value ReadDuration(ReadOnlySpan<char> text, ValueKind kind)
    {
        var isNegative = TryTake(ref text, '-');
        if (!TryTake(ref text, 'P') || text.IsEmpty) return Value.Error;
        decimal months = 0, ticks = 0;
        var isInTime = false;
        // The designators that may still come; each use narrows them to those after it.
        var allowed = kind switch
        {
            ValueKind.YearMonthDuration => "YM",
            ValueKind.DayTimeDuration => "D",
            _ => "YMD",
        };
        while (!text.IsEmpty)
        {
            if (!isInTime && TryTake(ref text, 'T'))
            {
                if (kind == ValueKind.YearMonthDuration || text.IsEmpty) return Value.Error;
                isInTime = true;
                allowed = "HMS";
            }

            var digits = CountDigits(text);
            if (digits == 0 || digits == text.Length) return Value.Error;
            var count = ReadCount(text[..digits]);
            text = text[digits..];
            var fraction = 0L;
            var hasFraction = TryTake(ref text, '.');
            if (hasFraction)
            {
                var decimals = CountDigits(text);
                if (decimals == 0 || decimals == text.Length) return Value.Error;
                fraction = FractionTicks(text[..decimals]);
                text = text[decimals..];
            }

            var designator = text[0];
            text = text[1..];
            var place = allowed.IndexOf(designator, StringComparison.Ordinal);
            if (place < 0 || (hasFraction && !(isInTime && designator == 'S'))) return Value.Error;
            allowed = allowed[(place + 1)..];
            switch (designator)
            {
                case 'Y': months += count * 12; break;
                case 'M' when !isInTime: months += count; break;
                case 'D': ticks += count * TimeSpan.TicksPerDay; break;
                case 'H': ticks += count * TimeSpan.TicksPerHour; break;
                case 'M': ticks += count * TimeSpan.TicksPerMinute; break;
                default: ticks += count * TimeSpan.TicksPerSecond + fraction; break;
            }
        }

        if (months > int.MaxValue || ticks > long.MaxValue) return Value.Failure(OutOfRange);
        return Value.FromDuration(
            kind,
            isNegative
                ? new CalendarDuration(-(int)months, -(long)ticks)
                : new CalendarDuration((int)months, (long)ticks));
    }

    /// <summary>
    /// A count of up to 14 digits; longer ones are out of range for every unit and read as that bound.
    /// </summary>
    private static decimal ReadCount(ReadOnlySpan<char> digits)
    {
        digits = digits.TrimStart('0');
        if (digits.IsEmpty) return 0;
        return digits.Length <= 14
            ? long.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture)
            : 100_000_000_000_000;
    }

    private static long FractionTicks(ReadOnlySpan<char> digits)
    {
        const int TickDigits = 7;
        var ticks = 0L;
        for (var i = 0; i < TickDigits; i++) ticks = ticks * 10 + (i < digits.Length ? digits[i] - '0' : 0);
        return ticks;
    }

    private static int CountDigits(ReadOnlySpan<char> text)
    {
        var end = text.IndexOfAnyExceptInRange('0', '9');
        return end < 0 ? text.Length : end;
    }

    private static bool TryTake(ref ReadOnlySpan<char> text, char expected)
    {
        if (text.IsEmpty || text[0] != expected) return false;
        text = text[1..];
        return true;
    }

    private static bool TryTakeTwoDigits(ref ReadOnlySpan<char> text, int least, int greatest, out int number)
    {
        number = 0;
        if (text.Length < 2 || !char.IsAsciiDigit(text[0]) || !char.IsAsciiDigit(text[1])) return false;
        number = (text[0] - '0') * 10 + (text[1] - '0');
        text = text[2..];
        return number >= least && number <= greatest;
    }
}
