namespace Reasoner.Experts;

/// <summary>A policy that reinforcement taught.</summary>
/// <param name="Answers">The answers, in the order of the model's preferences.</param>
/// <param name="Feedback">
/// By constraint that a rejected answer violated: what is added to the logit of each answer in the next round.
/// </param>
/// <param name="Training">How it was trained.</param>
public sealed record PolicyCard(
    IReadOnlyList<string> Answers, IReadOnlyDictionary<string, IReadOnlyList<double>> Feedback, ReinforcementOptions Training)
{
    internal static PolicyCard Of(ProposingPolicy policy) => new(
        policy.Answers, new SortedDictionary<string, IReadOnlyList<double>>(policy.Feedback.ToDictionary(pair => pair.Key, pair => pair.Value), StringComparer.Ordinal), policy.Training);

    /// <exception cref="ModelException">The feedback does not fit the answers.</exception>
    internal ProposingPolicy ToPolicy() =>
        Answers.Count >= 2 && Feedback.Values.All(shifts => shifts.Count == Answers.Count && shifts.All(double.IsFinite))
            ? new(Answers, Feedback, Training)
            : throw new ModelException("The model card's policy has other answers than its feedback.", "Train the model again; it writes the card and the model file together.");
}
