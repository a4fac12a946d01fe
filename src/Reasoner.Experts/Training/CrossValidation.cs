namespace Reasoner.Experts;

/// <summary>Measures how a mixture trained on some rows does on others: every row is judged once by a model that never saw it.</summary>
public static class CrossValidation
{
    /// <summary>Trains once a fold, and measures each model on the rows it did not get.</summary>
    /// <param name="schema">What each row holds.</param>
    /// <param name="rows">Past cases with the answers that proved right.</param>
    /// <param name="options">How to train; the defaults when left out.</param>
    /// <param name="folds">The number of folds, 2 to 20; fewer are used when the rarest class has fewer rows.</param>
    /// <param name="progress">Told after every epoch of every fold, by one thread at a time.</param>
    /// <param name="checkpoint">Where to write down how far the run is, and to go on from; nowhere when left out.</param>
    /// <param name="cancellation">Stops the run between two steps.</param>
    /// <exception cref="ModelException">The rows or options cannot be used; the message says why and what to do.</exception>
    /// <exception cref="OperationCanceledException">The run was cancelled.</exception>
    public static CrossValidationResult Run(
        FeatureSchema schema, IReadOnlyList<LabelledRow> rows, TrainingOptions? options = null, int folds = 5,
        IProgress<TrainingProgress>? progress = null, TrainingCheckpoint? checkpoint = null, CancellationToken cancellation = default)
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
        checkpoint?.Bind(schema, rows, options);
        var watch = new TrainingWatch(progress, checkpoint, cancellation);
        var foldOf = Stratification.Folds(labels, folds, new SeededRandom(options.Seed));
        var results = new FoldResult[folds];
        SideBySide.Run(folds, fold =>
        {
            int[] tested = [.. Enumerable.Range(0, rows.Count).Where(row => foldOf[row] == fold)];
            LabelledRow[] learned = [.. rows.Where((_, row) => foldOf[row] != fold)];
            var (student, teacher) = MixtureTrainer.Complete(schema, learned, classes, options, new(folds, fold + 1, 0, 0), watch);
            results[fold] = Test(student, teacher, tested, rows, labels);
        }, cancellation);

        var heldOut = new Proposal[rows.Count];
        foreach (var (row, proposal) in results.SelectMany(result => result.Proposals)) heldOut[row] = proposal;
        double[] load = [.. Enumerable.Range(0, options.Experts).Select(expert => results.Sum(result => result.Load[expert]) / (rows.Count * options.TopK))];
        return new([.. results.Select(result => result.Student)], load)
        {
            HeldOut = heldOut,
            FoldOf = foldOf,
            Models = [.. results.Select(result => result.Model)],
            Teachers = options.TeacherMembers == 0 ? [] : [.. results.Select(result => result.Ensemble!)],
            Teacher = options.TeacherMembers == 0 ? [] : [.. results.Select(result => result.Teacher!)],
        };
    }

    private static FoldResult Test(
        TrainedMixture student, MixtureEnsemble? teacher, int[] tested, IReadOnlyList<LabelledRow> rows, int[] labels)
    {
        var pass = new MixturePass(student.Network.Shape);
        var load = new double[student.Options.Experts];
        var probabilities = new double[tested.Length][];
        var proposals = new (int, Proposal)[tested.Length];
        for (var i = 0; i < tested.Length; i++)
        {
            probabilities[i] = new double[student.Classes.Count];
            var encoded = new float[student.Encoder.Width];
            student.Encoder.Encode(rows[tested[i]].Row, encoded);
            student.Forward(encoded, student.TopK, pass, probabilities[i], []);
            foreach (var expert in pass.Chosen) load[expert]++;
            proposals[i] = (tested[i], student.ProposalOf(pass, probabilities[i], []));
        }

        int[] answers = [.. tested.Select(row => labels[row])];
        return new(
            ClassificationMetrics.Measure(probabilities, answers),
            teacher is null ? null : ClassificationMetrics.Of([.. tested.Select(row => teacher.Propose(rows[row].Row))], [.. tested.Select(row => rows[row].Label)]),
            load, proposals, student, teacher);
    }

    private sealed record FoldResult(ClassificationMetrics Student, ClassificationMetrics? Teacher, double[] Load, (int Row, Proposal Proposal)[] Proposals,
        TrainedMixture Model, MixtureEnsemble? Ensemble);
}

/// <summary>What a cross-validation found.</summary>
/// <param name="Folds">The measures of each fold.</param>
/// <param name="ExpertLoad">The share of assignments that each expert got on rows it had not seen.</param>
public sealed record CrossValidationResult(IReadOnlyList<ClassificationMetrics> Folds, IReadOnlyList<double> ExpertLoad)
{
    /// <summary>For each row, in their order, what the model proposes that had not seen it; empty where that was not kept.</summary>
    public IReadOnlyList<Proposal> HeldOut { get; init; } = [];

    /// <summary>For each row, in their order, the number of the fold in which it was judged, from 0; empty where that was not kept.</summary>
    public IReadOnlyList<int> FoldOf { get; init; } = [];

    /// <summary>The mixture of each fold, which learned from the rows of the others; empty where they were not kept.</summary>
    public IReadOnlyList<TrainedMixture> Models { get; init; } = [];

    /// <summary>The teaching ensemble of each fold; empty where none taught.</summary>
    public IReadOnlyList<MixtureEnsemble> Teachers { get; init; } = [];

    /// <summary>The measures of each fold's teaching ensemble on the same rows; empty where none taught.</summary>
    public IReadOnlyList<ClassificationMetrics> Teacher { get; init; } = [];

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
