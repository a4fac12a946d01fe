using Reasoner.Experts.Onnx;

namespace Reasoner.Experts.Tests.Onnx;

public class MixtureExporterTests
{
    public static TheoryData<int, int, bool, bool> Sizes()
    {
        var sizes = new TheoryData<int, int, bool, bool>();
        foreach (var (experts, topK) in ((int, int)[])[(2, 1), (2, 2), (4, 1), (4, 2), (4, 4), (16, 1), (16, 2), (16, 4), (64, 2)])
            foreach (var isOperator in (bool[])[false, true])
                foreach (var hasPolicy in (bool[])[false, true]) sizes.Add(experts, topK, isOperator, hasPolicy);
        return sizes;
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void The_exported_file_computes_what_the_trainer_computes_in_either_form(int experts, int topK, bool isOperator, bool hasPolicy)
    {
        var mixture = RandomMixture(experts, topK, seed: experts * 10 + topK, hasPolicy);
        var model = MixtureExporter.Export(mixture, isOperator ? ExpertForm.Operator : ExpertForm.Gather);
        Assert.Equal(isOperator ? ExpertForm.Operator : ExpertForm.Gather, MixtureExporter.FormOf(model));
        using var session = OnnxEnvironment.Open(model);
        using var run = new BoundRun(session, 1, mixture.Encoder.Width, topK, mixture.Classes.Count, mixture.Policy?.Answers.Count ?? 0);
        var random = new Random(1);
        for (var i = 0; i < 50; i++)
        {
            var row = SyntheticCases.MixedRow(random, "car", "house", "unseen");
            mixture.Encoder.Encode(row, run.Features(0));
            run.Run();
            var expected = mixture.Propose(row);
            var actual = Proposal.Of(
                mixture.Classes, run.Probabilities(0), mixture.ExpertNames, run.Experts(0), run.Weights(0), mixture.Policy?.Answers, run.Preferences(0));
            Assert.Equal(expected.Experts.Select(expert => expert.Name), actual.Experts.Select(expert => expert.Name));
            Assert.All(expected.Experts.Zip(actual.Experts), pair => Assert.Equal(pair.First.Weight, pair.Second.Weight, 1e-4));
            Assert.All(mixture.Classes, answer => Assert.Equal(expected.ProbabilityOf(answer), actual.ProbabilityOf(answer), 1e-4));
            Assert.Equal(hasPolicy ? 4 : 3, actual.Preferences.Count);
            Assert.All(expected.Preferences, scored => Assert.Equal(scored.Probability, actual.PreferenceFor(scored.Answer), 1e-4));
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_file_is_read_back_to_the_bit(bool isOperator)
    {
        var folder = Directory.CreateTempSubdirectory("reasoner-model-");
        try
        {
            var mixture = RandomMixture(isOperator ? 4 : 20, 2, seed: 3, hasPolicy: true);
            var card = ModelFolder.Write(folder.FullName, mixture, "test", new("cases.csv", new('0', 64), 300, "Made up"));
            var read = ModelFolder.Read(folder.FullName);
            Assert.Equal(isOperator ? ExpertForm.Operator : ExpertForm.Gather, MixtureExporter.FormOf(File.ReadAllBytes(Path.Combine(folder.FullName, ModelFolder.ModelFile))));
            Assert.Equal(mixture.Network.Parameters, read.Network.Parameters);
            Assert.Equal(mixture.ExpertNames, read.ExpertNames);
            Assert.Equal(mixture.Policy!.Feedback["urn:limit"], read.Policy!.Feedback["urn:limit"]);
            Assert.Equal(card.ModelSha256, ModelFolder.Write(folder.FullName, read, "test", card.Data).ModelSha256);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>Files stay in use for years: those that were gathered with two biases are still read.</summary>
    [Fact]
    public void A_file_gathered_as_it_was_earlier_is_read_back_to_the_bit()
    {
        var folder = Directory.CreateTempSubdirectory("reasoner-model-");
        try
        {
            var mixture = RandomMixture(20, 2, seed: 3);
            var shape = mixture.Network.Shape;
            ModelFolder.Write(folder.FullName, mixture, "test", new("cases.csv", new('0', 64), 300, "Made up"));
            var graph = new OnnxGraph("mixture");
            graph.Constant("gate_weights", Floats(shape.GateWeights), shape.Experts, shape.Inputs);
            graph.Constant("gate_bias", Floats(shape.GateBias), shape.Experts);
            graph.Constant("shared_weights", Floats(shape.SharedWeights), shape.Outputs, shape.Inputs);
            graph.Constant("shared_bias", Floats(shape.SharedBias), shape.Outputs);
            graph.Constant("hidden_weights", Turned(shape.HiddenWeights, shape.Inputs), shape.Experts, shape.Inputs, shape.Hidden);
            graph.Constant("hidden_bias", Turned(shape.HiddenBias, 1), shape.Experts, 1, shape.Hidden);
            graph.Constant("opinions_weights", Turned(shape.OutputWeights, shape.Hidden), shape.Experts, shape.Hidden, shape.Outputs);
            graph.Constant("opinions_bias", Turned(shape.OutputBias, 1), shape.Experts, 1, shape.Outputs);
            var card = ModelCardFile.Read(Path.Combine(folder.FullName, ModelFolder.CardFile));
            Assert.Equal(mixture.Network.Parameters, MixtureReader.Read(graph.ToModelFile(), card, "earlier").Network.Parameters);

            float[] Floats(Range block) => [.. mixture.Network.Parameters[block].Select(number => (float)number)];

            // Each expert's [height, width] as [width, height].
            float[] Turned(Func<int, Range> block, int width) => [.. Enumerable.Range(0, shape.Experts).SelectMany(expert =>
            {
                var numbers = Floats(block(expert));
                return Enumerable.Range(0, numbers.Length).Select(i => numbers[i % (numbers.Length / width) * width + i / (numbers.Length / width)]);
            })];
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void The_form_follows_the_size()
    {
        Assert.Equal(ExpertForm.Operator, MixtureExporter.FormOf(new MixtureShape(20, 16, 16, 3)));
        Assert.Equal(ExpertForm.Gather, MixtureExporter.FormOf(new MixtureShape(20, 16, 17, 3)));
        // The operator gives as many numbers as it takes, so it cannot give more.
        Assert.Equal(ExpertForm.Gather, MixtureExporter.FormOf(new MixtureShape(2, 16, 8, 3)));
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

    private static TrainedMixture RandomMixture(int experts, int topK, int seed, bool hasPolicy = false)
    {
        var random = new Random(seed);
        var encoder = FeatureEncoder.Learn(SyntheticCases.AllKinds, [.. SyntheticCases.Mixed(50, seed).Select(row => row.Row)], bins: 3);
        var shape = new MixtureShape(encoder.Width, Hidden: 7, experts, Outputs: hasPolicy ? 7 : 3);
        var network = new MixtureNetwork(
            shape, [.. Enumerable.Range(0, shape.Parameters).Select(_ => (double)(float)(random.NextDouble() * 2 - 1))]);
        var options = new TrainingOptions { Experts = experts, TopK = topK, Hidden = 7 };
        return new(network, encoder, ["urn:a", "urn:b", "urn:c"], options, 1.5, 20, 100, new double[experts])
        {
            Policy = hasPolicy
                ? new(["urn:c", "urn:b", "urn:a", "urn:none"], new Dictionary<string, IReadOnlyList<double>> { ["urn:limit"] = [0.5, -1, 0.25, 2] }, new())
                : null,
        };
    }
}
