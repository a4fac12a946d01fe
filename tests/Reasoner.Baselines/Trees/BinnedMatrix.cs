using Reasoner.Experts;

namespace Reasoner.Baselines;

/// <summary>Rows as numbers of bins, a column for each feature that a model may see.</summary>
internal sealed class BinnedMatrix
{
    private readonly byte[][] _columns;

    public BinnedMatrix(FeatureSchema schema, FeatureRow[] rows, int mostBins)
    {
        Rows = rows.Length;
        Bins = [.. Enumerable.Range(0, schema.Count).Where(i => !schema[i].Protected).Select(i => FeatureBins.Learn(schema, i, rows, mostBins))];
        _columns = [.. Bins.Select(bins => Array.ConvertAll(rows, row => bins.BinOf(row[bins.Feature])))];
    }

    public int Rows { get; }

    /// <summary>How each column was made.</summary>
    public FeatureBins[] Bins { get; }

    public ReadOnlySpan<byte> Column(int column) => _columns[column];
}
