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
