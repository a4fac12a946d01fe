using System.Text.Json.Nodes;
using Reasoner.Experts;
using Reasoner.Testing;

namespace Reasoner.Decisions.Tests;

/// <summary>Experts for segments of a domain's cases: adding them, deciding and verifying with them.</summary>
public sealed class SegmentTests : IDisposable
{
    private readonly LendingCopy _lending = new();

    public SegmentTests() => Segments(
        new() { ["name"] = "long term", ["feature"] = "durationMonths", ["from"] = 24 },
        new() { ["name"] = "huge amount", ["feature"] = "creditAmount", ["from"] = 1_000_000 });

    public void Dispose() => _lending.Dispose();

    [Fact]
    public void An_added_expert_is_named_in_every_record_with_weight_0_where_it_has_no_say()
    {
        using (var untrained = _lending.Load(withModel: false))
        {
            var outcome = Add(untrained, "long term");
            Assert.InRange(outcome.Inside, 40, outcome.Rows - 1);
            Assert.Equal(("long term", "long term"), (outcome.Card.Experts[8].Name, outcome.Card.Experts[8].Segment));
        }

        using var domain = _lending.Load();
        var pipeline = new DecisionPipeline(domain);
        var verifier = new DecisionVerifier(domain);
        var records = LabelledCases.Read(domain, Lending.Sample).Take(60).Select(input => pipeline.Decide(input)).ToList();
        Assert.All(records, record => Assert.Single(record.Experts, expert => expert.Name == "long term"));
        Assert.All(records, record => Assert.Equal(1, record.Experts.Sum(expert => expert.Weight), 1e-4));

        var (with, without) = (records.First(record => WeightIn(record) > 0), records.First(record => WeightIn(record) == 0));
        Assert.Empty(verifier.Verify(with));
        Assert.Empty(verifier.Verify(without));
        foreach (var record in new[] { with, without })
        {
            var silent = record with { Experts = record.Experts.RemoveAll(expert => expert.Name == "long term") };
            Assert.Contains(verifier.Verify(silent), problem => problem.StartsWith("The experts are not those", StringComparison.Ordinal));
        }

        static double WeightIn(DecisionRecord record) => record.Experts.Single(expert => expert.Name == "long term").Weight;
    }

    [Fact]
    public void Adding_an_expert_leaves_policy_and_figures_of_the_model()
    {
        using var domain = _lending.Load(withModel: false);
        var before = ModelFolder.ReadCard(domain.ModelFolder!);
        var card = Add(domain, "long term").Card;

        Assert.Equal(before.Policy!.Answers, card.Policy!.Answers);
        Assert.Equal(before.Metrics!.Auc, card.Metrics!.Auc);
        Assert.Contains(card.Limitations, limitation => limitation.Contains("\"long term\" was added later", StringComparison.Ordinal));
    }

    [Fact]
    public void An_expert_is_not_added_twice()
    {
        using var domain = _lending.Load(withModel: false);
        Add(domain, "long term");
        Assert.Contains("has an expert \"long term\" already", Assert.Throws<ModelException>(() => Add(domain, "long term")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_unknown_segment_is_refused_with_those_there_are()
    {
        using var domain = _lending.Load(withModel: false);
        Assert.Equal("The domain lending has no segment \"short term\"; it has long term, huge amount.", Assert.Throws<DomainException>(() => Add(domain, "short term")).Message);

        Segments();
        using var none = _lending.Load(withModel: false);
        Assert.Contains("declares no segments", Assert.Throws<DomainException>(() => Add(none, "long term")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_segment_of_too_few_cases_is_refused_and_the_model_stays()
    {
        using var domain = _lending.Load(withModel: false);
        var before = File.ReadAllBytes(Path.Combine(domain.ModelFolder!, ModelFolder.ModelFile));
        Assert.Contains("too few to learn from", Assert.Throws<ModelException>(() => Add(domain, "huge amount")).Message, StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllBytes(Path.Combine(domain.ModelFolder!, ModelFolder.ModelFile)));
    }

    [Fact]
    public void Two_segments_of_one_name_are_refused_by_file_and_name()
    {
        Segments(new() { ["name"] = "x", ["feature"] = "durationMonths", ["from"] = 24 }, new() { ["name"] = "x", ["feature"] = "creditAmount", ["from"] = 5 });
        Refused("two segments are named x.");
    }

    [Fact]
    public void A_segment_on_no_feature_is_refused_by_file_and_name()
    {
        Segments(new JsonObject { ["name"] = "old", ["feature"] = "age", ["from"] = 60 });
        Refused("the segment old is told by age, which is none of the features.");
    }

    [Theory]
    [InlineData("durationMonths", "is", "true", "the feature \"durationMonths\" is numeric")]
    [InlineData("thinFile", "from", "1", "the feature \"thinFile\" is boolean")]
    [InlineData("purpose", "below", "1", "the feature \"purpose\" is categorical")]
    public void A_segment_that_its_feature_cannot_tell_is_refused_by_file_and_name(string feature, string member, string value, string problem)
    {
        Segments(new JsonObject { ["name"] = "odd", ["feature"] = feature, [member] = JsonNode.Parse(value) });
        Refused(problem);
    }

    [Fact]
    public void A_segment_of_null_categories_is_refused_by_its_place()
    {
        Segments(new JsonObject { ["name"] = "odd", ["feature"] = "purpose", ["in"] = null });
        var refusal = Assert.Throws<DomainException>(() => _lending.Load(withModel: false).Dispose());
        Assert.StartsWith($"{_lending.Manifest}:1:", refusal.Message, StringComparison.Ordinal);
    }

    private void Refused(string problem)
    {
        var refusal = Assert.Throws<DomainException>(() => _lending.Load(withModel: false).Dispose());
        Assert.StartsWith($"{_lending.Manifest}: error: ", refusal.Message, StringComparison.Ordinal);
        Assert.Contains(problem, refusal.Message, StringComparison.Ordinal);
        Assert.Contains(DomainCheck.Run(_lending.Manifest).Diagnostics, diagnostic => diagnostic.Severity == Rules.Severity.Error && diagnostic.Message.Contains(problem, StringComparison.Ordinal));
    }

    private void Segments(params JsonObject[] segments) => _lending.ChangeManifest(manifest => manifest["segments"] = new JsonArray(segments));

    private static NarrowExpertOutcome Add(Domain domain, string segment) =>
        ModelTrainer.AddExpert(domain, segment, Lending.Sample, domain.ModelFolder!, domain.ModelFolder!, "generated");
}
