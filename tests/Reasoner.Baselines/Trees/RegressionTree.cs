namespace Reasoner.Baselines;

/// <summary>A tree whose leaves hold log odds to add; its nodes in the order in which they grew, the root first.</summary>
internal sealed class RegressionTree(IReadOnlyList<TreeNode> nodes)
{
    private readonly TreeNode[] _nodes = [.. nodes];

    public IReadOnlyList<TreeNode> Nodes => _nodes;

    /// <summary>Adds the value of each row's leaf to its score.</summary>
    public void AddTo(BinnedMatrix matrix, double[] scores)
    {
        for (var row = 0; row < scores.Length; row++)
        {
            ref var node = ref _nodes[0];
            while (!node.IsLeaf) node = ref _nodes[node.Left.Contains(matrix.Column(node.Column)[row]) ? node.LeftChild : node.RightChild];
            scores[row] += node.Value;
        }
    }

    /// <summary>The value of the leaf of a row that is given by its bins, one a column.</summary>
    public double ValueOf(ReadOnlySpan<byte> bins)
    {
        ref var node = ref _nodes[0];
        while (!node.IsLeaf) node = ref _nodes[node.Left.Contains(bins[node.Column]) ? node.LeftChild : node.RightChild];
        return node.Value;
    }
}

/// <summary>A leaf, or a question about one column with two ways on.</summary>
/// <param name="Column">The column that is asked about; -1 in a leaf.</param>
/// <param name="Left">The bins that go left.</param>
/// <param name="LeftChild">Where they go.</param>
/// <param name="RightChild">Where all others go.</param>
/// <param name="Value">A leaf's value.</param>
internal readonly record struct TreeNode(int Column, BinSet Left, int LeftChild, int RightChild, double Value)
{
    public bool IsLeaf => Column < 0;

    public static TreeNode Leaf(double value) => new(-1, default, 0, 0, value);
}
