using System.Collections;

namespace Reasoner.Shapes;

/// <summary>Nodes in order of arrival, each once. Small sets, which are the rule, need no hash table.</summary>
internal sealed class NodeSet : IReadOnlyList<int>
{
    private const int SmallSet = 16;

    private readonly List<int> _nodes = [];
    private HashSet<int>? _index;

    public int Count => _nodes.Count;

    public int this[int index] => _nodes[index];

    public bool Contains(int node) => _index?.Contains(node) ?? _nodes.Contains(node);

    public void Add(int node)
    {
        if (_index is not null)
        {
            if (_index.Add(node)) _nodes.Add(node);
            return;
        }

        if (_nodes.Contains(node)) return;
        _nodes.Add(node);
        if (_nodes.Count > SmallSet) _index = [.. _nodes];
    }

    public List<int>.Enumerator GetEnumerator() => _nodes.GetEnumerator();

    IEnumerator<int> IEnumerable<int>.GetEnumerator() => _nodes.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => _nodes.GetEnumerator();
}
