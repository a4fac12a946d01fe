namespace Reasoner.Baselines;

/// <summary>Arithmetic of logarithms of odds that neither overflows nor loses the small end.</summary>
internal static class LogOdds
{
    /// <summary>The probability of these log odds.</summary>
    public static double Probability(double logOdds) =>
        logOdds >= 0 ? 1 / (1 + Math.Exp(-logOdds)) : Math.Exp(logOdds) / (1 + Math.Exp(logOdds));

    /// <summary>The log loss, in nats, of these log odds where the outcome is 1 or 0.</summary>
    public static double Loss(double logOdds, double outcome) =>
        Math.Max(logOdds, 0) - logOdds * outcome + Math.Log(1 + Math.Exp(-Math.Abs(logOdds)));
}
