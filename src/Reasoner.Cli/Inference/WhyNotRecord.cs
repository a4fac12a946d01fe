using System.Collections.Immutable;
using System.Text.Json;
using Reasoner.Inference;

namespace Reasoner.Cli;

/// <summary>Why a fact does not hold, as JSON.</summary>
/// <param name="Fact">The fact, in N-Triples.</param>
/// <param name="Holds">Always false.</param>
/// <param name="NearMisses">What holds or is known instead.</param>
/// <param name="Rules">The rules that could give it, the nearest first.</param>
internal sealed record WhyNotRecord(string Fact, bool Holds, ImmutableArray<NearMissRecord> NearMisses, ImmutableArray<FailedRuleRecord> Rules)
{
    /// <summary>The record of a report.</summary>
    public static WhyNotRecord Of(WhyNotReport report, Notation notation) => new(
        report.Fact.ToString(),
        false,
        [.. report.NearMisses.Select(miss => new NearMissRecord(miss.Unknown?.ToString(), miss.Nearest?.ToString(), miss.Fact?.ToString(), miss.Describe(notation.Prefixes)))],
        [.. report.Rules.Select(attempt => FailedRuleRecord.Of(attempt, notation))]);
}

/// <summary>What is near a fact that does not hold.</summary>
/// <param name="Unknown">A term that nothing mentions.</param>
/// <param name="Nearest">The known term that was probably meant.</param>
/// <param name="Fact">A fact that holds with the same subject and predicate.</param>
/// <param name="Text">The same in words.</param>
internal sealed record NearMissRecord(string? Unknown, string? Nearest, string? Fact, string Text);

/// <summary>A rule that could give a fact.</summary>
/// <param name="Rule">Its name.</param>
/// <param name="Position">Where it stands.</param>
/// <param name="Bindings">The values of the attempt that lacks least.</param>
/// <param name="Obstacle">What stops it first, in words.</param>
/// <param name="Obstacles">All that is not met, in the order of the body.</param>
/// <param name="MissingFacts">What nothing matches; a variable stands for any value.</param>
/// <param name="Effect">follows, mayFollow or stillFails: what asserting the missing facts would do.</param>
/// <param name="IsComplete">False where the search ended at its limit.</param>
internal sealed record FailedRuleRecord(
    string Rule,
    string Position,
    ImmutableSortedDictionary<string, string> Bindings,
    string Obstacle,
    ImmutableArray<ObstacleRecord> Obstacles,
    ImmutableArray<string> MissingFacts,
    string Effect,
    bool IsComplete)
{
    /// <summary>The record of an attempt. As deep as the report is, which is little.</summary>
    public static FailedRuleRecord Of(FailedRule attempt, Notation notation) => new(
        attempt.Rule.DisplayName,
        attempt.Rule.Position.ToString(),
        Values(attempt.Bindings),
        attempt.First is { } first ? $"{first.Describe(notation.Prefixes)} ({first.Element.Position})." : "where its body holds, it gives other facts.",
        [.. attempt.Obstacles.Select(obstacle => ObstacleRecord.Of(obstacle, notation))],
        [.. attempt.MissingFacts.Select(missing => missing.ToString())],
        JsonNamingPolicy.CamelCase.ConvertName(attempt.Effect.ToString()),
        attempt.IsComplete);

    /// <summary>Values by variable.</summary>
    internal static ImmutableSortedDictionary<string, string> Values(ImmutableArray<Binding> bindings) =>
        bindings.ToImmutableSortedDictionary(binding => binding.Variable, binding => binding.Value.ToString()!, StringComparer.Ordinal);
}

/// <summary>A condition that is not met.</summary>
/// <param name="Kind">nothingMatches, isFalse, isError, isExcluded, otherValue, noGroup, otherGroup or isOpen.</param>
/// <param name="Position">Where it stands.</param>
/// <param name="Text">The same in words.</param>
/// <param name="Missing">The pattern that nothing matches.</param>
/// <param name="Values">The values that were read; of a SELECT, those that are wanted of it.</param>
/// <param name="Group">What the one group of a SELECT has, by the expression; null for an error.</param>
/// <param name="Found">The facts inside a NOT.</param>
/// <param name="Because">Why rules do not give what is missing.</param>
internal sealed record ObstacleRecord(
    string Kind,
    string Position,
    string Text,
    string? Missing,
    ImmutableSortedDictionary<string, string> Values,
    ImmutableSortedDictionary<string, string?> Group,
    ImmutableArray<FoundRecord> Found,
    ImmutableArray<FailedRuleRecord> Because)
{
    /// <summary>The record of an obstacle.</summary>
    public static ObstacleRecord Of(Obstacle obstacle, Notation notation) => new(
        JsonNamingPolicy.CamelCase.ConvertName(obstacle.Kind.ToString()),
        obstacle.Element.Position.ToString(),
        obstacle.Describe(notation.Prefixes),
        obstacle.Missing?.ToString(),
        FailedRuleRecord.Values(obstacle.Values),
        obstacle.Group.ToImmutableSortedDictionary(each => notation.Write(each.Expression), each => each.Value?.ToString(), StringComparer.Ordinal),
        [.. obstacle.Found.Select(found => new FoundRecord(found.Fact.ToString(), found.Rule?.DisplayName, found.Source?.ToString()))],
        [.. obstacle.Because.Select(attempt => FailedRuleRecord.Of(attempt, notation))]);
}

/// <summary>A fact inside a NOT, and where it comes from.</summary>
/// <param name="Fact">The fact, in N-Triples.</param>
/// <param name="Rule">The rule that gives it; null for a stated fact.</param>
/// <param name="Source">Where it is stated; null for a derived one.</param>
internal sealed record FoundRecord(string Fact, string? Rule, string? Source);
