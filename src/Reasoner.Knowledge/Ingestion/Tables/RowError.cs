namespace Reasoner.Knowledge;

/// <summary>Why a row of a table was rejected.</summary>
/// <param name="Row">The row's number; the header is row 0.</param>
/// <param name="Column">The column's name; empty where the row as a whole is wrong.</param>
/// <param name="Value">The cell as it stands in the table; empty where the row as a whole is wrong.</param>
/// <param name="Reason">What is wrong and what to do.</param>
public sealed record RowError(int Row, string Column, string Value, string Reason)
{
    /// <summary><c>row 7, column amount: reason</c>.</summary>
    public override string ToString() => Column.Length == 0 ? $"row {Row}: {Reason}" : $"row {Row}, column {Column}: {Reason}";
}
