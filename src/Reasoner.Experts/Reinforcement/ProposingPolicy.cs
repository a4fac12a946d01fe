namespace Reasoner.Experts;

/// <summary>
/// In which order answers are tried: learned from the verifier's own verdicts, beside the calibrated probabilities and
/// without touching them. It may prefer answers that no label teaches, such as leaving a case to a person. After a round
/// in which answers were rejected, the constraints that these violated shift the preferences for those left.
/// </summary>
public sealed class ProposingPolicy
{
    internal ProposingPolicy(
        IReadOnlyList<string> answers, IReadOnlyDictionary<string, IReadOnlyList<double>> feedback, ReinforcementOptions training) =>
        (Answers, Feedback, Training) = (answers, feedback, training);

    /// <summary>The answers, in the order of the model's preferences.</summary>
    public IReadOnlyList<string> Answers { get; }

    /// <summary>By constraint, what its violation adds to the logit of each answer.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<double>> Feedback { get; }

    /// <summary>How the policy was trained.</summary>
    public ReinforcementOptions Training { get; }

    /// <summary>The preferences after answers were rejected for violating these constraints, the strongest first.</summary>
    /// <param name="proposal">What the model proposed.</param>
    /// <param name="violated">The constraints; those that the policy has not met in training say nothing.</param>
    public IReadOnlyList<ScoredAnswer> Reconsider(Proposal proposal, IEnumerable<string> violated)
    {
        double[] logits = [.. Answers.Select(answer => Math.Log(Math.Max(proposal.PreferenceFor(answer), 1e-30)))];
        foreach (var constraint in violated.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal))
        {
            if (!Feedback.TryGetValue(constraint, out var shifts)) continue;
            for (var i = 0; i < logits.Length; i++) logits[i] += shifts[i];
        }

        MixturePass.SoftMax(logits, logits);
        return ScoredAnswer.Ranked(Answers, [.. logits.Select(probability => (float)probability)]);
    }
}
