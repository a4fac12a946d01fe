using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Reasoner.Cli;

/// <summary>Serialisers made at build time, so that no reflection slows the start.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    NewLine = "\n",
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true)]
[JsonSerializable(typeof(InferenceStatistics))]
[JsonSerializable(typeof(SolveRecord))]
[JsonSerializable(typeof(ProofFile))]
[JsonSerializable(typeof(WhyNotRecord))]
[JsonSerializable(typeof(VerificationResult))]
[JsonSerializable(typeof(CheckResult))]
[JsonSerializable(typeof(ReportRecord))]
[JsonSerializable(typeof(LogCheckResult))]
internal sealed partial class CliJson : JsonSerializerContext;

/// <summary>JSON for people: indented, with text as it is.</summary>
internal static class ReadableJson
{
    /// <summary>Writes it.</summary>
    public static CliJson Context { get; } = new(new JsonSerializerOptions(CliJson.Default.Options)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}
