namespace Reasoner.Experts;

/// <summary>
/// How one feature becomes floats. Every encoding ends with a column that is 1 where the value is missing, so that a
/// model can tell "not known" from any value.
/// </summary>
internal abstract class FeatureEncoding
{
    /// <summary>The number of columns.</summary>
    public abstract int Width { get; }

    /// <summary>Writes one value into columns that are all zero.</summary>
    public abstract void Encode(FeatureValue value, Span<float> columns);
}

/// <summary>
/// A number in standard deviations from its mean, a column that says that it is missing, and, where it has bins, how far
/// the number reaches through each of them (piecewise linear encoding: Gorishniy, Rubachev and Babenko 2022). Bins let a
/// linear layer bend where the data has a threshold, and do not care about long tails. A missing number stands at the
/// mean, and in no bin.
/// </summary>
/// <param name="mean">The training rows' mean.</param>
/// <param name="scale">Their standard deviation.</param>
/// <param name="edges">The bins' edges, rising: one more than there are bins, or none.</param>
internal sealed class StandardisedNumber(double mean, double scale, IReadOnlyList<double> edges) : FeatureEncoding
{
    /// <summary>
    /// Numbers further out than this are drawn in. Nothing like them was seen in training, and a network that
    /// extrapolates without end answers them with false certainty.
    /// </summary>
    private const double Furthest = 6;

    private const int FirstBin = 2;

    public double Mean => mean;

    public double Scale => scale;

    public IReadOnlyList<double> Edges => edges;

    public override int Width => FirstBin + Math.Max(0, edges.Count - 1);

    public override void Encode(FeatureValue value, Span<float> columns)
    {
        if (value.IsMissing)
        {
            columns[1] = 1;
            return;
        }

        columns[0] = (float)Math.Clamp((value.Number - mean) / scale, -Furthest, Furthest);
        for (var bin = 0; bin + 1 < edges.Count && value.Number > edges[bin]; bin++)
            columns[FirstBin + bin] = (float)Math.Min(1, (value.Number - edges[bin]) / (edges[bin + 1] - edges[bin]));
    }
}

/// <summary>A truth value as 0 or 1.</summary>
internal sealed class TruthValue : FeatureEncoding
{
    public override int Width => 2;

    public override void Encode(FeatureValue value, Span<float> columns)
    {
        if (value.IsMissing) columns[1] = 1;
        else columns[0] = (float)value.Number;
    }
}

/// <summary>A column for each category of the vocabulary, one for every other category, and one for none.</summary>
internal sealed class OneHotCategory : FeatureEncoding
{
    private readonly Dictionary<string, int> _columns;

    public OneHotCategory(IReadOnlyList<string> vocabulary)
    {
        Vocabulary = vocabulary;
        _columns = new(vocabulary.Count, StringComparer.Ordinal);
        foreach (var category in vocabulary) _columns.Add(category, _columns.Count);
    }

    public IReadOnlyList<string> Vocabulary { get; }

    public override int Width => Vocabulary.Count + 2;

    public override void Encode(FeatureValue value, Span<float> columns)
    {
        var column = value.Category is { } category ? _columns.GetValueOrDefault(category, Vocabulary.Count) : Vocabulary.Count + 1;
        columns[column] = 1;
    }
}
