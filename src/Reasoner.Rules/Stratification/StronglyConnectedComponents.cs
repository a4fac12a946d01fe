namespace Reasoner.Rules;

/// <summary>Tarjan's strongly connected components of a dependency graph, without recursion.</summary>
internal static class StronglyConnectedComponents
{
    /// <summary>For each rule the number of its component.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="count">How many components there are.</param>
    public static int[] Find(DependencyGraph graph, out int count)
    {
        var rules = graph.Rules.Length;
        var component = new int[rules];
        var order = new int[rules]; // when a rule was first seen, from 1
        var low = new int[rules];
        var nextEdge = new int[rules];
        var path = new Stack<int>();
        var open = new Stack<int>();
        var seen = 0;
        count = 0;
        Array.Fill(component, -1);

        for (var root = 0; root < rules; root++)
        {
            if (order[root] != 0) continue;
            Visit(root);
            while (path.TryPeek(out var rule))
            {
                var edges = graph.DependenciesOf(rule);
                if (nextEdge[rule] < edges.Length)
                {
                    var to = edges[nextEdge[rule]++].To;
                    if (order[to] == 0) Visit(to);
                    else if (component[to] < 0) low[rule] = Math.Min(low[rule], order[to]);
                    continue;
                }

                path.Pop();
                if (path.TryPeek(out var parent)) low[parent] = Math.Min(low[parent], low[rule]);
                if (low[rule] == order[rule]) Close(rule, count++);
            }
        }

        return component;

        void Visit(int rule)
        {
            order[rule] = low[rule] = ++seen;
            path.Push(rule);
            open.Push(rule);
        }

        void Close(int root, int number)
        {
            int rule;
            do
            {
                rule = open.Pop();
                component[rule] = number;
            }
            while (rule != root);
        }
    }
}
