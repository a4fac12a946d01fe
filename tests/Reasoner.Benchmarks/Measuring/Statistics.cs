using System.Diagnostics;

namespace Reasoner.Benchmarks;

/// <summary>What many times come to.</summary>
internal static class Statistics
{
    public static double Median(IEnumerable<double> values) => Percentile([.. values.Order()], 50);

    /// <summary>The value below which so many per cent of the sorted values lie.</summary>
    public static double Percentile(double[] sorted, int percent) => sorted[Math.Min(sorted.Length - 1, sorted.Length * percent / 100)];

    /// <summary>Microseconds of each run of a piece of work, sorted, after runs that are not counted.</summary>
    public static double[] Microseconds(int warm, int measured, Action work)
    {
        for (var i = 0; i < warm; i++) work();
        var times = new double[measured];
        for (var i = 0; i < times.Length; i++)
        {
            var started = Stopwatch.GetTimestamp();
            work();
            times[i] = Stopwatch.GetElapsedTime(started).TotalMicroseconds;
        }

        Array.Sort(times);
        return times;
    }
}
