using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using Reasoner.Decisions.Counterfactuals;

namespace Reasoner.Decisions.Tests;

/// <summary>A record with alternatives stands only as long as every one of them does.</summary>
public class CounterfactualVerificationTests
{
    private static readonly DecisionVerifier Verifier = new(LendingDomain.Shared);
    private static readonly DecisionRecord Record = new CounterfactualSearch(LendingDomain.Pipeline)
        .Explain(LendingDomain.Pipeline.Decide(LendingDomain.SampleCase), AnswerName.Find(LendingDomain.Shared, "Approve"));

    private static readonly (string What, Func<CounterfactualRecord, CounterfactualRecord> Change, string Problem)[] Changes =
    [
        ("another wanted answer", all => all with { Want = new("urn:reasoner:lending#Refer", "Refer") }, "its answer is not the wanted one"),
        ("an unknown wanted answer", all => all with { Want = new("urn:nobody", "nobody") }, "none of the domain's"),
        ("another status", all => all with { Status = CounterfactualStatus.None }, "does not fit"),
        ("no alternatives", all => all with { Alternatives = [] }, "does not fit"),
        ("impossible counts", all => all with { Tried = 0 }, "contradict each other"),
        ("another order", all => all with { Alternatives = [.. all.Alternatives.Reverse()] }, "costs less than the one before"),
        ("one twice", all => all with { Alternatives = [all.Alternatives[0], all.Alternatives[0]] }, "changes all that an earlier one changes"),
        ("another text", First(each => each with { Text = "Approve for nothing" }), "its words"),
        ("a lower cost", First(each => each with { Cost = 1 }), "its cost is 14"),
        ("another confidence", First(each => each with { Confidence = 0.5 }), "not that of the decision"),
        ("a change cheaper than it is", First(each => each with { Changes = each.Changes.SetItem(0, each.Changes[0] with { Cost = 1 }), Cost = 3 }), "at the cost 1"),
        ("a change that is not allowed", First(each => each with { Changes = each.Changes.SetItem(0, each.Changes[0] with { Path = "lend:applicant/lend:ageYears" }) }), "may not change"),
        ("a change to another value", First(each => each with { Changes = each.Changes.SetItem(0, each.Changes[0] with { To = "\"6001\"^^<http://www.w3.org/2001/XMLSchema#integer>" }) }), "may not change from"),
        ("a change less", First(each => each with { Changes = each.Changes.RemoveAt(1) }), "rests on other changes"),
        ("no changes", First(each => each with { Changes = [] }), "it changes nothing"),
        ("the same change twice", First(each => each with { Changes = each.Changes.Add(each.Changes[1]) }), "each once"),
        ("the decision without its changes", First(each => each with { Decision = each.Decision with { Case = each.Decision.Case with { Changes = null } } }), "rests on other changes"),
        ("a decision with a proof less", First(each => each with { Decision = each.Decision with { Proofs = each.Decision.Proofs.Remove("p1") } }), "Alternative 1: the decision on the changed case"),
        ("a decision of another case", First(each => each with { Decision = each.Decision with { Case = each.Decision.Case with { Text = each.Decision.Case.Text + " " } } }), "not about this case"),
        ("a decision with another effort", First(each => each with { Decision = each.Decision with { Thinking = each.Decision.Thinking with { Effort = "high" } } }), "another effort"),
        ("alternatives within alternatives", First(each => each with { Decision = each.Decision with { Counterfactuals = Record.Counterfactuals } }), "alternatives of its own"),
        ("the decision that was made", First(each => each with { Decision = Record with { Counterfactuals = null } }), "not that of the decision"),
    ];

    public static TheoryData<string> Changed => [.. Changes.Select(change => change.What)];

    [Fact]
    public void The_record_itself_verifies_also_after_being_written_and_read_back()
    {
        Assert.Empty(Verifier.Verify(Record));
        var json = JsonSerializer.Serialize(Record, DecisionJson.Indented.DecisionRecord);
        var read = JsonSerializer.Deserialize(json, DecisionJson.Indented.DecisionRecord)!;
        Assert.Empty(Verifier.Verify(read));
        Assert.Equal(json, JsonSerializer.Serialize(read, DecisionJson.Indented.DecisionRecord));
    }

    [Fact]
    public void The_decision_on_a_changed_case_stands_alone() =>
        Assert.All(Record.Counterfactuals!.Alternatives, alternative => Assert.Empty(Verifier.Verify(alternative.Decision)));

    [Theory]
    [MemberData(nameof(Changed))]
    public void Refuses(string what)
    {
        var (_, change, problem) = Changes.Single(each => each.What == what);
        Assert.Contains(Verifier.Verify(Record with { Counterfactuals = change(Record.Counterfactuals!) }), each => each.Contains(problem, StringComparison.Ordinal));
    }

    [Fact]
    public void Refuses_changes_that_do_not_fit_the_case()
    {
        var changed = Record.Counterfactuals!.Alternatives[0].Decision;
        foreach (var change in (CaseChange[])
        [
            changed.Case.Changes!.Value[0] with { From = "\"1\"^^<http://www.w3.org/2001/XMLSchema#integer>" },
            changed.Case.Changes!.Value[0] with { To = "6000" },
            changed.Case.Changes!.Value[0] with { Path = "lend:nowhere/lend:creditAmount" },
            changed.Case.Changes!.Value[0] with { Path = "creditAmount" },
        ])
        {
            var problems = Verifier.Verify(changed with { Case = changed.Case with { Changes = ImmutableArray.Create(change) } });
            Assert.Contains(problems, each => each.Contains("The changes do not fit the case", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Refuses_alternatives_with_one_value_changed()
    {
        var json = JsonSerializer.Serialize(Record, DecisionJson.Indented.DecisionRecord);
        var paths = Leaves(JsonNode.Parse(json)!["counterfactuals"]!["alternatives"]![0]!)
            .Where(path => !path.EndsWith(".decision.id", StringComparison.Ordinal) && !path.Contains(".timings.", StringComparison.Ordinal)).Where((_, i) => i % 9 == 0).ToList();
        Assert.True(paths.Count > 30, $"{paths.Count} leaves only.");
        foreach (var path in paths)
        {
            var copy = JsonNode.Parse(json)!;
            var leaf = All(copy).First(node => node.GetPath() == path);
            leaf.ReplaceWith(leaf.GetValueKind() == JsonValueKind.Number ? JsonValue.Create(leaf.GetValue<double>() + 1) : JsonValue.Create(leaf + "x"));
            Assert.True(IsRefused(copy.ToJsonString()), $"A record with another {path} was accepted.");
        }
    }

    private static Func<CounterfactualRecord, CounterfactualRecord> First(Func<AlternativeRecord, AlternativeRecord> change) =>
        all => all with { Alternatives = all.Alternatives.SetItem(0, change(all.Alternatives[0])) };

    private static bool IsRefused(string json)
    {
        try
        {
            return Verifier.Verify(JsonSerializer.Deserialize(json, DecisionJson.Indented.DecisionRecord)!).Count > 0;
        }
        catch (JsonException)
        {
            return true;
        }
    }

    private static IEnumerable<string> Leaves(JsonNode node) => All(node).Select(leaf => leaf.GetPath());

    private static IEnumerable<JsonNode> All(JsonNode node) => node switch
    {
        JsonObject map => map.Where(member => member.Value is not null).SelectMany(member => All(member.Value!)),
        JsonArray items => items.SelectMany(item => All(item!)),
        _ => [node],
    };
}
