using Reasoner.Knowledge;
using Reasoner.Rdf;

namespace Reasoner.Shapes;

/// <summary>A SHACL property path: which nodes are reached from a node.</summary>
internal abstract class PropertyPath
{
    /// <summary>Adds the nodes reached from a node to a list, each once; nodes that are in the list already stay out.</summary>
    public abstract void Follow(KnowledgeGraph graph, int node, NodeSet reached);

    /// <summary>The same path walked the other way.</summary>
    public abstract PropertyPath Inverted();

    /// <summary>The node that stands for the path in RDF; what it needs is added to the triples.</summary>
    public abstract Term Describe(TermDictionary terms, ICollection<Triple> triples, Func<BlankNode> fresh);

    private protected static Term Node(string property, Term value, ICollection<Triple> triples, Func<BlankNode> fresh)
    {
        var node = fresh();
        triples.Add(new Triple(node, ShaclVocabulary.Of(property), value));
        return node;
    }

    private protected static Term List(IEnumerable<Term> items, ICollection<Triple> triples, Func<BlankNode> fresh)
    {
        Term rest = RdfVocabulary.Nil;
        foreach (var item in items.Reverse())
        {
            var cell = fresh();
            triples.Add(new Triple(cell, RdfVocabulary.First, item));
            triples.Add(new Triple(cell, RdfVocabulary.Rest, rest));
            rest = cell;
        }

        return rest;
    }
}

/// <summary>One property, forwards or backwards.</summary>
internal sealed class PredicatePath(int predicate, bool isInverse = false) : PropertyPath
{
    public int Predicate { get; } = predicate;

    public bool IsInverse { get; } = isInverse;

    public override void Follow(KnowledgeGraph graph, int node, NodeSet reached)
    {
        if (IsInverse)
        {
            foreach (var fact in graph.Match(0, Predicate, node)) reached.Add(fact.Subject);
            return;
        }

        // Nearly all paths of nearly all shapes: without an enumerator between.
        if (graph.BaseRelation(Predicate) is { } inherited) Follow(inherited, graph.HiddenRows(Predicate), node, reached);
        if (graph.OwnRelation(Predicate) is { } own) Follow(own, null, node, reached);
    }

    private static void Follow(Relation relation, IReadOnlySet<int>? hidden, int node, NodeSet reached)
    {
        for (var row = relation.FirstBySubject(node); row >= 0; row = relation.NextBySubject(row))
            if (hidden?.Contains(row) != true) reached.Add(relation.Objects[row]);
    }

    public override PropertyPath Inverted() => new PredicatePath(Predicate, !IsInverse);

    public override Term Describe(TermDictionary terms, ICollection<Triple> triples, Func<BlankNode> fresh) =>
        IsInverse ? Node("inversePath", terms[Predicate], triples, fresh) : terms[Predicate];
}

/// <summary>Paths one after the other.</summary>
internal sealed class SequencePath(IReadOnlyList<PropertyPath> parts) : PropertyPath
{
    public override void Follow(KnowledgeGraph graph, int node, NodeSet reached)
    {
        var from = new NodeSet { node };
        for (var i = 0; i < parts.Count - 1; i++)
        {
            var next = new NodeSet();
            foreach (var each in from) parts[i].Follow(graph, each, next);
            from = next;
        }

        foreach (var each in from) parts[^1].Follow(graph, each, reached);
    }

    public override PropertyPath Inverted() => new SequencePath([.. parts.Reverse().Select(part => part.Inverted())]);

    public override Term Describe(TermDictionary terms, ICollection<Triple> triples, Func<BlankNode> fresh) =>
        List([.. parts.Select(part => part.Describe(terms, triples, fresh))], triples, fresh);
}

/// <summary>Any of several paths.</summary>
internal sealed class AlternativePath(IReadOnlyList<PropertyPath> parts) : PropertyPath
{
    public override void Follow(KnowledgeGraph graph, int node, NodeSet reached)
    {
        foreach (var part in parts) part.Follow(graph, node, reached);
    }

    public override PropertyPath Inverted() => new AlternativePath([.. parts.Select(part => part.Inverted())]);

    public override Term Describe(TermDictionary terms, ICollection<Triple> triples, Func<BlankNode> fresh) =>
        Node("alternativePath", List([.. parts.Select(part => part.Describe(terms, triples, fresh))], triples, fresh), triples, fresh);
}

/// <summary>A path zero times or once, zero or more times, or one or more times.</summary>
internal sealed class RepeatedPath(PropertyPath part, bool mayBeNone, bool mayBeMany) : PropertyPath
{
    public override void Follow(KnowledgeGraph graph, int node, NodeSet reached)
    {
        // A set of its own: what other paths reached before must not stop the walk.
        var walked = new NodeSet();
        if (mayBeNone) walked.Add(node);
        part.Follow(graph, node, walked);
        if (mayBeMany)
        {
            for (var i = 0; i < walked.Count; i++)
                if (walked[i] != node || !mayBeNone) part.Follow(graph, walked[i], walked);
        }

        foreach (var each in walked) reached.Add(each);
    }

    public override PropertyPath Inverted() => new RepeatedPath(part.Inverted(), mayBeNone, mayBeMany);

    public override Term Describe(TermDictionary terms, ICollection<Triple> triples, Func<BlankNode> fresh)
    {
        var property = (mayBeNone, mayBeMany) switch
        {
            (true, false) => "zeroOrOnePath",
            (true, true) => "zeroOrMorePath",
            _ => "oneOrMorePath",
        };
        return Node(property, part.Describe(terms, triples, fresh), triples, fresh);
    }
}
