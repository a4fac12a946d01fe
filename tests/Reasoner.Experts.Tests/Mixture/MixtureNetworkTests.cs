namespace Reasoner.Experts.Tests.Mixture;

public class MixtureNetworkTests
{
    /// <summary>
    /// Every parameter's hand-written derivative against a central difference, with dropout, class weights and both
    /// gate penalties on. The differences are taken where no unit and no expert switches, by fixing the random source.
    /// </summary>
    [Theory]
    [InlineData(1, 1, false)]
    [InlineData(2, 1, false)]
    [InlineData(4, 2, false)]
    [InlineData(5, 5, false)]
    [InlineData(4, 2, true)]
    [InlineData(3, 3, true)]
    public void Gradient_equals_finite_differences(int experts, int topK, bool embeds)
    {
        var random = new Random(11);
        var embedding = embeds ? Embedding() : null;
        var shape = new MixtureShape(embedding?.Blocks.Sum(block => block.Inputs) ?? 6, Hidden: 5, experts, Outputs: 3, embedding);
        var network = new MixtureNetwork(shape, [.. Enumerable.Range(0, shape.Parameters).Select(_ => random.NextDouble() * 2 - 1)]);
        var matrix = new FeatureMatrix(8, shape.Inputs);
        for (var row = 0; row < matrix.Rows; row++)
            foreach (ref var value in matrix[row]) value = (float)(random.NextDouble() * 2 - 1);
        var set = new TrainingSet(matrix, [.. Enumerable.Range(0, matrix.Rows).Select(_ => random.Next(shape.Outputs))], shape.Outputs);
        var loss = new MixtureLoss(network, classWeights: [0.5, 1, 2], balance: 0.3, gateZ: 0.2, dropout: 0.25);
        int[] batch = [0, 1, 2, 3, 4, 5, 6, 7];
        var gradient = new double[shape.Parameters];
        loss.Accumulate(set, batch, topK, new(3), gradient);

        const double step = 1e-6;
        for (var i = 0; i < shape.Parameters; i++)
        {
            var slope = (LossWith(i, step) - LossWith(i, -step)) / (2 * step);
            Assert.True(
                Math.Abs(slope - gradient[i]) <= 1e-7 + 1e-5 * Math.Abs(slope),
                $"parameter {i}: gradient {gradient[i]:R}, difference {slope:R}");
        }

        Assert.Contains(gradient[shape.GateWeights], value => value != 0);

        double LossWith(int parameter, double change)
        {
            var before = network.Parameters[parameter];
            network.Parameters[parameter] = before + change;
            var changed = loss.Accumulate(set, batch, topK, new(3), new double[shape.Parameters]);
            network.Parameters[parameter] = before;
            return changed;
        }
    }

    [Fact]
    public void Folding_the_tables_into_the_weights_changes_nothing()
    {
        var random = new Random(2);
        var embedding = Embedding();
        var shape = new MixtureShape(embedding.Blocks.Sum(block => block.Inputs), Hidden: 5, Experts: 4, Outputs: 3, embedding);
        var network = new MixtureNetwork(shape, [.. Enumerable.Range(0, shape.Parameters).Select(_ => random.NextDouble() * 2 - 1)]);
        var folded = network.Folded();
        Assert.Null(folded.Shape.Embedding);
        var (before, after) = (new MixturePass(shape), new MixturePass(folded.Shape));
        for (var i = 0; i < 50; i++)
        {
            double[] input = [.. Enumerable.Range(0, shape.Inputs).Select(_ => random.NextDouble() * 2 - 1)];
            network.Forward(input, 2, before);
            folded.Forward(input, 2, after);
            Assert.Equal(before.Chosen.ToArray(), after.Chosen.ToArray());
            Assert.All(before.Logits.Zip(after.Logits), pair => Assert.Equal(pair.First, pair.Second, 1e-9));
        }
    }

    private static EmbeddingLayout Embedding() => EmbeddingLayout.Of(
        FeatureEncoder.Learn(SyntheticCases.AllKinds, [.. SyntheticCases.Mixed(60, 1).Select(row => row.Row)]), dimensions: 2)!;

    [Fact]
    public void Experts_that_are_not_chosen_do_not_matter()
    {
        var random = new Random(5);
        var shape = new MixtureShape(4, 3, Experts: 6, Outputs: 2);
        var network = new MixtureNetwork(shape, [.. Enumerable.Range(0, shape.Parameters).Select(_ => random.NextDouble() * 2 - 1)]);
        double[] input = [0.3, -1, 0.5, 2];
        var pass = new MixturePass(shape);
        network.Forward(input, 2, pass);
        double[] before = [.. pass.Logits];
        int[] chosen = [.. pass.Chosen];

        for (var expert = 0; expert < shape.Experts; expert++)
            if (!chosen.Contains(expert)) network.Parameters.AsSpan(shape.OutputWeights(expert)).Fill(double.NaN);
        network.Forward(input, 2, pass);

        Assert.Equal(before, pass.Logits);
    }

    [Fact]
    public void Equal_gate_logits_choose_the_lower_number()
    {
        var pass = new MixturePass(new(1, 1, Experts: 4, Outputs: 2));
        ((double[])[1, 2, 2, 1]).CopyTo(pass.GateLogits, 0);
        pass.Choose(3);
        Assert.Equal([1, 2, 0], pass.Chosen.ToArray());
        Assert.Equal(1, pass.Weights.ToArray().Sum(), 12);
        Assert.Equal(pass.Weights[0], pass.Weights[1]);
    }
}
