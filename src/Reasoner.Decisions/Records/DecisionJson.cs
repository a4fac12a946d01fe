using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Reasoner.Decisions;

/// <summary>Decision records as JSON.</summary>
public static class DecisionJson
{
    /// <summary>The options of every interface: camelCase, nulls left out, text unescaped, indented.</summary>
    public static JsonSerializerOptions Indented { get; } = Make(indented: true);

    /// <summary>The same on one line, for NDJSON.</summary>
    public static JsonSerializerOptions OneLine { get; } = Make(indented: false);

    private static JsonSerializerOptions Make(bool indented)
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web)
        {
            WriteIndented = indented,
            NewLine = "\n",
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            NumberHandling = JsonNumberHandling.Strict,
            UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
            RespectNullableAnnotations = true,
        };
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }
}
