using System.Collections.Immutable;
using Reasoner.Knowledge;

namespace Reasoner.Constraints.Joint;

/// <summary>
/// Several questions that are decided together: which candidates may be chosen for which slots, and what that costs or
/// gains. Every constraint is linear over the candidates (1 chosen, 0 not) and names the facts that state it, so whoever
/// solves the problem can prove each part of it, and whoever doubts a solution can check it by adding up.
/// </summary>
/// <param name="Slots">The slots, by the text of their IRIs.</param>
/// <param name="Candidates">The candidates, slot by slot, then by the order of answers, then by the text of their IRIs.</param>
/// <param name="Constraints">What a solution must meet: slots, violations, exclusions, requirements, capacities, demands.</param>
public sealed record JointProblem(
    ImmutableArray<JointSlot> Slots, ImmutableArray<JointCandidate> Candidates, ImmutableArray<JointConstraint> Constraints)
{
    /// <summary>Values are kept in thousandths, so that the solver counts in whole numbers.</summary>
    public const int Scale = 1000;

    /// <summary>A value in the unit of <c>rsn:prefers</c>.</summary>
    /// <param name="thousandths">The value as it is kept.</param>
    public static double InUnits(long thousandths) => (double)thousandths / Scale;

    /// <summary>What a choice is worth: the sum of what its candidates are worth, in thousandths.</summary>
    public long ValueOf(IEnumerable<int> chosen) => chosen.Sum(candidate => Candidates[candidate].Value);

    /// <summary>The constraints that a choice breaks, in their order; none where the choice is a solution.</summary>
    /// <param name="chosen">The chosen candidates.</param>
    public IEnumerable<int> Broken(IEnumerable<int> chosen)
    {
        var isChosen = new bool[Candidates.Length];
        foreach (var candidate in chosen) isChosen[candidate] = true;
        for (var i = 0; i < Constraints.Length; i++)
            if (!Constraints[i].Allows(Constraints[i].Sum(isChosen))) yield return i;
    }
}

/// <summary>One of the questions.</summary>
/// <param name="Node">Its node in the graph.</param>
/// <param name="AtLeast">The fewest candidates chosen for it.</param>
/// <param name="AtMost">The most candidates chosen for it.</param>
/// <param name="Candidates">Its candidates: a range of the problem's.</param>
public sealed record JointSlot(int Node, int AtLeast, int AtMost, Range Candidates);

/// <summary>A possible answer to a slot.</summary>
/// <param name="Node">Its node in the graph.</param>
/// <param name="Slot">The slot's place among the problem's slots.</param>
/// <param name="Answer">The answer's node; 0 where none is stated.</param>
/// <param name="Score">The model's probability; null where there is none.</param>
/// <param name="Preferences">The soft weights that rules or data give it, each with the fact that states it.</param>
/// <param name="Value">What choosing it is worth, in thousandths: its weights, and the log-odds of its score times the model's weight.</param>
public sealed record JointCandidate(int Node, int Slot, int Answer, double? Score, ImmutableArray<JointPreference> Preferences, long Value);

/// <summary>A soft weight.</summary>
/// <param name="Fact">The fact that states it.</param>
/// <param name="Weight">How much choosing the candidate is worth by it.</param>
public readonly record struct JointPreference(Fact Fact, double Weight);

/// <summary>What a constraint is about.</summary>
public enum JointConstraintKind
{
    /// <summary>How many candidates a slot takes.</summary>
    Slot,

    /// <summary>Candidates of a slot that violate a constraint: none of them may be chosen.</summary>
    Violation,

    /// <summary>Two candidates of which at most one may be chosen.</summary>
    Exclusion,

    /// <summary>A candidate that may be chosen only together with another.</summary>
    Requirement,

    /// <summary>The most of a resource that chosen candidates consume together.</summary>
    Capacity,

    /// <summary>The least of a resource that chosen candidates consume together.</summary>
    Demand,
}

/// <summary>A linear constraint over candidates.</summary>
/// <param name="Kind">What it is about.</param>
/// <param name="About">The node that it is about: the slot, the violated constraint, the first candidate, the resource.</param>
/// <param name="Facts">The facts that state it; none for a slot's number that is the domain's own.</param>
/// <param name="Terms">The candidates in the sum, by their places, with their coefficients.</param>
/// <param name="AtLeast">The least that the sum may be; null for no bound.</param>
/// <param name="AtMost">The most that the sum may be; null for no bound.</param>
public sealed record JointConstraint(
    JointConstraintKind Kind, int About, ImmutableArray<Fact> Facts, ImmutableArray<JointTerm> Terms, long? AtLeast, long? AtMost)
{
    /// <summary>The sum that a choice comes to.</summary>
    public long Sum(bool[] isChosen)
    {
        long sum = 0;
        foreach (var (candidate, coefficient) in Terms)
            if (isChosen[candidate]) sum += coefficient;
        return sum;
    }

    /// <summary>Whether the constraint holds for such a sum.</summary>
    public bool Allows(long sum) => !(sum < AtLeast) && !(sum > AtMost);
}

/// <summary>A candidate in a sum.</summary>
/// <param name="Candidate">Its place among the problem's candidates.</param>
/// <param name="Coefficient">What it adds when it is chosen.</param>
public readonly record struct JointTerm(int Candidate, long Coefficient);
