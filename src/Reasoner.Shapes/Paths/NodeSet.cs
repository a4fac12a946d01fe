using System.Collections;

namespace Reasoner.Shapes;

/// <summary>Nodes in order of arrival, each once. Small sets, which are the rule, need no hash table.</summary>
internal sealed class NodeSet : IReadOnlyList<int>
{
    private const int SmallSet = 16;

    private int[] _nodes = new int[4];
    private HashSet<int>? _index;

    public int Count { get; private set; }

    public int this[int index] => index < Count ? _nodes[index] : throw new ArgumentOutOfRangeException(nameof(index));

    public bool Contains(int node) => _index?.Contains(node) ?? _nodes.AsSpan(0, Count).Contains(node);

    public void Add(int node)
    {
        if (_index is not null)
        {
            if (!_index.Add(node)) return;
        }
        else if (_nodes.AsSpan(0, Count).Contains(node))
        {
            return;
        }

        if (Count == _nodes.Length) Array.Resize(ref _nodes, Count * 2);
        _nodes[Count++] = node;
        if (_index is null && Count > SmallSet) _index = [.. _nodes.AsSpan(0, Count)];
    }

    /// <summary>Empties the set, to be filled anew.</summary>
    public void Clear() => (Count, _index) = (0, null);

    public Enumerator GetEnumerator() => new(this);

    IEnumerator<int> IEnumerable<int>.GetEnumerator() => GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Walks along the nodes, those too that are added meanwhile.</summary>
    public struct Enumerator(NodeSet set) : IEnumerator<int>
    {
        private int _index = -1;

        public readonly int Current => set._nodes[_index];

        readonly object IEnumerator.Current => Current;

        public bool MoveNext() => ++_index < set.Count;

        public readonly void Reset() => throw new NotSupportedException();

        public readonly void Dispose()
        {
            // Nothing is held.
        }
    }
}
