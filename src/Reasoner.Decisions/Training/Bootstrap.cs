using Reasoner.Experts;

namespace Reasoner.Decisions;

/// <summary>
/// 95 % confidence intervals by the percentile bootstrap over cases (Efron and Tibshirani, 1993, chapter 13): as many cases as
/// there are, drawn with replacement, many times; of each figure the values between the 2.5th and the 97.5th percentile. All
/// samples are measured on the same draws, so two of them differ by what they do and not by luck.
/// </summary>
internal static class Bootstrap
{
    /// <summary>How often cases are drawn where nobody says otherwise.</summary>
    public const int DefaultResamples = 1_000;

    /// <summary>More would only take memory: the bounds no longer move.</summary>
    public const int MaximumResamples = 100_000;

    /// <summary>The seed of all draws: the same cases give the same intervals.</summary>
    private const ulong Seed = 20260801;

    /// <summary>The intervals of every sample's figures; null where a figure is undefined in most draws, or nothing is drawn.</summary>
    /// <param name="cases">How many cases there are.</param>
    /// <param name="resamples">How often to draw; 0 for no intervals.</param>
    /// <param name="samples">What is measured.</param>
    /// <param name="cancellation">Stops between two draws.</param>
    public static Interval?[][] Intervals(int cases, int resamples, IReadOnlyList<IResampled> samples, CancellationToken cancellation = default)
    {
        var places = new int[samples.Count + 1];
        for (var i = 0; i < samples.Count; i++) places[i + 1] = places[i] + samples[i].Figures;
        var width = places[^1];
        var values = new double[resamples * (long)width];
        Parallel.For(
            0,
            resamples,
            new ParallelOptions { CancellationToken = cancellation },
            () => new int[cases],
            (resample, _, counts) =>
            {
                // A draw depends on its number alone, so it does not matter which thread makes it.
                Draw(resample, counts);
                for (var i = 0; i < samples.Count; i++)
                    samples[i].Measure(counts, values.AsSpan(checked((int)(resample * (long)width)) + places[i], samples[i].Figures));
                return counts;
            },
            _ => { });
        var column = new double[resamples];
        var intervals = new Interval?[samples.Count][];
        for (var i = 0; i < samples.Count; i++)
        {
            intervals[i] = new Interval?[samples[i].Figures];
            for (var figure = 0; figure < intervals[i].Length; figure++)
            {
                for (var resample = 0; resample < resamples; resample++) column[resample] = values[resample * (long)width + places[i] + figure];
                intervals[i][figure] = Between(column);
            }
        }

        return intervals;
    }

    /// <summary>A sample's figures as they are: each case once.</summary>
    public static double[] Measure(int cases, IResampled sample)
    {
        var counts = new int[cases];
        Array.Fill(counts, 1);
        var figures = new double[sample.Figures];
        sample.Measure(counts, figures);
        return figures;
    }

    /// <summary>How often each case is drawn in a resample.</summary>
    public static void Draw(int resample, Span<int> counts)
    {
        counts.Clear();
        var random = new SplitMix(Seed + (ulong)resample);
        // The stream's own start is scrambled, or neighbouring resamples would draw nearly the same.
        random = new SplitMix(random.Next());
        for (var i = 0; i < counts.Length; i++) counts[(int)Math.BigMul(random.Next(), (ulong)counts.Length, out _)]++;
    }

    /// <summary>A quantile of sorted values, interpolated between the two nearest.</summary>
    public static double Quantile(ReadOnlySpan<double> sorted, double share)
    {
        var place = (sorted.Length - 1) * share;
        var below = (int)place;
        return below + 1 < sorted.Length ? sorted[below] + ((place - below) * (sorted[below + 1] - sorted[below])) : sorted[below];
    }

    private static Interval? Between(double[] values)
    {
        double[] defined = [.. values.Where(value => !double.IsNaN(value)).Order()];
        return defined.Length == 0 || defined.Length * 2 < values.Length
            ? null
            : new Interval(Math.Round(Quantile(defined, 0.025), 6), Math.Round(Quantile(defined, 0.975), 6));
    }

    /// <summary>SplitMix64 (Steele, Lea and Flood, 2014): the same numbers on every platform and version of .NET.</summary>
    private struct SplitMix(ulong state)
    {
        private ulong _state = state;

        public ulong Next()
        {
            var z = _state += 0x9E3779B97F4A7C15;
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
            return z ^ (z >> 31);
        }
    }
}

/// <summary>Figures of cases that can be measured again on any draw of them, by several threads at once.</summary>
internal interface IResampled
{
    /// <summary>How many figures there are.</summary>
    int Figures { get; }

    /// <summary>Measures.</summary>
    /// <param name="counts">How often each case counts, by its number.</param>
    /// <param name="figures">Takes the figures; not-a-number where one is undefined.</param>
    void Measure(ReadOnlySpan<int> counts, Span<double> figures);
}
