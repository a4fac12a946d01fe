namespace Reasoner.Experts;

/// <summary>
/// Finds the temperature that logits must be divided by for their softmax to be honest on rows that training did not
/// learn from (Guo et al. 2017).
/// </summary>
internal static class TemperatureScaling
{
    private const double Coldest = 0.25;
    private const double Hottest = 4;

    /// <summary>The temperature of least log loss. That loss is convex in 1/temperature, so a golden-section search finds it.</summary>
    public static double Fit(IReadOnlyList<double[]> logits, IReadOnlyList<int> classes)
    {
        var ratio = (Math.Sqrt(5) - 1) / 2;
        double low = 1 / Hottest, high = 1 / Coldest;
        var left = high - ratio * (high - low);
        var right = low + ratio * (high - low);
        double leftLoss = Loss(left), rightLoss = Loss(right);
        while (high - low > 1e-6)
        {
            if (leftLoss <= rightLoss)
            {
                (high, right, rightLoss) = (right, left, leftLoss);
                left = high - ratio * (high - low);
                leftLoss = Loss(left);
            }
            else
            {
                (low, left, leftLoss) = (left, right, rightLoss);
                right = low + ratio * (high - low);
                rightLoss = Loss(right);
            }
        }

        return 2 / (low + high);

        double Loss(double sharpness)
        {
            double sum = 0;
            for (var row = 0; row < logits.Count; row++)
            {
                double[] scaled = [.. logits[row].Select(logit => logit * sharpness)];
                sum += MixturePass.LogSumExp(scaled) - scaled[classes[row]];
            }

            return sum;
        }
    }
}
