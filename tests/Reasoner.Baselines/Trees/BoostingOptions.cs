using System.Globalization;

namespace Reasoner.Baselines;

/// <summary>How gradient-boosted trees are grown.</summary>
public sealed record BoostingOptions
{
    /// <summary>The most questions between the root of a tree and a leaf, 1 or more.</summary>
    public int Depth { get; init; } = 3;

    /// <summary>The share of each tree's step that is taken, above 0 to 1.</summary>
    public double LearningRate { get; init; } = 0.1;

    /// <summary>The least sum of second derivatives in a leaf; a row has at most a quarter.</summary>
    public double LeastChildWeight { get; init; } = 1;

    /// <summary>The L2 penalty on a leaf's value.</summary>
    public double LeafPenalty { get; init; } = 1;

    /// <summary>The share of rows that a tree is grown on, above 0 to 1.</summary>
    public double RowShare { get; init; } = 0.8;

    /// <summary>The share of features that a tree may ask about, above 0 to 1.</summary>
    public double ColumnShare { get; init; } = 0.5;

    /// <summary>The most bins of a feature, one of them for missing values: 4 to 256.</summary>
    public int MostBins { get; init; } = FeatureBins.Most;

    /// <summary>What is added to a category's weight before categories are put in order, so that rare ones stand in the middle.</summary>
    public double CategorySmoothing { get; init; } = 10;

    /// <summary>What the leaf penalty is raised by in the gain of a split by categories, which has many more ways to fit noise.</summary>
    public double CategoryPenalty { get; init; } = 10;

    /// <summary>What cross-validation chooses from: the costliest first, so that the cores are busy to the end.</summary>
    public static IReadOnlyList<BoostingOptions> Grid { get; } =
    [
        .. from rate in (double[])[0.03, 0.1]
           from depth in (int[])[5, 3, 2, 1]
           from weight in (double[])[1, 10]
           select new BoostingOptions { Depth = depth, LearningRate = rate, LeastChildWeight = weight },
    ];

    /// <inheritdoc/>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"depth {Depth}, rate {LearningRate}, child weight {LeastChildWeight}");

    /// <exception cref="ArgumentException">An option makes no sense.</exception>
    internal void Check()
    {
        static void Require(bool holds, string option, string demand)
        {
            if (!holds) throw new ArgumentException($"{option} must be {demand}.", option);
        }

        Require(Depth >= 1, nameof(Depth), "1 or more");
        Require(LearningRate is > 0 and <= 1, nameof(LearningRate), "above 0 and at most 1");
        Require(LeastChildWeight >= 0, nameof(LeastChildWeight), "0 or more");
        Require(LeafPenalty >= 0, nameof(LeafPenalty), "0 or more");
        Require(RowShare is > 0 and <= 1, nameof(RowShare), "above 0 and at most 1");
        Require(ColumnShare is > 0 and <= 1, nameof(ColumnShare), "above 0 and at most 1");
        Require(MostBins is >= 4 and <= FeatureBins.Most, nameof(MostBins), $"4 to {FeatureBins.Most}");
        Require(CategorySmoothing >= 0, nameof(CategorySmoothing), "0 or more");
        Require(CategoryPenalty >= 0, nameof(CategoryPenalty), "0 or more");
    }
}
