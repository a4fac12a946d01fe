namespace Reasoner.Experts;

/// <summary>Measures how a mixture trained on some rows does on others: every row is judged once by a model that never saw it.</summary>
public static class CrossValidation
{
    /// <summary>Trains once a fold, and measures each model on the rows it did not get.</summary>
    /// <param name="schema">What each row holds.</param>
    /// <param name="rows">Past cases with the answers that proved right.</param>
    /// <param name="options">How to train; the defaults when left out.</param>
    /// <param name="folds">The number of folds, 2 to 20; fewer are used when the rarest class has fewer rows.</param>
    /// <param name="progress">Told after every epoch of every fold.</param>
    /// <param name="cancellation">Stops the run between two steps.</param>
    /// <exception cref="ModelException">The rows or options cannot be used; the message says why and what to do.</exception>
    /// <exception cref="OperationCanceledException">The run was cancelled.</exception>
    public static CrossValidationResult Run(
        FeatureSchema schema, IReadOnlyList<LabelledRow> rows, TrainingOptions? options = null, int folds = 5,
        IProgress<TrainingProgress>? progress = null, CancellationToken cancellation = default)
    {
        options ??= new();
        if (folds is < 2 or > 20) throw new ModelException($"Cross-validation in {folds} folds is not possible.", "Choose 2 to 20 folds.");
        var classes = MixtureTrainer.Check(schema, rows, options);
        int[] labels = [.. rows.Select(row => Array.BinarySearch(classes, row.Label, StringComparer.Ordinal))];
        var rarest = labels.GroupBy(label => label).MinBy(group => group.Count())!;
        if (rarest.Count() < 2)
        {
            throw new ModelException(
                $"The label \"{classes[rarest.Key]}\" occurs once, so it cannot be both learned and tested.",
                "Add more rows with it, or leave it out.");
        }

        folds = Math.Min(folds, rarest.Count());
        var foldOf = Stratification.Folds(labels, folds, new(options.Seed));
        var metrics = new ClassificationMetrics[folds];
        var load = new double[options.Experts];
        var heldOut = new Proposal[rows.Count];
        for (var fold = 0; fold < folds; fold++)
        {
            var run = new TrainingRun(schema, [.. rows.Where((_, row) => foldOf[row] != fold)], classes, options);
            var trained = run.Complete(fold + 1, progress, cancellation);
            int[] tested = [.. Enumerable.Range(0, rows.Count).Where(row => foldOf[row] == fold)];
            metrics[fold] = Test(trained, [.. tested.Select(row => rows[row].Row)], [.. tested.Select(row => labels[row])], load);
            foreach (var row in tested) heldOut[row] = trained.Propose(rows[row].Row);
        }

        return new(metrics, [.. load.Select(count => count / (rows.Count * options.TopK))]) { HeldOut = heldOut };
    }

    private static ClassificationMetrics Test(TrainedMixture trained, IReadOnlyList<FeatureRow> rows, int[] labels, double[] load)
    {
        var matrix = trained.Encoder.Encode(rows);
        var pass = new MixturePass(trained.Network.Shape);
        var probabilities = new double[rows.Count][];
        for (var row = 0; row < rows.Count; row++)
        {
            probabilities[row] = new double[trained.Classes.Count];
            trained.Forward(matrix[row], trained.Options.TopK, pass, probabilities[row]);
            foreach (var expert in pass.Chosen) load[expert]++;
        }

        return ClassificationMetrics.Measure(probabilities, labels);
    }
}

/// <summary>What a cross-validation found.</summary>
/// <param name="Folds">The measures of each fold.</param>
/// <param name="ExpertLoad">The share of assignments that each expert got on rows it had not seen.</param>
public sealed record CrossValidationResult(IReadOnlyList<ClassificationMetrics> Folds, IReadOnlyList<double> ExpertLoad)
{
    /// <summary>For each row, in their order, what the model proposes that had not seen it; empty where that was not kept.</summary>
    public IReadOnlyList<Proposal> HeldOut { get; init; } = [];

    /// <summary>The area under the ROC curve.</summary>
    public FoldMeasure Auc => FoldMeasure.Of(Folds, fold => fold.Auc);

    /// <summary>The share of right answers.</summary>
    public FoldMeasure Accuracy => FoldMeasure.Of(Folds, fold => fold.Accuracy);

    /// <summary>The log loss in nats.</summary>
    public FoldMeasure LogLoss => FoldMeasure.Of(Folds, fold => fold.LogLoss);

    /// <summary>The Brier score.</summary>
    public FoldMeasure Brier => FoldMeasure.Of(Folds, fold => fold.Brier);

    /// <summary>The expected calibration error.</summary>
    public FoldMeasure ExpectedCalibrationError => FoldMeasure.Of(Folds, fold => fold.ExpectedCalibrationError);
}

/// <summary>A measure over folds.</summary>
/// <param name="Mean">Its mean.</param>
/// <param name="Deviation">Its standard deviation over the folds: how much luck of the split there is in it.</param>
public readonly record struct FoldMeasure(double Mean, double Deviation)
{
    internal static FoldMeasure Of(IReadOnlyList<ClassificationMetrics> folds, Func<ClassificationMetrics, double> measure)
    {
        var mean = folds.Average(measure);
        return new(mean, Math.Sqrt(folds.Average(fold => Math.Pow(measure(fold) - mean, 2))));
    }
}
