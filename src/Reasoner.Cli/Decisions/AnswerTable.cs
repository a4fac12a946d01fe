using Reasoner.Decisions;

namespace Reasoner.Cli;

/// <summary>Answers by slot as a table where the domain has rows and columns for them, else as a list.</summary>
internal static class AnswerTable
{
    private const string Gap = "  ";

    public static void Write(IReadOnlyList<SlotAnswer> answers, TextWriter output)
    {
        if (answers.Any(answer => answer.Row is null || answer.Column is null))
        {
            var width = answers.Max(answer => answer.Slot.Label.Length);
            foreach (var answer in answers) output.WriteLine($"  {answer.Slot.Label.PadRight(width)}{Gap}{Text(answer)}");
            return;
        }

        var cells = answers.ToLookup(answer => (answer.Row!.Iri, answer.Column!.Iri), Text);
        var rows = answers.Select(answer => answer.Row!).Distinct().ToList();
        var columns = answers.Select(answer => answer.Column!).Distinct().ToList();
        string Cell(NamedNode row, NamedNode column) => string.Join(", ", cells[(row.Iri, column.Iri)]);
        var first = rows.Max(row => row.Label.Length);
        var widths = columns.Select(column => rows.Max(row => Cell(row, column).Length)).Zip(columns, (cell, column) => Math.Max(cell, column.Label.Length)).ToList();
        Line("", columns.Select(column => column.Label));
        foreach (var row in rows) Line(row.Label, columns.Select(column => Cell(row, column)));

        void Line(string head, IEnumerable<string> texts) =>
            output.WriteLine($"  {head.PadRight(first)}{string.Concat(texts.Zip(widths, (text, width) => Gap + text.PadRight(width)))}".TrimEnd());
    }

    private static string Text(SlotAnswer answer) => answer.Answers.IsEmpty ? "-" : string.Join(" + ", answer.Answers.Select(each => each.Label));
}
