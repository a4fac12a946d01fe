using Reasoner.Experts;

namespace Reasoner.Baselines;

/// <summary>One column of a linear model's design: a number made of one feature.</summary>
/// <param name="feature">The feature's position in the schema.</param>
/// <param name="raw">The number before it is centred and scaled; not-a-number stands at the mean.</param>
/// <param name="mean">What is taken off.</param>
/// <param name="scale">What the rest is divided by.</param>
internal sealed class LinearColumn(int feature, Func<FeatureValue, double> raw, double mean, double scale)
{
    /// <summary>Numbers further out than this many deviations are drawn in, as the mixture of experts does: nothing like them was seen.</summary>
    private const double Furthest = 6;

    public double Of(FeatureRow row) => Of(row[feature]);

    public double Of(FeatureValue value)
    {
        var number = raw(value);
        return double.IsNaN(number) ? 0 : Math.Clamp((number - mean) / scale, -Furthest, Furthest);
    }

    /// <summary>A column that is 1 where something holds and 0 elsewhere.</summary>
    public static LinearColumn Indicator(int feature, Func<FeatureValue, bool> holds) => new(feature, value => holds(value) ? 1 : 0, mean: 0, scale: 1);

    /// <summary>A column of mean 0 and variance 1 over the rows; null where they all have one number.</summary>
    public static LinearColumn? Standardised(int feature, Func<FeatureValue, double> raw, IReadOnlyList<FeatureRow> rows)
    {
        double mean = 0, squares = 0;
        var count = 0;
        foreach (var row in rows)
        {
            var number = raw(row[feature]);
            if (double.IsNaN(number)) continue;
            var distance = number - mean;
            mean += distance / ++count;
            squares += distance * (number - mean);
        }

        var deviation = count > 0 ? Math.Sqrt(squares / count) : 0;
        return deviation > Math.Abs(mean) * 1e-12 ? new(feature, raw, mean, deviation) : null;
    }
}
