using Reasoner.Knowledge;
using Reasoner.Rdf;
using Reasoner.Rules;

namespace Reasoner.Shapes;

/// <summary>Shapes, compiled once and immutable: constants are term ids, paths and patterns are ready to run.</summary>
public sealed class ShapeSet
{
    private readonly ILookup<int, Shape> _byNode;
    private readonly ILookup<int, Shape> _byClass;
    private readonly TermDictionary _terms;

    internal ShapeSet(TermDictionary terms, IReadOnlyList<ShapeTarget> targets, int shapeCount)
    {
        (_terms, Targets, Count) = (terms, targets, shapeCount);
        (Type, SubClassOf) = (terms.Add(RdfVocabulary.Type), terms.Add(ShaclVocabulary.SubClassOf));
        _byNode = targets.Where(t => t.Kind == TargetKind.Node).ToLookup(t => t.Term, t => t.Shape);
        _byClass = targets.Where(t => t.Kind == TargetKind.Class).ToLookup(t => t.Term, t => t.Shape);
        AboutProperties = [.. targets.Where(t => t.Kind is TargetKind.SubjectsOf or TargetKind.ObjectsOf)];
    }

    /// <summary>How many shapes there are, nested ones included.</summary>
    public int Count { get; }

    internal int Type { get; }

    internal int SubClassOf { get; }

    internal IReadOnlyList<ShapeTarget> Targets { get; }

    internal IReadOnlyList<ShapeTarget> AboutProperties { get; }

    /// <summary>Compiles the shapes of a graph. What is ill-formed is left out and reported as an error.</summary>
    /// <param name="shapes">The graph with the shapes.</param>
    /// <param name="terms">
    /// The dictionary of the graphs that will be validated, or one that theirs extend. It receives the shapes' constants, so
    /// compile before it is frozen, or with the shapes' own dictionary when they are part of the data.
    /// </param>
    /// <param name="diagnostics">Receives what is wrong with the shapes.</param>
    public static ShapeSet Compile(KnowledgeGraph shapes, TermDictionary terms, ICollection<Diagnostic> diagnostics) =>
        new ShapeCompiler(shapes, terms, diagnostics).Compile();

    internal IEnumerable<Shape> AboutNode(int node) => _byNode[node];

    internal IEnumerable<Shape> AboutClass(int @class) => _byClass[@class];

    internal void RequireSameTerms(TermDictionary data)
    {
        if (data != _terms && (data.Find(RdfVocabulary.Type) != Type || data.Find(ShaclVocabulary.SubClassOf) != SubClassOf))
            throw new ArgumentException("The graph's dictionary must be the one that the shapes were compiled with, or extend it.", nameof(data));
    }
}
