namespace Reasoner.Experts;

/// <summary>A past case with the verifier's verdict on every possible answer.</summary>
/// <param name="Row">The case's feature values.</param>
/// <param name="Label">The answer that proved right: the text of its IRI.</param>
/// <param name="Verdicts">A verdict for each answer of the policy, in its order.</param>
public sealed record VerifiedRow(FeatureRow Row, string Label, IReadOnlyList<AnswerVerdict> Verdicts);

/// <summary>What the verifier concluded about an answer.</summary>
/// <param name="Violated">The constraints that it violates: the texts of their IRIs; none for a valid answer.</param>
/// <param name="IsSupported">Whether a rule supports it.</param>
public sealed record AnswerVerdict(IReadOnlyList<string> Violated, bool IsSupported)
{
    /// <summary>Whether it violates nothing.</summary>
    public bool IsValid => Violated.Count == 0;
}

/// <summary>How proposals fared before the verifier.</summary>
/// <param name="Survival">The share of first proposals that violate nothing.</param>
/// <param name="SecondSurvival">The share of cases in which the first or the second proposal violates nothing.</param>
/// <param name="Accuracy">The share of right ones among the first proposals that are answers a label teaches.</param>
/// <param name="DecidedAccuracy">The share of right ones among the first valid proposals that are answers a label teaches.</param>
/// <param name="Reward">The mean reward of first proposals.</param>
public sealed record ProposalRecord(double Survival, double SecondSurvival, double Accuracy, double DecidedAccuracy, double Reward);
