using Reasoner.Baselines;
using Reasoner.Experts;

namespace Reasoner.Benchmarks;

/// <summary>A way to learn from labelled cases.</summary>
/// <param name="Name">Its name in tables.</param>
/// <param name="Fit">Learns from rows by a seed, everything that it has to choose included.</param>
internal sealed record Contestant(string Name, Func<IReadOnlyList<LabelledRow>, int, FittedModel> Fit)
{
    /// <summary>The mixture of experts first, then what it is measured against.</summary>
    public static IReadOnlyList<Contestant> All(FeatureSchema schema, TrainingOptions options) =>
    [
        new("mixture of experts", (rows, seed) => Of(MixtureTrainer.Train(schema, rows, options with { Seed = seed }), options)),
        new("logistic regression", (rows, seed) => Of(LogisticRegression.FitBest(schema, rows, seed))),
        new("gradient-boosted trees", (rows, seed) => Of(GradientBoostedTrees.FitBest(schema, rows, seed))),
    ];

    private static FittedModel Of(TrainedMixture mixture, TrainingOptions options) =>
        new(row => mixture.Propose(row), $"{options.TopK} of {options.Experts} experts");

    private static FittedModel Of(IBinaryClassifier classifier) => new(row => classifier.Propose(row), classifier.Settings);
}

/// <summary>What a contestant learned.</summary>
/// <param name="Propose">Both answers' probabilities for a case.</param>
/// <param name="Settings">What it chose.</param>
internal sealed record FittedModel(Func<FeatureRow, Proposal> Propose, string Settings);
