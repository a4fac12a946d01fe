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

/// <summary>How much may be spent on a decision.</summary>
public enum Effort
{
    /// <summary>Half of the experts that training foresaw, one round.</summary>
    Low,

    /// <summary>The experts that training foresaw; a second round with twice as many where the first leaves no answer.</summary>
    Medium,

    /// <summary>Every expert from the first round on.</summary>
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
}
