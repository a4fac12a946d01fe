using System.Security.Cryptography;

namespace Reasoner.Experts;

/// <summary>
/// What a model file is, where it came from, how good it is and how its inputs are made: everything that a reader
/// judges it by and that <see cref="MixtureProposer"/> needs beside the file itself. The same training gives the same
/// bytes: a card holds no date and no path of a machine.
/// </summary>
public sealed record ModelCard
{
    /// <summary>The version of the card's form that is written and read here.</summary>
    public const int CurrentVersion = 2;

    /// <summary>The version of the card's form.</summary>
    public int Version { get; init; } = CurrentVersion;

    /// <summary>The model's name.</summary>
    public required string Name { get; init; }

    /// <summary>The SHA-256 of the model file, in lower-case hexadecimal digits.</summary>
    public required string ModelSha256 { get; init; }

    /// <summary>What the model was trained on.</summary>
    public required TrainingDataCard Data { get; init; }

    /// <summary>What the model must not be used for, and what it cannot know; plain sentences.</summary>
    public required IReadOnlyList<string> Limitations { get; init; }

    /// <summary>The features in their order, each with the numbers that encode it.</summary>
    public required IReadOnlyList<FeatureCard> Features { get; init; }

    /// <summary>The answers, in the order of the model's probabilities.</summary>
    public required IReadOnlyList<string> Classes { get; init; }

    /// <summary>The experts' names and loads, in their order in the model.</summary>
    public required IReadOnlyList<ExpertCard> Experts { get; init; }

    /// <summary>The sizes of the model.</summary>
    public required ArchitectureCard Architecture { get; init; }

    /// <summary>The training run.</summary>
    public required TrainingCard Training { get; init; }

    /// <summary>What reinforcement by the verifier taught; null where there was none.</summary>
    public PolicyCard? Policy { get; init; }

    /// <summary>What cross-validation measured; null when none was made.</summary>
    public MetricsCard? Metrics { get; init; }

    /// <summary>Answers by protected groups; null where they were not measured.</summary>
    public FairnessCard? Fairness { get; init; }
}

/// <summary>What a model was trained on.</summary>
/// <param name="File">The file's name, without its folder.</param>
/// <param name="Sha256">The file's SHA-256, in lower-case hexadecimal digits.</param>
/// <param name="Rows">The rows used.</param>
/// <param name="Attribution">Whose data it is and under which licence.</param>
public sealed record TrainingDataCard(string File, string Sha256, int Rows, string Attribution)
{
    /// <summary>Describes a data file by its name and content.</summary>
    /// <param name="path">The file.</param>
    /// <param name="rows">The rows used.</param>
    /// <param name="attribution">Whose data it is and under which licence.</param>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static TrainingDataCard Of(string path, int rows, string attribution)
    {
        using var content = System.IO.File.OpenRead(path);
        return new(Path.GetFileName(path), Convert.ToHexStringLower(SHA256.HashData(content)), rows, attribution);
    }
}

/// <summary>A feature and its encoding.</summary>
/// <param name="Name">The feature's name.</param>
/// <param name="Kind">The kind of its values.</param>
/// <param name="Path">The property path that reads it.</param>
/// <param name="Protected">Whether it is kept from the model.</param>
/// <param name="Mean">Of a number: the training rows' mean.</param>
/// <param name="Scale">Of a number: the training rows' standard deviation.</param>
/// <param name="Vocabulary">Of a category: those with a column of their own, in the columns' order.</param>
/// <param name="Edges">Of a number: the rising edges of its bins; null where it has none.</param>
public sealed record FeatureCard(
    string Name, FeatureKind Kind, string Path, bool Protected,
    double? Mean = null, double? Scale = null, IReadOnlyList<string>? Vocabulary = null, IReadOnlyList<double>? Edges = null);

/// <summary>An expert.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Load">The share of assignments it gets on the training rows.</param>
/// <param name="Segment">The segment of cases that it alone was trained on; null where it learned with the others from all.</param>
public sealed record ExpertCard(string Name, double Load, string? Segment = null);

/// <summary>The sizes of a mixture.</summary>
/// <param name="Inputs">Encoded floats of a row.</param>
/// <param name="Hidden">Hidden units of an expert.</param>
/// <param name="TopK">Experts that run unless more or fewer are asked for.</param>
/// <param name="Parameters">All trained numbers.</param>
public sealed record ArchitectureCard(int Inputs, int Hidden, int TopK, int Parameters);

/// <summary>A training run.</summary>
/// <param name="Options">Its options, with the seed.</param>
/// <param name="HeldOutRows">The rows that were held out once to stop and calibrate by.</param>
/// <param name="Temperature">What logits are divided by.</param>
public sealed record TrainingCard(TrainingOptions Options, int HeldOutRows, double Temperature);

/// <summary>What cross-validation measured; a measure that is undefined on these rows is null.</summary>
/// <param name="Folds">The number of folds.</param>
/// <param name="Auc">The area under the ROC curve.</param>
/// <param name="Accuracy">The share of right answers.</param>
/// <param name="LogLoss">The log loss in nats.</param>
/// <param name="Brier">The Brier score.</param>
/// <param name="ExpectedCalibrationError">The expected calibration error.</param>
/// <param name="ExpertLoad">The share of assignments of each expert on rows it had not seen.</param>
public sealed record MetricsCard(
    int Folds, MeasureCard? Auc, MeasureCard Accuracy, MeasureCard LogLoss, MeasureCard Brier, MeasureCard ExpectedCalibrationError,
    IReadOnlyList<double> ExpertLoad);

/// <summary>A measure over folds.</summary>
/// <param name="Mean">Its mean.</param>
/// <param name="Deviation">Its standard deviation.</param>
public sealed record MeasureCard(double Mean, double Deviation);
