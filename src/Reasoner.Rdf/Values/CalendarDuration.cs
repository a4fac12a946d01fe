namespace Reasoner.Rdf;

/// <summary>
/// A duration as XSD 1.1 has it: months and seconds, which have no common measure. The two never have opposite signs.
/// Fractions finer than 100 nanoseconds are cut off.
/// </summary>
public readonly struct CalendarDuration
{
    private readonly long _ticks;
    private readonly int _months;

    internal CalendarDuration(int months, long ticks)
    {
        _ticks = ticks;
        _months = months;
    }

    /// <summary>A duration of so many days and seconds, without months.</summary>
    public static CalendarDuration FromTime(TimeSpan time) => new(0, Math.Max(time.Ticks, -long.MaxValue));

    /// <summary>The months, years counted as twelve.</summary>
    public int Months => _months;

    /// <summary>The rest, in 100 nanoseconds, days counted as 24 hours.</summary>
    public long Ticks => _ticks;

    /// <summary>The rest, in seconds.</summary>
    public decimal Seconds => (decimal)_ticks / TimeSpan.TicksPerSecond;

    internal bool IsNegative => _months < 0 || _ticks < 0;
}
