using System.Collections.Immutable;

namespace Reasoner.Decisions;

/// <summary>How much a decision explains.</summary>
public enum Explanation
{
    /// <summary>Verdicts only.</summary>
    None,

    /// <summary>Reasons in words.</summary>
    Summary,

    /// <summary>Reasons with proofs: what a checker needs.</summary>
    Full,
}

/// <summary>
/// How much may be spent on a decision. A round that leaves no answer is followed by another with more experts, in which
/// what was violated counts; the last round tries all answers that are left.
/// </summary>
public enum Effort
{
    /// <summary>One answer a round, by half of the experts that training foresaw, then by more; up to three rounds.</summary>
    Low,

    /// <summary>Four answers a round, by the experts that training foresaw, then by twice as many; up to three rounds.</summary>
    Medium,

    /// <summary>All answers by all experts from the first round on.</summary>
    High,
}

/// <summary>What a caller may choose.</summary>
public sealed record DecisionOptions
{
    /// <summary>Full explanation at medium effort.</summary>
    public static DecisionOptions Default { get; } = new();

    /// <summary>How much to explain.</summary>
    public Explanation Explanation { get; init; } = Explanation.Full;

    /// <summary>How much to spend.</summary>
    public Effort Effort { get; init; } = Effort.Medium;

    /// <summary>Where several slots are decided together: those to explain in full, by IRI, local name or label.</summary>
    public ImmutableArray<string> Why { get; init; } = [];
}
