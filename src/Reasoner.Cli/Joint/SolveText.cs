using System.Globalization;

namespace Reasoner.Cli;

/// <summary>A joint decision from facts alone, for people.</summary>
internal static class SolveText
{
    public static void Write(SolveRecord record, TextWriter output)
    {
        if (record.Objective is { } objective)
        {
            output.WriteLine($"DECIDED: {record.Answers.Length} slots, {JointText.Worth(objective)}");
            AnswerTable.Write(record.Answers, output);
        }
        else
        {
            output.WriteLine("INFEASIBLE: no answers go together");
            if (!record.Conflict.IsEmpty) output.WriteLine("These cannot be kept together:");
            foreach (var limit in record.Conflict) Write("  ✗ ", limit, output);
            foreach (var way in record.Relaxations)
            {
                output.WriteLine("Would work if:");
                foreach (var change in way) output.WriteLine($"  → {change}");
            }
        }

        foreach (var slot in record.Explained)
        {
            output.WriteLine($"Why not another answer for {slot.Slot.Label}:");
            foreach (var other in slot.Alternatives)
            {
                output.WriteLine(string.Create(
                    CultureInfo.InvariantCulture, $"  {other.Answer.Label}: {other.Verdict}{(other.Cost is { } cost ? $", by {cost:0.###}" : "")}"));
                foreach (var limit in other.Limits) Write("    ✗ ", limit, output);
            }
        }
    }

    private static void Write(string mark, SolvedLimit limit, TextWriter output) =>
        output.WriteLine($"{mark}{limit.Text}{(limit.Stated.IsEmpty ? "" : $" [{string.Join(", ", limit.Stated)}]")}");
}
