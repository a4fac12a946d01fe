using System.Collections.Immutable;
using Reasoner.Experts;

namespace Reasoner.Decisions;

/// <summary>Whether probabilities mean what they say: in each bin, how sure the model was and how often it was right.</summary>
/// <param name="Bins">Ten bins of equal width, by probability.</param>
/// <param name="ExpectedCalibrationError">The mean distance of the two over the bins, each weighing as many cases as it holds.</param>
public sealed record ReliabilityDiagram(ImmutableArray<ReliabilityBin> Bins, double ExpectedCalibrationError)
{
    private const int BinCount = 10;

    /// <summary>The diagram of proposals whose outcome is known, by the probability of the likeliest answer.</summary>
    /// <param name="proposals">The proposals, best of models that had not seen their cases.</param>
    /// <param name="labels">The answers that proved right, one a proposal.</param>
    /// <exception cref="ArgumentException">There are no proposals, or not as many labels as proposals.</exception>
    public static ReliabilityDiagram Of(IReadOnlyList<Proposal> proposals, IReadOnlyList<string> labels)
    {
        if (proposals.Count == 0 || proposals.Count != labels.Count)
            throw new ArgumentException($"{proposals.Count} proposals cannot be held against {labels.Count} labels.", nameof(labels));
        var confidence = new double[BinCount];
        var right = new int[BinCount];
        var cases = new int[BinCount];
        for (var i = 0; i < proposals.Count; i++)
        {
            var likeliest = proposals[i].Answers[0];
            var bin = Math.Min(BinCount - 1, (int)(likeliest.Probability * BinCount));
            confidence[bin] += likeliest.Probability;
            if (likeliest.Answer == labels[i]) right[bin]++;
            cases[bin]++;
        }

        double error = 0;
        for (var bin = 0; bin < BinCount; bin++) error += Math.Abs(confidence[bin] - right[bin]) / proposals.Count;
        return new ReliabilityDiagram(
            [
                .. cases.Select((count, bin) => new ReliabilityBin(
                    (double)bin / BinCount, (bin + 1.0) / BinCount, count, count == 0 ? null : confidence[bin] / count, count == 0 ? null : (double)right[bin] / count)),
            ],
            error);
    }
}

/// <summary>A bin of a reliability diagram.</summary>
/// <param name="From">The least probability in it.</param>
/// <param name="To">The probability at which the next begins.</param>
/// <param name="Cases">How many cases fell into it.</param>
/// <param name="Confidence">Their mean probability; null in an empty bin.</param>
/// <param name="Accuracy">The share of them that was right; null in an empty bin.</param>
public sealed record ReliabilityBin(double From, double To, int Cases, double? Confidence, double? Accuracy);
