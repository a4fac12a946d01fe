namespace Reasoner.Rdf;

/// <summary>
/// A point on XSD 1.1's proleptic Gregorian time line (with a year 0), to 100 nanoseconds, with or without a timezone:
/// the value of an <c>xsd:dateTime</c>, <c>xsd:date</c> (its first moment) or <c>xsd:time</c> (on day zero). Finer
/// fractions of a second are cut off. Years from -20000 to 20000 can be held.
/// </summary>
public readonly struct CalendarTime
{
    internal const int MaxYear = 20_000;
    private const short NoOffset = short.MinValue;
    private static readonly long s_minTicks = DaysTo(-MaxYear, 1, 1) * TimeSpan.TicksPerDay;
    private static readonly long s_maxTicks = DaysTo(MaxYear + 1, 1, 1) * TimeSpan.TicksPerDay;
    private readonly long _ticks;
    private readonly short _offset;

    internal CalendarTime(long ticks, int? offsetMinutes)
    {
        _ticks = ticks;
        _offset = (short?)offsetMinutes ?? NoOffset;
    }

    /// <summary>
    /// The time on the clock and calendar of its own timezone, in 100 nanoseconds since 0001-01-01T00:00:00.
    /// </summary>
    public long LocalTicks => _ticks;

    /// <summary>The timezone's offset from UTC in minutes; null where there is none.</summary>
    public int? OffsetMinutes => _offset == NoOffset ? null : _offset;

    /// <summary>
    /// The moment in UTC, in 100 nanoseconds. Without a timezone UTC is meant (XPath's implicit timezone).
    /// </summary>
    public long InstantTicks => _offset == NoOffset ? _ticks : _ticks - _offset * TimeSpan.TicksPerMinute;

    /// <summary>100 nanoseconds since midnight.</summary>
    public long TicksOfDay => _ticks - Days * TimeSpan.TicksPerDay;

    /// <summary>The year; zero and below before the common era.</summary>
    public int Year => Date.Year;

    /// <summary>The month, from 1.</summary>
    public int Month => Date.Month;

    /// <summary>The day of the month, from 1.</summary>
    public int Day => Date.Day;

    /// <summary>The hour, 0 to 23.</summary>
    public int Hour => (int)(TicksOfDay / TimeSpan.TicksPerHour);

    /// <summary>The minute of the hour.</summary>
    public int Minute => (int)(TicksOfDay / TimeSpan.TicksPerMinute % 60);

    /// <summary>The seconds of the minute with their fraction.</summary>
    public decimal Second => (decimal)(TicksOfDay % TimeSpan.TicksPerMinute) / TimeSpan.TicksPerSecond;

    /// <summary>The timezone as written: <c>Z</c>, <c>-08:00</c>, or nothing where there is none.</summary>
    public string Timezone => CanonicalForm.Timezone(OffsetMinutes);

    private long Days => FloorDivide(_ticks, TimeSpan.TicksPerDay);

    private (int Year, int Month, int Day) Date => DateOf(Days);

    internal CalendarTime WithOffset(int? offsetMinutes) => new(_ticks, offsetMinutes);

    internal CalendarTime AtMidnight => new(Days * TimeSpan.TicksPerDay, OffsetMinutes);

    internal CalendarTime OnDayZero => new(TicksOfDay, OffsetMinutes);

    /// <summary>
    /// Adds months (clipping the day to the month's length), then time, as XPath's op:add-duration-to-dateTime.
    /// </summary>
    internal bool TryAdd(long months, long ticks, out CalendarTime sum)
    {
        sum = default;
        var moved = _ticks;
        if (months != 0)
        {
            var (year, month, day) = Date;
            var total = year * 12L + (month - 1) + months;
            var newYear = FloorDivide(total, 12);
            if (newYear is < -MaxYear or > MaxYear) return false;
            var newMonth = (int)(total - newYear * 12) + 1;
            var newDay = Math.Min(day, DaysInMonth((int)newYear, newMonth));
            moved = DaysTo((int)newYear, newMonth, newDay) * TimeSpan.TicksPerDay + TicksOfDay;
        }

        var wide = (Int128)moved + ticks;
        if (wide < s_minTicks || wide >= s_maxTicks) return false;
        sum = new CalendarTime((long)wide, OffsetMinutes);
        return true;
    }

    internal static int DaysInMonth(int year, int month) =>
        month switch
        {
            2 => year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28,
            4 or 6 or 9 or 11 => 30,
            _ => 31,
        };

    /// <summary>
    /// Days from 0001-01-01 to a date, counting in years that start in March so that leap days come last.
    /// </summary>
    internal static long DaysTo(int year, int month, int day)
    {
        long shifted = month <= 2 ? year - 1 : year;
        var era = FloorDivide(shifted, 400);
        var yearOfEra = shifted - era * 400;
        var dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 306;
    }

    private static (int Year, int Month, int Day) DateOf(long days)
    {
        var shifted = days + 306;
        var era = FloorDivide(shifted, 146_097);
        var dayOfEra = shifted - era * 146_097;
        var yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365;
        var dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
        var monthFromMarch = (5 * dayOfYear + 2) / 153;
        var day = (int)(dayOfYear - (153 * monthFromMarch + 2) / 5) + 1;
        var month = (int)(monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9);
        return ((int)(yearOfEra + era * 400) + (month <= 2 ? 1 : 0), month, day);
    }

    private static long FloorDivide(long dividend, long divisor) =>
        dividend >= 0 ? dividend / divisor : (dividend + 1) / divisor - 1;
}
