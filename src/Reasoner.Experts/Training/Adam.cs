using System.Numerics;
using System.Runtime.InteropServices;

namespace Reasoner.Experts;

/// <summary>Adam with decoupled weight decay (Kingma and Ba 2015; Loshchilov and Hutter 2019).</summary>
internal sealed class Adam
{
    private const double MeanDecay = 0.9;
    private const double SquareDecay = 0.999;
    private const double Floor = 1e-8;

    private readonly Range[] _trained;
    private readonly double[] _mean;
    private readonly double[] _square;
    private readonly double[] _decay;
    private int _steps;

    /// <param name="decay">The decay of each parameter.</param>
    /// <param name="trained">The parameters that move, all when left out; the others stay as they are, to the bit.</param>
    public Adam(double[] decay, params ReadOnlySpan<Range> trained)
    {
        _decay = decay;
        _trained = trained.IsEmpty ? [Range.All] : trained.ToArray();
        _mean = new double[decay.Length];
        _square = new double[decay.Length];
    }

    /// <summary>For a mixture, whose weights decay and whose biases do not.</summary>
    public static Adam For(MixtureShape shape, double weightDecay, params ReadOnlySpan<Range> trained)
    {
        var decay = new double[shape.Parameters];
        Decay(shape.GateWeights);
        Decay(shape.SharedWeights);
        Decay(shape.Tables);
        for (var expert = 0; expert < shape.Experts; expert++)
        {
            Decay(shape.HiddenWeights(expert));
            Decay(shape.OutputWeights(expert));
        }

        return new(decay, trained);

        void Decay(Range weights) => decay.AsSpan(weights).Fill(weightDecay);
    }

    /// <summary>Moves the parameters one step down the gradient, and clears the gradient for the next.</summary>
    public void Step(double[] parameters, double[] gradient, double learningRate)
    {
        _steps++;
        var meanCorrection = 1 / (1 - Math.Pow(MeanDecay, _steps));
        var squareCorrection = 1 / (1 - Math.Pow(SquareDecay, _steps));
        foreach (var range in _trained)
        {
            Step(
                parameters.AsSpan(range), gradient.AsSpan(range), _mean.AsSpan(range), _square.AsSpan(range), _decay.AsSpan(range),
                meanCorrection, squareCorrection, learningRate);
        }

        Array.Clear(gradient);
    }

    /// <summary>Writes the state down.</summary>
    public void Save(BinaryWriter to)
    {
        to.Write(_steps);
        to.Write(MemoryMarshal.AsBytes<double>(_mean));
        to.Write(MemoryMarshal.AsBytes<double>(_square));
    }

    /// <summary>Takes up a state that was written down.</summary>
    public void Load(BinaryReader from)
    {
        _steps = from.ReadInt32();
        from.BaseStream.ReadExactly(MemoryMarshal.AsBytes(_mean.AsSpan()));
        from.BaseStream.ReadExactly(MemoryMarshal.AsBytes(_square.AsSpan()));
    }

    private static void Step(
        Span<double> parameters, Span<double> gradient, Span<double> mean, Span<double> square, Span<double> decay,
        double meanCorrection, double squareCorrection, double learningRate)
    {
        // Most of a step's time on small batches is spent here, so it goes a vector at a time; each lane computes what the
        // loop for the rest does.
        var i = 0;
        for (; i <= parameters.Length - Vector<double>.Count; i += Vector<double>.Count)
        {
            var slope = new Vector<double>(gradient[i..]);
            var newMean = MeanDecay * new Vector<double>(mean[i..]) + (1 - MeanDecay) * slope;
            var newSquare = SquareDecay * new Vector<double>(square[i..]) + (1 - SquareDecay) * slope * slope;
            newMean.CopyTo(mean[i..]);
            newSquare.CopyTo(square[i..]);
            var value = new Vector<double>(parameters[i..]);
            var step = newMean * meanCorrection / (Vector.SquareRoot(newSquare * squareCorrection) + new Vector<double>(Floor));
            (value - learningRate * (step + new Vector<double>(decay[i..]) * value)).CopyTo(parameters[i..]);
        }

        for (; i < parameters.Length; i++)
        {
            mean[i] = MeanDecay * mean[i] + (1 - MeanDecay) * gradient[i];
            square[i] = SquareDecay * square[i] + (1 - SquareDecay) * gradient[i] * gradient[i];
            var step = mean[i] * meanCorrection / (Math.Sqrt(square[i] * squareCorrection) + Floor);
            parameters[i] -= learningRate * (step + decay[i] * parameters[i]);
        }
    }
}
