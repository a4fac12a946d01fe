using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Reasoner.Decisions;

namespace Reasoner.Server;

/// <summary>How a decision compares with the same case decided again.</summary>
/// <param name="Id">The decision that was replayed.</param>
/// <param name="Agrees">Whether both records are the same bytes but for id and timings.</param>
/// <param name="Differences">The parts of the record that differ, as JSON Pointers; empty where it agrees.</param>
/// <param name="Record">The second decision's record, with the first one's id.</param>
internal sealed record Replay(string Id, bool Agrees, ImmutableArray<string> Differences, DecisionRecord Record)
{
    /// <summary>The choices that a record was made with: what it explains tells what was asked for.</summary>
    public static DecisionOptions ChoiceOf(DecisionRecord record)
    {
        var reasons = record.Candidates.SelectMany(candidate => candidate.Violations.Select(violation => (violation.Because, violation.Proof))
            .Concat(candidate.Supports.Select(support => (support.Because, support.Proof)))).ToList();
        return new DecisionOptions
        {
            Effort = Enum.TryParse<Effort>(record.Thinking.Effort, ignoreCase: true, out var effort) && Enum.IsDefined(effort)
                ? effort
                : throw ProblemKind.CaseRefused.Refuse($"The record's effort \"{record.Thinking.Effort}\" is unknown."),
            Explanation =
                reasons.Any(reason => reason.Proof is not null) ? Explanation.Full
                : reasons.Any(reason => reason.Because is not null) ? Explanation.Summary
                : Explanation.None,
        };
    }

    /// <summary>Compares a record with a second one of the same case.</summary>
    public static Replay Compare(DecisionRecord first, DecisionRecord second)
    {
        second = second with { Id = first.Id };
        var (was, @is) = (DecisionText.OneLine(first with { Timings = second.Timings }), DecisionText.OneLine(second));
        var agrees = was.AsSpan().SequenceEqual(@is);
        return new Replay(first.Id, agrees, agrees ? [] : DifferencesOf(was, @is), second);
    }

    private static ImmutableArray<string> DifferencesOf(byte[] first, byte[] second)
    {
        var (was, @is) = (JsonNode.Parse(first)!.AsObject(), JsonNode.Parse(second)!.AsObject());
        return [.. was.Select(member => member.Key).Union(@is.Select(member => member.Key))
            .Where(name => was[name]?.ToJsonString() != @is[name]?.ToJsonString())
            .Select(name => "/" + name)];
    }
}
