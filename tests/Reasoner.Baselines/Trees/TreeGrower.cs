namespace Reasoner.Baselines;

/// <summary>Grows trees, one at a time, on the gradients of rows of one matrix.</summary>
internal sealed class TreeGrower
{
    private readonly BinnedMatrix _matrix;
    private readonly BoostingOptions _options;
    private readonly int[] _offsets;
    private readonly int _width;
    private readonly Stack<GradientSum[]> _spare = new();
    private readonly List<TreeNode> _nodes = [];
    private readonly int[] _rightRows;
    private int[] _rows = [];
    private int[] _columns = [];
    private GradientSum[] _gradients = [];

    public TreeGrower(BinnedMatrix matrix, BoostingOptions options)
    {
        _matrix = matrix;
        _options = options;
        _offsets = new int[matrix.Bins.Length];
        for (var column = 0; column < _offsets.Length; column++)
        {
            _offsets[column] = _width;
            _width += matrix.Bins[column].Count;
        }

        _rightRows = new int[matrix.Rows];
    }

    /// <param name="rows">The rows that the tree is grown on; their order is changed.</param>
    /// <param name="columns">The columns that it may ask about.</param>
    /// <param name="gradients">The derivatives of each row of the matrix.</param>
    public RegressionTree Grow(int[] rows, int[] columns, GradientSum[] gradients)
    {
        (_rows, _columns, _gradients) = (rows, columns, gradients);
        _nodes.Clear();
        GradientSum total = default;
        foreach (var row in rows) total += gradients[row];
        Grow(0, rows.Length, total, HistogramOf(0, rows.Length), depth: 0);
        return new(_nodes);
    }

    /// <summary>Grows the tree below a range of rows, and gives its histogram back to be used again.</summary>
    /// <returns>The node's number.</returns>
    private int Grow(int start, int end, GradientSum total, GradientSum[]? histogram, int depth)
    {
        var number = _nodes.Count;
        _nodes.Add(TreeNode.Leaf(_options.LearningRate * total.BestValue(_options.LeafPenalty)));
        if (histogram is null) return number;
        var split = Split.None;
        foreach (var column in _columns)
            split = split.OrBetter(column, _matrix.Bins[column], histogram.AsSpan(_offsets[column], _matrix.Bins[column].Count), total, _options);
        if (!split.IsFound)
        {
            _spare.Push(histogram);
            return number;
        }

        var middle = Divide(start, end, split);
        var (left, right) = HistogramsOfChildren(start, middle, end, histogram, depth + 1);
        var leftChild = Grow(start, middle, split.Left, left, depth + 1);
        var rightChild = Grow(middle, end, total - split.Left, right, depth + 1);
        _nodes[number] = new(split.Column, split.LeftBins, leftChild, rightChild, 0);
        return number;
    }

    /// <summary>The smaller child's sums are counted; the larger one's are what remains of the parent's. Leaves need none.</summary>
    private (GradientSum[]? Left, GradientSum[]? Right) HistogramsOfChildren(int start, int middle, int end, GradientSum[] parent, int depth)
    {
        if (depth == _options.Depth)
        {
            _spare.Push(parent);
            return (null, null);
        }

        var isLeftSmaller = middle - start <= end - middle;
        var smaller = isLeftSmaller ? HistogramOf(start, middle) : HistogramOf(middle, end);
        foreach (var column in _columns)
        {
            var place = _offsets[column];
            for (var bin = _matrix.Bins[column].Count - 1; bin >= 0; bin--) parent[place + bin] -= smaller[place + bin];
        }

        return isLeftSmaller ? (smaller, parent) : (parent, smaller);
    }

    private GradientSum[] HistogramOf(int start, int end)
    {
        if (!_spare.TryPop(out var histogram)) histogram = new GradientSum[_width];
        foreach (var column in _columns)
        {
            var sums = histogram.AsSpan(_offsets[column], _matrix.Bins[column].Count);
            sums.Clear();
            var bins = _matrix.Column(column);
            foreach (var row in _rows.AsSpan(start, end - start))
            {
                ref var sum = ref sums[bins[row]];
                ref readonly var gradient = ref _gradients[row];
                sum.Gradient += gradient.Gradient;
                sum.Hessian += gradient.Hessian;
                sum.Rows++;
            }
        }

        return histogram;
    }

    /// <summary>Puts the rows that go left before the others, each side in its old order.</summary>
    /// <returns>Where the others begin.</returns>
    private int Divide(int start, int end, Split split)
    {
        var bins = _matrix.Column(split.Column);
        var (left, right) = (start, 0);
        for (var i = start; i < end; i++)
        {
            var row = _rows[i];
            if (split.LeftBins.Contains(bins[row])) _rows[left++] = row;
            else _rightRows[right++] = row;
        }

        _rightRows.AsSpan(0, right).CopyTo(_rows.AsSpan(left));
        return left;
    }
}
