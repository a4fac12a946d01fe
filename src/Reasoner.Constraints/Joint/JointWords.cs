using System.Globalization;

namespace Reasoner.Constraints.Joint;

/// <summary>Says in words what a joint problem asks and forbids.</summary>
/// <param name="problem">The problem.</param>
/// <param name="nameOf">What a node is called.</param>
public sealed class JointWords(JointProblem problem, Func<int, string> nameOf)
{
    /// <summary>A candidate by its slot and answer.</summary>
    /// <param name="candidate">Its place.</param>
    public string Candidate(int candidate)
    {
        var each = problem.Candidates[candidate];
        return each.Answer == 0 ? nameOf(each.Node) : $"{nameOf(problem.Slots[each.Slot].Node)}: {nameOf(each.Answer)}";
    }

    /// <summary>The answer of a candidate; the candidate itself where it states none.</summary>
    /// <param name="candidate">Its place.</param>
    public int AnswerOf(int candidate) => problem.Candidates[candidate] is { Answer: not 0 and var answer } ? answer : problem.Candidates[candidate].Node;

    /// <summary>A constraint.</summary>
    /// <param name="constraint">Its place.</param>
    /// <param name="because">Why it holds; null where nobody said.</param>
    public string Limit(int constraint, string? because = null)
    {
        var limit = problem.Constraints[constraint];
        var then = because is null ? "" : $" ({because})";
        return limit.Kind switch
        {
            JointConstraintKind.Slot => $"{nameOf(limit.About)} takes {Between(limit.AtLeast, limit.AtMost)}",
            JointConstraintKind.Violation => $"not {string.Join(", nor ", limit.Terms.Select(term => Candidate(term.Candidate)))}: {because ?? nameOf(limit.About)}",
            JointConstraintKind.Exclusion => $"not both {Candidate(limit.Terms[0].Candidate)} and {Candidate(limit.Terms[1].Candidate)}{then}",
            JointConstraintKind.Requirement => $"{Candidate(limit.Terms[0].Candidate)} only with {Candidate(limit.Terms[1].Candidate)}{then}",
            _ => $"{nameOf(limit.About)}: {Between(limit.AtLeast, limit.AtMost)}{then}",
        };
    }

    /// <summary>What a constraint would become that is given up.</summary>
    /// <param name="change">Which, and what the choice comes to instead.</param>
    /// <param name="limit">The constraint in words.</param>
    public string Change(JointChange change, string limit)
    {
        var given = problem.Constraints[change.Constraint];
        return given.Kind is JointConstraintKind.Capacity or JointConstraintKind.Demand or JointConstraintKind.Slot
            ? string.Create(CultureInfo.InvariantCulture, $"{nameOf(given.About)}: {change.Sum} instead of {Between(given.AtLeast, given.AtMost)}")
            : $"without this: {limit}";
    }

    private static string Between(long? least, long? most) => (least, most) switch
    {
        ({ } low, { } high) when low == high => string.Create(CultureInfo.InvariantCulture, $"exactly {low}"),
        ({ } low, { } high) => string.Create(CultureInfo.InvariantCulture, $"from {low} to {high}"),
        ({ } low, null) => string.Create(CultureInfo.InvariantCulture, $"at least {low}"),
        (null, { } high) => string.Create(CultureInfo.InvariantCulture, $"at most {high}"),
        _ => "any number",
    };
}
