using System.Collections.Concurrent;
using Reasoner.Knowledge;

namespace Reasoner.Shapes;

/// <summary>The superclasses of a graph's classes, found when they are first asked for. Threads may share it where the graph is frozen.</summary>
internal sealed class ClassHierarchy(KnowledgeGraph graph, int subClassOf)
{
    private readonly NodeSet _none = [];

    private readonly ConcurrentDictionary<int, NodeSet> _superclasses = new();

    /// <summary>The superclasses of a class, those of superclasses too.</summary>
    public NodeSet SuperclassesOf(int @class)
    {
        if (_superclasses.TryGetValue(@class, out var known)) return known;

        // A class without any is not kept: cases may name any number of them.
        if (!graph.ObjectsOf(@class, subClassOf).Any()) return _none;
        var above = new NodeSet();
        foreach (var direct in graph.ObjectsOf(@class, subClassOf)) above.Add(direct);
        for (var i = 0; i < above.Count; i++)
            foreach (var next in graph.ObjectsOf(above[i], subClassOf)) above.Add(next);
        return _superclasses.GetOrAdd(@class, above);
    }
}
