using System.Text.Json;
using System.Text.Json.Nodes;

namespace Reasoner.Decisions.Tests;

public class DecisionVerifierTests
{
    private static readonly DecisionVerifier Verifier = new(LendingDomain.Shared);

    [Fact]
    public void Accepts_the_sample_decision()
    {
        var record = LendingDomain.Pipeline.Decide(LendingDomain.SampleCase);
        Assert.Empty(Verifier.Verify(record));
    }

    [Fact]
    public void Accepts_a_record_that_was_written_and_read_back()
    {
        var json = JsonSerializer.Serialize(LendingDomain.Pipeline.Decide(LendingDomain.SampleCase), DecisionJson.Indented.Options);
        Assert.Empty(Verifier.Verify(JsonSerializer.Deserialize<DecisionRecord>(json, DecisionJson.Indented.Options)!));
    }

    [Theory]
    [InlineData(Effort.Low)]
    [InlineData(Effort.High)]
    public void Accepts_decisions_of_every_effort(Effort effort) =>
        Assert.Empty(Verifier.Verify(LendingDomain.Pipeline.Decide(LendingDomain.SampleCase, new DecisionOptions { Effort = effort })));

    [Theory]
    [InlineData(Effort.Low)]
    [InlineData(Effort.Medium)]
    public void Refuses_every_record_with_one_value_changed(Effort effort)
    {
        var json = JsonSerializer.Serialize(LendingDomain.Pipeline.Decide(LendingDomain.SampleCase, new DecisionOptions { Effort = effort }), DecisionJson.Indented.Options);
        var mutants = 0;
        foreach (var (path, mutant) in Mutants(json))
        {
            mutants++;
            Assert.True(IsRefused(mutant), $"A record with another {path} was accepted.");
        }

        Assert.True(mutants > 300, $"Too few mutants: {mutants}.");
    }

    [Fact]
    public void Refuses_a_decision_without_proofs() =>
        Assert.Contains(
            Verifier.Verify(LendingDomain.Pipeline.Decide(LendingDomain.SampleCase, new DecisionOptions { Explanation = Explanation.Summary })),
            problem => problem.Contains("no proof", StringComparison.Ordinal));

    [Fact]
    public void Refuses_every_record_with_one_value_missing_or_null()
    {
        var json = JsonSerializer.Serialize(LendingDomain.Pipeline.Decide(LendingDomain.SampleCase), DecisionJson.Indented.Options);
        foreach (var path in Leaves(JsonNode.Parse(json)!).Where(path => !path.StartsWith("$.timings", StringComparison.Ordinal) && path != "$.id").Where((_, i) => i % 7 == 0))
        {
            var copy = JsonNode.Parse(json)!;
            Find(copy, path).ReplaceWith<JsonNode?>(null);
            Assert.True(IsRefused(copy.ToJsonString()), $"A record with null for {path} was accepted.");
        }
    }

    private static bool IsRefused(string json)
    {
        try
        {
            return Verifier.Verify(JsonSerializer.Deserialize<DecisionRecord>(json, DecisionJson.Indented.Options)!).Count > 0;
        }
        catch (JsonException)
        {
            return true;
        }
    }

    /// <summary>The record with each value changed in turn, and with each step and premise left out.</summary>
    private static IEnumerable<(string Path, string Json)> Mutants(string json)
    {
        foreach (var path in Leaves(JsonNode.Parse(json)!).Where(path => !path.StartsWith("$.timings", StringComparison.Ordinal) && path != "$.id"))
        {
            var copy = JsonNode.Parse(json)!;
            var leaf = Find(copy, path);
            JsonNode changed = leaf.GetValueKind() switch
            {
                JsonValueKind.Number => JsonValue.Create(leaf.GetValue<double>() + 1),
                JsonValueKind.String => JsonValue.Create(Changed(leaf.GetValue<string>())),
                _ => JsonValue.Create("changed"),
            };
            leaf.ReplaceWith(changed);
            yield return (path, copy.ToJsonString());
        }

        var names = JsonNode.Parse(json)!["proofs"]!.AsObject().Select(step => step.Key).ToList();
        foreach (var name in names)
        {
            var copy = JsonNode.Parse(json)!;
            var step = copy["proofs"]![name]!.AsObject();
            if (step["premises"] is JsonArray { Count: > 0 } premises)
            {
                premises.RemoveAt(premises.Count - 1);
                yield return ($"{name}: a premise fewer", copy.ToJsonString());
            }

            copy = JsonNode.Parse(json)!;
            copy["proofs"]!.AsObject().Remove(name);
            yield return ($"no {name}", copy.ToJsonString());
        }
    }

    /// <summary>The text with one letter or digit changed, so that terms stay terms.</summary>
    private static string Changed(string text)
    {
        var index = text.AsSpan().LastIndexOfAnyInRange('0', '9');
        if (index >= 0) return text[..index] + (text[index] == '9' ? '8' : (char)(text[index] + 1)) + text[(index + 1)..];
        index = text.AsSpan().LastIndexOfAnyInRange('a', 'z');
        return index < 0 ? text + "x" : text[..index] + (text[index] == 'z' ? 'y' : (char)(text[index] + 1)) + text[(index + 1)..];
    }

    private static IEnumerable<string> Leaves(JsonNode node) => node switch
    {
        JsonObject map => map.Where(member => member.Value is not null).SelectMany(member => Leaves(member.Value!)),
        JsonArray items => items.SelectMany(item => Leaves(item!)),
        _ => [node.GetPath()],
    };

    private static JsonNode Find(JsonNode root, string path) => All(root).First(node => node.GetPath() == path);

    private static IEnumerable<JsonNode> All(JsonNode node) => node switch
    {
        JsonObject map => map.Where(member => member.Value is not null).SelectMany(member => All(member.Value!)),
        JsonArray items => items.SelectMany(item => All(item!)),
        _ => [node],
    };
}
