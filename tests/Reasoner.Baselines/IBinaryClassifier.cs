using Reasoner.Experts;

namespace Reasoner.Baselines;

/// <summary>A trained model that tells one of two answers from the other.</summary>
public interface IBinaryClassifier
{
    /// <summary>The two answers, in ordinal order.</summary>
    IReadOnlyList<string> Classes { get; }

    /// <summary>What training chose, in words for a table.</summary>
    string Settings { get; }

    /// <summary>The probability of the second answer, 0 to 1.</summary>
    /// <param name="row">A case, its values in the order of the schema that the model was trained on.</param>
    double ProbabilityOfSecond(FeatureRow row);
}

/// <summary>What every classifier of two answers can do.</summary>
public static class BinaryClassifiers
{
    /// <summary>Both answers with their probabilities, as a mixture of experts would give them; no expert ran.</summary>
    public static Proposal Propose(this IBinaryClassifier classifier, FeatureRow row)
    {
        var second = classifier.ProbabilityOfSecond(row);
        ScoredAnswer[] answers = [new(classifier.Classes[0], 1 - second), new(classifier.Classes[1], second)];
        if (second > 0.5) Array.Reverse(answers);
        return new(answers, []);
    }
}
