using Reasoner.Rules;

namespace Reasoner.Inference;

/// <summary>Limits and inputs of one evaluation.</summary>
public sealed record EvaluationOptions
{
    private static readonly long _mostMemory = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 4 * 3;

    /// <summary>The defaults: an hour, 500 million derived facts and three quarters of the process's memory at most.</summary>
    public static EvaluationOptions Default { get; } = new();

    /// <summary>How many facts may be derived.</summary>
    public long MaxDerivedFacts { get; init; } = 500_000_000;

    /// <summary>How long the evaluation may take.</summary>
    public TimeSpan MaxDuration { get; init; } = TimeSpan.FromHours(1);

    /// <summary>How many bytes the graph's own tables may come to hold, terms included. Looked at from time to time.</summary>
    public long MaxMemoryBytes { get; init; } = _mostMemory;

    /// <summary>
    /// How many threads may work at once on what is large enough for several. What follows, in which order and why, is the
    /// same for any number.
    /// </summary>
    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <summary>Whether derived facts keep their rule and rank. Without, nothing derived can be proved.</summary>
    public bool RecordProofs { get; init; } = true;

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
