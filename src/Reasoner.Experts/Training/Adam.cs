namespace Reasoner.Experts;

/// <summary>Adam with decoupled weight decay (Kingma and Ba 2015; Loshchilov and Hutter 2019).</summary>
internal sealed class Adam
{
    private const double MeanDecay = 0.9;
    private const double SquareDecay = 0.999;
    private const double Floor = 1e-8;

    private readonly double[] _mean;
    private readonly double[] _square;
    private readonly double[] _decay;
    private int _steps;

    public Adam(MixtureShape shape, double weightDecay)
    {
        _mean = new double[shape.Parameters];
        _square = new double[shape.Parameters];
        _decay = new double[shape.Parameters];
        Decay(shape.GateWeights);
        Decay(shape.SharedWeights);
        for (var expert = 0; expert < shape.Experts; expert++)
        {
            Decay(shape.HiddenWeights(expert));
            Decay(shape.OutputWeights(expert));
        }

        void Decay(Range weights) => _decay.AsSpan(weights).Fill(weightDecay);
    }

    /// <summary>Moves the parameters one step down the gradient, and clears the gradient for the next.</summary>
    public void Step(double[] parameters, double[] gradient, double learningRate)
    {
        _steps++;
        var meanCorrection = 1 / (1 - Math.Pow(MeanDecay, _steps));
        var squareCorrection = 1 / (1 - Math.Pow(SquareDecay, _steps));
        for (var i = 0; i < parameters.Length; i++)
        {
            var slope = gradient[i];
            _mean[i] = MeanDecay * _mean[i] + (1 - MeanDecay) * slope;
            _square[i] = SquareDecay * _square[i] + (1 - SquareDecay) * slope * slope;
            var step = _mean[i] * meanCorrection / (Math.Sqrt(_square[i] * squareCorrection) + Floor);
            parameters[i] -= learningRate * (step + _decay[i] * parameters[i]);
        }

        Array.Clear(gradient);
    }
}
