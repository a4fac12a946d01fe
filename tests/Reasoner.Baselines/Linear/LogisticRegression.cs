using System.Globalization;
using System.Numerics.Tensors;
using Reasoner.Experts;

namespace Reasoner.Baselines;

/// <summary>
/// Logistic regression with an L2 penalty: standardised numbers, indicators of categories and of missing values, fitted
/// to the exact minimum.
/// </summary>
public sealed class LogisticRegression : IBinaryClassifier
{
    private const int InnerFolds = 5;

    private readonly FeatureSchema _schema;
    private readonly LinearDesign _design;
    private readonly LogisticOptions _options;
    private readonly string[] _classes;

    private LogisticRegression(BinaryRows rows, LinearDesign design, double[] weights, LogisticOptions options)
    {
        _schema = rows.Schema;
        _classes = rows.Classes;
        _design = design;
        _options = options;
        Weights = weights;
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> Classes => _classes;

    /// <inheritdoc/>
    public string Settings => string.Create(CultureInfo.InvariantCulture, $"penalty {_options.Penalty:0.###}{(_options.IsCurved ? ", curved" : "")}");

    internal double[] Weights { get; }

    /// <summary>Fits with the penalty and form of numbers that stratified cross-validation finds best by log loss.</summary>
    /// <param name="schema">What each row holds; its protected features are not looked at.</param>
    /// <param name="rows">Past cases with one of two answers.</param>
    /// <param name="seed">Decides the folds of the search.</param>
    /// <exception cref="ArgumentException">The rows do not fit the schema or have not two answers, each at least twice.</exception>
    public static LogisticRegression FitBest(FeatureSchema schema, IReadOnlyList<LabelledRow> rows, int seed)
    {
        var checkedRows = BinaryRows.Of(schema, rows);
        var foldOf = checkedRows.Folds(InnerFolds, seed);
        (bool IsCurved, int Fold)[] paths =
            [.. from isCurved in (bool[])[false, true] from fold in Enumerable.Range(0, foldOf.Max() + 1) select (isCurved, fold)];
        var losses = new double[paths.Length][];
        Parallel.For(0, paths.Length, path => losses[path] = HeldOutLosses(checkedRows, foldOf, paths[path].Fold, paths[path].IsCurved));
        var best = (from isCurved in (bool[])[false, true]
                    from penalty in Enumerable.Range(0, LogisticOptions.Penalties.Count)
                    let loss = Enumerable.Range(0, paths.Length).Where(path => paths[path].IsCurved == isCurved).Sum(path => losses[path][penalty])
                    orderby loss
                    select new LogisticOptions(LogisticOptions.Penalties[penalty], isCurved)).First();
        return Fit(checkedRows, best);
    }

    /// <summary>Fits with given options.</summary>
    /// <param name="schema">What each row holds; its protected features are not looked at.</param>
    /// <param name="rows">Past cases with one of two answers.</param>
    /// <param name="options">How to fit.</param>
    /// <exception cref="ArgumentException">The rows do not fit the schema or have not two answers, or the penalty is not above 0.</exception>
    public static LogisticRegression Fit(FeatureSchema schema, IReadOnlyList<LabelledRow> rows, LogisticOptions options) =>
        Fit(BinaryRows.Of(schema, rows), options);

    /// <inheritdoc/>
    public double ProbabilityOfSecond(FeatureRow row)
    {
        BinaryRows.Check(_schema, row, "The row");
        var columns = new double[_design.Width];
        _design.Write(row, columns);
        return LogOdds.Probability(TensorPrimitives.Dot<double>(columns, Weights));
    }

    private static LogisticRegression Fit(BinaryRows rows, LogisticOptions options)
    {
        if (!(options.Penalty > 0)) throw new ArgumentException($"The penalty {options.Penalty} is not above 0.", nameof(options));
        var design = LinearDesign.Learn(rows.Schema, rows.Rows, options.IsCurved);
        var weights = new LogisticLoss(design.Write(rows.Rows), rows.Outcomes).Minimise(options.Penalty, new double[design.Width]);
        return new(rows, design, weights, options);
    }

    /// <summary>The sum of losses on one fold of models fitted on the others, one for each penalty; each starts where the stronger one before it ended.</summary>
    private static double[] HeldOutLosses(BinaryRows rows, int[] foldOf, int fold, bool isCurved)
    {
        var (others, held) = StratifiedFolds.Divide(foldOf, fold);
        var (learned, tested) = (rows.Subset(others), rows.Subset(held));
        var design = LinearDesign.Learn(rows.Schema, learned.Rows, isCurved);
        var training = new LogisticLoss(design.Write(learned.Rows), learned.Outcomes);
        var testing = new LogisticLoss(design.Write(tested.Rows), tested.Outcomes);
        var weights = new double[design.Width];
        var losses = new double[LogisticOptions.Penalties.Count];
        for (var i = 0; i < losses.Length; i++)
        {
            weights = training.Minimise(LogisticOptions.Penalties[i], weights);
            losses[i] = testing.Value(weights, penalty: 0);
        }

        return losses;
    }
}
