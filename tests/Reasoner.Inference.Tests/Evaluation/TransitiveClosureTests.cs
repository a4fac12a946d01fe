using Reasoner.Knowledge;
using Reasoner.Rdf;

namespace Reasoner.Inference.Tests;

/// <summary>Closures large enough for every index to grow, held against a search of the graph.</summary>
public class TransitiveClosureTests
{
    private const string Rules = """
        PREFIX : <urn:>
        RULE { ?x :path ?y } WHERE { ?x :edge ?y }
        RULE { ?x :path ?z } WHERE { ?x :path ?y . ?y :edge ?z }
        """;

    [Theory]
    [InlineData(1, 400, 900)]
    [InlineData(2, 300, 1200)]
    [InlineData(3, 2000, 1900)]
    public void Closure_and_ranks_equal_a_breadth_first_search(int seed, int nodes, int edges)
    {
        var random = new Random(seed);
        var successors = new HashSet<int>[nodes];
        for (var i = 0; i < nodes; i++) successors[i] = [];
        for (var i = 0; i < edges; i++) successors[random.Next(nodes)].Add(random.Next(nodes));
        var triples = successors.SelectMany((targets, node) => targets.Select(target => Triple(node, "edge", target)));
        var graph = World.Materialize(World.Rules(Rules), triples).Graph;

        var path = graph.OwnRelation(graph.Terms.Find(new Iri("urn:path")))!;
        var expected = 0;
        for (var start = 0; start < nodes; start++)
        {
            foreach (var (node, distance) in Distances(successors, start))
            {
                var row = path.Find(IdOf(graph, start), IdOf(graph, node));
                Assert.True(row >= 0, $"{start} reaches {node}.");
                var first = path.Find(IdOf(graph, start), IdOf(graph, successors[start].First()));
                Assert.Equal(path.StampOf(first) + distance - 1, path.StampOf(row));
                expected++;
            }
        }

        Assert.Equal(expected, path.Count);
    }

    private static Dictionary<int, int> Distances(HashSet<int>[] successors, int start)
    {
        var distances = new Dictionary<int, int>();
        var reached = new Queue<(int Node, int Distance)>(successors[start].Select(node => (node, 1)));
        while (reached.TryDequeue(out var next))
        {
            if (!distances.TryAdd(next.Node, next.Distance)) continue;
            foreach (var node in successors[next.Node]) reached.Enqueue((node, next.Distance + 1));
        }

        return distances;
    }

    private static int IdOf(KnowledgeGraph graph, int node) => graph.Terms.Find(new Iri($"urn:n{node}"));

    private static Triple Triple(int subject, string predicate, int @object) =>
        new(new Iri($"urn:n{subject}"), new Iri("urn:" + predicate), new Iri($"urn:n{@object}"));
}
