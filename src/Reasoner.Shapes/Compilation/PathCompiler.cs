using Reasoner.Knowledge;
using Reasoner.Rdf;

namespace Reasoner.Shapes;

/// <summary>Compiles property paths (SHACL, section 2.3.1).</summary>
/// <param name="graph">The shapes graph.</param>
/// <param name="read">Looks up what it says.</param>
/// <param name="translate">Gives the id that a term has among the data's.</param>
internal sealed class PathCompiler(KnowledgeGraph graph, ShapeGraphReader read, Func<int, int> translate)
{
    private const int MaxDepth = 32;

    /// <summary>Compiles the path of a node.</summary>
    public PropertyPath Compile(int node) => Compile(node, 0);

    private PropertyPath Compile(int node, int depth)
    {
        if (depth > MaxDepth) throw new ShapeFormatException($"its path is nested more than {MaxDepth} deep, or refers to itself");
        if (graph.Terms.KindOf(node) == TermKind.Iri) return new PredicatePath(translate(node));
        if (graph.Terms.KindOf(node) != TermKind.BlankNode) throw new ShapeFormatException($"{graph.Terms[node]} is not a path");
        // A node that is a list and more is a sequence: the suite settles what the specification leaves open.
        if (read.IsList(node)) return new SequencePath(Parts(node, depth));
        if (read.Optional(node, "inversePath") is { } inverse) return Compile(inverse, depth + 1).Inverted();
        if (read.Optional(node, "alternativePath") is { } alternatives) return new AlternativePath(Parts(alternatives, depth));
        if (read.Optional(node, "zeroOrMorePath") is { } many) return new RepeatedPath(Compile(many, depth + 1), mayBeNone: true, mayBeMany: true);
        if (read.Optional(node, "oneOrMorePath") is { } some) return new RepeatedPath(Compile(some, depth + 1), mayBeNone: false, mayBeMany: true);
        if (read.Optional(node, "zeroOrOnePath") is { } optional) return new RepeatedPath(Compile(optional, depth + 1), mayBeNone: true, mayBeMany: false);
        throw new ShapeFormatException($"{graph.Terms[node]} is not a path: it has none of sh:inversePath, sh:alternativePath, sh:zeroOrMorePath, sh:oneOrMorePath and sh:zeroOrOnePath, and is no list");
    }

    private List<PropertyPath> Parts(int list, int depth)
    {
        var parts = read.List(list).Select(part => Compile(part, depth + 1)).ToList();
        return parts.Count >= 2 ? parts : throw new ShapeFormatException("a sequence or an alternative has at least two paths");
    }
}
