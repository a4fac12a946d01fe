namespace Reasoner.Experts;

/// <summary>Turns raw rows into the floats that a model computes on, by means and vocabularies learned from training rows.</summary>
internal sealed class FeatureEncoder
{
    /// <summary>The most categories of one feature that get a column of their own: the commonest.</summary>
    public const int MaximumVocabulary = 256;

    /// <summary>A category seen less often than this shares the column of all other categories, which thereby learns too.</summary>
    private const int LeastCategoryCount = 3;

    private readonly FeatureEncoding?[] _encodings;

    /// <summary>An encoder of known encodings, one a feature; null for a protected one, which a model does not see.</summary>
    public FeatureEncoder(FeatureSchema schema, FeatureEncoding?[] encodings)
    {
        Schema = schema;
        _encodings = encodings;
        foreach (var encoding in encodings) Width += encoding?.Width ?? 0;
    }

    public FeatureSchema Schema { get; }

    /// <summary>The number of floats that a row becomes.</summary>
    public int Width { get; }

    public IReadOnlyList<FeatureEncoding?> Encodings => _encodings;

    /// <summary>Learns means, scales, bins and vocabularies from rows that have been checked against the schema.</summary>
    /// <param name="schema">What each row holds.</param>
    /// <param name="rows">The training rows.</param>
    /// <param name="bins">The most bins of a number; 0 for none.</param>
    public static FeatureEncoder Learn(FeatureSchema schema, IReadOnlyList<FeatureRow> rows, int bins = 0)
    {
        var encodings = new FeatureEncoding?[schema.Count];
        for (var i = 0; i < schema.Count; i++)
        {
            if (schema[i].Protected) continue;
            encodings[i] = schema[i].Kind switch
            {
                FeatureKind.Numeric => LearnScale(schema[i].Name, rows, i, bins),
                FeatureKind.Categorical => LearnVocabulary(rows, i),
                _ => new TruthValue(),
            };
        }

        return new(schema, encodings);
    }

    /// <summary>Writes a row's floats; the destination is as wide as the encoder.</summary>
    public void Encode(FeatureRow row, Span<float> destination)
    {
        destination.Clear();
        var column = 0;
        for (var i = 0; i < _encodings.Length; i++)
        {
            if (_encodings[i] is not { } encoding) continue;
            encoding.Encode(row[i], destination.Slice(column, encoding.Width));
            column += encoding.Width;
        }
    }

    public FeatureMatrix Encode(IReadOnlyList<FeatureRow> rows)
    {
        var matrix = new FeatureMatrix(rows.Count, Width);
        for (var row = 0; row < rows.Count; row++) Encode(rows[row], matrix[row]);
        return matrix;
    }

    private static StandardisedNumber LearnScale(string name, IReadOnlyList<FeatureRow> rows, int feature, int bins)
    {
        // Welford's running mean and variance: one pass, and no loss of digits where the mean dwarfs the spread.
        double mean = 0, squares = 0;
        var count = 0;
        for (var row = 0; row < rows.Count; row++)
        {
            if (rows[row][feature].IsMissing) continue;
            var number = rows[row][feature].Number;
            var distance = number - mean;
            mean += distance / ++count;
            squares += distance * (number - mean);
        }

        var deviation = count > 0 ? Math.Sqrt(squares / count) : 0;
        if (!double.IsFinite(mean) || !double.IsFinite(deviation))
            throw new ModelException($"The numbers of \"{name}\" are too large to average.", "Give the feature in a larger unit.");
        // A constant feature, also one that is constant but for rounding, says nothing; scale 1 keeps it at zero.
        return new(mean, deviation > Math.Abs(mean) * 1e-12 ? deviation : 1, LearnEdges(rows, feature, bins));
    }

    /// <summary>
    /// Edges at equal shares of the rows, so that every bin has rows to learn from; where many rows share one number
    /// there are fewer. One bin would only repeat the standardised number.
    /// </summary>
    private static double[] LearnEdges(IReadOnlyList<FeatureRow> rows, int feature, int bins)
    {
        double[] numbers = [.. rows.Where(row => !row[feature].IsMissing).Select(row => row[feature].Number).Order()];
        if (bins < 2 || numbers.Length < bins) return [];
        double[] edges = [.. Enumerable.Range(0, bins + 1).Select(edge => numbers[(int)((long)edge * (numbers.Length - 1) / bins)]).Distinct()];
        return edges.Length > 2 ? edges : [];
    }

    private static OneHotCategory LearnVocabulary(IReadOnlyList<FeatureRow> rows, int feature)
    {
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var row = 0; row < rows.Count; row++)
        {
            if (rows[row][feature].Category is not { } category) continue;
            counts[category] = counts.GetValueOrDefault(category) + 1;
        }

        return new([.. counts
            .Where(entry => entry.Value >= LeastCategoryCount)
            .OrderByDescending(entry => entry.Value)
            .ThenBy(entry => entry.Key, StringComparer.Ordinal)
            .Take(MaximumVocabulary)
            .Select(entry => entry.Key)
            .Order(StringComparer.Ordinal)]);
    }
}
