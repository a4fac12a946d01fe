using Reasoner.Experts.Onnx;

namespace Reasoner.Experts.Tests.Onnx;

public class MixtureExporterTests
{
    [Theory]
    [InlineData(2, 1)]
    [InlineData(2, 2)]
    [InlineData(4, 1)]
    [InlineData(4, 2)]
    [InlineData(4, 4)]
    [InlineData(16, 1)]
    [InlineData(16, 2)]
    [InlineData(16, 4)]
    public void The_exported_file_computes_what_the_trainer_computes(int experts, int topK)
    {
        var mixture = RandomMixture(experts, topK, seed: experts * 10 + topK);
        var model = MixtureExporter.Export(mixture);
        using var session = OnnxEnvironment.Open(model);
        using var run = new BoundRun(session, 1, mixture.Encoder.Width, topK, mixture.Classes.Count);
        var random = new Random(1);
        for (var i = 0; i < 50; i++)
        {
            var row = SyntheticCases.MixedRow(random, "car", "house", "unseen");
            mixture.Encoder.Encode(row, run.Features(0));
            run.Run();
            var expected = mixture.Propose(row);
            var actual = Proposal.Of(mixture.Classes, run.Probabilities(0), mixture.ExpertNames, run.Experts(0), run.Weights(0));
            Assert.Equal(expected.Experts.Select(expert => expert.Name), actual.Experts.Select(expert => expert.Name));
            Assert.All(expected.Experts.Zip(actual.Experts), pair => Assert.Equal(pair.First.Weight, pair.Second.Weight, 1e-4));
            Assert.All(mixture.Classes, answer => Assert.Equal(expected.ProbabilityOf(answer), actual.ProbabilityOf(answer), 1e-4));
        }
    }

    [Fact]
    public void A_file_that_computes_something_else_is_refused()
    {
        var other = MixtureExporter.Export(RandomMixture(4, 2, seed: 2));
        Assert.Throws<ModelException>(() => MixtureExporter.Verify(RandomMixture(4, 2, seed: 1), other));
    }

    [Fact]
    public void A_mixture_of_broken_weights_is_refused()
    {
        var mixture = RandomMixture(4, 2, seed: 1);
        mixture.Network.Parameters.AsSpan(mixture.Network.Shape.SharedWeights).Fill(double.NaN);
        Assert.Throws<ModelException>(() => MixtureExporter.Export(mixture));
    }

    private static TrainedMixture RandomMixture(int experts, int topK, int seed)
    {
        var random = new Random(seed);
        var encoder = FeatureEncoder.Learn(SyntheticCases.AllKinds, [.. SyntheticCases.Mixed(50, seed).Select(row => row.Row)]);
        var shape = new MixtureShape(encoder.Width, Hidden: 7, experts, Outputs: 3);
        var network = new MixtureNetwork(
            shape, [.. Enumerable.Range(0, shape.Parameters).Select(_ => (double)(float)(random.NextDouble() * 2 - 1))]);
        var options = new TrainingOptions { Experts = experts, TopK = topK, Hidden = 7 };
        return new(network, encoder, ["urn:a", "urn:b", "urn:c"], options, 1.5, 20, 100, new double[experts]);
    }
}
