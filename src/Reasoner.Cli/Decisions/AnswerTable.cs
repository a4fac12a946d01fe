using System.Collections.Immutable;
using Reasoner.Decisions;

namespace Reasoner.Cli;

/// <summary>Answers by slot as a table of text.</summary>
internal static class AnswerTable
{
    private const string Gap = "  ";

    public static void Write(ImmutableArray<SlotAnswer> answers, TextWriter output)
    {
        var grid = AnswerGrid.Of(answers);
        var first = grid.Rows.Max(row => row.Label.Length);
        var widths = grid.Columns.Select((column, i) => Math.Max(column.Length, grid.Rows.Max(row => row.Cells[i].Length))).ToList();
        if (grid.Columns is not [""]) Line("", grid.Columns);
        foreach (var row in grid.Rows) Line(row.Label, row.Cells);

        void Line(string head, IEnumerable<string> texts) =>
            output.WriteLine($"  {head.PadRight(first)}{string.Concat(texts.Zip(widths, (text, width) => Gap + text.PadRight(width)))}".TrimEnd());
    }
}
