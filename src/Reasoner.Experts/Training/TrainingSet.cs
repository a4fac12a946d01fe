namespace Reasoner.Experts;

/// <summary>Encoded rows with the numbers of their classes, ready to compute on.</summary>
internal sealed class TrainingSet
{
    private readonly double[] _inputs;
    private readonly int _columns;

    public TrainingSet(FeatureMatrix matrix, int[] classes)
    {
        Classes = classes;
        _columns = matrix.Columns;
        _inputs = new double[matrix.Rows * matrix.Columns];
        for (var row = 0; row < matrix.Rows; row++)
        {
            var floats = matrix[row];
            for (var column = 0; column < _columns; column++) _inputs[row * _columns + column] = floats[column];
        }
    }

    public int Count => Classes.Length;

    public int[] Classes { get; }

    public ReadOnlySpan<double> Input(int row) => _inputs.AsSpan(row * _columns, _columns);
}
