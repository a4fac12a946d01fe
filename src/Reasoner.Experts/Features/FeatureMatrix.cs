namespace Reasoner.Experts;

/// <summary>Encoded rows as one dense row-major block of floats: what a model computes on.</summary>
internal sealed class FeatureMatrix(int rows, int columns)
{
    private readonly float[] _values = new float[rows * columns];

    public int Rows => rows;

    public int Columns => columns;

    public Span<float> this[int row] => _values.AsSpan(row * columns, columns);
}
