using System.Collections.Immutable;
using Reasoner.Knowledge;
using Reasoner.Rdf;

namespace Reasoner.Decisions;

/// <summary>Triples that stand or fall together: one alone, or several that share blank nodes, which stand for anything.</summary>
internal sealed record ExpectedFacts(ImmutableArray<Triple> Triples, SourcePosition Position)
{
    /// <summary>Whether the group is a triple without blank nodes.</summary>
    public bool IsGround => Triples is [var triple] && !BlankNodesOf(triple).Any();

    /// <summary>The triples of a file, those that share a blank node together, in the file's order.</summary>
    public static ImmutableArray<ExpectedFacts> Of(RdfDocument document, string file)
    {
        var groups = new List<(List<int> Members, HashSet<BlankNode> Nodes)>();
        for (var i = 0; i < document.Triples.Count; i++)
        {
            var nodes = BlankNodesOf(document.Triples[i]).ToHashSet();
            var linked = groups.Where(group => group.Nodes.Overlaps(nodes)).ToList();
            groups.RemoveAll(linked.Contains);
            groups.Add(([.. linked.SelectMany(group => group.Members).Order(), i], [.. linked.SelectMany(group => group.Nodes), .. nodes]));
        }

        return
        [
            .. groups.OrderBy(group => group.Members[0]).Select(group => new ExpectedFacts(
                [.. group.Members.Select(i => document.Triples[i])], new SourcePosition(file, document.Lines[group.Members[0]], 1))),
        ];
    }

    /// <summary>The facts that match, one for each triple; null where nothing does. Literals match by term, else by value.</summary>
    public ImmutableArray<Fact>? FindIn(KnowledgeGraph graph, CancellationToken cancellation)
    {
        var found = new Fact[Triples.Length];
        return Search(graph, 0, [], found, cancellation) ? [.. found] : null;
    }

    /// <summary>The triples as the rules would write them.</summary>
    public string Write(IReadOnlyDictionary<string, string> prefixes) =>
        string.Join(" . ", Triples.Select(triple => Names.Write(triple, prefixes)));

    private bool Search(KnowledgeGraph graph, int next, Dictionary<BlankNode, int> nodes, Fact[] found, CancellationToken cancellation)
    {
        if (next == Triples.Length) return true;
        var triple = Triples[next];
        var (s, p, o) = (IdOf(triple.Subject), IdOf(triple.Predicate), IdOf(triple.Object));
        var byValue = o < 0 && triple.Object is Literal;
        if (s < 0 || p < 0 || (o < 0 && !byValue)) return false;
        foreach (var fact in Candidates())
        {
            cancellation.ThrowIfCancellationRequested();
            var bound = new List<BlankNode>(2);
            if (Bind(triple.Subject, fact.Subject, bound) && Bind(triple.Object, fact.Object, bound))
            {
                found[next] = fact;
                if (Search(graph, next + 1, nodes, found, cancellation)) return true;
            }

            foreach (var node in bound) nodes.Remove(node);
        }

        return false;

        // The term itself first; where it is a literal and does not stand there, another that has its value.
        IEnumerable<Fact> Candidates()
        {
            if (!byValue)
            {
                var exact = false;
                foreach (var fact in graph.Match(s, p, o))
                {
                    exact = true;
                    yield return fact;
                }

                if (exact || triple.Object is not Literal) yield break;
            }

            var value = Value.Of(triple.Object);
            foreach (var fact in graph.Match(s, p))
                if (Value.AreEqual(graph.Terms.ValueOf(fact.Object), value) == true) yield return fact;
        }

        int IdOf(Term term)
        {
            if (term is BlankNode node) return nodes.GetValueOrDefault(node);
            var id = graph.Terms.Find(term);
            return id == 0 ? -1 : id;
        }

        bool Bind(Term term, int id, List<BlankNode> bound)
        {
            if (term is not BlankNode node) return true;
            if (nodes.TryGetValue(node, out var known)) return known == id;
            nodes.Add(node, id);
            bound.Add(node);
            return true;
        }
    }

    private static IEnumerable<BlankNode> BlankNodesOf(Triple triple) => new[] { triple.Subject, triple.Object }.OfType<BlankNode>();
}
