using System.Security.Cryptography;
using Reasoner.Experts.Onnx;

namespace Reasoner.Experts;

/// <summary>A model on disk: its file and its card, side by side in one folder.</summary>
public static class ModelFolder
{
    /// <summary>The name of the model file.</summary>
    public const string ModelFile = "proposer.onnx";

    /// <summary>The name of the card.</summary>
    public const string CardFile = "card.json";

    /// <summary>Above what the largest mixture that can be trained takes, in bytes.</summary>
    private const long MaximumLength = 256 << 20;

    /// <summary>
    /// Exports a mixture with its card. The exported file is run once and held against the mixture before anything is
    /// written; equal arguments write equal bytes.
    /// </summary>
    /// <param name="folder">Where to write; made when missing. Files of an earlier model are replaced.</param>
    /// <param name="mixture">The mixture.</param>
    /// <param name="name">The model's name.</param>
    /// <param name="data">What it was trained on.</param>
    /// <param name="metrics">What cross-validation measured, if it was made.</param>
    /// <param name="limitations">Sentences for the card, besides those that follow from the training run itself.</param>
    /// <returns>The card.</returns>
    /// <exception cref="ModelException">ONNX Runtime computes something else from the file than the mixture does.</exception>
    public static ModelCard Write(
        string folder, TrainedMixture mixture, string name, TrainingDataCard data,
        CrossValidationResult? metrics = null, IReadOnlyList<string>? limitations = null)
    {
        var model = MixtureExporter.Export(mixture);
        var card = Describe(mixture, model, name, data, metrics, limitations ?? []);
        Directory.CreateDirectory(folder);
        Replace(Path.Combine(folder, ModelFile), model);
        Replace(Path.Combine(folder, CardFile), ModelCardFile.Write(card));
        return card;
    }

    /// <summary>
    /// Reads a model back as training left it, to add an expert or to learn from it. It computes what the file computes.
    /// </summary>
    /// <param name="folder">The folder.</param>
    /// <exception cref="ModelException">The model or its card is missing, damaged, or not the other's; the message says what to do.</exception>
    public static TrainedMixture Read(string folder)
    {
        var (card, model) = ReadFiles(folder);
        return MixtureReader.Read(model, card, Path.Combine(folder, ModelFile));
    }

    /// <summary>Reads a model's card alone.</summary>
    /// <param name="folder">The model's folder.</param>
    /// <exception cref="ModelException">The card is missing, damaged or of another version.</exception>
    public static ModelCard ReadCard(string folder) => ModelCardFile.Read(Path.Combine(folder, CardFile));

    /// <summary>The card and the bytes of the model file that it describes.</summary>
    internal static (ModelCard Card, byte[] Model) ReadFiles(string folder)
    {
        var card = ModelCardFile.Read(Path.Combine(folder, CardFile));
        var file = Path.Combine(folder, ModelFile);
        var model = ReadModel(file);
        var sha256 = Sha256(model);
        return string.Equals(sha256, card.ModelSha256, StringComparison.OrdinalIgnoreCase)
            ? (card, model)
            : throw new ModelException(
                $"{file} is not the file that its card describes: its SHA-256 is {sha256}, the card says {card.ModelSha256}.", DamageAdvice);
    }

    /// <summary>What to do about files that do not fit.</summary>
    internal const string DamageAdvice = "Train the model again, or restore both files from where they came.";

    /// <summary>
    /// Writes a model's card again with what was learned about the model since, such as <see cref="ModelCard.Fairness"/>. The
    /// model file stays as it is.
    /// </summary>
    /// <param name="folder">The model's folder.</param>
    /// <param name="change">Gives the new card; it must describe the same model file.</param>
    /// <returns>The new card.</returns>
    /// <exception cref="ModelException">The card is missing, damaged or of another version.</exception>
    /// <exception cref="ArgumentException">The new card describes another model file.</exception>
    public static ModelCard Amend(string folder, Func<ModelCard, ModelCard> change)
    {
        var file = Path.Combine(folder, CardFile);
        var card = ModelCardFile.Read(file);
        var changed = change(card);
        if (changed.ModelSha256 != card.ModelSha256)
            throw new ArgumentException($"The changed card describes the model {changed.ModelSha256}, the folder holds {card.ModelSha256}.", nameof(change));
        Replace(file, ModelCardFile.Write(changed));
        return changed;
    }

    /// <summary>The SHA-256 of some bytes as cards write it.</summary>
    internal static string Sha256(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    private static byte[] ReadModel(string file)
    {
        try
        {
            if (new FileInfo(file).Length > MaximumLength) throw new ModelException($"{file} is too large for a model.", DamageAdvice);
            return File.ReadAllBytes(file);
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new ModelException($"There is no model file {file}.", "Train the model; it writes the card and the model file together.", missing);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            throw new ModelException($"The model file {file} cannot be read: {unreadable.Message}", "Check the file's permissions.", unreadable);
        }
    }

    private static ModelCard Describe(
        TrainedMixture mixture, byte[] model, string name, TrainingDataCard data,
        CrossValidationResult? metrics, IReadOnlyList<string> limitations) => new()
        {
            Name = name,
            ModelSha256 = Sha256(model),
            Data = data,
            Limitations = [.. Limitations(mixture), .. limitations],
            Features = mixture.Encoder.ToCards(),
            Classes = mixture.Classes,
            Experts = [.. mixture.Experts.Zip(mixture.ExpertLoad, (expert, load) => new ExpertCard(expert.Name, load, expert.Segment))],
            Architecture = new(
                mixture.Network.Shape.Inputs, mixture.Network.Shape.Hidden, mixture.Options.TopK, mixture.Network.Shape.Parameters),
            Training = new(mixture.Options, mixture.HeldOutRows, mixture.Temperature),
            Policy = mixture.Policy is null ? null : PolicyCard.Of(mixture.Policy),
            Metrics = metrics is null ? null : Measures(metrics),
        };

    private static MetricsCard Measures(CrossValidationResult metrics)
    {
        return new(
            metrics.Folds.Count, double.IsNaN(metrics.Auc.Mean) ? null : Measure(metrics.Auc), Measure(metrics.Accuracy),
            Measure(metrics.LogLoss), Measure(metrics.Brier), Measure(metrics.ExpectedCalibrationError), metrics.ExpertLoad);

        static MeasureCard Measure(FoldMeasure measure) => new(measure.Mean, measure.Deviation);
    }

    private static IEnumerable<string> Limitations(TrainedMixture mixture)
    {
        yield return "The model learned which answers past cases got, not why; it proposes, and rules must validate what it proposes.";
        yield return $"It knows {mixture.Classes.Count} answers and gives every other one no probability.";
        var hidden = mixture.Schema.Where(feature => feature.Protected).Select(feature => feature.Name).ToArray();
        if (hidden.Length > 0)
        {
            yield return $"It does not see the protected features ({string.Join(", ", hidden)}); "
                + "other features may still stand in for them, so compare outcomes by them.";
        }

        if (mixture.HeldOutRows == 0)
            yield return "No rows were held out, for want of rows or by choice: its probabilities are not calibrated.";
    }

    /// <summary>A reader finds the old file or the new one, never half of one.</summary>
    private static void Replace(string file, byte[] content)
    {
        var fresh = file + ".new";
        File.WriteAllBytes(fresh, content);
        File.Move(fresh, file, overwrite: true);
    }
}
