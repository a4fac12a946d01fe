using Reasoner.Knowledge;
using Reasoner.Rdf;

namespace Reasoner.Inference.Tests;

/// <summary>Any number of threads gives the same rows in the same order, for the same reasons.</summary>
public class ParallelEvaluationTests
{
    private const string Closure = """
        PREFIX : <urn:>
        RULE { ?x :path ?y } WHERE { ?x :edge ?y }
        RULE { ?x :path ?z . ?z :reachedFrom ?x } WHERE { ?x :path ?y . ?y :edge ?z }
        RULE { ?x :mutual ?y . ?y :mutual ?x } WHERE { ?x :path ?y . ?y :path ?x }
        RULE { ?x :near ?z } WHERE { ?x :edge ?y . ?z :edge ?y }
        RULE { ?x :loop ?x } WHERE { ?x :path ?x }
        """;

    // Few enough nodes for the bits of close ids, many enough edges for threads.
    [Theory]
    [InlineData(400, 1200, 1)]
    [InlineData(20_000, 17_000, 1)]
    [InlineData(700, 2000, 977)]
    public void Threads_change_nothing(int nodes, int edges, int gap)
    {
        var one = Evaluate(nodes, edges, gap, threads: 1);
        foreach (var threads in (int[])[2, 5]) AssertSame(one, Evaluate(nodes, edges, gap, threads));
    }

    [Fact]
    public void Chunks_that_give_too_much_are_run_by_one_thread()
    {
        // Each chunk gives more facts than are kept.
        AssertSame(ThroughHub(600, World.Options with { Threads = 1 }), ThroughHub(600, World.Options with { Threads = 3 }));
    }

    [Fact]
    public void Memory_is_limited_where_threads_do_all_the_work()
    {
        var limit = Assert.Throws<EvaluationLimitException>(() => ThroughHub(20, World.Options with { Threads = 2, MaxMemoryBytes = 1 << 20 }));
        Assert.Contains("1 MiB of memory", limit.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Limits_and_cancellation_reach_every_thread()
    {
        var limit = Assert.Throws<EvaluationLimitException>(() => Evaluate(700, 2000, 1, threads: 2, World.Options with { MaxDerivedFacts = 100_000 }));
        Assert.Contains("100000 derived facts", limit.Message, StringComparison.Ordinal);
        Assert.Throws<EvaluationLimitException>(() => Evaluate(700, 2000, 1, threads: 2, World.Options with { MaxDuration = TimeSpan.FromMilliseconds(1) }));
        var memory = Assert.Throws<EvaluationLimitException>(() => Evaluate(700, 2000, 1, threads: 2, World.Options with { MaxMemoryBytes = 1 << 20 }));
        Assert.Contains("1 MiB of memory", memory.Message, StringComparison.Ordinal);
        Assert.Contains("rules.srl", memory.Message, StringComparison.Ordinal);
        Assert.Throws<OperationCanceledException>(() => Evaluate(700, 2000, 1, threads: 2, cancellation: new CancellationToken(canceled: true)));
    }

    [Fact]
    public void Without_recording_the_facts_are_the_same_and_nothing_can_be_proved()
    {
        var recorded = Evaluate(400, 1200, 1, threads: 1);
        var bare = Evaluate(400, 1200, 1, threads: 1, World.Options with { RecordProofs = false });

        Assert.Equal(recorded.DerivedFacts, bare.DerivedFacts);
        Assert.Equal(World.Print(recorded.Graph.Match(predicate: recorded.Graph.Terms.Find(new Iri("urn:mutual"))).Select(recorded.Graph.ToTriple)), World.Print(bare.Graph.Match(predicate: bare.Graph.Terms.Find(new Iri("urn:mutual"))).Select(bare.Graph.ToTriple)));
        Assert.Throws<ArgumentException>(() => new ProofBuilder(bare, new RuleNames(bare.Program.RuleSet)));
    }

    // One rule, one round: many nodes are joined with the successors of one that they all point at.
    private static Materialization ThroughHub(int successors, EvaluationOptions options)
    {
        var graph = new KnowledgeGraph();
        var source = new FactSource(World.Document, 1);
        for (var i = 0; i < 17_000; i++) graph.Assert(Node(i), new Iri("urn:a"), new Iri("urn:hub"), source);
        for (var i = 0; i < successors; i++) graph.Assert(new Iri("urn:hub"), new Iri("urn:b"), Node(i), source);

        // Facts beside these make the join start from the nodes.
        for (var i = 0; i < 18_000; i++) graph.Assert(Node(-1 - i), new Iri("urn:b"), Node(i), source);
        var rules = World.Rules("PREFIX : <urn:> RULE { ?x :all ?z } WHERE { ?x :a ?y . ?y :b ?z }");
        return Materializer.Materialize(RuleProgram.Compile(rules, graph), graph, options);
    }

    private static Materialization Evaluate(
        int nodes, int edges, int gap, int threads, EvaluationOptions? options = null, CancellationToken cancellation = default)
    {
        var random = new Random(7);
        var graph = new KnowledgeGraph();

        // Other terms between the nodes' ids spread them.
        for (var i = 0; i < nodes; i++)
        {
            graph.Terms.Add(Node(i));
            for (var other = 1; other < Math.Min(gap, 50); other++) graph.Terms.Add(new Iri($"urn:between{i}-{other}"));
        }

        for (var i = 0; i < edges; i++)
            graph.Assert(Node(random.Next(nodes)), new Iri("urn:edge"), Node(random.Next(nodes)), new FactSource(World.Document, i));
        return Materializer.Materialize(
            RuleProgram.Compile(World.Rules(Closure), graph), graph, (options ?? World.Options) with { Threads = threads }, cancellation);
    }

    private static void AssertSame(Materialization one, Materialization other)
    {
        Assert.Equal(one.DerivedFacts, other.DerivedFacts);
        Assert.Equal(one.Rank, other.Rank);
        foreach (var relation in one.Graph.OwnRelations)
        {
            var same = other.Graph.OwnRelation(relation.Predicate)!;
            Assert.True(relation.Subjects.SequenceEqual(same.Subjects));
            Assert.True(relation.Objects.SequenceEqual(same.Objects));
            for (var row = 0; row < relation.Count; row += 1 + (row / 100))
                Assert.Equal((relation.OriginOf(row), relation.StampOf(row)), (same.OriginOf(row), same.StampOf(row)));
        }
    }

    private static Iri Node(int number) => new("urn:n" + number.ToString(System.Globalization.CultureInfo.InvariantCulture));
}

internal static class GraphAssertions
{
    public static void Assert(this KnowledgeGraph graph, Term subject, Term predicate, Term @object, FactSource source) =>
        graph.Assert(new Triple(subject, predicate, @object), source);
}
