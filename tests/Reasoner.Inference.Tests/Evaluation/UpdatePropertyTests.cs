using Reasoner.Knowledge;
using Reasoner.Rdf;
using Reasoner.Rules;

namespace Reasoner.Inference.Tests;

/// <summary>A base that is updated again and again holds what evaluating everything anew gives, and proves it.</summary>
public class UpdatePropertyTests
{
    public static TheoryData<int> Seeds => [.. Enumerable.Range(0, 60)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Updates_equal_full_evaluation(int seed)
    {
        var (rules, text) = World.StratifiableRules(seed, 6);
        var random = new Random(seed);
        var facts = World.Triples(new RandomPrograms(seed).Data(14));
        var current = World.Materialize(rules, facts);
        current.Graph.Freeze();
        for (var update = 0; update < 5; update++)
        {
            var overlay = new KnowledgeGraph(current.Graph);
            foreach (var retracted in facts.Where(_ => random.Next(4) == 0).ToList())
            {
                Assert.True(overlay.Retract(retracted));
                Assert.False(overlay.Retract(retracted));
                facts.Remove(retracted);
            }

            foreach (var asserted in World.Triples(new RandomPrograms((seed * 31) + update).Data(random.Next(6))))
            {
                overlay.Assert(asserted, new FactSource(new SourceDocument(SourceKind.Request, $"update {update / 2}"), update));
                if (!facts.Contains(asserted)) facts.Add(asserted);
            }

            var extended = Materializer.Extend(current, overlay, World.Options);
            var expected = World.Print(NaiveEvaluator.Evaluate(rules, facts));
            Assert.True(expected == World.Print(extended.Graph.Triples), $"{text}\nupdate {update}, the overlay:\n{World.Print(facts)}");
            current = Materializer.Commit(extended);
            Assert.Null(current.Graph.Base);
            Assert.Equal(expected, World.Print(current.Graph.Triples));
            CheckProofs(rules, current, facts);
        }
    }

    [Fact]
    public void Commit_shares_what_the_overlay_leaves_alone()
    {
        var rules = World.Rules("PREFIX : <urn:> RULE { ?x :q ?y } WHERE { ?x :p ?y }");
        var baseline = World.Materialize(rules, World.Triples("PREFIX : <urn:> :a :p :b . :a :other :b ."));
        baseline.Graph.Freeze();
        var overlay = World.Graph(World.Triples("PREFIX : <urn:> :c :p :d ."), baseline.Graph);

        var updated = Materializer.Commit(Materializer.Extend(baseline, overlay, World.Options));

        var other = updated.Graph.Terms.Find(new Iri("urn:other"));
        Assert.Same(baseline.Graph.OwnRelation(other), updated.Graph.OwnRelation(other));
        Assert.Equal(3, baseline.Graph.Count);
        Assert.Equal(5, updated.Graph.Count);
    }

    [Fact]
    public void Only_what_data_asserts_can_be_retracted()
    {
        var rules = World.Rules("PREFIX : <urn:> DATA { :d :p :d . :e :p :e } RULE { ?x :q ?y } WHERE { ?x :p ?y }");
        var baseline = World.Materialize(rules, World.Triples("PREFIX : <urn:> :a :p :b . :e :p :e ."));
        baseline.Graph.Freeze();
        var overlay = new KnowledgeGraph(baseline.Graph);

        Assert.False(overlay.Retract(Of("a", "q", "b")));
        Assert.False(overlay.Retract(Of("d", "p", "d")));
        Assert.False(overlay.Retract(Of("a", "p", "unknown")));
        Assert.True(overlay.Retract(Of("e", "p", "e")));
        Assert.True(overlay.Retract(Of("a", "p", "b")));
        var extended = Materializer.Extend(baseline, overlay, World.Options);

        Assert.Equal(World.Print([Of("d", "p", "d"), Of("d", "q", "d"), Of("e", "p", "e"), Of("e", "q", "e")]), World.Print(extended.Graph.Triples));
        Assert.Throws<InvalidOperationException>(() => baseline.Graph.Retract(Of("a", "p", "b")));

        static Triple Of(string subject, string predicate, string @object) =>
            new(new Iri("urn:" + subject), new Iri("urn:" + predicate), new Iri("urn:" + @object));
    }

    private static void CheckProofs(RuleSet rules, Materialization current, List<Triple> facts)
    {
        var names = new RuleNames(rules);
        var builder = new ProofBuilder(current, names);
        var asserted = World.Graph(facts);
        Materializer.AssertData(rules, asserted);
        var checker = new ProofChecker(names, asserted, World.Context);
        foreach (var triple in current.Graph.Triples)
        {
            var proof = builder.Prove(triple);
            Assert.NotNull(proof);
            foreach (var node in proof.Nodes.Where(node => node.Rule is null)) Assert.NotNull(node.Source);
            Assert.Null(checker.Check(WithoutSources(proof, [])));
        }
    }

    // The same facts come from several documents here; where from is checked elsewhere.
    private static ProofNode WithoutSources(ProofNode node, Dictionary<ProofNode, ProofNode> done)
    {
        if (done.TryGetValue(node, out var known)) return known;
        var copy = node.Rule is null
            ? ProofNode.Asserted(node.Fact, new FactSource(node.Source!.Value.Document.Kind == SourceKind.RuleData ? node.Source.Value.Document : World.Document, node.Source.Value.Document.Kind == SourceKind.RuleData ? node.Source.Value.Place : 1))
            : ProofNode.Derived(node.Fact, node.Rule, node.Bindings, [.. node.Premises.Select(premise => WithoutSources(premise, done))]);
        done.Add(node, copy);
        return copy;
    }
}
