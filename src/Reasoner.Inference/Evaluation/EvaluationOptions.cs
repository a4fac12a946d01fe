using Reasoner.Rules;

namespace Reasoner.Inference;

/// <summary>Limits and inputs of one evaluation.</summary>
public sealed record EvaluationOptions
{
    /// <summary>The defaults: an hour at most, 500 million derived facts at most.</summary>
    public static EvaluationOptions Default { get; } = new();

    /// <summary>How many facts may be derived.</summary>
    public long MaxDerivedFacts { get; init; } = 500_000_000;

    /// <summary>How long the evaluation may take.</summary>
    public TimeSpan MaxDuration { get; init; } = TimeSpan.FromHours(1);

    /// <summary>
    /// Whether the rules of owl:sameAs are evaluated by representatives of equal terms where the rule set allows it. What
    /// follows is the same either way; false is there to compare.
    /// </summary>
    public bool RewritesEquality { get; init; } = true;

    /// <summary>What NOW() and the functions that make new terms give; null makes one at the start.</summary>
    public EvaluationContext? Context { get; init; }
}

/// <summary>An evaluation was stopped at a limit.</summary>
public sealed class EvaluationLimitException(string limit, Rule rule, string advice)
    : Exception($"{rule.Position}: the evaluation reached its limit of {limit} in rule {rule.DisplayName}. {advice}")
{
    /// <summary>The rule at work.</summary>
    public Rule Rule { get; } = rule;
}
