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
}

[JsonSerializable(typeof(ModelCard))]
[JsonSerializable(typeof(TrainingOptions))]
internal sealed partial class CardJson : JsonSerializerContext;
