using System.Collections.Immutable;
using Reasoner.Knowledge;
using Reasoner.Rdf;

namespace Reasoner.Decisions;

/// <summary>Where a protected value was found: a property of the subject, or of a node that the subject refers to.</summary>
/// <param name="Step">The property to that node; null where the subject has the value itself.</param>
/// <param name="Attribute">The protected property, or class.</param>
internal sealed record ProtectedPath(Iri? Step, Iri Attribute);

/// <summary>
/// Reads the protected attributes off a case's facts, to measure outcomes by them. Nothing that decides may call it, and a test
/// holds decisions against cases whose protected values are others.
/// </summary>
internal sealed class ProtectedValues
{
    private readonly ImmutableArray<(Iri Term, int Id, bool IsClass)> _attributes;
    private readonly int _type;

    public ProtectedValues(Domain domain)
    {
        var terms = domain.Baseline.Graph.Terms;
        _attributes = [.. ProtectedTerms.Of(domain).Select(each => (each.Term, terms.Find(each.Term), each.IsClass)).Where(each => each.Item2 != 0)];
        _type = domain.Terms.Type;
    }

    /// <summary>Whether the domain protects anything.</summary>
    public bool IsEmpty => _attributes.IsEmpty;

    /// <summary>Whether an attribute is a class, to be in which is its only value.</summary>
    public bool IsClass(Iri attribute) => _attributes.Any(each => each.Term == attribute && each.IsClass);

    /// <summary>The values by path. Of several on a path the smallest number, or the ordinally first term, counts.</summary>
    public IReadOnlyDictionary<ProtectedPath, Term> Read(KnowledgeGraph graph, int subject)
    {
        var values = new Dictionary<ProtectedPath, Term>();
        Collect(graph, null, subject, values);
        foreach (var fact in graph.Match(subject))
        {
            if (fact.Predicate != _type && graph.Terms[fact.Predicate] is Iri step && graph.Terms[fact.Object] is not Literal)
                Collect(graph, step, fact.Object, values);
        }

        return values;
    }

    private void Collect(KnowledgeGraph graph, Iri? step, int node, Dictionary<ProtectedPath, Term> values)
    {
        foreach (var (attribute, id, isClass) in _attributes)
        {
            if (isClass)
            {
                if (graph.Contains(node, _type, id)) values[new ProtectedPath(step, attribute)] = attribute;
                continue;
            }

            foreach (var value in graph.ObjectsOf(node, id))
            {
                var path = new ProtectedPath(step, attribute);
                var term = graph.Terms[value];
                if (!values.TryGetValue(path, out var other) || IsBefore(term, other)) values[path] = term;
            }
        }
    }

    private static bool IsBefore(Term term, Term other) =>
        Value.Of(term).TryGetDouble(out var number) && Value.Of(other).TryGetDouble(out var otherNumber)
            ? number < otherNumber
            : string.CompareOrdinal(term.ToString(), other.ToString()) < 0;
}
