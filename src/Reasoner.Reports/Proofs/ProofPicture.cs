using Reasoner.Decisions;

namespace Reasoner.Reports;

/// <summary>A box of a picture; its place is that of its left upper corner, in pixels.</summary>
internal sealed record ProofBox(string Name, ProofStep? Step, double X, double Y, int PremisesLeftOut);

/// <summary>A line from a conclusion to a premise: the points that it runs through.</summary>
internal sealed record ProofEdge(IReadOnlyList<(double X, double Y)> Points);

/// <summary>
/// A proof as a picture: the conclusion at the left, and every step's premises to its right, in columns. It draws at most
/// so many steps and levels that it stays readable, the ones nearest to the conclusion.
/// </summary>
internal sealed record ProofPicture(
    IReadOnlyList<ProofBox> Boxes, IReadOnlyList<ProofEdge> Edges, double Width, double Height, int LeftOut)
{
    public const int BoxWidth = 196;
    public const int BoxHeight = 60;
    private const int ColumnGap = 34;
    private const int EdgesPerStep = 3;

    /// <summary>Draws the proof that ends in a step.</summary>
    /// <param name="root">The step.</param>
    /// <param name="steps">All steps.</param>
    /// <param name="maxSteps">How many steps to draw at most.</param>
    /// <param name="maxLevels">How many levels to draw at most.</param>
    /// <param name="cancellation">Ends the work.</param>
    public static ProofPicture Draw(string root, ProofSteps steps, int maxSteps, int maxLevels, CancellationToken cancellation)
    {
        var (names, layers, edges) = Select(root, steps, maxSteps, maxLevels);
        var layout = LayeredLayout.Of(layers, edges, BoxHeight, cancellation);
        var index = names.Select((name, i) => (name, i)).ToDictionary(entry => entry.name, entry => entry.i, StringComparer.Ordinal);

        var boxes = names
            .Select((name, i) => new ProofBox(
                name, steps.Find(name), ColumnX(layers[i]), layout.Centre(i) - (BoxHeight / 2.0),
                steps.PremisesOf(name).Count(premise => !index.ContainsKey(premise))))
            .ToList();
        var lines = layout.Paths.Select(Route).ToList();
        var leftOut = boxes.Exists(box => box.PremisesLeftOut > 0)
            ? steps.CountWithout(root, index.ContainsKey, cancellation)
            : 0;
        return new ProofPicture(boxes, lines, ColumnX(layers.Max()) + BoxWidth, layout.Height, leftOut);

        // A line leaves a box at its right side, runs straight through the columns that it crosses, and ends at a left side.
        ProofEdge Route(IReadOnlyList<int> path)
        {
            var points = new List<(double, double)>();
            for (var i = 0; i < path.Count; i++)
            {
                var x = ColumnX(layout.LayerOf(path[i]));
                var y = layout.Centre(path[i]);
                if (i > 0) points.Add((x, y));
                if (i < path.Count - 1) points.Add((x + BoxWidth, y));
            }

            return new ProofEdge(points);
        }
    }

    private static double ColumnX(int layer) => layer * (double)(BoxWidth + ColumnGap);

    private static (List<string> Names, int[] Layers, List<(int From, int To)> Edges) Select(
        string root, ProofSteps steps, int maxSteps, int maxLevels)
    {
        for (var limit = maxSteps; ; limit /= 2)
        {
            var order = TopologicalOrder(root, Nearest(root, steps, limit), steps);
            var rank = order.Select((name, i) => (name, i)).ToDictionary(entry => entry.name, entry => entry.i, StringComparer.Ordinal);
            var edges = order
                .SelectMany(name => steps.PremisesOf(name)
                    .Where(rank.ContainsKey)
                    .Select(premise => (From: rank[name], To: rank[premise])))
                .Where(edge => edge.From < edge.To) // A line back is a circle in a record that is wrong.
                .ToList();
            var layers = LongestPaths(order.Count, edges);

            // What lies too deep goes; whatever follows from it to the right lies deeper still.
            var kept = Enumerable.Range(0, order.Count).Where(i => layers[i] < maxLevels).ToList();
            var place = new Dictionary<int, int>(kept.Count);
            foreach (var i in kept) place[i] = place.Count;
            edges = [.. edges.Where(e => place.ContainsKey(e.From) && place.ContainsKey(e.To)).Select(e => (place[e.From], place[e.To]))];
            if (edges.Count <= maxSteps * EdgesPerStep || limit <= 1) return ([.. kept.Select(i => order[i])], [.. kept.Select(i => layers[i])], edges);
        }
    }

    private static HashSet<string> Nearest(string root, ProofSteps steps, int limit)
    {
        var near = new HashSet<string>(StringComparer.Ordinal) { root };
        var waiting = new Queue<string>([root]);
        while (waiting.TryDequeue(out var name))
        {
            foreach (var premise in steps.PremisesOf(name))
            {
                if (near.Count == limit) return near;
                if (near.Add(premise)) waiting.Enqueue(premise);
            }
        }

        return near;
    }

    // Conclusions before premises, premises in their order.
    private static List<string> TopologicalOrder(string root, HashSet<string> among, ProofSteps steps)
    {
        var order = new List<string>(among.Count);
        var visited = new HashSet<string>(StringComparer.Ordinal);
        Visit(root);
        order.Reverse();
        return order;

        // As deep as there are steps in a picture, at most.
        void Visit(string name)
        {
            if (!among.Contains(name) || !visited.Add(name)) return;
            foreach (var premise in steps.PremisesOf(name).Reverse()) Visit(premise);
            order.Add(name);
        }
    }

    private static int[] LongestPaths(int count, List<(int From, int To)> edges)
    {
        var layers = new int[count];
        foreach (var (from, to) in edges) layers[to] = Math.Max(layers[to], layers[from] + 1);
        return layers;
    }
}
