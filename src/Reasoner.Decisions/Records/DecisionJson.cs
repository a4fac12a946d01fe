using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Reasoner.Experts;

namespace Reasoner.Decisions;

/// <summary>Decision records and reports as JSON, by serialisers made at build time, so that no reflection slows the start.</summary>
[JsonSerializable(typeof(DecisionRecord))]
[JsonSerializable(typeof(BatchProblem))]
[JsonSerializable(typeof(RuleTestReport))]
[JsonSerializable(typeof(EvaluationReport))]
[JsonSerializable(typeof(ModelCard))]
[JsonSerializable(typeof(TrainingOptions))]
public sealed partial class DecisionJson : JsonSerializerContext
{
    /// <summary>What every interface writes: camelCase, nulls left out, text unescaped, indented.</summary>
    public static DecisionJson Indented { get; } = Make(indented: true);

    /// <summary>The same on one line, for NDJSON.</summary>
    public static DecisionJson OneLine { get; } = Make(indented: false);

    private static DecisionJson Make(bool indented) => new(new JsonSerializerOptions(JsonSerializerDefaults.Web)
    {
        WriteIndented = indented,
        NewLine = "\n",
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        NumberHandling = JsonNumberHandling.Strict,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
    });
}
