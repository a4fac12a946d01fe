namespace Reasoner.Experts;

/// <summary>Encoded rows with their classes and what is to be learned of them, ready to compute on.</summary>
internal sealed class TrainingSet
{
    private readonly double[] _inputs;
    private readonly double[] _targets;
    private readonly int _columns;

    /// <param name="matrix">The encoded rows.</param>
    /// <param name="classes">The number of each row's right class.</param>
    /// <param name="classCount">How many classes there are.</param>
    /// <param name="teacher">What a teacher holds of each row, a probability a class; null, or null for a row, where there is none.</param>
    /// <param name="trust">The teacher's share in what is learned of a row: 0 for the label alone, 1 for the teacher alone.</param>
    public TrainingSet(FeatureMatrix matrix, int[] classes, int classCount, IReadOnlyList<IReadOnlyList<double>?>? teacher = null, double trust = 0)
    {
        Classes = classes;
        ClassCount = classCount;
        _columns = matrix.Columns;
        _inputs = new double[matrix.Rows * matrix.Columns];
        _targets = new double[matrix.Rows * classCount];
        for (var row = 0; row < matrix.Rows; row++)
        {
            var floats = matrix[row];
            for (var column = 0; column < _columns; column++) _inputs[row * _columns + column] = floats[column];
            var taught = teacher?[row];
            var share = taught is null ? 0 : trust;
            for (var c = 0; c < classCount; c++) _targets[row * classCount + c] = (c == classes[row] ? 1 - share : 0) + share * (taught?[c] ?? 0);
        }
    }

    public int Count => Classes.Length;

    public int[] Classes { get; }

    public int ClassCount { get; }

    public ReadOnlySpan<double> Input(int row) => _inputs.AsSpan(row * _columns, _columns);

    /// <summary>The probability of each class that the row teaches.</summary>
    public ReadOnlySpan<double> Target(int row) => _targets.AsSpan(row * ClassCount, ClassCount);
}
