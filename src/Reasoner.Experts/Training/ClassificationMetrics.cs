namespace Reasoner.Experts;

/// <summary>How well a model's probabilities fit what happened, on rows that it did not learn from.</summary>
/// <param name="Auc">
/// The area under the ROC curve: the chance that a row of a class gets a higher probability of it than a row of another
/// class. With more than two classes the mean over classes; not-a-number when all rows are of one class.
/// </param>
/// <param name="Accuracy">The share of rows whose likeliest answer is right.</param>
/// <param name="LogLoss">The mean negative logarithm of the right answer's probability, in nats.</param>
/// <param name="Brier">Half the mean squared distance of the probabilities from the outcome; for two classes the usual Brier score.</param>
/// <param name="ExpectedCalibrationError">
/// How far the likeliest answer's probability is from the share of times it is right, averaged over ten equal bins of
/// probability, each weighing as many rows as it holds.
/// </param>
public sealed record ClassificationMetrics(double Auc, double Accuracy, double LogLoss, double Brier, double ExpectedCalibrationError)
{
    private const int Bins = 10;

    /// <summary>Measures proposals against the answers that proved right; one that a model does not know counts as missed.</summary>
    /// <param name="proposals">The proposals, at least one.</param>
    /// <param name="labels">The right answers, one a proposal.</param>
    /// <exception cref="ArgumentException">There are no proposals, or not as many labels as proposals.</exception>
    public static ClassificationMetrics Of(IReadOnlyList<Proposal> proposals, IReadOnlyList<string> labels)
    {
        if (proposals.Count == 0 || proposals.Count != labels.Count)
            throw new ArgumentException($"{proposals.Count} proposals cannot be measured against {labels.Count} labels.", nameof(labels));
        string[] classes = [.. proposals[0].Answers.Select(answer => answer.Answer).Union(labels, StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        var probabilities = new double[proposals.Count][];
        for (var row = 0; row < probabilities.Length; row++)
        {
            probabilities[row] = new double[classes.Length];
            foreach (var answer in proposals[row].Answers)
                probabilities[row][Array.BinarySearch(classes, answer.Answer, StringComparer.Ordinal)] = answer.Probability;
        }

        return Measure(probabilities, [.. labels.Select(label => Array.BinarySearch(classes, label, StringComparer.Ordinal))]);
    }

    /// <summary>Measures probabilities, one array a row and one entry a class, against the rows' right classes.</summary>
    internal static ClassificationMetrics Measure(IReadOnlyList<double[]> probabilities, IReadOnlyList<int> classes)
    {
        var rows = classes.Count;
        double right = 0, logLoss = 0, brier = 0;
        var confidence = new double[Bins];
        var hits = new double[Bins];
        for (var row = 0; row < rows; row++)
        {
            var answer = probabilities[row];
            var likeliest = Array.IndexOf(answer, answer.Max());
            var isRight = likeliest == classes[row] ? 1 : 0;
            right += isRight;
            logLoss -= Math.Log(Math.Max(answer[classes[row]], 1e-15));
            for (var c = 0; c < answer.Length; c++)
            {
                var miss = answer[c] - (c == classes[row] ? 1 : 0);
                brier += miss * miss / 2;
            }

            var bin = Math.Min(Bins - 1, (int)(answer[likeliest] * Bins));
            confidence[bin] += answer[likeliest];
            hits[bin] += isRight;
        }

        double calibrationError = 0;
        for (var bin = 0; bin < Bins; bin++) calibrationError += Math.Abs(confidence[bin] - hits[bin]) / rows;
        return new(MeanAuc(probabilities, classes), right / rows, logLoss / rows, brier / rows, calibrationError);
    }

    private static double MeanAuc(IReadOnlyList<double[]> probabilities, IReadOnlyList<int> classes)
    {
        double sum = 0;
        var count = 0;
        for (var c = 0; c < probabilities[0].Length; c++)
        {
            var auc = AreaUnderCurve([.. probabilities.Select(row => row[c])], [.. classes.Select(label => label == c)]);
            if (double.IsNaN(auc)) continue;
            sum += auc;
            count++;
        }

        return sum / count;
    }

    /// <summary>The Mann-Whitney statistic over its largest value; equal scores share their ranks.</summary>
    private static double AreaUnderCurve(double[] scores, bool[] isPositive)
    {
        var order = Enumerable.Range(0, scores.Length).OrderBy(row => scores[row]).ToArray();
        double rankSum = 0, positives = 0;
        for (var start = 0; start < order.Length;)
        {
            var end = start;
            while (end < order.Length && scores[order[end]] == scores[order[start]]) end++;
            for (var i = start; i < end; i++)
            {
                if (!isPositive[order[i]]) continue;
                rankSum += (start + 1 + end) / 2.0;
                positives++;
            }

            start = end;
        }

        var negatives = scores.Length - positives;
        return (rankSum - positives * (positives + 1) / 2) / (positives * negatives);
    }
}
