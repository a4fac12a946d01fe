using System.Numerics;

namespace Reasoner.Rdf.Tests;

/// <summary>Random values of every kind that has a canonical form, near the edges as often as not.</summary>
internal static class RandomValues
{
    private static readonly double[] s_specials =
        [0, -0.0, 1, -1, double.NaN, double.PositiveInfinity, double.NegativeInfinity, double.Epsilon, double.MaxValue, 1e16, 123.456];

    public static Value Next(Random random) => random.Next(4) switch
    {
        0 => Value.FromBoolean(random.Next(2) == 0),
        1 => NextTime(random),
        2 => NextDuration(random),
        _ => NextNumber(random),
    };

    public static Value NextNumber(Random random) => random.Next(7) switch
    {
        0 => Value.FromInteger(random.Next(-5, 6)),
        1 => Value.FromInteger(random.NextInt64(long.MinValue, long.MaxValue)),
        2 => Value.FromInteger(new BigInteger(random.NextInt64()) * random.NextInt64() * random.Next(-9, 10)),
        3 => NextDecimal(random),
        4 => Value.FromFloat((float)NextDouble(random)),
        _ => Value.FromDouble(NextDouble(random)),
    };

    public static Value NextDecimal(Random random) =>
        Value.FromDecimal(new decimal(random.Next(), random.Next(2) * random.Next(), 0, random.Next(2) == 0, (byte)random.Next(20)));

    public static double NextDouble(Random random) => random.Next(3) switch
    {
        0 => s_specials[random.Next(s_specials.Length)],
        1 => random.Next(-1000, 1000) / 8.0,
        _ => BitConverter.Int64BitsToDouble(random.NextInt64(long.MinValue, long.MaxValue)),
    };

    private static Value NextTime(Random random)
    {
        int? offset = random.Next(2) == 0 ? null : random.Next(-840, 841);
        var ticks = random.NextInt64(-10_000L * 365 * TimeSpan.TicksPerDay, 10_000L * 365 * TimeSpan.TicksPerDay);
        return Value.FromTime((ValueKind)random.Next((int)ValueKind.DateTime, (int)ValueKind.Time + 1), new CalendarTime(ticks, offset));
    }

    private static Value NextDuration(Random random)
    {
        var sign = random.Next(2) == 0 ? 1 : -1;
        var duration = new CalendarDuration(sign * random.Next(), sign * random.NextInt64());
        return Value.FromDuration((ValueKind)random.Next((int)ValueKind.Duration, (int)ValueKind.YearMonthDuration + 1), duration);
    }
}
