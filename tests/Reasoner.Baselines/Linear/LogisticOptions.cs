namespace Reasoner.Baselines;

/// <summary>How a logistic regression is fitted.</summary>
/// <param name="Penalty">What half the sum of squared weights is multiplied by, beside the sum (not the mean) of log losses; above 0.</param>
/// <param name="IsCurved">Whether a number counts also by its logarithm and that logarithm's square.</param>
public sealed record LogisticOptions(double Penalty, bool IsCurved)
{
    /// <summary>Penalties that cross-validation chooses from, strongest first: half powers of ten, 10,000 to 0.01.</summary>
    public static IReadOnlyList<double> Penalties { get; } = [.. Enumerable.Range(0, 13).Select(i => Math.Pow(10, 4 - i / 2.0))];
}
