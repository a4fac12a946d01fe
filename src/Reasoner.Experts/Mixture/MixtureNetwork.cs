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
        var embedded = Embed(input, pass);
        Affine(shape.GateWeights, shape.GateBias, embedded, pass.GateLogits);
        pass.Choose(topK);
        Affine(shape.SharedWeights, shape.SharedBias, input, pass.Logits);
        for (var place = 0; place < topK; place++)
        {
            var expert = pass.Chosen[place];
            var hidden = pass.Hidden(place);
            Affine(shape.HiddenWeights(expert), shape.HiddenBias(expert), embedded, hidden);
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

        var embedded = shape.Embedding is null ? input : pass.Embedded;
        Span<double> byEmbedded = shape.Embedding is null ? [] : pass.ByEmbedded;
        byEmbedded.Clear();
        Span<double> byOpinion = stackalloc double[shape.Outputs];
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
            AddTransposed(shape.OutputWeights(expert), byOpinion, byHidden);
            TensorPrimitives.Multiply<double>(byHidden, pass.Kept(place), byHidden);
            AddOuter(byHidden, embedded, gradient[shape.HiddenWeights(expert)], gradient[shape.HiddenBias(expert)]);
            if (!byEmbedded.IsEmpty) AddTransposed(shape.HiddenWeights(expert), byHidden, byEmbedded);
        }

        AddOuter(byGateLogits, embedded, gradient[shape.GateWeights], gradient[shape.GateBias]);
        if (byEmbedded.IsEmpty) return;
        AddTransposed(shape.GateWeights, byGateLogits, byEmbedded);
        AddTables(input, byEmbedded, gradient[shape.Tables]);
    }

    /// <summary>The same function without tables: they are multiplied into the weights that read what they give.</summary>
    public MixtureNetwork Folded()
    {
        if (shape.Embedding is not { } embedding) return this;
        var folded = shape with { Embedding = null };
        var numbers = new double[folded.Parameters];
        Fold(shape.GateWeights, folded.GateWeights);
        Copy(shape.GateBias, folded.GateBias);
        Copy(shape.SharedWeights, folded.SharedWeights);
        Copy(shape.SharedBias, folded.SharedBias);
        for (var expert = 0; expert < shape.Experts; expert++)
        {
            Fold(shape.HiddenWeights(expert), folded.HiddenWeights(expert));
            Copy(shape.HiddenBias(expert), folded.HiddenBias(expert));
            Copy(shape.OutputWeights(expert), folded.OutputWeights(expert));
            Copy(shape.OutputBias(expert), folded.OutputBias(expert));
        }

        return new(folded, numbers);

        void Copy(Range from, Range to) => parameters.AsSpan(from).CopyTo(numbers.AsSpan(to));

        void Fold(Range from, Range to)
        {
            var rows = (from.End.Value - from.Start.Value) / embedding.Width;
            var tables = parameters.AsSpan(shape.Tables);
            for (var row = 0; row < rows; row++)
            {
                var source = parameters.AsSpan(from).Slice(row * embedding.Width, embedding.Width);
                var target = numbers.AsSpan(to).Slice(row * shape.Inputs, shape.Inputs);
                foreach (var block in embedding.Blocks)
                {
                    var weights = source.Slice(block.Start, block.Width);
                    for (var i = 0; i < block.Inputs; i++)
                    {
                        target[block.Input + i] = block.IsTable
                            ? TensorPrimitives.Dot<double>(weights, tables.Slice(block.Table + i * block.Width, block.Width))
                            : weights[i];
                    }
                }
            }
        }
    }

    /// <summary>Divides all logits by a temperature: what gives them is linear, so the weights are divided.</summary>
    public void Cool(double temperature)
    {
        Divide(shape.SharedWeights);
        Divide(shape.SharedBias);
        for (var expert = 0; expert < shape.Experts; expert++)
        {
            Divide(shape.OutputWeights(expert));
            Divide(shape.OutputBias(expert));
        }

        void Divide(Range block)
        {
            var weights = parameters.AsSpan(block);
            TensorPrimitives.Divide(weights, temperature, weights);
        }
    }

    /// <summary>Rounds the parameters to the 32-bit floats that a model file holds, so that both compute the same.</summary>
    public void RoundToFloats()
    {
        foreach (ref var parameter in parameters.AsSpan()) parameter = (float)parameter;
    }

    private ReadOnlySpan<double> Embed(ReadOnlySpan<double> input, MixturePass pass)
    {
        if (shape.Embedding is not { } embedding) return input;
        ReadOnlySpan<double> tables = parameters.AsSpan(shape.Tables);
        foreach (var block in embedding.Blocks)
        {
            var columns = input.Slice(block.Input, block.Inputs);
            var target = pass.Embedded.Slice(block.Start, block.Width);
            if (!block.IsTable)
            {
                columns.CopyTo(target);
                continue;
            }

            target.Clear();
            for (var i = 0; i < columns.Length; i++)
                if (columns[i] != 0) TensorPrimitives.MultiplyAdd(tables.Slice(block.Table + i * block.Width, block.Width), columns[i], target, target);
        }

        return pass.Embedded;
    }

    private void AddTables(ReadOnlySpan<double> input, ReadOnlySpan<double> byEmbedded, Span<double> gradient)
    {
        foreach (var block in shape.Embedding!.Blocks)
        {
            if (!block.IsTable) continue;
            var slope = byEmbedded.Slice(block.Start, block.Width);
            for (var i = 0; i < block.Inputs; i++)
            {
                var value = input[block.Input + i];
                var row = gradient.Slice(block.Table + i * block.Width, block.Width);
                if (value != 0) TensorPrimitives.MultiplyAdd(slope, value, row, row);
            }
        }
    }

    /// <summary>outputs = weights x inputs + bias.</summary>
    private void Affine(Range weights, Range bias, ReadOnlySpan<double> inputs, Span<double> outputs)
    {
        ReadOnlySpan<double> rows = parameters.AsSpan(weights);
        ReadOnlySpan<double> offsets = parameters.AsSpan(bias);
        for (var i = 0; i < outputs.Length; i++)
            outputs[i] = offsets[i] + TensorPrimitives.Dot(rows.Slice(i * inputs.Length, inputs.Length), inputs);
    }

    /// <summary>byInputs += weights^T x byOutputs.</summary>
    private void AddTransposed(Range weights, ReadOnlySpan<double> byOutputs, Span<double> byInputs)
    {
        ReadOnlySpan<double> rows = parameters.AsSpan(weights);
        for (var i = 0; i < byOutputs.Length; i++)
            if (byOutputs[i] != 0) TensorPrimitives.MultiplyAdd(rows.Slice(i * byInputs.Length, byInputs.Length), byOutputs[i], byInputs, byInputs);
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
