using System.Numerics.Tensors;

namespace Reasoner.Baselines;

/// <summary>
/// The sum of log losses of a linear model over rows plus half the penalty times the squared weights; the last weight
/// is the intercept, which is not penalised.
/// </summary>
/// <param name="design">The rows' columns, one row after another; the last column is 1.</param>
/// <param name="outcomes">1 or 0 for each row.</param>
internal sealed class LogisticLoss(double[] design, double[] outcomes)
{
    private const int MostSteps = 200;

    /// <summary>A slope a row below which the minimum counts as found.</summary>
    private const double Flat = 1e-10;

    private readonly int _width = design.Length / outcomes.Length;

    public double Value(ReadOnlySpan<double> weights, double penalty)
    {
        var loss = penalty / 2 * TensorPrimitives.SumOfSquares(weights[..^1]);
        for (var row = 0; row < outcomes.Length; row++) loss += LogOdds.Loss(TensorPrimitives.Dot(Row(row), weights), outcomes[row]);
        return loss;
    }

    public double[] Gradient(ReadOnlySpan<double> weights, double penalty)
    {
        var gradient = new double[_width];
        Derive(weights, penalty, gradient, curvature: null);
        return gradient;
    }

    /// <summary>
    /// Newton's method, which for this loss is iteratively reweighted least squares, with steps halved until the loss
    /// falls. The loss is strictly convex where the penalty is above 0 and both outcomes occur, so there is one minimum.
    /// </summary>
    /// <exception cref="InvalidOperationException">The minimum was not reached, which no input should bring about.</exception>
    public double[] Minimise(double penalty, ReadOnlySpan<double> start)
    {
        double[] weights = [.. start], gradient = new double[_width], curvature = new double[_width * _width];
        var value = Value(weights, penalty);
        for (var step = 0; step < MostSteps; step++)
        {
            Derive(weights, penalty, gradient, curvature);
            if (TensorPrimitives.MaxMagnitude<double>(gradient) is var slope && Math.Abs(slope) <= Flat * outcomes.Length) return weights;
            Cholesky.Solve(curvature, gradient);
            var (next, nextValue) = (new double[_width], double.PositiveInfinity);
            // Close to the minimum the loss cannot fall by more than its rounding.
            var rounding = Math.Abs(value) * 1e-13;
            for (var length = 1.0; !(nextValue <= value + rounding) && length > 1e-10; length /= 2)
            {
                TensorPrimitives.MultiplyAdd<double>(gradient, -length, weights, next);
                nextValue = Value(next, penalty);
            }

            (weights, value) = (next, nextValue);
        }

        throw new InvalidOperationException($"No minimum of the logistic loss in {MostSteps} steps; the penalty is {penalty}.");
    }

    private ReadOnlySpan<double> Row(int row) => design.AsSpan(row * _width, _width);

    /// <summary>Writes the gradient and, where asked for, the lower half of the matrix of second derivatives.</summary>
    private void Derive(ReadOnlySpan<double> weights, double penalty, double[] gradient, double[]? curvature)
    {
        Array.Clear(gradient);
        if (curvature is not null) Array.Clear(curvature);
        for (var row = 0; row < outcomes.Length; row++)
        {
            var columns = Row(row);
            var probability = LogOdds.Probability(TensorPrimitives.Dot(columns, weights));
            TensorPrimitives.MultiplyAdd(columns, probability - outcomes[row], gradient, gradient);
            if (curvature is null) continue;
            var weight = probability * (1 - probability);
            for (var i = 0; i < _width; i++)
            {
                // Most columns of a row are indicators that are 0.
                if (columns[i] == 0) continue;
                var line = curvature.AsSpan(i * _width, i + 1);
                TensorPrimitives.MultiplyAdd(columns[..(i + 1)], weight * columns[i], line, line);
            }
        }

        for (var i = 0; i < _width - 1; i++)
        {
            gradient[i] += penalty * weights[i];
            if (curvature is not null) curvature[i * _width + i] += penalty;
        }
    }
}
