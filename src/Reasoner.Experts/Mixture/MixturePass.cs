using System.Numerics.Tensors;

namespace Reasoner.Experts;

/// <summary>What one row leaves behind on its way through a mixture: the result, and all that the way back needs.</summary>
internal sealed class MixturePass(MixtureShape shape)
{
    private readonly int[] _chosen = new int[shape.Experts];
    private readonly double[] _weights = new double[shape.Experts];
    private readonly double[] _hidden = new double[shape.Experts * shape.Hidden];
    private readonly double[] _kept = new double[shape.Experts * shape.Hidden];
    private readonly double[] _opinions = new double[shape.Experts * shape.Outputs];
    private readonly double[] _embedded = new double[shape.Embedding is null ? 0 : 2 * shape.Embedded];

    /// <summary>The gate's logit of every expert.</summary>
    public double[] GateLogits { get; } = new double[shape.Experts];

    /// <summary>The mixture's logits.</summary>
    public double[] Logits { get; } = new double[shape.Outputs];

    /// <summary>The experts that ran, the weightiest first; of two equal ones the lower number first, as ONNX's TopK has it.</summary>
    public ReadOnlySpan<int> Chosen => _chosen.AsSpan(0, ChosenCount);

    /// <summary>The chosen experts' weights, which sum to 1.</summary>
    public ReadOnlySpan<double> Weights => _weights.AsSpan(0, ChosenCount);

    /// <summary>The row as gate and experts read it; empty where they read its own columns.</summary>
    public Span<double> Embedded => _embedded.AsSpan(0, _embedded.Length / 2);

    /// <summary>Room for the gradient by <see cref="Embedded"/>.</summary>
    public Span<double> ByEmbedded => _embedded.AsSpan(_embedded.Length / 2);

    private int ChosenCount { get; set; }

    /// <summary>The hidden units of the expert chosen in this place, after the rectifier and dropout.</summary>
    public Span<double> Hidden(int place) => _hidden.AsSpan(place * shape.Hidden, shape.Hidden);

    /// <summary>How much of each hidden unit the gradient passes: 0 where the unit is off or was dropped.</summary>
    public Span<double> Kept(int place) => _kept.AsSpan(place * shape.Hidden, shape.Hidden);

    /// <summary>The logits of the expert chosen in this place, before weighting.</summary>
    public Span<double> Opinion(int place) => _opinions.AsSpan(place * shape.Outputs, shape.Outputs);

    /// <summary>Chooses the experts of the highest gate logits, and weighs them by a softmax over these alone.</summary>
    public void Choose(int topK)
    {
        ChosenCount = 0;
        while (ChosenCount < topK)
        {
            var best = -1;
            for (var expert = 0; expert < GateLogits.Length; expert++)
                if ((best < 0 || GateLogits[expert] > GateLogits[best]) && !Chosen.Contains(expert)) best = expert;
            _weights[ChosenCount] = GateLogits[best];
            _chosen[ChosenCount++] = best;
        }

        SoftMax(Weights, _weights.AsSpan(0, topK));
    }

    /// <summary>The softmax of some logits; source and destination may be the same.</summary>
    public static void SoftMax(ReadOnlySpan<double> logits, Span<double> destination)
    {
        TensorPrimitives.Subtract(logits, TensorPrimitives.Max(logits), destination);
        TensorPrimitives.SoftMax<double>(destination, destination);
    }

    /// <summary>The softmax of some logits at a temperature.</summary>
    public static double[] SoftMax(double[] logits, double temperature)
    {
        double[] probabilities = [.. logits.Select(logit => logit / temperature)];
        SoftMax(probabilities, probabilities);
        return probabilities;
    }

    /// <summary>The logarithm of the sum of the exponentials of some logits.</summary>
    public static double LogSumExp(ReadOnlySpan<double> logits)
    {
        var highest = TensorPrimitives.Max(logits);
        double sum = 0;
        foreach (var logit in logits) sum += Math.Exp(logit - highest);
        return highest + Math.Log(sum);
    }
}
