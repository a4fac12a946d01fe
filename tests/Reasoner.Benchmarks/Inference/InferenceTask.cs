using System.Globalization;

namespace Reasoner.Benchmarks;

/// <summary>A data set and rules; programs take it in their own notations, files named NAME.EXTENSION.</summary>
/// <param name="Name">Its name, as the generators beside the repository know it.</param>
/// <param name="Description">What it is.</param>
/// <param name="Write">Writes its inputs, where this program can make them; else they come from the generators only.</param>
internal sealed record InferenceTask(string Name, string Description, Action<string>? Write)
{
    private const string Prefix = "urn:benchmark:";
    private const string Type = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type";

    public static IReadOnlyList<InferenceTask> All { get; } =
    [
        new("a1", "transitive closure, random graph, 2,000 nodes, 6,000 edges", path => WriteClosure(path, RandomEdges(2000, 6000, 11))),
        new("a2", "transitive closure, chain of 2,000", path => WriteClosure(path, Enumerable.Range(0, 1999).Select(i => (i, i + 1)))),
        new("a3", "transitive closure, layered graph of 32,767 nodes", path => WriteClosure(path, LayeredEdges(15))),
        new("b1000-rules", "deep taxonomy, 1,000 rules of three heads", path => WriteTaxonomy(path, 1000)),
        new("b10000-rules", "deep taxonomy, 10,000 rules of three heads", path => WriteTaxonomy(path, 10_000)),
        new("b100000-rules", "deep taxonomy, 100,000 rules of three heads", path => WriteTaxonomy(path, 100_000)),
        new("b100000-facts", "deep taxonomy, 300,000 facts, one rule", null),
        new("c1", "university, 101,937 triples, 49 rules", null),
        new("c5", "universities, 642,301 triples, 49 rules", null),
        new("lubm1", "LUBM(1), 100,543 triples, and its ontology under OWL 2 RL", Lubm.WriteTask),
    ];

    /// <summary>Notes how many facts a task gives, and how many follow where that is known.</summary>
    public static void WriteMeta(string path, long given, long? derived = null) =>
        File.WriteAllText(path + ".meta", string.Create(CultureInfo.InvariantCulture, $"{given} {(derived is { } count ? count : "-")}\n"));

    private static IEnumerable<(int From, int To)> RandomEdges(int nodes, int edges, int seed)
    {
        var random = new Random(seed);
        var known = new HashSet<(int, int)>();
        while (known.Count < edges)
        {
            var edge = (From: random.Next(nodes), To: random.Next(nodes));
            if (edge.From != edge.To && known.Add(edge)) yield return edge;
        }
    }

    /// <summary>A complete binary tree whose nodes also point at their right neighbour's first child: many second derivations.</summary>
    private static IEnumerable<(int From, int To)> LayeredEdges(int levels)
    {
        for (var level = 0; level < levels - 1; level++)
        {
            var (width, first, next) = (1 << level, (1 << level) - 1, (1 << (level + 1)) - 1);
            for (var k = 0; k < width; k++)
                foreach (var child in new SortedSet<int> { 2 * k, (2 * k) + 1, ((2 * k) + 2) % (2 * width) })
                    yield return (first + k, next + child);
        }
    }

    private static void WriteClosure(string path, IEnumerable<(int From, int To)> edges)
    {
        var all = edges.ToList();
        WriteMeta(path, all.Count);
        File.WriteAllLines(path + ".nt", all.Select(e => $"<{Prefix}n{e.From}> <{Prefix}edge> <{Prefix}n{e.To}> ."));
        File.WriteAllText(
            path + ".srl",
            $"PREFIX : <{Prefix}>\nRULE {{ ?x :path ?y }} WHERE {{ ?x :edge ?y }}\nRULE {{ ?x :path ?z }} WHERE {{ ?x :path ?y . ?y :edge ?z }}\n");
        File.WriteAllLines(
            path + ".lp",
            all.Select(e => $"edge(n{e.From},n{e.To}).").Append("path(X,Y) :- edge(X,Y).").Append("path(X,Z) :- path(X,Y), edge(Y,Z)."));
        var nodes = all.Max(e => Math.Max(e.From, e.To)) + 1;
        File.WriteAllLines(
            path + ".datalog",
            all.Select(e => string.Create(CultureInfo.InvariantCulture, $"edge({e.From},{e.To})."))
                .Prepend($"S {nodes}\n\nedge(x: S, y: S) input\npath(x: S, y: S) printtuples\n")
                .Append("path(x,y) :- edge(x,y).\npath(x,z) :- path(x,y), edge(y,z)."));
    }

    private static void WriteTaxonomy(string path, int rules)
    {
        WriteMeta(path, given: 1, derived: 3 * rules);
        File.WriteAllText(path + ".nt", $"<{Prefix}i> <{Type}> <{Prefix}N0> .\n");
        File.WriteAllLines(
            path + ".srl",
            Enumerable.Range(0, rules)
                .Select(k => $"RULE {{ ?x a :N{k + 1} . ?x a :I{k + 1} . ?x a :J{k + 1} }} WHERE {{ ?x a :N{k} }}")
                .Prepend($"PREFIX : <{Prefix}>"));
        File.WriteAllLines(
            path + ".lp",
            Enumerable.Range(0, rules).SelectMany(k => new[] { "n", "i", "j" }.Select(c => $"{c}{k + 1}(X) :- n{k}(X).")).Prepend("n0(i)."));
    }
}
