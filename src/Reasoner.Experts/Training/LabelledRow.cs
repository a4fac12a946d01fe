namespace Reasoner.Experts;

/// <summary>A past case: what was known, and the answer that proved right.</summary>
/// <param name="Row">The case's feature values.</param>
/// <param name="Label">The answer: the text of its IRI.</param>
public sealed record LabelledRow(FeatureRow Row, string Label)
{
    /// <summary>
    /// How likely a teacher held each answer: soft labels to learn from beside the label. Null where there are none; an
    /// answer that is left out has probability 0.
    /// </summary>
    public IReadOnlyDictionary<string, double>? Teacher { get; init; }

    /// <summary>The teacher's probabilities in the order of the classes, made to sum to 1.</summary>
    /// <exception cref="ModelException">They are negative, not numbers, or all 0.</exception>
    internal IReadOnlyList<double>? TaughtBy(string[] classes)
    {
        if (Teacher is null) return null;
        double[] probabilities = [.. classes.Select(answer => Teacher.GetValueOrDefault(answer))];
        var sum = probabilities.Sum();
        if (probabilities.Any(probability => !(probability >= 0)) || !(sum > 0) || !double.IsFinite(sum))
        {
            throw new ModelException(
                $"A teacher's probabilities are {string.Join(", ", Teacher.Select(pair => FormattableString.Invariant($"{pair.Key} {pair.Value}")))}.",
                $"Give a number of at least 0 for some of the answers {string.Join(", ", classes)}.");
        }

        return [.. probabilities.Select(probability => probability / sum)];
    }
}
