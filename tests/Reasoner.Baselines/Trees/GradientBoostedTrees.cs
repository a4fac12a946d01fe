using System.Collections.Concurrent;
using Reasoner.Experts;

namespace Reasoner.Baselines;

/// <summary>
/// Gradient-boosted decision trees on histograms, by first and second derivatives of the logistic loss; missing values go
/// the better way, categories in groups. The same rows, options and seed give the same model, bit for bit.
/// </summary>
public sealed class GradientBoostedTrees : IBinaryClassifier
{
    private const int InnerFolds = 5;
    private const int MostTrees = 3000;

    /// <summary>How far the sum of learning rates goes on without gain before the search for the number of trees ends.</summary>
    private const double Patience = 3;

    private readonly FeatureSchema _schema;
    private readonly string[] _classes;
    private readonly BoostingOptions _options;
    private readonly FeatureBins[] _bins;
    private readonly double _start;
    private readonly IReadOnlyList<RegressionTree> _trees;

    private GradientBoostedTrees(BinaryRows rows, BoostingOptions options, FeatureBins[] bins, double start, IReadOnlyList<RegressionTree> trees)
    {
        _schema = rows.Schema;
        _classes = rows.Classes;
        _options = options;
        _bins = bins;
        _start = start;
        _trees = trees;
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> Classes => _classes;

    /// <inheritdoc/>
    public string Settings => _options.ToString();

    /// <summary>How many trees there are.</summary>
    public int Trees => _trees.Count;

    /// <summary>Fits with the options of a grid, and the number of trees, that stratified cross-validation finds best by log loss.</summary>
    /// <param name="schema">What each row holds; its protected features are not looked at.</param>
    /// <param name="rows">Past cases with one of two answers.</param>
    /// <param name="seed">Decides the folds of the search, and the rows and columns of each tree.</param>
    /// <param name="grid">What to choose from; <see cref="BoostingOptions.Grid"/> where left out.</param>
    /// <exception cref="ArgumentException">The rows do not fit the schema or have not two answers, each at least twice.</exception>
    public static GradientBoostedTrees FitBest(FeatureSchema schema, IReadOnlyList<LabelledRow> rows, int seed, IReadOnlyList<BoostingOptions>? grid = null)
    {
        grid ??= BoostingOptions.Grid;
        foreach (var options in grid) options.Check();
        var checkedRows = BinaryRows.Of(schema, rows);
        // Bins look at no outcome, so the inner folds may share those of all rows that the model is fitted on.
        var matrices = grid.Select(options => options.MostBins).Distinct().ToDictionary(most => most, most => new BinnedMatrix(schema, checkedRows.Rows, most));
        var foldOf = checkedRows.Folds(InnerFolds, seed);
        var found = new (int Trees, double Loss)[grid.Count];
        Parallel.ForEach(
            Partitioner.Create(Enumerable.Range(0, grid.Count), EnumerablePartitionerOptions.NoBuffering),
            i => found[i] = Rehearse(matrices[grid[i].MostBins], checkedRows.Outcomes, foldOf, grid[i], seed));
        var best = Enumerable.Range(0, grid.Count).MinBy(i => found[i].Loss);
        return Fit(checkedRows, matrices[grid[best].MostBins], grid[best], found[best].Trees, seed);
    }

    /// <summary>Fits so many trees with given options.</summary>
    /// <param name="schema">What each row holds; its protected features are not looked at.</param>
    /// <param name="rows">Past cases with one of two answers.</param>
    /// <param name="options">How to grow the trees.</param>
    /// <param name="trees">How many, 1 or more.</param>
    /// <param name="seed">Decides the rows and columns of each tree.</param>
    /// <exception cref="ArgumentException">The rows do not fit the schema or have not two answers, or an option makes no sense.</exception>
    public static GradientBoostedTrees Fit(FeatureSchema schema, IReadOnlyList<LabelledRow> rows, BoostingOptions options, int trees, int seed)
    {
        options.Check();
        ArgumentOutOfRangeException.ThrowIfLessThan(trees, 1);
        var checkedRows = BinaryRows.Of(schema, rows);
        return Fit(checkedRows, new(schema, checkedRows.Rows, options.MostBins), options, trees, seed);
    }

    /// <inheritdoc/>
    public double ProbabilityOfSecond(FeatureRow row)
    {
        BinaryRows.Check(_schema, row, "The row");
        var bins = new byte[_bins.Length];
        for (var i = 0; i < bins.Length; i++) bins[i] = _bins[i].BinOf(row[_bins[i].Feature]);
        var score = _start;
        foreach (var tree in _trees) score += tree.ValueOf(bins);
        return LogOdds.Probability(score);
    }

    private static GradientBoostedTrees Fit(BinaryRows rows, BinnedMatrix matrix, BoostingOptions options, int trees, int seed)
    {
        var boosting = new Boosting(matrix, rows.Outcomes, [.. Enumerable.Range(0, rows.Count)], options, seed);
        for (var i = 0; i < trees; i++) boosting.AddTree();
        return new(rows, options, matrix.Bins, boosting.Start, boosting.Trees);
    }

    /// <summary>
    /// Boosts on all folds in step, until the loss summed over what each run did not see falls no more: the number of
    /// trees is one for all folds, as it will be for the model.
    /// </summary>
    private static (int Trees, double Loss) Rehearse(BinnedMatrix matrix, double[] outcomes, int[] foldOf, BoostingOptions options, int seed)
    {
        var runs = Enumerable.Range(0, foldOf.Max() + 1).Select(fold =>
        {
            var (others, held) = StratifiedFolds.Divide(foldOf, fold);
            return (Boosting: new Boosting(matrix, outcomes, others, options, seed + fold), Held: held);
        }).ToArray();
        var best = (Trees: 1, Loss: double.PositiveInfinity);
        for (var trees = 1; trees <= MostTrees && (trees - best.Trees) * options.LearningRate <= Patience; trees++)
        {
            double loss = 0;
            foreach (var (boosting, held) in runs)
            {
                boosting.AddTree();
                loss += boosting.Loss(held);
            }

            if (loss < best.Loss) best = (trees, loss);
        }

        return best;
    }
}
