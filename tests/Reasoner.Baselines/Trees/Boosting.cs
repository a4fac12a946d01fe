namespace Reasoner.Baselines;

/// <summary>A run of gradient boosting by the logistic loss: each tree is a Newton step of the ones before it (Friedman 2001; Chen and Guestrin 2016).</summary>
internal sealed class Boosting
{
    private readonly BinnedMatrix _matrix;
    private readonly double[] _outcomes;
    private readonly int[] _rows;
    private readonly BoostingOptions _options;
    private readonly Random _random;
    private readonly TreeGrower _grower;
    private readonly List<RegressionTree> _trees = [];
    private readonly double[] _scores;
    private readonly GradientSum[] _gradients;

    /// <param name="matrix">All rows, those to test on among them.</param>
    /// <param name="outcomes">1 or 0 for each of them.</param>
    /// <param name="rows">Those to learn from.</param>
    /// <param name="options">How to grow trees.</param>
    /// <param name="seed">Decides the rows and columns of each tree.</param>
    public Boosting(BinnedMatrix matrix, double[] outcomes, int[] rows, BoostingOptions options, int seed)
    {
        _matrix = matrix;
        _outcomes = outcomes;
        _rows = rows;
        _options = options;
        _random = new(seed);
        _grower = new(matrix, options);
        _gradients = new GradientSum[matrix.Rows];
        _scores = new double[matrix.Rows];
        var share = rows.Average(row => outcomes[row]);
        Start = Math.Log(share / (1 - share));
        Array.Fill(_scores, Start);
    }

    /// <summary>The log odds before the first tree: those of the learned rows.</summary>
    public double Start { get; }

    public IReadOnlyList<RegressionTree> Trees => _trees;

    public void AddTree()
    {
        foreach (var row in _rows)
        {
            var probability = LogOdds.Probability(_scores[row]);
            _gradients[row] = new(probability - _outcomes[row], probability * (1 - probability), 1);
        }

        var tree = _grower.Grow(SomeRows(), SomeColumns(), _gradients);
        tree.AddTo(_matrix, _scores);
        _trees.Add(tree);
    }

    /// <summary>The sum of log losses over some rows.</summary>
    public double Loss(int[] rows)
    {
        double sum = 0;
        foreach (var row in rows) sum += LogOdds.Loss(_scores[row], _outcomes[row]);
        return sum;
    }

    private int[] SomeRows()
    {
        if (_options.RowShare == 1) return [.. _rows];
        int[] chosen = [.. _rows.Where(_ => _random.NextDouble() < _options.RowShare)];
        return chosen.Length > 0 ? chosen : [.. _rows];
    }

    private int[] SomeColumns()
    {
        int[] columns = [.. Enumerable.Range(0, _matrix.Bins.Length)];
        var wanted = Math.Max(1, (int)Math.Round(columns.Length * _options.ColumnShare));
        if (wanted == columns.Length) return columns;
        _random.Shuffle(columns);
        return [.. columns.Take(wanted).Order()];
    }
}
