namespace Reasoner.Baselines;

/// <summary>First and second derivatives of the loss by the log odds, summed over rows.</summary>
/// <param name="Gradient">The sum of first derivatives.</param>
/// <param name="Hessian">The sum of second derivatives: how much the rows weigh.</param>
/// <param name="Rows">How many rows.</param>
internal record struct GradientSum(double Gradient, double Hessian, int Rows)
{
    public static GradientSum operator +(GradientSum left, GradientSum right) =>
        new(left.Gradient + right.Gradient, left.Hessian + right.Hessian, left.Rows + right.Rows);

    /// <summary>What remains without a part; exactly nothing where no row remains.</summary>
    public static GradientSum operator -(GradientSum whole, GradientSum part) =>
        whole.Rows == part.Rows ? default : new(whole.Gradient - part.Gradient, whole.Hessian - part.Hessian, whole.Rows - part.Rows);

    /// <summary>Twice what the loss falls by, to second order, where these rows get the value that is best for them.</summary>
    public readonly double Score(double penalty) => Rows == 0 ? 0 : Gradient * Gradient / (Hessian + penalty);

    /// <summary>The value that is best for these rows, to second order.</summary>
    public readonly double BestValue(double penalty) => -Gradient / (Hessian + penalty);
}
