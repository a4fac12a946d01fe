using System.Runtime.CompilerServices;
using Reasoner.Knowledge;
using Reasoner.Rdf;
using Reasoner.Rules;

namespace Reasoner.Shapes;

/// <summary>Shapes, compiled once and immutable: constants are term ids, paths and patterns are ready to run.</summary>
public sealed class ShapeSet
{
    private readonly Dictionary<int, Shape[]> _byNode;
    private readonly Dictionary<int, Shape[]> _byClass;
    private readonly TermDictionary _terms;
    private readonly ConditionalWeakTable<KnowledgeGraph, ClassHierarchy> _hierarchies = [];

    internal ShapeSet(TermDictionary terms, IReadOnlyList<ShapeTarget> targets, int shapeCount)
    {
        (_terms, Targets, Count) = (terms, targets, shapeCount);
        (Type, SubClassOf) = (terms.Add(RdfVocabulary.Type), terms.Add(ShaclVocabulary.SubClassOf));
        _byNode = ByTerm(targets, TargetKind.Node);
        _byClass = ByTerm(targets, TargetKind.Class);
        AboutProperties = [.. targets.Where(t => t.Kind is TargetKind.SubjectsOf or TargetKind.ObjectsOf)];
    }

    /// <summary>How many shapes there are, nested ones included.</summary>
    public int Count { get; }

    internal int Type { get; }

    internal int SubClassOf { get; }

    internal IReadOnlyList<ShapeTarget> Targets { get; }

    internal ShapeTarget[] AboutProperties { get; }

    /// <summary>Compiles the shapes of a graph. What is ill-formed is left out and reported as an error.</summary>
    /// <param name="shapes">The graph with the shapes.</param>
    /// <param name="terms">
    /// The dictionary of the graphs that will be validated, or one that theirs extend. It receives the shapes' constants, so
    /// compile before it is frozen, or with the shapes' own dictionary when they are part of the data.
    /// </param>
    /// <param name="diagnostics">Receives what is wrong with the shapes.</param>
    public static ShapeSet Compile(KnowledgeGraph shapes, TermDictionary terms, ICollection<Diagnostic> diagnostics) =>
        new ShapeCompiler(shapes, terms, diagnostics).Compile();

    internal ReadOnlySpan<Shape> AboutNode(int node) => _byNode.Count > 0 && _byNode.TryGetValue(node, out var shapes) ? shapes : [];

    internal ReadOnlySpan<Shape> AboutClass(int @class) => _byClass.TryGetValue(@class, out var shapes) ? shapes : [];

    /// <summary>The classes of a graph: those of its base, kept for all cases over it, unless the graph says something of subclasses itself.</summary>
    internal ClassHierarchy HierarchyOf(KnowledgeGraph graph) =>
        graph.Base is { } frozen && graph.OwnRelation(SubClassOf) is null && graph.HiddenRows(SubClassOf) is null
            ? _hierarchies.GetValue(frozen, MakeHierarchy)
            : MakeHierarchy(graph);

    internal void RequireSameTerms(TermDictionary data)
    {
        if (data != _terms && (data.Find(RdfVocabulary.Type) != Type || data.Find(ShaclVocabulary.SubClassOf) != SubClassOf))
            throw new ArgumentException("The graph's dictionary must be the one that the shapes were compiled with, or extend it.", nameof(data));
    }

    private ClassHierarchy MakeHierarchy(KnowledgeGraph graph) => new(graph, SubClassOf);

    private static Dictionary<int, Shape[]> ByTerm(IEnumerable<ShapeTarget> targets, TargetKind kind) => targets
        .Where(target => target.Kind == kind)
        .GroupBy(target => target.Term, target => target.Shape)
        .ToDictionary(group => group.Key, group => group.ToArray());
}
