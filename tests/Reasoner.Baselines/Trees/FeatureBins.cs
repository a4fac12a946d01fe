using Reasoner.Experts;

namespace Reasoner.Baselines;

/// <summary>How the values of one feature fall into bins, so that a tree looks at sums over bins rather than at rows; the last bin is for missing values.</summary>
/// <param name="feature">The feature's position in the schema.</param>
/// <param name="count">The number of bins, the last included.</param>
internal abstract class FeatureBins(int feature, int count)
{
    /// <summary>A bin's number fits a byte.</summary>
    public const int Most = 256;

    public int Feature => feature;

    public int Count => count;

    public int Missing => count - 1;

    /// <summary>Whether a higher bin holds higher values, so that a split is a threshold.</summary>
    public abstract bool IsOrdered { get; }

    public byte BinOf(FeatureValue value) => (byte)(value.IsMissing ? Missing : BinOfKnown(value));

    protected abstract int BinOfKnown(FeatureValue value);

    /// <param name="schema">What each row holds.</param>
    /// <param name="feature">The feature's position in it.</param>
    /// <param name="rows">The rows whose values are divided.</param>
    /// <param name="most">The most bins, the last included.</param>
    public static FeatureBins Learn(FeatureSchema schema, int feature, IReadOnlyList<FeatureRow> rows, int most) =>
        schema[feature].Kind == FeatureKind.Categorical ? CategoryBins.Learn(feature, rows, most) : NumberBins.Learn(feature, rows, most);
}

/// <summary>Bins of numbers between cuts.</summary>
/// <param name="feature">The feature's position in the schema.</param>
/// <param name="cuts">The largest number of each known bin but the last, ascending.</param>
internal sealed class NumberBins(int feature, double[] cuts) : FeatureBins(feature, cuts.Length + 2)
{
    public override bool IsOrdered => true;

    public static NumberBins Learn(int feature, IReadOnlyList<FeatureRow> rows, int most)
    {
        double[] numbers = [.. rows.Select(row => row[feature].Number).Where(double.IsFinite).Order()];
        var cuts = new List<double>();
        var taken = 0;
        for (var i = 0; i + 1 < numbers.Length && cuts.Count < most - 2; i++)
        {
            if (numbers[i] == numbers[i + 1]) continue;
            // Each bin gets its share of the rows that are left: a number that very many rows have does not leave later bins short.
            if (i + 1 - taken < (numbers.Length - taken) / (double)(most - 1 - cuts.Count) && HasMoreThan(numbers, i, most - 2 - cuts.Count)) continue;
            cuts.Add(Between(numbers[i], numbers[i + 1]));
            taken = i + 1;
        }

        return new(feature, [.. cuts]);
    }

    protected override int BinOfKnown(FeatureValue value)
    {
        var place = Array.BinarySearch(cuts, value.Number);
        return place >= 0 ? place : ~place;
    }

    /// <summary>Whether more different numbers follow than there are bins left for.</summary>
    private static bool HasMoreThan(double[] sorted, int index, int bins)
    {
        for (; index + 1 < sorted.Length && bins >= 0; index++)
            if (sorted[index] != sorted[index + 1]) bins--;
        return bins < 0;
    }

    private static double Between(double low, double high)
    {
        var middle = low + (high - low) / 2;
        return middle < high ? middle : low;
    }
}

/// <summary>A bin for each of the commonest categories, and one for all others.</summary>
internal sealed class CategoryBins : FeatureBins
{
    private readonly Dictionary<string, int> _bins = new(StringComparer.Ordinal);

    private CategoryBins(int feature, string[] categories) : base(feature, categories.Length + 2)
    {
        foreach (var category in categories) _bins.Add(category, _bins.Count);
    }

    public override bool IsOrdered => false;

    public static CategoryBins Learn(int feature, IReadOnlyList<FeatureRow> rows, int most) => new(
        feature,
        [.. rows.Select(row => row[feature].Category).OfType<string>()
            .GroupBy(category => category, StringComparer.Ordinal)
            .OrderByDescending(group => group.Count()).ThenBy(group => group.Key, StringComparer.Ordinal)
            .Take(most - 2)
            .Select(group => group.Key)]);

    protected override int BinOfKnown(FeatureValue value) => _bins.GetValueOrDefault(value.Category!, _bins.Count);
}
