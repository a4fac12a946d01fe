using System.Collections.Immutable;

namespace Reasoner.Decisions;

/// <summary>Answers by slot laid out for people: a table where the domain names rows and columns for slots, else a list.</summary>
/// <param name="Columns">The heads of the columns; one without text in a list.</param>
/// <param name="Rows">The rows: what each is called, and a text for each column.</param>
public sealed record AnswerGrid(ImmutableArray<string> Columns, ImmutableArray<AnswerRow> Rows)
{
    /// <summary>Lays answers out, in their order.</summary>
    public static AnswerGrid Of(ImmutableArray<SlotAnswer> answers)
    {
        if (answers.Any(answer => answer.Row is null || answer.Column is null))
            return new AnswerGrid([""], [.. answers.Select(answer => new AnswerRow(answer.Slot.Label, [TextOf(answer)]))]);
        var cells = answers.ToLookup(answer => (answer.Row!.Iri, answer.Column!.Iri), TextOf);
        var columns = answers.Select(answer => answer.Column!).Distinct().ToList();
        return new AnswerGrid(
            [.. columns.Select(column => column.Label)],
            [.. answers.Select(answer => answer.Row!).Distinct().Select(row => new AnswerRow(row.Label, [.. columns.Select(column => string.Join(", ", cells[(row.Iri, column.Iri)]))]))]);
    }

    private static string TextOf(SlotAnswer answer) => answer.Answers.IsEmpty ? "-" : string.Join(" + ", answer.Answers.Select(each => each.Label));
}

/// <summary>A row of answers.</summary>
/// <param name="Label">What it is called.</param>
/// <param name="Cells">Its answers, by column.</param>
public sealed record AnswerRow(string Label, ImmutableArray<string> Cells);
