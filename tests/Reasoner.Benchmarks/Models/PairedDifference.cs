namespace Reasoner.Benchmarks;

/// <summary>How much one contestant's measure differs from another's in the same folds.</summary>
/// <param name="Mean">The mean difference.</param>
/// <param name="StandardError">Its standard error if every fold of every seed were a sample of its own.</param>
/// <param name="CorrectedError">
/// Its standard error after Nadeau and Bengio (2003): folds learn from rows that they share, so that they tell less than as
/// many samples would, and more seeds do not make it fall to zero.
/// </param>
internal readonly record struct PairedDifference(double Mean, double StandardError, double CorrectedError)
{
    /// <param name="first">A measure of each fold.</param>
    /// <param name="second">The other's measure of the same folds; at least two.</param>
    /// <param name="folds">The number of folds of a seed.</param>
    public static PairedDifference Of(double[] first, double[] second, int folds)
    {
        double[] differences = [.. first.Zip(second, (one, other) => one - other)];
        var mean = differences.Average();
        var variance = differences.Sum(difference => Math.Pow(difference - mean, 2)) / (differences.Length - 1);
        var testedToLearned = 1.0 / (folds - 1);
        return new(mean, Math.Sqrt(variance / differences.Length), Math.Sqrt(variance * (1.0 / differences.Length + testedToLearned)));
    }
}
