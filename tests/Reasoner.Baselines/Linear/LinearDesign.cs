using Reasoner.Experts;

namespace Reasoner.Baselines;

/// <summary>
/// How rows become the columns of a linear model: standardised numbers, a column a category, and indicators of what is
/// missing. Protected features have none.
/// </summary>
internal sealed class LinearDesign
{
    /// <summary>A category seen less often than this has no column: its weight would be learned from one or two rows.</summary>
    private const int LeastCategoryCount = 3;

    private readonly LinearColumn[] _columns;

    private LinearDesign(LinearColumn[] columns) => _columns = columns;

    /// <summary>The number of columns, the constant one for the intercept included: it is the last.</summary>
    public int Width => _columns.Length + 1;

    /// <param name="schema">What each row holds.</param>
    /// <param name="rows">The rows that means, scales and categories are learned from.</param>
    /// <param name="isCurved">Whether a number also gets columns of its logarithm and of that logarithm's square.</param>
    public static LinearDesign Learn(FeatureSchema schema, IReadOnlyList<FeatureRow> rows, bool isCurved)
    {
        var columns = new List<LinearColumn?>();
        for (var i = 0; i < schema.Count; i++)
        {
            if (schema[i].Protected) continue;
            if (schema[i].Kind == FeatureKind.Categorical)
            {
                columns.AddRange(Categories(i, rows));
            }
            else
            {
                columns.Add(LinearColumn.Standardised(i, value => value.Number, rows));
                if (isCurved && schema[i].Kind == FeatureKind.Numeric) columns.AddRange(Curves(i, rows));
            }

            if (Differs(i, rows)) columns.Add(LinearColumn.Indicator(i, value => value.IsMissing));
        }

        return new([.. columns.OfType<LinearColumn>()]);
    }

    public void Write(FeatureRow row, Span<double> destination)
    {
        for (var i = 0; i < _columns.Length; i++) destination[i] = _columns[i].Of(row);
        destination[^1] = 1;
    }

    /// <summary>The rows' columns, one row after another.</summary>
    public double[] Write(IReadOnlyList<FeatureRow> rows)
    {
        var design = new double[rows.Count * Width];
        for (var row = 0; row < rows.Count; row++) Write(rows[row], design.AsSpan(row * Width, Width));
        return design;
    }

    private static bool Differs(int feature, IReadOnlyList<FeatureRow> rows)
    {
        var missing = rows.Count(row => row[feature].IsMissing);
        return missing > 0 && missing < rows.Count;
    }

    private static IEnumerable<LinearColumn> Categories(int feature, IReadOnlyList<FeatureRow> rows) => rows
        .Select(row => row[feature].Category)
        .OfType<string>()
        .GroupBy(category => category, StringComparer.Ordinal)
        .Where(group => group.Count() >= LeastCategoryCount && group.Count() < rows.Count)
        .OrderBy(group => group.Key, StringComparer.Ordinal)
        .Select(group => LinearColumn.Indicator(feature, value => value.Category == group.Key));

    private static IEnumerable<LinearColumn> Curves(int feature, IReadOnlyList<FeatureRow> rows)
    {
        // Amounts of money may be negative or zero: the logarithm keeps the sign, and its unit is what is usual in the rows.
        double[] sizes = [.. rows.Select(row => Math.Abs(row[feature].Number)).Where(size => size > 0).Order()];
        var unit = sizes.Length > 0 ? sizes[sizes.Length / 2] : 1;
        double Logarithm(FeatureValue value) => Math.CopySign(Math.Log(1 + Math.Abs(value.Number) / unit), value.Number);
        if (LinearColumn.Standardised(feature, Logarithm, rows) is not { } logarithm) yield break;
        yield return logarithm;
        double Square(FeatureValue value) => value.IsMissing ? double.NaN : Math.Pow(logarithm.Of(value), 2);
        if (LinearColumn.Standardised(feature, Square, rows) is { } square) yield return square;
    }
}
