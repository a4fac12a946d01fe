using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Reasoner.Experts;

/// <summary>Reads and writes cards as JSON.</summary>
internal static class ModelCardFile
{
    /// <summary>No honest card comes near this size, in bytes.</summary>
    private const long MaximumLength = 64 << 20;

    private static readonly CardJson Json = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        WriteIndented = true,
        NewLine = "\n",
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        // The card is a file for people, not a part of a web page: names keep their own letters.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter<FeatureKind>(JsonNamingPolicy.CamelCase) },
    });

    public static byte[] Write(ModelCard card) => Encoding.UTF8.GetBytes(JsonSerializer.Serialize(card, Json.ModelCard) + "\n");

    public static ModelCard Read(string file)
    {
        const string advice = "Train the model again; it writes the card and the model file together.";
        try
        {
            if (new FileInfo(file).Length > MaximumLength) throw new ModelException($"{file} is too large for a model card.", advice);
            var card = JsonSerializer.Deserialize(File.ReadAllBytes(file), Json.ModelCard)
                ?? throw new ModelException($"{file} holds no model card.", advice);
            if (card.Version != ModelCard.CurrentVersion)
                throw new ModelException($"{file} is a model card of version {card.Version}; version {ModelCard.CurrentVersion} can be read here.", advice);
            if (Problem(card) is { } problem) throw new ModelException($"{file} is not a model card: {problem}.", advice);
            return card;
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new ModelException($"There is no model card {file}.", advice, missing);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            throw new ModelException($"The model card {file} cannot be read: {unreadable.Message}", "Check the file's permissions.", unreadable);
        }
        catch (JsonException wrong)
        {
            throw new ModelException(
                $"{file}:{wrong.LineNumber + 1}:{wrong.BytePositionInLine + 1}: this is not a model card: {wrong.Message}", advice, wrong);
        }
    }

    /// <summary>What no type says: entries of lists that are null, names that are not one's own, numbers beyond all bounds.</summary>
    private static string? Problem(ModelCard card) =>
        card.Features.Contains(null!) ? "a feature is null"
        : card.Experts.Contains(null!) ? "an expert is null"
        : !AreNames(card.Classes) ? "its answers have no name, or two have the same"
        : card.Experts.Any(expert => !double.IsFinite(expert.Load)) ? "an expert's load is not a number"
        : !double.IsFinite(card.Training.Temperature) ? "its temperature is not a number"
        : card.Training.Options.ExpertNames.Contains(null!) ? "an expert's name is null"
        : card.Policy is not { } policy ? null
        : !AreNames(policy.Answers) ? "its policy's answers have no name, or two have the same"
        : policy.Feedback.Values.Contains(null!) ? "its policy's feedback is null"
        : null;

    private static bool AreNames(IReadOnlyList<string> names) =>
        !names.Contains(null!) && names.Distinct(StringComparer.Ordinal).Count() == names.Count;
}

[JsonSerializable(typeof(ModelCard))]
[JsonSerializable(typeof(TrainingOptions))]
internal sealed partial class CardJson : JsonSerializerContext;
