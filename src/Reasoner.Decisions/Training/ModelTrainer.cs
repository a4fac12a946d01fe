using Reasoner.Experts;

namespace Reasoner.Decisions;

/// <summary>What came of a training.</summary>
/// <param name="Card">The model's card.</param>
/// <param name="Metrics">What cross-validation measured.</param>
/// <param name="Rows">The labelled rows.</param>
public sealed record TrainingOutcome(ModelCard Card, CrossValidationResult Metrics, int Rows);

/// <summary>Trains a domain's mixture of experts on labelled cases, as the domain's rules represent them.</summary>
public static class ModelTrainer
{
    /// <summary>Trains, cross-validates and writes the model with its card.</summary>
    /// <param name="domain">The domain, loaded without its model.</param>
    /// <param name="dataPath">A table of labelled cases.</param>
    /// <param name="folder">Where to write.</param>
    /// <param name="attribution">Whose data it is and under which licence.</param>
    /// <param name="seed">The seed; the manifest's where null.</param>
    /// <param name="progress">Told after every epoch.</param>
    /// <param name="cancellation">Cancels.</param>
    /// <exception cref="DomainException">The data cannot be read or is not labelled.</exception>
    /// <exception cref="ModelException">The rows cannot be learned from.</exception>
    public static TrainingOutcome Train(
        Domain domain,
        string dataPath,
        string folder,
        string attribution,
        int? seed = null,
        IProgress<TrainingProgress>? progress = null,
        CancellationToken cancellation = default)
    {
        var rows = LabelledCases.ReadFeatures(domain, dataPath, cancellation: cancellation);
        var schema = domain.Features.Schema!;
        var options = OptionsOf(domain.Manifest, seed);
        var metrics = CrossValidation.Run(schema, rows, options, progress: progress, cancellation: cancellation);
        var mixture = MixtureTrainer.Train(schema, rows, options, progress, cancellation: cancellation);
        var card = ModelFolder.Write(
            folder, mixture, $"{domain.Name} proposer", TrainingDataCard.Of(dataPath, rows.Count, attribution), metrics);
        return new TrainingOutcome(card, metrics, rows.Count);
    }

    /// <summary>Cross-validates the mixture on labelled cases, without keeping a model.</summary>
    /// <exception cref="DomainException">The data cannot be read or is not labelled.</exception>
    /// <exception cref="ModelException">The rows cannot be learned from.</exception>
    public static CrossValidationResult CrossValidate(
        Domain domain, string dataPath, int? seed = null, IProgress<TrainingProgress>? progress = null, CancellationToken cancellation = default) =>
        CrossValidation.Run(
            domain.Features.Schema!,
            LabelledCases.ReadFeatures(domain, dataPath, cancellation: cancellation),
            OptionsOf(domain.Manifest, seed),
            progress: progress,
            cancellation: cancellation);

    /// <summary>The manifest's settings, the trainer's defaults where it has none.</summary>
    internal static TrainingOptions OptionsOf(DomainManifest manifest, int? seed)
    {
        var defaults = new TrainingOptions();
        var setting = manifest.Training;
        return defaults with
        {
            Experts = setting.Experts ?? defaults.Experts,
            TopK = setting.TopK ?? defaults.TopK,
            Seed = seed ?? setting.Seed ?? defaults.Seed,
            Epochs = setting.Epochs ?? defaults.Epochs,
            LearningRate = setting.LearningRate ?? defaults.LearningRate,
            Rehearsals = setting.Rehearsals ?? defaults.Rehearsals,
            ExpertNames = manifest.ExpertNames,
        };
    }
}
