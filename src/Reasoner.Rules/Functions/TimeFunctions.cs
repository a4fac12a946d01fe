using Reasoner.Rdf;

namespace Reasoner.Rules;

/// <summary>
/// Functions on dates and times (SPARQL 1.2 Query, 17.4.5). Dates and times of day give the parts that they have, as
/// XPath's functions do, where SPARQL asks for no more than xsd:dateTime.
/// </summary>
internal static class TimeFunctions
{
    public static FunctionDefinition[] All =>
    [
        new(Function.Year, "YEAR", 1, 1, OfDate(static time => time.Year)),
        new(Function.Month, "MONTH", 1, 1, OfDate(static time => time.Month)),
        new(Function.Day, "DAY", 1, 1, OfDate(static time => time.Day)),
        new(Function.Hours, "HOURS", 1, 1, OfClock(static time => Value.FromInteger(time.Hour))),
        new(Function.Minutes, "MINUTES", 1, 1, OfClock(static time => Value.FromInteger(time.Minute))),
        new(Function.Seconds, "SECONDS", 1, 1, OfClock(static time => Value.FromDecimal(time.Second))),
        new(Function.Timezone, "TIMEZONE", 1, 1, static (a, _) => Timezone(a[0])),
        new(Function.Tz, "TZ", 1, 1, static (a, _) => Tz(a[0])),
        new(Function.Now, "NOW", 0, 0, static (_, context) => Value.FromDateTime(context.Now)),
    ];

    private static FunctionBody OfDate(Func<CalendarTime, long> part) => (arguments, _) =>
        arguments[0].Kind is ValueKind.DateTime or ValueKind.Date && arguments[0].TryGetTime(out var time)
            ? Value.FromInteger(part(time))
            : Value.Error;

    private static FunctionBody OfClock(Func<CalendarTime, Value> part) => (arguments, _) =>
        arguments[0].Kind is ValueKind.DateTime or ValueKind.Time && arguments[0].TryGetTime(out var time)
            ? part(time)
            : Value.Error;

    private static Value Tz(in Value value) =>
        value.TryGetTime(out var time) ? Value.FromString(time.Timezone) : Value.Error;

    private static Value Timezone(in Value value) =>
        value.TryGetTime(out var time) && time.OffsetMinutes is { } minutes
            ? Value.FromDuration(ValueKind.DayTimeDuration, CalendarDuration.FromTime(TimeSpan.FromMinutes(minutes)))
            : Value.Error;
}
