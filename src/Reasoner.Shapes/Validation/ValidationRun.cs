using System.Text;
using Reasoner.Knowledge;
using Reasoner.Rdf;

namespace Reasoner.Shapes;

/// <summary>One validation of one graph.</summary>
internal sealed class ValidationRun(ShapeSet shapes, KnowledgeGraph graph, ValidationOptions options, CancellationToken cancellation)
{
    private readonly List<ValidationResult> _results = [];
    private readonly ClassHierarchy _classes = shapes.HierarchyOf(graph);
    private readonly Stack<NodeSet> _spare = [];
    private IReadOnlyList<int>? _predicates;

    public KnowledgeGraph Graph => graph;

    /// <summary>The graph's predicates.</summary>
    public IReadOnlyList<int> Predicates => _predicates ??= graph.Predicates;

    private bool IsFull => _results.Count >= options.MaxResults;

    /// <summary>Validates every target of every shape.</summary>
    public ValidationReport OverWholeGraph()
    {
        foreach (var targets in shapes.Targets.GroupBy(target => target.Shape))
        {
            var nodes = new NodeSet();
            foreach (var target in targets) AddTargets(target, nodes);
            foreach (var node in nodes)
            {
                if (IsFull) return Report();
                Validate(targets.Key, node, _results);
            }
        }

        return Report();
    }

    /// <summary>Validates the targets among the nodes that the graph's own facts mention.</summary>
    public ValidationReport OverOwnFacts()
    {
        var nodes = new NodeSet();
        foreach (var relation in graph.OwnRelations)
        {
            foreach (var subject in relation.Subjects) nodes.Add(subject);
            foreach (var @object in relation.Objects) nodes.Add(@object);
        }

        var about = new List<Shape>();
        foreach (var node in nodes)
        {
            about.Clear();
            AddShapesAbout(node, about);
            foreach (var shape in about)
            {
                if (IsFull) return Report();
                Validate(shape, node, _results);
            }
        }

        return Report();
    }

    /// <summary>Whether a node meets a shape.</summary>
    public bool Conforms(Shape shape, int node) => Validate(shape, node, null);

    /// <summary>Validates a focus node; failures are collected where there is a list for them.</summary>
    public bool Validate(Shape shape, int node, List<ValidationResult>? results)
    {
        cancellation.ThrowIfCancellationRequested();
        if (shape.IsDeactivated) return true;
        if (!_spare.TryPop(out var values)) values = [];
        if (shape.Path is null) values.Add(node);
        else shape.Path.Follow(graph, node, values);
        var conforms = Check(new Focus(this, shape, node, values, results));
        values.Clear();
        _spare.Push(values);
        return conforms;
    }

    private bool Check(in Focus focus)
    {
        var conforms = true;
        foreach (var constraint in focus.Shape.Constraints)
        {
            conforms &= constraint.Check(focus);
            if (!conforms && (focus.IsSilent || IsFull)) return false;
        }

        return conforms;
    }

    /// <summary>Whether a node has a class, or one of its subclasses, as type.</summary>
    public bool IsInstance(int node, int @class)
    {
        // Where rules derive types, this settles it.
        if (graph.Contains(node, shapes.Type, @class)) return true;
        foreach (var type in graph.ObjectsOf(node, shapes.Type))
            if (_classes.SuperclassesOf(type).Contains(@class)) return true;
        return false;
    }

    /// <summary>The text of an IRI or literal; null for other terms.</summary>
    public string? TextOf(int term) =>
        graph.Terms.KindOf(term) is TermKind.Iri or TermKind.Literal ? Encoding.UTF8.GetString(graph.Terms.LexicalBytesOf(term)) : null;

    /// <summary>Adds a result.</summary>
    public void Report(in Focus focus, Constraint constraint, int value, string problem, PropertyPath? path, Fact? fact)
    {
        if (focus.Results is null || IsFull) return;
        var shape = focus.Shape;
        path ??= shape.Path;
        focus.Results.Add(new ValidationResult(path)
        {
            FocusNode = graph.Terms[focus.Node],
            Path = path is null ? null : DescriptionOf(path),
            Value = value == 0 ? null : graph.Terms[value],
            SourceShape = shape.Node,
            Component = constraint.Component,
            Severity = shape.Severity,
            Messages = shape.Messages.Count > 0 ? shape.Messages : [new Literal(problem)],
            ShapeSource = shape.Source,
            ValueSource = SourceOf(fact ?? FactAt(focus.Node, path, value)),
        });
    }

    private ValidationReport Report() => new(_results, IsFull, graph.Terms);

    private string DescriptionOf(PropertyPath path)
    {
        if (path is PredicatePath { IsInverse: false } predicate) return graph.Terms[predicate.Predicate].ToString()!;
        var triples = new List<Triple>();
        var count = 0;
        path.Describe(graph.Terms, triples, () => new BlankNode($"p{count++}"));
        return string.Join(" . ", triples);
    }

    /// <summary>The fact by which a path of one property finds a value.</summary>
    private static Fact? FactAt(int node, PropertyPath? path, int value) => path switch
    {
        _ when value == 0 => null,
        PredicatePath { IsInverse: true } inverse => new Fact(value, inverse.Predicate, node),
        PredicatePath forward => new Fact(node, forward.Predicate, value),
        _ => null,
    };

    private FactSource? SourceOf(Fact? fact)
    {
        if (fact is not { } f || !graph.TryLocate(f.Subject, f.Predicate, f.Object, out var relation, out var row)) return null;
        var origin = relation.OriginOf(row);
        return KnowledgeGraph.IsDerived(origin) ? null : graph.SourceOf(origin, relation.StampOf(row));
    }

    private void AddTargets(in ShapeTarget target, NodeSet nodes)
    {
        switch (target.Kind)
        {
            case TargetKind.Node:
                nodes.Add(target.Term);
                break;
            case TargetKind.Class:
                var classes = new NodeSet { target.Term };
                for (var i = 0; i < classes.Count; i++)
                {
                    foreach (var fact in graph.Match(0, shapes.Type, classes[i])) nodes.Add(fact.Subject);
                    foreach (var fact in graph.Match(0, shapes.SubClassOf, classes[i])) classes.Add(fact.Subject);
                }

                break;
            case TargetKind.SubjectsOf:
                foreach (var fact in graph.Match(0, target.Term)) nodes.Add(fact.Subject);
                break;
            default:
                foreach (var fact in graph.Match(0, target.Term)) nodes.Add(fact.Object);
                break;
        }
    }

    /// <summary>Adds the shapes that a node is a target of, each once.</summary>
    private void AddShapesAbout(int node, List<Shape> about)
    {
        AddNew(shapes.AboutNode(node), about);
        if (graph.Terms.KindOf(node) is TermKind.Iri or TermKind.BlankNode)
        {
            foreach (var type in graph.ObjectsOf(node, shapes.Type))
            {
                AddNew(shapes.AboutClass(type), about);
                foreach (var superclass in _classes.SuperclassesOf(type)) AddNew(shapes.AboutClass(superclass), about);
            }
        }

        foreach (var target in shapes.AboutProperties)
        {
            var facts = target.Kind == TargetKind.SubjectsOf ? graph.Match(node, target.Term) : graph.Match(0, target.Term, node);
            if (facts.Any()) AddNew([target.Shape], about);
        }
    }

    private static void AddNew(ReadOnlySpan<Shape> shapes, List<Shape> about)
    {
        foreach (var shape in shapes)
            if (!about.Contains(shape)) about.Add(shape);
    }
}
