using System.Collections.Immutable;
using Reasoner.Knowledge;
using Reasoner.Rdf;
using Reasoner.Rules;

namespace Reasoner.Inference;

/// <summary>Finds what was probably meant by a fact that does not hold.</summary>
internal static class NearMisses
{
    private const int MaximumFacts = 3;
    private const int MaximumTerms = 500_000;

    public static ImmutableArray<NearMiss> Of(Materialization materialization, Triple triple, CancellationToken cancellation)
    {
        var graph = materialization.Graph;
        var inRules = materialization.Program.RuleSet.Rules.SelectMany(ConstantsOf).ToHashSet();
        var misses = ImmutableArray.CreateBuilder<NearMiss>();
        if (triple.Predicate is Iri predicate)
        {
            var predicates = graph.Predicates.Where(id => graph.Match(0, id).Any()).Select(id => graph.Terms[id]).OfType<Iri>()
                .Concat(materialization.Program.RuleSet.Rules.SelectMany(rule => rule.Head).Select(template => (template.Predicate as ConstantTerm)?.Term).OfType<Iri>())
                .ToHashSet();
            if (!predicates.Contains(predicate)) misses.Add(new NearMiss(predicate, Nearest(predicate, predicates), null));
        }

        foreach (var term in new[] { triple.Subject, triple.Object })
        {
            if (term is Iri iri && !inRules.Contains(iri) && !IsMentioned(graph, iri)) misses.Add(new NearMiss(iri, Nearest(iri, Mentioned(graph, iri, cancellation)), null));
        }

        var (s, p) = (graph.Terms.Find(triple.Subject), graph.Terms.Find(triple.Predicate));
        if (s != 0 && p != 0) misses.AddRange(graph.Match(s, p).Take(MaximumFacts).Select(fact => new NearMiss(null, null, graph.ToTriple(fact))));
        return misses.ToImmutable();
    }

    private static bool IsMentioned(KnowledgeGraph graph, Iri iri)
    {
        var id = graph.Terms.Find(iri);
        return id != 0 && (graph.Match(id).Any() || graph.Match(0, 0, id).Any() || graph.Match(0, id).Any());
    }

    /// <summary>IRIs of the same namespace that facts mention. Numbers of terms are looked through to a limit.</summary>
    private static IEnumerable<Iri> Mentioned(KnowledgeGraph graph, Iri like, CancellationToken cancellation)
    {
        var ns = System.Text.Encoding.UTF8.GetBytes(NamespaceOf(like.Value));
        for (var id = 1; id <= Math.Min(graph.Terms.MaxId, MaximumTerms); id++)
        {
            if (id % 4096 == 0) cancellation.ThrowIfCancellationRequested();
            if (graph.Terms.KindOf(id) != TermKind.Iri || !graph.Terms.LexicalBytesOf(id).StartsWith(ns)) continue;
            var iri = (Iri)graph.Terms[id];
            if (iri != like && IsMentioned(graph, iri)) yield return iri;
        }
    }

    // The same namespace first; a name of another namespace only where the local name is the same.
    private static Iri? Nearest(Iri name, IEnumerable<Iri> known)
    {
        var ns = NamespaceOf(name.Value);
        var local = name.Value[ns.Length..];
        var all = known.ToList();
        var near = NearestName.Find(local, all.Where(each => NamespaceOf(each.Value) == ns).Select(each => each.Value[ns.Length..]));
        if (near is not null) return new Iri(ns + near);
        return all.Where(each => string.Equals(each.Value[NamespaceOf(each.Value).Length..], local, StringComparison.OrdinalIgnoreCase)).Min();
    }

    private static IEnumerable<Term> ConstantsOf(Rule rule) => rule.Head
        .Concat(rule.Body.Patterns())
        .SelectMany(pattern => pattern.Terms).OfType<ConstantTerm>().Select(constant => constant.Term);

    private static string NamespaceOf(string iri) => iri[..(iri.AsSpan().LastIndexOfAny('#', '/', ':') + 1)];
}
