using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Reasoner.Decisions.Counterfactuals;
using Reasoner.Experts;
using Reasoner.Testing;

namespace Reasoner.Decisions.Tests;

/// <summary>ontologies/domain.schema.json, which editors read, against what the program reads.</summary>
public class ManifestSchemaTests
{
    private static readonly JsonObject Schema = JsonNode.Parse(
        File.ReadAllText(Path.Combine(Path.GetDirectoryName(Lending.Manifest)!, "..", "domain.schema.json")))!.AsObject();

    public static TheoryData<Type, string> Parts => new()
    {
        { typeof(DomainManifest), "" },
        { typeof(TrainingSetting), "training" },
        { typeof(Segment), "segments" },
        { typeof(LimitSetting), "limits" },
        { typeof(LabelSetting), "label" },
        { typeof(FallbackSetting), "fallback" },
        { typeof(FeatureSetting), "features" },
        { typeof(ModelSetting), "model" },
        { typeof(SlotSetting), "slots" },
        { typeof(CounterfactualSetting), "counterfactuals" },
        { typeof(ChangeSetting), "counterfactuals/changes" },
        { typeof(ValueSetting), "counterfactuals/changes/to" },
    };

    [Theory]
    [MemberData(nameof(Parts))]
    public void The_schema_describes_what_is_read_and_nothing_else(Type part, string name)
    {
        var schema = SchemaOf(name);
        var read = part.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Select(property => property.GetCustomAttribute<JsonPropertyNameAttribute>()?.Name ?? JsonNamingPolicy.CamelCase.ConvertName(property.Name));

        Assert.Equal(read.Order(StringComparer.Ordinal), schema["properties"]!.AsObject().Select(property => property.Key).Order(StringComparer.Ordinal));
        Assert.False(schema["additionalProperties"]!.GetValue<bool>());
    }

    [Theory]
    [InlineData("lending")]
    [InlineData("card-default")]
    [InlineData("rostering")]
    public void The_shipped_manifests_hold_what_the_schema_asks_for_and_nothing_else(string domain)
    {
        var manifest = JsonNode.Parse(File.ReadAllText(ShippedDomain.Manifest(domain)))!.AsObject();
        Fits(manifest, SchemaOf(""));
        foreach (var name in new[] { "training", "limits", "label", "fallback", "model", "slots" })
            if (manifest[name] is JsonObject part) Fits(part, SchemaOf(name));
        foreach (var name in new[] { "segments", "features" })
            foreach (var part in manifest[name]?.AsArray() ?? []) Fits(part!.AsObject(), SchemaOf(name));
        foreach (var change in manifest["counterfactuals"]?["changes"]?.AsArray() ?? [])
        {
            Fits(change!.AsObject(), SchemaOf("counterfactuals/changes"));
            foreach (var value in change["to"]?.AsArray() ?? []) Fits(value!.AsObject(), SchemaOf("counterfactuals/changes/to"));
        }
    }

    private static void Fits(JsonObject part, JsonObject schema)
    {
        foreach (var member in part) Assert.True(schema["properties"]!.AsObject().ContainsKey(member.Key), $"{member.Key} is not described.");
        foreach (var required in schema["required"]?.AsArray() ?? []) Assert.True(part.ContainsKey(required!.GetValue<string>()), $"{required} is missing.");
    }

    private static JsonObject SchemaOf(string name)
    {
        var part = Schema;
        foreach (var step in name.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            part = part["properties"]![step]!.AsObject();
            part = part["items"]?.AsObject() ?? part;
        }

        return part;
    }
}
