using System.Globalization;
using Reasoner.Decisions;

namespace Reasoner.Cli;

/// <summary>How a batch went, for people.</summary>
internal static class BatchText
{
    public static void Write(BatchSummary summary, TextWriter output)
    {
        var rate = summary.Decisions / Math.Max(summary.Elapsed.TotalSeconds, 1e-9);
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{summary.Decisions} decisions in {summary.Elapsed.TotalSeconds:0.00} s ({rate:0} decisions/s)"));
        if (summary.Verified + summary.Rejected > 0)
            output.WriteLine($"{summary.Verified} verified, {summary.Rejected} refused by the checker");
        if (summary.Refused > 0) output.WriteLine($"{summary.Refused} cases were not decided; their lines say why");
        WriteTable(summary, output);
    }

    /// <summary>Answers against outcomes.</summary>
    private static void WriteTable(BatchSummary summary, TextWriter output)
    {
        var outcomes = summary.Answers.Keys.Select(key => key.Outcome).Distinct().Order(StringComparer.Ordinal).ToList();
        var answers = summary.Answers.Keys.Select(key => key.Answer).Distinct().Order(StringComparer.Ordinal).ToList();
        if (answers.Count == 0) return;
        output.WriteLine();
        output.WriteLine($"{"answer",-12}{string.Concat(outcomes.Select(outcome => $"{(outcome.Length == 0 ? "decisions" : "was " + outcome),14}"))}");
        foreach (var answer in answers)
            output.WriteLine($"{answer,-12}{string.Concat(outcomes.Select(outcome => $"{summary.Answers.GetValueOrDefault((answer, outcome)),14}"))}");
    }
}
