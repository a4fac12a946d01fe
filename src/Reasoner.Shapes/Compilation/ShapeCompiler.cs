using System.Text.RegularExpressions;
using Reasoner.Knowledge;
using Reasoner.Rdf;
using Reasoner.Rules;

namespace Reasoner.Shapes;

/// <summary>Compiles a graph's shapes (SHACL, sections 2 to 4).</summary>
internal sealed class ShapeCompiler
{
    private const int MaxDepth = 64;

    private readonly KnowledgeGraph _graph;
    private readonly TermDictionary _terms;
    private readonly ICollection<Diagnostic> _diagnostics;
    private readonly ShapeGraphReader _read;
    private readonly Dictionary<int, Shape> _shapes = [];
    private readonly Stack<int> _open = [];

    public ShapeCompiler(KnowledgeGraph graph, TermDictionary terms, ICollection<Diagnostic> diagnostics)
    {
        (_graph, _terms, _diagnostics) = (graph, terms, diagnostics);
        _read = new ShapeGraphReader(graph);
    }

    /// <summary>Compiles every shape that has a target or is declared.</summary>
    public ShapeSet Compile()
    {
        var targets = new List<ShapeTarget>();
        foreach (var node in Roots())
        {
            if (ShapeAt(node) is not { } shape) continue;
            AddTargets(node, shape, targets, TargetKind.Node, "targetNode");
            AddTargets(node, shape, targets, TargetKind.Class, "targetClass");
            AddTargets(node, shape, targets, TargetKind.SubjectsOf, "targetSubjectsOf");
            AddTargets(node, shape, targets, TargetKind.ObjectsOf, "targetObjectsOf");
            if (IsClass(node)) targets.Add(new ShapeTarget(shape, TargetKind.Class, Translated(node)));
        }

        return new ShapeSet(_terms, targets, _shapes.Count);
    }

    private SortedSet<int> Roots()
    {
        var roots = new SortedSet<int>();
        foreach (var property in (string[])["targetNode", "targetClass", "targetSubjectsOf", "targetObjectsOf"])
            foreach (var fact in _read.Facts(property)) roots.Add(fact.Subject);
        foreach (var type in (Iri[])[ShaclVocabulary.NodeShape, ShaclVocabulary.PropertyShape])
            foreach (var node in _read.Instances(type)) roots.Add(node);
        return roots;
    }

    private void AddTargets(int node, Shape shape, List<ShapeTarget> targets, TargetKind kind, string property)
    {
        foreach (var target in _read.Values(node, property)) targets.Add(new ShapeTarget(shape, kind, Translated(target)));
    }

    private bool IsClass(int node) => _read.IsInstance(node, ShaclVocabulary.Class) || _read.IsInstance(node, ShaclVocabulary.OwlClass);

    /// <summary>The shape of a node; null after a report where it is recursive or nested too deep.</summary>
    private Shape? ShapeAt(int node)
    {
        if (_open.Contains(node))
        {
            Report(node, "SHC0001", $"the shape {_graph.Terms[node]} refers to itself; recursive shapes are not supported: break the circle");
            return null;
        }

        if (_shapes.TryGetValue(node, out var known)) return known;
        if (_open.Count >= MaxDepth)
        {
            Report(node, "SHC0002", $"shapes are nested more than {MaxDepth} deep; flatten them");
            return null;
        }

        _open.Push(node);
        var shape = new Shape { Node = _graph.Terms[node], Source = _read.SourceOf(node) };
        _shapes.Add(node, shape);
        try
        {
            Fill(node, shape);
        }
        catch (ShapeFormatException problem)
        {
            // One ill-formed shape says nothing about the others.
            Report(node, "SHC0003", $"{problem.Message} in the shape {shape.Node}");
        }

        _open.Pop();
        return shape;
    }

    private void Fill(int node, Shape shape)
    {
        if (_read.Optional(node, "path") is { } path)
            shape.Path = new PathCompiler(_graph, _read, Translated).Compile(path);
        else if (_read.IsInstance(node, ShaclVocabulary.PropertyShape))
            throw new ShapeFormatException("a property shape needs exactly one sh:path; it is missing");
        if (_read.Optional(node, "severity") is { } severity)
            shape.Severity = _graph.Terms[severity] as Iri ?? throw new ShapeFormatException("sh:severity is an IRI");
        shape.Messages = [.. _read.Values(node, "message").Select(m => _graph.Terms[m]).OfType<Literal>().Order()];
        shape.IsDeactivated = _read.Flag(node, "deactivated");
        AddValueTypes(node, shape);
        AddCardinality(node, shape);
        AddRanges(node, shape);
        AddStrings(node, shape);
        AddPropertyPairs(node, shape);
        AddLogic(node, shape);
        AddShapes(node, shape);
        AddOthers(node, shape);
    }

    private void AddValueTypes(int node, Shape shape)
    {
        foreach (var @class in _read.Values(node, "class")) shape.Constraints.Add(new ClassConstraint(Translated(@class)));
        if (_read.Optional(node, "datatype") is { } datatype)
            shape.Constraints.Add(new DatatypeConstraint(_graph.Terms[datatype] as Iri ?? throw new ShapeFormatException("sh:datatype is an IRI"), Translated(datatype)));
        if (_read.Optional(node, "nodeKind") is not { } kind) return;
        var name = NodeKindConstraint.Kinds.FirstOrDefault(k => ShaclVocabulary.Of(k).Equals(_graph.Terms[kind]))
            ?? throw new ShapeFormatException($"{_graph.Terms[kind]} is not a node kind; use sh:{string.Join(", sh:", NodeKindConstraint.Kinds)}");
        shape.Constraints.Add(new NodeKindConstraint(name));
    }

    private void AddCardinality(int node, Shape shape)
    {
        if (_read.Number(node, "minCount") is { } least) shape.Constraints.Add(new CardinalityConstraint(OfProperty(shape, least, "minCount"), isLeast: true));
        if (_read.Number(node, "maxCount") is { } most) shape.Constraints.Add(new CardinalityConstraint(OfProperty(shape, most, "maxCount"), isLeast: false));
    }

    private void AddRanges(int node, Shape shape)
    {
        foreach (var (name, isLeast, isInclusive) in s_ranges)
        {
            foreach (var bound in _read.Values(node, name))
            {
                var value = _graph.Terms.ValueOf(bound);
                if (Value.Compare(value, value) == ValueOrder.Incomparable) throw new ShapeFormatException($"{_graph.Terms[bound]} has no order, so it cannot be sh:{name}");
                shape.Constraints.Add(new RangeConstraint(value, isLeast, isInclusive));
            }
        }
    }

    private static readonly (string Name, bool IsLeast, bool IsInclusive)[] s_ranges =
        [("minInclusive", true, true), ("minExclusive", true, false), ("maxInclusive", false, true), ("maxExclusive", false, false)];

    private void AddStrings(int node, Shape shape)
    {
        if (_read.Number(node, "minLength") is { } least) shape.Constraints.Add(new LengthConstraint(least, isLeast: true));
        if (_read.Number(node, "maxLength") is { } most) shape.Constraints.Add(new LengthConstraint(most, isLeast: false));
        var flags = _read.Optional(node, "flags") is { } f ? _read.TextOf(f) : "";
        foreach (var pattern in _read.Values(node, "pattern")) shape.Constraints.Add(new PatternConstraint(RegexOf(_read.TextOf(pattern), flags)));
        if (_read.Optional(node, "languageIn") is { } languages)
            shape.Constraints.Add(new LanguageInConstraint([.. _read.List(languages).Select(_read.TextOf)]));

        // The suite takes true here as a term: 1, the other way to write it, asks for nothing.
        if (_read.Optional(node, "uniqueLang") is { } unique && _graph.Terms[unique].Equals(new Literal("true", Xsd.Boolean)))
        {
            if (shape.Path is null) throw new ShapeFormatException("sh:uniqueLang belongs in a property shape");
            shape.Constraints.Add(new UniqueLanguageConstraint());
        }
    }

    private static Regex RegexOf(string pattern, string flags)
    {
        // Without backtracking no text can make a pattern slow; it has no back references or look-around.
        var options = RegexOptions.CultureInvariant | RegexOptions.NonBacktracking;
        foreach (var flag in flags)
        {
            options |= flag switch
            {
                'i' => RegexOptions.IgnoreCase,
                's' => RegexOptions.Singleline,
                'm' => RegexOptions.Multiline,
                'x' => RegexOptions.IgnorePatternWhitespace,
                'q' => RegexOptions.None,
                _ => throw new ShapeFormatException($"'{flag}' is not a flag of sh:pattern; i, s, m, x and q are"),
            };
        }

        try
        {
            return new Regex(flags.Contains('q', StringComparison.Ordinal) ? Regex.Escape(pattern) : pattern, options);
        }
        catch (Exception problem) when (problem is ArgumentException or NotSupportedException)
        {
            throw new ShapeFormatException($"the pattern '{pattern}' is not a supported regular expression; look-around and back references are not");
        }
    }

    private void AddPropertyPairs(int node, Shape shape)
    {
        foreach (var other in _read.Values(node, "equals")) shape.Constraints.Add(new EqualsConstraint(Translated(other)));
        foreach (var other in _read.Values(node, "disjoint")) shape.Constraints.Add(new DisjointConstraint(Translated(other)));
        foreach (var other in _read.Values(node, "lessThan")) shape.Constraints.Add(new LessThanConstraint(OfProperty(shape, Translated(other), "lessThan"), orEquals: false));
        foreach (var other in _read.Values(node, "lessThanOrEquals"))
            shape.Constraints.Add(new LessThanConstraint(OfProperty(shape, Translated(other), "lessThanOrEquals"), orEquals: true));
    }

    private static int OfProperty(Shape shape, int parameter, string name) =>
        shape.Path is null ? throw new ShapeFormatException($"sh:{name} belongs in a property shape") : parameter;

    private void AddLogic(int node, Shape shape)
    {
        foreach (var other in _read.Values(node, "not"))
            if (ShapeAt(other) is { } negated) shape.Constraints.Add(new NotConstraint(negated));
        foreach (var (name, combination) in (ReadOnlySpan<(string, Combination)>)[("and", Combination.And), ("or", Combination.Or), ("xone", Combination.Xone)])
        {
            foreach (var list in _read.Values(node, name))
                shape.Constraints.Add(new CombinationConstraint(combination, [.. _read.List(list).Select(ShapeAt).OfType<Shape>()]));
        }
    }

    private void AddShapes(int node, Shape shape)
    {
        foreach (var other in _read.Values(node, "node"))
            if (ShapeAt(other) is { } required) shape.Constraints.Add(new NodeConstraint(required));
        foreach (var property in _read.Values(node, "property"))
        {
            if (_read.Optional(property, "path") is null) throw new ShapeFormatException($"{_graph.Terms[property]}, the value of sh:property, has no sh:path");
            if (ShapeAt(property) is { } required) shape.Constraints.Add(new PropertyConstraint(required));
        }

        foreach (var qualified in _read.Values(node, "qualifiedValueShape"))
        {
            if (ShapeAt(qualified) is not { } required) continue;
            var siblings = _read.Flag(node, "qualifiedValueShapesDisjoint") ? SiblingsOf(node, qualified) : [];
            if (_read.Number(node, "qualifiedMinCount") is { } least) shape.Constraints.Add(new QualifiedConstraint(required, siblings, least, isLeast: true));
            if (_read.Number(node, "qualifiedMaxCount") is { } most) shape.Constraints.Add(new QualifiedConstraint(required, siblings, most, isLeast: false));
        }
    }

    /// <summary>The qualified value shapes of the other property shapes under the same parents (SHACL, section 4.7.3).</summary>
    private List<Shape> SiblingsOf(int node, int qualified)
    {
        var siblings = new SortedSet<int>();
        foreach (var parent in _read.Facts("property").Where(fact => fact.Object == node))
            foreach (var property in _read.Values(parent.Subject, "property"))
                foreach (var other in _read.Values(property, "qualifiedValueShape"))
                    if (other != qualified) siblings.Add(other);
        return [.. siblings.Select(ShapeAt).OfType<Shape>()];
    }

    private void AddOthers(int node, Shape shape)
    {
        if (_read.Flag(node, "closed"))
        {
            var allowed = new HashSet<int>();
            foreach (var property in _read.Values(node, "property"))
            {
                var path = _read.Optional(property, "path");
                if (path is not null && _graph.Terms.KindOf(path.Value) == TermKind.Iri) allowed.Add(Translated(path.Value));
            }

            if (_read.Optional(node, "ignoredProperties") is { } ignored)
                foreach (var property in _read.List(ignored)) allowed.Add(Translated(property));
            shape.Constraints.Add(new ClosedConstraint(allowed));
        }

        foreach (var value in _read.Values(node, "hasValue")) shape.Constraints.Add(new HasValueConstraint(Translated(value)));
        foreach (var list in _read.Values(node, "in")) shape.Constraints.Add(new InConstraint(_read.List(list).Select(Translated).ToHashSet()));
    }

    /// <summary>The id that a term of the shapes has among the data's.</summary>
    private int Translated(int term) => _graph.Terms == _terms ? term : _terms.Add(_graph.Terms[term]);

    private void Report(int node, string code, string message)
    {
        var position = _read.SourceOf(node) is { } source ? new SourcePosition(source.Document.Name, source.Place, 0) : new SourcePosition("shapes", 0, 0);
        _diagnostics.Add(new Diagnostic(position, Severity.Error, code, message));
    }
}
