namespace Reasoner.Experts;

/// <summary>How step sizes fall as a training goes on.</summary>
internal static class LearningRate
{
    /// <summary>Along a half cosine (Loshchilov and Hutter 2017), from <paramref name="first"/> to a twentieth of it.</summary>
    /// <param name="first">The step size at the start.</param>
    /// <param name="epoch">Epochs done.</param>
    /// <param name="epochs">The most epochs there can be.</param>
    public static double At(double first, int epoch, int epochs) => first * (0.05 + 0.95 * (1 + Math.Cos(Math.PI * epoch / epochs)) / 2);
}
