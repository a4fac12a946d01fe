using Reasoner.Rules;

namespace Reasoner.Cli;

/// <summary>A rule for people: its name or what made it, and where it stands.</summary>
internal static class RuleLabel
{
    /// <summary>The label.</summary>
    public static string Of(Rule rule, Notation notation) => rule switch
    {
        { Name: { } name } => $"rule {notation.Write(name)} ({rule.Position})",
        { Origin.Length: > 0 } => $"{rule.Origin} ({rule.Position})",
        _ => $"the rule at {rule.Position}",
    };
}
