using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Reasoner.Decisions.Counterfactuals;

/// <summary>What would have led to a wanted answer: the smallest changes of the case that the domain allows, each decided.</summary>
public sealed record CounterfactualRecord
{
    /// <summary>The answer that was wanted.</summary>
    public required AnswerReference Want { get; init; }

    /// <summary>How the search ended.</summary>
    public required CounterfactualStatus Status { get; init; }

    /// <summary>
    /// Whether nothing was left out: every cheaper point of the grid that the manifest spans was tried, or is ruled out by what
    /// others proved. False where a limit cut the search.
    /// </summary>
    public required bool Complete { get; init; }

    /// <summary>How many changed cases the search came past, cheapest first.</summary>
    public required int Points { get; init; }

    /// <summary>How many of them had to be decided; what the others could not lead to was known from those.</summary>
    public required int Tried { get; init; }

    /// <summary>The alternatives, the cheapest first.</summary>
    public required ImmutableArray<AlternativeRecord> Alternatives { get; init; }
}

/// <summary>How a search for another answer ended.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<CounterfactualStatus>))]
public enum CounterfactualStatus
{
    /// <summary>Changes that lead to the wanted answer were found.</summary>
    [JsonStringEnumMemberName("found")]
    Found,

    /// <summary>None was found; whether there is none on the grid says <see cref="CounterfactualRecord.Complete"/>.</summary>
    [JsonStringEnumMemberName("none")]
    None,

    /// <summary>The decision gives the wanted answer already.</summary>
    [JsonStringEnumMemberName("already")]
    Already,
}

/// <summary>Changes that lead to the wanted answer, and the decision on the changed case.</summary>
public sealed record AlternativeRecord
{
    /// <summary>The alternative in a sentence.</summary>
    public required string Text { get; init; }

    /// <summary>What all changes cost together.</summary>
    public required decimal Cost { get; init; }

    /// <summary>The changes, in the manifest's order.</summary>
    public required ImmutableArray<ChangeRecord> Changes { get; init; }

    /// <summary>The answer to the changed case: the wanted one.</summary>
    public required AnswerReference Answer { get; init; }

    /// <summary>The confidence of that answer.</summary>
    public required double Confidence { get; init; }

    /// <summary>The decision on the changed case, with its own proofs. Its id is that of the decision with a number behind it.</summary>
    public required DecisionRecord Decision { get; init; }
}

/// <summary>A changed property. Terms are written in N-Triples.</summary>
/// <param name="Path">The property's path from the subject, as the manifest writes it.</param>
/// <param name="Label">The property's label.</param>
/// <param name="From">What the case says; null where it says nothing.</param>
/// <param name="FromLabel">The same for people; null where the case says nothing.</param>
/// <param name="To">What leads to the wanted answer.</param>
/// <param name="ToLabel">The same for people.</param>
/// <param name="Cost">What the change costs.</param>
public sealed record ChangeRecord(string Path, string Label, string? From, string? FromLabel, string To, string ToLabel, decimal Cost);
