namespace Reasoner.Reports;

/// <summary>
/// Places the vertices of an acyclic graph in columns so that few edges cross and most are nearly straight (Sugiyama,
/// Tagawa, Toda 1981). Edges over several columns are led through each of them by a vertex without size. The order within
/// columns comes from barycentres; the coordinates are, column by column, the nearest to the neighbours' mean that keep
/// the order and the gaps, which is an isotonic regression. Vertices that lead nowhere weigh little: a chain with a leaf at
/// each step runs straight, and the leaves hang beside it.
/// </summary>
internal sealed class LayeredLayout
{
    private const int Sweeps = 12;
    private const double Gap = 14;
    private const double LeafWeight = 0.01;

    private readonly List<int> _layers;
    private readonly List<double> _sizes;
    private readonly List<List<int>> _before = [];
    private readonly List<List<int>> _after = [];
    private readonly List<IReadOnlyList<int>> _paths = [];
    private readonly List<int>[] _columns;
    private readonly double[] _centres;

    private LayeredLayout(int[] layers, List<(int From, int To)> edges, double size)
    {
        _layers = [.. layers];
        _sizes = [.. Enumerable.Repeat(size, layers.Length)];
        for (var i = 0; i < layers.Length; i++) AddNeighbours();
        foreach (var (from, to) in edges) _paths.Add(Lead(from, to));
        _columns = new List<int>[layers.Max() + 1];
        for (var i = 0; i < _columns.Length; i++) _columns[i] = [];
        for (var vertex = 0; vertex < _layers.Count; vertex++) _columns[_layers[vertex]].Add(vertex);
        _centres = new double[_layers.Count];
    }

    /// <summary>The vertices of each edge from end to end, in the edges' order.</summary>
    public IReadOnlyList<IReadOnlyList<int>> Paths => _paths;

    /// <summary>The height of the highest column.</summary>
    public double Height { get; private set; }

    /// <summary>Lays a graph out.</summary>
    /// <param name="layers">The column of each vertex; an edge goes from a column to a later one.</param>
    /// <param name="edges">The edges.</param>
    /// <param name="size">The height of a vertex.</param>
    /// <param name="cancellation">Ends the work.</param>
    public static LayeredLayout Of(int[] layers, List<(int From, int To)> edges, double size, CancellationToken cancellation)
    {
        var layout = new LayeredLayout(layers, edges, size);
        for (var sweep = 0; sweep < Sweeps; sweep++)
        {
            cancellation.ThrowIfCancellationRequested();
            layout.Order(forward: sweep % 2 == 0);
        }

        foreach (var column in layout._columns) layout.Place(column, vertex => layout._centres[vertex]);
        for (var sweep = 0; sweep < Sweeps; sweep++)
        {
            cancellation.ThrowIfCancellationRequested();
            layout.Straighten(forward: sweep % 2 == 0);
        }

        layout.MoveToOrigin();
        return layout;
    }

    /// <summary>The middle of a vertex, from the top.</summary>
    public double Centre(int vertex) => _centres[vertex];

    /// <summary>The column of a vertex.</summary>
    public int LayerOf(int vertex) => _layers[vertex];

    private List<int> Lead(int from, int to)
    {
        var path = new List<int> { from };
        for (var layer = _layers[from] + 1; layer < _layers[to]; layer++)
        {
            _layers.Add(layer);
            _sizes.Add(0);
            AddNeighbours();
            path.Add(_layers.Count - 1);
        }

        path.Add(to);
        for (var i = 1; i < path.Count; i++)
        {
            _after[path[i - 1]].Add(path[i]);
            _before[path[i]].Add(path[i - 1]);
        }

        return path;
    }

    private void AddNeighbours()
    {
        _before.Add([]);
        _after.Add([]);
    }

    private void Order(bool forward)
    {
        var places = new double[_layers.Count];
        foreach (var column in _columns) Number(column);
        for (var i = 1; i < _columns.Length; i++)
        {
            var layer = forward ? i : _columns.Length - 1 - i;
            var neighbours = forward ? _before : _after;
            _columns[layer] = [.. _columns[layer].OrderBy(vertex => Mean(neighbours[vertex], places, otherwise: places[vertex]))];
            Number(_columns[layer]);
        }

        // Places are shares of the column, so that a vertex without neighbours on one side keeps its height.
        void Number(List<int> column)
        {
            for (var i = 0; i < column.Count; i++) places[column[i]] = (i + 0.5) / column.Count;
        }
    }

    private void Straighten(bool forward)
    {
        var neighbours = forward ? _before : _after;
        for (var i = 1; i < _columns.Length; i++)
        {
            var column = _columns[forward ? i : _columns.Length - 1 - i];
            Place(column, vertex => Mean(neighbours[vertex], _centres, otherwise: _centres[vertex]));
        }
    }

    // Isotonic regression by pooling adjacent violators: with the distances to the first vertex taken off, the wanted places
    // must not fall; a run that falls is pooled at its mean.
    private void Place(List<int> column, Func<int, double> wanted)
    {
        var distances = new double[column.Count];
        for (var i = 1; i < column.Count; i++)
        {
            distances[i] = distances[i - 1] + ((_sizes[column[i - 1]] + _sizes[column[i]]) / 2) + Gap;
        }

        var runs = new List<(double Sum, double Weight, int Count)>();
        for (var i = 0; i < column.Count; i++)
        {
            var weight = WeightOf(column[i]);
            var run = (Sum: weight * (wanted(column[i]) - distances[i]), Weight: weight, Count: 1);
            while (runs.Count > 0 && runs[^1].Sum / runs[^1].Weight >= run.Sum / run.Weight)
            {
                run = (run.Sum + runs[^1].Sum, run.Weight + runs[^1].Weight, run.Count + runs[^1].Count);
                runs.RemoveAt(runs.Count - 1);
            }

            runs.Add(run);
        }

        var next = 0;
        foreach (var (sum, weight, count) in runs)
        {
            for (var i = 0; i < count; i++, next++) _centres[column[next]] = (sum / weight) + distances[next];
        }
    }

    private void MoveToOrigin()
    {
        var top = Enumerable.Range(0, _centres.Length).Min(vertex => _centres[vertex] - (_sizes[vertex] / 2));
        for (var vertex = 0; vertex < _centres.Length; vertex++)
        {
            _centres[vertex] = Math.Round(_centres[vertex] - top);
            Height = Math.Max(Height, _centres[vertex] + (_sizes[vertex] / 2));
        }
    }

    private double WeightOf(int vertex) => _after[vertex].Count == 0 ? LeafWeight : 1;

    private double Mean(List<int> vertices, double[] values, double otherwise)
    {
        if (vertices.Count == 0) return otherwise;
        var (sum, weights) = (0.0, 0.0);
        foreach (var vertex in vertices)
        {
            sum += WeightOf(vertex) * values[vertex];
            weights += WeightOf(vertex);
        }

        return sum / weights;
    }
}
