using Reasoner.Experts;

namespace Reasoner.Baselines;

/// <summary>Past cases with one of two answers, checked against their schema.</summary>
internal sealed class BinaryRows
{
    private BinaryRows(FeatureSchema schema, FeatureRow[] rows, double[] outcomes, string[] classes)
    {
        Schema = schema;
        Rows = rows;
        Outcomes = outcomes;
        Classes = classes;
    }

    public FeatureSchema Schema { get; }

    public FeatureRow[] Rows { get; }

    /// <summary>1 where the second answer proved right, 0 where the first did.</summary>
    public double[] Outcomes { get; }

    /// <summary>The two answers, in ordinal order.</summary>
    public string[] Classes { get; }

    public int Count => Rows.Length;

    /// <exception cref="ArgumentException">A row does not fit the schema, or the rows do not have exactly two answers.</exception>
    public static BinaryRows Of(FeatureSchema schema, IReadOnlyList<LabelledRow> rows)
    {
        string[] classes = [.. rows.Select(row => row.Label).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        if (classes.Length != 2)
        {
            throw new ArgumentException(
                $"The baselines tell two answers apart; these {rows.Count} rows have {classes.Length}: {string.Join(", ", classes.Take(5))}.", nameof(rows));
        }

        for (var i = 0; i < rows.Count; i++) Check(schema, rows[i].Row, $"Row {i + 1}");
        return new(schema, [.. rows.Select(row => row.Row)], [.. rows.Select(row => row.Label == classes[1] ? 1.0 : 0.0)], classes);
    }

    /// <summary>Some of the rows, which need not have both answers.</summary>
    public BinaryRows Subset(int[] chosen) => new(Schema, [.. chosen.Select(row => Rows[row])], [.. chosen.Select(row => Outcomes[row])], Classes);

    /// <summary>The number of the inner fold of each row: as many folds as asked for, or as the rarer answer has rows.</summary>
    /// <exception cref="ArgumentException">An answer has one row only, so that it cannot be both learned and tested.</exception>
    public int[] Folds(int folds, int seed)
    {
        var second = (int)Outcomes.Sum();
        var rarer = Math.Min(second, Count - second);
        if (rarer < 2) throw new ArgumentException("One of the answers has a single row: nothing can be chosen by cross-validation.", nameof(folds));
        return StratifiedFolds.Assign([.. Outcomes], Math.Min(folds, rarer), seed);
    }

    public static void Check(FeatureSchema schema, FeatureRow row, string where)
    {
        if (row.Count != schema.Count) throw new ArgumentException($"{where} has {row.Count} values; the schema has {schema.Count} features.", nameof(row));
        for (var i = 0; i < schema.Count; i++)
        {
            var value = row[i];
            if (!value.IsMissing && value.Category is null == (schema[i].Kind == FeatureKind.Categorical))
                throw new ArgumentException($"{where} gives the feature \"{schema[i].Name}\" ({schema[i].Kind}) the value {value}.", nameof(row));
        }
    }
}
