using System.Numerics.Tensors;

namespace Reasoner.Experts;

/// <summary>
/// A sparse mixture of experts (Shazeer et al. 2017): a linear gate chooses the top k of the experts for each row, each
/// chosen expert (one hidden layer of rectified units) gives logits, and these are summed by the gate's renormalised
/// weights on top of a linear part that all rows share. The experts thus learn where the cases of their part of the
/// space depart from the common trend. Experts that are not chosen cost nothing.
/// </summary>
/// <remarks>
/// It computes in double precision, so that the hand-written gradient can be held against finite differences. A given
/// processor's vector width fixes the order of its sums: the same machine gives the same bits.
/// </remarks>
internal sealed class MixtureNetwork(MixtureShape shape, double[] parameters)
{
    public MixtureShape Shape => shape;

    public double[] Parameters => parameters;

    /// <summary>Sends a row through its top k experts.</summary>
    /// <param name="input">The encoded row.</param>
    /// <param name="topK">How many experts run.</param>
    /// <param name="pass">Receives the result.</param>
    /// <param name="dropout">The chance with which each hidden unit is left out; 0 outside training.</param>
    /// <param name="random">Decides which; needed only when <paramref name="dropout"/> is above 0.</param>
    public void Forward(ReadOnlySpan<double> input, int topK, MixturePass pass, double dropout = 0, Random? random = null)
    {
        Affine(shape.GateWeights, shape.GateBias, input, pass.GateLogits);
        pass.Choose(topK);
        Affine(shape.SharedWeights, shape.SharedBias, input, pass.Logits);
        for (var place = 0; place < topK; place++)
        {
            var expert = pass.Chosen[place];
            var hidden = pass.Hidden(place);
            Affine(shape.HiddenWeights(expert), shape.HiddenBias(expert), input, hidden);
            Rectify(hidden, pass.Kept(place), dropout, random);
            var opinion = pass.Opinion(place);
            Affine(shape.OutputWeights(expert), shape.OutputBias(expert), hidden, opinion);
            TensorPrimitives.MultiplyAdd(opinion, pass.Weights[place], pass.Logits, pass.Logits);
        }
    }

    /// <summary>Adds to the gradient of the parameters what one row contributes.</summary>
    /// <param name="input">The encoded row.</param>
    /// <param name="pass">What <see cref="Forward"/> left behind.</param>
    /// <param name="byLogits">The loss's gradient by the mixture's logits.</param>
    /// <param name="byGateLogits">The gradient of the gate's own losses by its logits; what the class loss adds is added here.</param>
    /// <param name="gradient">The sum over rows, laid out like the parameters.</param>
    public void Backward(
        ReadOnlySpan<double> input, MixturePass pass, ReadOnlySpan<double> byLogits, Span<double> byGateLogits, Span<double> gradient)
    {
        AddOuter(byLogits, input, gradient[shape.SharedWeights], gradient[shape.SharedBias]);

        Span<double> byOpinion = stackalloc double[shape.Classes];
        Span<double> byHidden = stackalloc double[shape.Hidden];
        double meanAgreement = 0;
        for (var place = 0; place < pass.Chosen.Length; place++)
            meanAgreement += pass.Weights[place] * TensorPrimitives.Dot<double>(pass.Opinion(place), byLogits);
        for (var place = 0; place < pass.Chosen.Length; place++)
        {
            var expert = pass.Chosen[place];
            var weight = pass.Weights[place];
            byGateLogits[expert] += weight * (TensorPrimitives.Dot<double>(pass.Opinion(place), byLogits) - meanAgreement);

            TensorPrimitives.Multiply(byLogits, weight, byOpinion);
            AddOuter(byOpinion, pass.Hidden(place), gradient[shape.OutputWeights(expert)], gradient[shape.OutputBias(expert)]);

            byHidden.Clear();
            var outputWeights = parameters.AsSpan(shape.OutputWeights(expert));
            for (var c = 0; c < shape.Classes; c++)
                TensorPrimitives.MultiplyAdd(outputWeights.Slice(c * shape.Hidden, shape.Hidden), byOpinion[c], byHidden, byHidden);
            TensorPrimitives.Multiply<double>(byHidden, pass.Kept(place), byHidden);
            AddOuter(byHidden, input, gradient[shape.HiddenWeights(expert)], gradient[shape.HiddenBias(expert)]);
        }

        AddOuter(byGateLogits, input, gradient[shape.GateWeights], gradient[shape.GateBias]);
    }

    /// <summary>outputs = weights x inputs + bias.</summary>
    private void Affine(Range weights, Range bias, ReadOnlySpan<double> inputs, Span<double> outputs)
    {
        ReadOnlySpan<double> rows = parameters.AsSpan(weights);
        ReadOnlySpan<double> offsets = parameters.AsSpan(bias);
        for (var i = 0; i < outputs.Length; i++)
            outputs[i] = offsets[i] + TensorPrimitives.Dot(rows.Slice(i * inputs.Length, inputs.Length), inputs);
    }

    /// <summary>weights += byOutputs x inputs^T; bias += byOutputs.</summary>
    private static void AddOuter(ReadOnlySpan<double> byOutputs, ReadOnlySpan<double> inputs, Span<double> weights, Span<double> bias)
    {
        for (var i = 0; i < byOutputs.Length; i++)
        {
            if (byOutputs[i] == 0) continue;
            bias[i] += byOutputs[i];
            var row = weights.Slice(i * inputs.Length, inputs.Length);
            TensorPrimitives.MultiplyAdd(inputs, byOutputs[i], row, row);
        }
    }

    /// <summary>Keeps what is above zero; dropout scales up what it leaves, so that inference needs no correction.</summary>
    private static void Rectify(Span<double> hidden, Span<double> kept, double dropout, Random? random)
    {
        for (var i = 0; i < hidden.Length; i++)
        {
            var isDropped = dropout > 0 && random!.NextDouble() < dropout;
            kept[i] = isDropped || hidden[i] <= 0 ? 0 : 1 / (1 - dropout);
            hidden[i] *= kept[i];
        }
    }
}
