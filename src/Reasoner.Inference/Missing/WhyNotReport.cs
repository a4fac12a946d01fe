using System.Collections.Immutable;
using Reasoner.Rdf;
using Reasoner.Rules;

namespace Reasoner.Inference;

/// <summary>Why a fact does not hold.</summary>
/// <param name="Fact">The fact.</param>
/// <param name="NearMisses">What holds or is known instead: often the fact was only written wrongly.</param>
/// <param name="Rules">The rules that could give it, the nearest first.</param>
public sealed record WhyNotReport(Triple Fact, ImmutableArray<NearMiss> NearMisses, ImmutableArray<FailedRule> Rules);

/// <summary>A rule that could give a fact, and what stops it in the attempt that lacks least.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Bindings">The variables that have a value in the attempt.</param>
/// <param name="Obstacles">What is not met, in the order of the body; none where the body holds but gives other facts.</param>
/// <param name="MissingFacts">What nothing matches, with the attempt's values; a variable in it stands for any value.</param>
/// <param name="Effect">What asserting the missing facts would do.</param>
/// <param name="IsComplete">Whether the whole body was looked at; else the search ended at its limit and more may be missing.</param>
public sealed record FailedRule(
    Rule Rule,
    ImmutableArray<Binding> Bindings,
    ImmutableArray<Obstacle> Obstacles,
    ImmutableArray<TriplePattern> MissingFacts,
    AssertionEffect Effect,
    bool IsComplete)
{
    /// <summary>The first obstacle; null where there is none.</summary>
    public Obstacle? First => Obstacles.IsEmpty ? null : Obstacles[0];
}

/// <summary>What asserting the missing facts of a rule would do.</summary>
public enum AssertionEffect
{
    /// <summary>The wanted fact would follow.</summary>
    Follows,

    /// <summary>It may follow: values that are not known decide, or a NOT that sees the new facts.</summary>
    MayFollow,

    /// <summary>It would not follow by this rule: other conditions fail.</summary>
    StillFails,
}

/// <summary>What an element of a body stops an attempt by.</summary>
public enum ObstacleKind
{
    /// <summary>Nothing matches a pattern.</summary>
    NothingMatches,

    /// <summary>A FILTER is false.</summary>
    IsFalse,

    /// <summary>The expression of a FILTER or SET is an error.</summary>
    IsError,

    /// <summary>A NOT finds something.</summary>
    IsExcluded,

    /// <summary>A SET gives another value than the wanted fact has.</summary>
    OtherValue,

    /// <summary>A SELECT gives no group for the values, or several, none of which fits.</summary>
    NoGroup,

    /// <summary>The group of a SELECT has other values than are wanted, or does not meet its HAVING.</summary>
    OtherGroup,

    /// <summary>It depends on values that a missing fact would give.</summary>
    IsOpen,
}

/// <summary>A condition that an attempt does not meet.</summary>
public sealed record Obstacle
{
    /// <summary>The element of the body.</summary>
    public required BodyElement Element { get; init; }

    /// <summary>What is the matter.</summary>
    public required ObstacleKind Kind { get; init; }

    /// <summary>Of a pattern: the pattern with the attempt's values.</summary>
    public TriplePattern? Missing { get; init; }

    /// <summary>Of a FILTER or SET: what of its expression fails; of an <c>&amp;&amp;</c> the first part that does.</summary>
    public Expression? Expression { get; init; }

    /// <summary>The values that the expression read; of a SELECT, those that what it gives would have to have.</summary>
    public ImmutableArray<Binding> Values { get; init; } = [];

    /// <summary>Of a SET: the value that it gives.</summary>
    public Term? Actual { get; init; }

    /// <summary>Why an expression is an error, where there is more to say than that types do not fit.</summary>
    public string? Reason { get; init; }

    /// <summary>Of a NOT: the facts that were found inside it.</summary>
    public ImmutableArray<FoundFact> Found { get; init; } = [];

    /// <summary>Of a SELECT that has one group for the values: what that has.</summary>
    public ImmutableArray<GroupValue> Group { get; init; } = [];

    /// <summary>Of a pattern: why the rules that could give the missing fact do not, the nearest first; to a small depth.</summary>
    public ImmutableArray<FailedRule> Because { get; init; } = [];
}

/// <summary>A fact that holds, and the last step of its proof.</summary>
/// <param name="Fact">The fact.</param>
/// <param name="Rule">The rule that gives it; null for an asserted fact.</param>
/// <param name="Source">Where an asserted fact comes from; null for a derived one.</param>
public sealed record FoundFact(Triple Fact, Rule? Rule, Knowledge.FactSource? Source);

/// <summary>What is near a fact that does not hold.</summary>
/// <param name="Unknown">A term of the fact that nothing mentions; null where its terms are known.</param>
/// <param name="Nearest">The known term that was probably meant; null where there is none.</param>
/// <param name="Fact">A fact that holds with the same subject and predicate; null where a term is unknown.</param>
public sealed record NearMiss(Term? Unknown, Term? Nearest, Triple? Fact);
