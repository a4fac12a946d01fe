using System.Globalization;
using Reasoner.Decisions;

namespace Reasoner.Cli;

/// <summary>A decision about several slots for a person at a terminal: the answers as a table, why not others, or why none and what would help.</summary>
internal static class JointText
{
    /// <summary>Of rejected candidates, so many are shown; the record has all.</summary>
    private const int ShownRejections = 12;

    public static void Write(DecisionRecord record, JointRecord joint, TextWriter output)
    {
        if (record.Answers is { } answers)
        {
            output.WriteLine($"  DECIDED: {answers.Length} slots, {Worth(joint.Objective!)}");
            output.WriteLine();
            AnswerTable.Write(answers, output);
        }
        else
        {
            output.WriteLine("  INFEASIBLE: no answers go together");
            WriteConflict(joint, output);
        }

        output.WriteLine();
        WriteRejections(record, output);
        foreach (var slot in joint.Explained) WriteExplanation(slot, output);
        output.WriteLine($"Limits: {string.Join(", ", joint.Limits.Select(limit => $"{limit.Value} {limit.Key}"))}");
    }

    /// <summary>What answers are worth.</summary>
    public static string Worth(ObjectiveRecord objective) => string.Create(
        CultureInfo.InvariantCulture,
        $"worth {objective.Value:0.###} ({(objective.IsOptimal ? "nothing is worth more" : $"at most {objective.Bound:0.###} would be possible")})");

    /// <summary>The proofs that a reader of the text wants: of the conflict, and of what was asked about.</summary>
    public static IEnumerable<string> Proofs(JointRecord joint) =>
        joint.Conflict.Concat(joint.Explained.SelectMany(slot => slot.Alternatives).SelectMany(other => other.Limits)).SelectMany(limit => limit.Proofs);

    private static void WriteConflict(JointRecord joint, TextWriter output)
    {
        if (joint.Conflict.IsEmpty) return;
        output.WriteLine();
        output.WriteLine(joint.ConflictIsMinimal == true
            ? $"These {joint.Conflict.Length} cannot be kept together; without any one of them the others can:"
            : $"These {joint.Conflict.Length} cannot be kept together; some of them may not be needed for it:");
        foreach (var limit in joint.Conflict) WriteLimit("✗", limit, output);
        if (joint.Relaxations.IsEmpty)
        {
            output.WriteLine();
            output.WriteLine("Nothing that may be given up would help.");
        }

        foreach (var relaxation in joint.Relaxations)
        {
            output.WriteLine();
            output.WriteLine("Would work if:");
            foreach (var change in relaxation.Changes) output.WriteLine($"   → {change.Text}");
        }
    }

    private static void WriteRejections(DecisionRecord record, TextWriter output)
    {
        var reasons = Rejection.Of(record);
        if (reasons.IsEmpty) return;
        output.WriteLine($"Rejected: {record.Candidates.Count(candidate => candidate.Verdict == Verdict.Rejected)} of {record.Candidates.Length} candidates, for {reasons.Length} reasons");
        foreach (var reason in reasons.Take(ShownRejections))
            output.WriteLine($"   ✗ {(reason.Code is null ? "" : reason.Code + " ")}{reason.Because}{(reason.Candidates == 1 ? "" : $" ({reason.Candidates} candidates)")}");
        if (reasons.Length > ShownRejections) output.WriteLine($"   … {reasons.Length - ShownRejections} more: --format json has them all");
        output.WriteLine();
    }

    private static void WriteExplanation(SlotExplanation slot, TextWriter output)
    {
        output.WriteLine($"Why not another answer for {slot.Slot.Label}:");
        foreach (var other in slot.Alternatives)
        {
            output.WriteLine($"   {other.Answer.Label}: {other.Text}");
            foreach (var limit in other.Limits) WriteLimit("   ✗", limit, output);
            foreach (var change in other.Changes) output.WriteLine($"      {change.Slot.Label}: {change.To} instead of {change.From}");
            foreach (var preference in other.Preferences)
                output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"      {preference.Weight:+0.###;-0.###}  {preference.Because}"));
        }

        output.WriteLine();
    }

    private static void WriteLimit(string mark, LimitRecord limit, TextWriter output)
    {
        output.WriteLine($"   {mark} {(limit.Code is null ? "" : limit.Code + " ")}{limit.Text}{(limit.Proofs.IsEmpty ? "" : $" [{string.Join(", ", limit.Proofs)}]")}");
        if (limit.Source is not null) output.WriteLine($"       {limit.Source}");
    }
}
