using System.Collections.Immutable;

namespace Reasoner.Decisions;

/// <summary>A reason for which candidates were rejected.</summary>
/// <param name="Code">The reason code, where there is one.</param>
/// <param name="Because">The reason in words.</param>
/// <param name="Source">The law or policy.</param>
/// <param name="Candidates">How many candidates fell for it.</param>
public sealed record Rejection(string? Code, string Because, string? Source, int Candidates)
{
    /// <summary>The reasons of a record, in the order of its candidates.</summary>
    public static ImmutableArray<Rejection> Of(DecisionRecord record) =>
    [
        .. record.Candidates.SelectMany(candidate => candidate.Violations)
            .GroupBy(violation => (violation.Code, Because: violation.Because ?? violation.Label, violation.Source))
            .Select(group => new Rejection(group.Key.Code, group.Key.Because, group.Key.Source, group.Count())),
    ];
}
