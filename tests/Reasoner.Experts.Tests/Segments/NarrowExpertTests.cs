namespace Reasoner.Experts.Tests.Segments;

public class NarrowExpertTests
{
    private static readonly Segment Business = new("business", "segment") { In = ["business"] };

    /// <summary>A mixture that knows retail alone, so that it is wrong about business.</summary>
    private static readonly Lazy<TrainedMixture> Retail = new(() => MixtureTrainer.Train(
        SyntheticCases.Segments, [.. Cases(1200, 1).Where(row => row.Row[0].Category == "retail")],
        new() { Rehearsals = 2, LearningRate = 5e-3, WeightDecay = 0.02 }));

    [Fact]
    public void A_new_expert_masters_its_segment_and_leaves_the_others_as_they_are()
    {
        var before = Retail.Value;
        var after = NarrowExpert.Add(before, Business, Cases(1200, 2));
        var tests = Cases(1000, 3);
        var (inside, outside) = (tests.Where(row => row.Row[0].Category == "business").ToList(), tests.Where(row => row.Row[0].Category == "retail").ToList());
        Assert.InRange(SyntheticCases.Accuracy(before, inside), 0, 0.3);
        Assert.InRange(SyntheticCases.Accuracy(after, inside), 0.9, 1);
        Assert.Equal(5, after.Experts.Count);
        Assert.Equal(new("business", "business"), after.Experts[4]);

        // Those whom the gate does not send to it get the same answer to the bit; these are nearly all outside the segment.
        var untouched = outside.Where(row => after.Propose(row.Row).Experts.All(expert => expert.Name != "business")).ToList();
        Assert.InRange(untouched.Count, outside.Count * 0.95, outside.Count);
        Assert.All(untouched, row => Assert.Equal(before.Propose(row.Row).Answers, after.Propose(row.Row).Answers));
        for (var expert = 0; expert < 4; expert++)
        {
            Assert.Equal(
                before.Network.Parameters[before.Network.Shape.Expert(expert)], after.Network.Parameters[after.Network.Shape.Expert(expert)]);
        }

        // Inside it is consulted, with weight.
        Assert.All(inside, row => Assert.Contains(after.Propose(row.Row).Experts, expert => expert is { Name: "business", Weight: > 0.5 }));
    }

    [Fact]
    public void An_expert_is_added_to_a_model_on_disk_and_goes_with_it()
    {
        var folder = Directory.CreateTempSubdirectory("reasoner-model-");
        try
        {
            var data = new TrainingDataCard("cases.csv", new('0', 64), 1200, "Made up");
            ModelFolder.Write(folder.FullName, Retail.Value, "test", data);
            var added = NarrowExpert.Add(ModelFolder.Read(folder.FullName), Business, Cases(1200, 2));
            ModelFolder.Write(folder.FullName, added, "test", data);
            using var proposer = MixtureProposer.Load(folder.FullName);
            Assert.Equal(["business"], proposer.NarrowExperts);
            Assert.Equal("business", proposer.Card.Experts[4].Segment);
            var row = Cases(50, 3).First(row => row.Row[0].Category == "business");
            Assert.Contains(proposer.Propose(row.Row).Experts, expert => expert.Name == "business");
            Assert.Equal(added.Propose(row.Row).Answers[0].Answer, proposer.Propose(row.Row).Answers[0].Answer);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void Segments_that_cannot_be_told_or_learned_are_refused_with_advice()
    {
        Refuse(new("x", "nothing") { Is = true }, "no feature");
        Refuse(new("x", "segment") { Is = true }, "is categorical");
        Refuse(new("x", "x") { In = ["a"] }, "is numeric");
        Refuse(new("x", "x") { From = 5 }, "too few");
        Refuse(new("expert 1", "segment") { In = ["business"] }, "already");

        void Refuse(Segment segment, string problem)
        {
            var refusal = Assert.Throws<ModelException>(() => NarrowExpert.Add(Retail.Value, segment, Cases(200, 2)));
            Assert.Contains(problem, refusal.Message, StringComparison.Ordinal);
            Assert.NotEmpty(refusal.Advice);
        }
    }

    [Fact]
    public void Numbers_tell_a_segment_from_a_bound_up_to_below_another()
    {
        var segment = new Segment("middle", "x") { From = -0.5, Below = 0.5 };
        bool Has(FeatureValue value) => segment.Contains(SyntheticCases.Segments, new(FeatureValue.Of("retail"), value, FeatureValue.Missing));
        Assert.True(Has(FeatureValue.Of(-0.5)));
        Assert.False(Has(FeatureValue.Of(0.5)));
        Assert.False(Has(FeatureValue.Missing));
    }

    private static List<LabelledRow> Cases(int rows, int seed) => SyntheticCases.TwoSegments(rows, seed);
}
