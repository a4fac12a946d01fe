using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Reasoner.Constraints.Joint;
using Reasoner.Constraints.Solving;

namespace Reasoner.Decisions;

/// <summary>What is said of a decision about several slots beside its answers: what they are worth, why not others, and why nothing fits.</summary>
public sealed record JointRecord
{
    /// <summary>What the answers are worth; null where there are none.</summary>
    public ObjectiveRecord? Objective { get; init; }

    /// <summary>How many limits the answers keep, by kind.</summary>
    public required ImmutableSortedDictionary<string, int> Limits { get; init; }

    /// <summary>A smallest set of limits that cannot be kept together; empty where all can be.</summary>
    public required ImmutableArray<LimitRecord> Conflict { get; init; }

    /// <summary>Whether it is proven that the conflict needs every one of its limits; null without a conflict.</summary>
    public bool? ConflictIsMinimal { get; init; }

    /// <summary>What would work: limits to give up, the cheapest way first.</summary>
    public required ImmutableArray<RelaxationRecord> Relaxations { get; init; }

    /// <summary>The slots that an explanation was asked for.</summary>
    public required ImmutableArray<SlotExplanation> Explained { get; init; }
}

/// <summary>A thing with its name for people.</summary>
/// <param name="Iri">The IRI.</param>
/// <param name="Label">Its label, or its local name.</param>
public sealed record NamedNode(string Iri, string Label);

/// <summary>What was chosen for a slot.</summary>
/// <param name="Slot">The slot.</param>
/// <param name="Row">Its row in a table of answers; null where the domain declares none.</param>
/// <param name="Column">Its column.</param>
/// <param name="Answers">The answers, in the domain's order.</param>
public sealed record SlotAnswer(NamedNode Slot, NamedNode? Row, NamedNode? Column, ImmutableArray<AnswerReference> Answers);

/// <summary>What answers are worth together.</summary>
/// <param name="Value">The sum of the soft weights of the chosen candidates and the log-odds of their scores.</param>
/// <param name="Bound">No other choice is worth more.</param>
/// <param name="IsOptimal">Whether the solver proved that; where not, a limit ended its search.</param>
public sealed record ObjectiveRecord(double Value, double Bound, bool IsOptimal)
{
    /// <summary>What a solution is worth.</summary>
    public static ObjectiveRecord Of(JointSolution solution) =>
        new(JointProblem.InUnits(solution.Value), JointProblem.InUnits(solution.Bound), solution.Status == CpStatus.Optimal);
}

/// <summary>A limit that answers must keep together.</summary>
/// <param name="Kind">slot, violation, exclusion, requirement, capacity or demand.</param>
/// <param name="About">What it is about: the slot, the violated constraint, the first candidate, or the resource.</param>
/// <param name="Text">The limit in words.</param>
/// <param name="Code">The reason code of the rule that states it, where it has one.</param>
/// <param name="Source">The law or policy that the rule implements.</param>
/// <param name="Proofs">The names of the proofs' last steps, one for each fact that states it.</param>
public sealed record LimitRecord(string Kind, NamedNode About, string Text, string? Code, string? Source, ImmutableArray<string> Proofs);

/// <summary>A way out where nothing fits.</summary>
/// <param name="Changes">What would have to be given up.</param>
/// <param name="IsCheapest">Whether it is proven that nothing cheaper will do, earlier proposals apart.</param>
/// <param name="Chosen">The candidates that could then be chosen.</param>
public sealed record RelaxationRecord(ImmutableArray<LimitChange> Changes, bool IsCheapest, ImmutableArray<string> Chosen);

/// <summary>A limit that is given up, wholly or in part.</summary>
/// <param name="Limit">The limit.</param>
/// <param name="Text">What it would have to become.</param>
public sealed record LimitChange(LimitRecord Limit, string Text);

/// <summary>Why the other candidates of a slot were not chosen.</summary>
/// <param name="Slot">The slot.</param>
/// <param name="Alternatives">The others, in the domain's order of answers.</param>
public sealed record SlotExplanation(NamedNode Slot, ImmutableArray<SlotAlternative> Alternatives);

/// <summary>A candidate that was not chosen.</summary>
public sealed record SlotAlternative
{
    /// <summary>The candidate's IRI.</summary>
    public required string Candidate { get; init; }

    /// <summary>Its answer.</summary>
    public required AnswerReference Answer { get; init; }

    /// <summary>Why it was not chosen.</summary>
    public required AlternativeVerdict Verdict { get; init; }

    /// <summary>The same in a sentence.</summary>
    public required string Text { get; init; }

    /// <summary>What it violates; or a smallest set of limits that cannot be kept with it.</summary>
    public required ImmutableArray<LimitRecord> Limits { get; init; }

    /// <summary>How much less the best answers with it are worth; null where there are none.</summary>
    public double? Cost { get; init; }

    /// <summary>Whether cost or smallest set are proven; a cost that is not is at most so high.</summary>
    public required bool IsExact { get; init; }

    /// <summary>What else would be answered otherwise.</summary>
    public required ImmutableArray<SlotChange> Changes { get; init; }

    /// <summary>Wishes that would be lost or gained: soft weights, as text with sign and weight.</summary>
    public required ImmutableArray<PreferenceChange> Preferences { get; init; }
}

/// <summary>A slot that would be answered otherwise.</summary>
/// <param name="Slot">The slot.</param>
/// <param name="From">What was chosen.</param>
/// <param name="To">What would be.</param>
public sealed record SlotChange(NamedNode Slot, string From, string To);

/// <summary>A soft weight that another choice would lose or gain.</summary>
/// <param name="Weight">By how much the objective would change.</param>
/// <param name="Because">What states it.</param>
public sealed record PreferenceChange(double Weight, string Because);

/// <summary>A soft weight of a candidate.</summary>
/// <param name="Weight">What choosing the candidate is worth by it.</param>
/// <param name="Code">The reason code of the rule, where it has one.</param>
/// <param name="Because">The rule's explanation; null where no explanation was asked for.</param>
/// <param name="Source">The law or policy that the rule implements.</param>
/// <param name="Proof">The name of the proof's last step; null where less than a full explanation was asked for.</param>
public sealed record PreferenceRecord(double Weight, string? Code, string? Because, string? Source, string? Proof);

/// <summary>Why a candidate of a slot was not chosen.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<AlternativeVerdict>))]
public enum AlternativeVerdict
{
    /// <summary>It violates a constraint by itself.</summary>
    [JsonStringEnumMemberName("rejected")]
    Rejected,

    /// <summary>With it, the other slots cannot be answered.</summary>
    [JsonStringEnumMemberName("impossible")]
    Impossible,

    /// <summary>The best answers with it are worth less, or as much and come later in order.</summary>
    [JsonStringEnumMemberName("costlier")]
    Costlier,

    /// <summary>A limit ended the search for a reason.</summary>
    [JsonStringEnumMemberName("unknown")]
    Unknown,
}
