using Reasoner.Experts;

namespace Reasoner.Benchmarks;

/// <summary>A size of one expert and what surrounds it, to make mixtures of any number of such experts.</summary>
/// <param name="Name">Its name in tables.</param>
/// <param name="Inputs">Encoded floats of a row.</param>
/// <param name="Hidden">Hidden units.</param>
/// <param name="Classes">Answers.</param>
internal sealed record ExpertSize(string Name, int Inputs, int Hidden, int Classes)
{
    public const int TopK = 2;

    /// <summary>One like the layers of a network, where weights are most of the work; one like the models of the sample domains.</summary>
    public static IReadOnlyList<ExpertSize> All { get; } = [new("wide", 64, 128, 64), new("shipped", 100, 16, 2)];

    /// <summary>A mixture of random weights: time does not depend on what was learned.</summary>
    public TrainedMixture Mixture(int experts)
    {
        var shape = new MixtureShape(Inputs, Hidden, experts, Classes);
        var random = new Random(experts);
        var weights = new double[shape.Parameters];
        foreach (ref var weight in weights.AsSpan()) weight = (float)((random.NextDouble() * 2 - 1) / Math.Sqrt(Inputs));
        // Truth values of two columns each are as wide as they need to be.
        Feature[] features = [.. Enumerable.Range(0, Inputs / 2).Select(number => new Feature($"f{number}", FeatureKind.Boolean))];
        var schema = new FeatureSchema(features);
        return new(
            new(shape, weights), new(schema, [.. features.Select(_ => new TruthValue())]),
            [.. Enumerable.Range(0, Classes).Select(number => $"urn:answer:{number:000}")],
            new() { Experts = experts, TopK = Math.Min(TopK, experts), Hidden = Hidden }, temperature: 1, heldOutRows: 0, rows: 0, new double[experts]);
    }

    /// <summary>Encoded rows, all different, so that experts take turns.</summary>
    public float[][] Rows(int count)
    {
        var random = new Random(1);
        return [.. Enumerable.Range(0, count).Select(_ => Enumerable.Range(0, Inputs).Select(_ => random.NextSingle() * 2 - 1).ToArray())];
    }
}
