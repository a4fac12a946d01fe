using System.Text.Json.Serialization;

namespace Reasoner.Cli;

/// <summary>Serialisers made at build time, so that no reflection slows the start.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, NewLine = "\n")]
[JsonSerializable(typeof(InferenceStatistics))]
internal sealed partial class CliJson : JsonSerializerContext;
