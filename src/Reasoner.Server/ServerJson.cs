using System.Text.Json;
using System.Text.Json.Serialization;
using Reasoner.Decisions;
using Reasoner.Experts;

namespace Reasoner.Server;

/// <summary>JSON of everything but decision records, in the records' style.</summary>
internal static class ServerJson
{
    public static JsonSerializerOptions Indented { get; } = Configure(new JsonSerializerOptions(DecisionJson.Indented.Options));

    public static JsonSerializerOptions OneLine { get; } = Configure(new JsonSerializerOptions(DecisionJson.OneLine.Options));

    private static JsonSerializerOptions Configure(JsonSerializerOptions options)
    {
        options.TypeInfoResolver = null;
        options.Converters.Add(new JsonStringEnumConverter<FeatureKind>(JsonNamingPolicy.CamelCase));
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }
}
