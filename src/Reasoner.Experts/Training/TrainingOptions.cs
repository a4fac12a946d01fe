namespace Reasoner.Experts;

/// <summary>
/// How a mixture is trained. The defaults suit tables of a few hundred to some ten thousand rows; equal options, rows
/// and seed give equal models, bit for bit, on one kind of processor.
/// </summary>
public sealed record TrainingOptions
{
    /// <summary>Experts, 1 to 256.</summary>
    public int Experts { get; init; } = 4;

    /// <summary>Experts that run for each case, 1 to <see cref="Experts"/>.</summary>
    public int TopK { get; init; } = 2;

    /// <summary>Hidden units of each expert, 1 to 512.</summary>
    public int Hidden { get; init; } = 16;

    /// <summary>The experts' names in reports; empty for "expert 1", "expert 2" and so on.</summary>
    public IReadOnlyList<string> ExpertNames { get; init; } = [];

    /// <summary>The most passes over the rows; training stops earlier once the held-out rows gain nothing more.</summary>
    public int Epochs { get; init; } = 100;

    /// <summary>
    /// Passes at the start in which every expert runs on every row, so that each one learns something before the gate
    /// begins to choose. Without it a gate tends to settle on the experts that happened to start best.
    /// </summary>
    public int DenseEpochs { get; init; } = 5;

    /// <summary>Passes without gain on the held-out rows after which training stops.</summary>
    public int Patience { get; init; } = 15;

    /// <summary>Rows of one step.</summary>
    public int BatchSize { get; init; } = 32;

    /// <summary>Adam's step size at the start; it falls to a twentieth along a half cosine.</summary>
    public double LearningRate { get; init; } = 2e-3;

    /// <summary>Decoupled weight decay (AdamW); biases do not decay.</summary>
    public double WeightDecay { get; init; } = 0.2;

    /// <summary>The chance with which a hidden unit is left out of a training step, 0 to below 1.</summary>
    public double Dropout { get; init; } = 0.5;

    /// <summary>The weight of the loss that spreads rows evenly over experts (Fedus et al. 2021).</summary>
    public double BalanceLoss { get; init; } = 0.01;

    /// <summary>The weight of the loss that keeps gate logits small (Zoph et al. 2022).</summary>
    public double GateZLoss { get; init; } = 1e-3;

    /// <summary>
    /// How many parts the rows are divided into, each held out once from a model trained on the others, to learn how long
    /// to train and to calibrate the probabilities: 2 to 20, or 0 to train for all epochs without either.
    /// </summary>
    public int Rehearsals { get; init; } = 5;

    /// <summary>
    /// Whether rare classes weigh as much as common ones. It helps to find rare answers, and makes the probabilities
    /// those of a balanced world: the held-out calibration then corrects only their sharpness.
    /// </summary>
    public bool BalanceClasses { get; init; }

    /// <summary>
    /// The most bins into which a number is divided, beside its standardised value, so that thresholds and long tails are
    /// learned easily: 0 for none, or 2 to 64. Many rows can fill many bins.
    /// </summary>
    public int NumericBins { get; init; }

    /// <summary>
    /// The dimensions of the vectors by which gate and experts know the categories of a feature with more columns than
    /// this; 0 for none, at most 64. The shared linear part always has a weight for each category.
    /// </summary>
    public int EmbeddingDimensions { get; init; } = 4;

    /// <summary>
    /// Members of an ensemble that is trained first and whose averaged answers teach this model: 0 for none, at most 32.
    /// A row is taught by members that had not seen it.
    /// </summary>
    public int TeacherMembers { get; init; }

    /// <summary>A teacher's share in what is learned of a row, 0 to 1; the label has the rest.</summary>
    public double TeacherTrust { get; init; } = 0.7;

    /// <summary>Decides the split, the starting weights, the order of rows and the dropout.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Refuses options that make no sense, naming the first.</summary>
    internal void Check()
    {
        var range = new OptionRange("training");
        range.Require(Experts is >= 1 and <= 256, nameof(Experts), "between 1 and 256");
        range.Require(TopK >= 1 && TopK <= Experts, nameof(TopK), "between 1 and the number of experts");
        range.Require(Hidden is >= 1 and <= 512, nameof(Hidden), "between 1 and 512");
        range.Require(Epochs is >= 1 and <= 100_000, nameof(Epochs), "between 1 and 100000");
        range.Require(DenseEpochs >= 0, nameof(DenseEpochs), "0 or more");
        range.Require(Patience >= 1, nameof(Patience), "1 or more");
        range.Require(BatchSize is >= 1 and <= 65_536, nameof(BatchSize), "between 1 and 65536");
        range.Require(LearningRate is > 0 and < 1, nameof(LearningRate), "above 0 and below 1");
        range.Require(WeightDecay is >= 0 and < 10, nameof(WeightDecay), "between 0 and 10");
        range.Require(Dropout is >= 0 and < 1, nameof(Dropout), "at least 0 and below 1");
        range.Require(BalanceLoss is >= 0 and < 100, nameof(BalanceLoss), "between 0 and 100");
        range.Require(GateZLoss is >= 0 and < 100, nameof(GateZLoss), "between 0 and 100");
        range.Require(Rehearsals is 0 or (>= 2 and <= 20), nameof(Rehearsals), "0, or between 2 and 20");
        range.Require(NumericBins is 0 or (>= 2 and <= 64), nameof(NumericBins), "0, or between 2 and 64");
        range.Require(EmbeddingDimensions is >= 0 and <= 64, nameof(EmbeddingDimensions), "between 0 and 64");
        range.Require(TeacherMembers is >= 0 and <= 32, nameof(TeacherMembers), "between 0 and 32");
        range.Require(TeacherTrust is >= 0 and <= 1, nameof(TeacherTrust), "between 0 and 1");
        range.Require(TeacherMembers == 0 || Rehearsals > 0, nameof(Rehearsals), "at least 2 where an ensemble teaches, which holds out what it teaches");
        range.Require(ExpertNames.Count is 0 || ExpertNames.Count == Experts, nameof(ExpertNames), "empty, or one name for each expert");
        range.Require(ExpertNames.Distinct(StringComparer.Ordinal).Count() == ExpertNames.Count, nameof(ExpertNames), "all different");
    }
}
