using Reasoner.Rdf;
using Reasoner.Rules;

namespace Reasoner.Inference.Tests;

public class ShortestProofTests
{
    [Fact]
    public void Heights_equal_those_of_trying_every_application()
    {
        var (facts, shorter) = (0, 0);
        for (var seed = 0; seed < 250; seed++)
        {
            var (rules, text) = World.StratifiableRules(seed + 60_000, count: 3 + (seed % 10));
            var data = World.Triples(new RandomPrograms(seed).Data(20));
            Check(World.Materialize(rules, data), rules, data, $"seed {seed}\n{text}", ref facts, ref shorter);
        }

        Assert.True(facts > 1500 && shorter > 15, $"{facts} facts, {shorter} with a shorter proof than by ranks.");
    }

    [Fact]
    public void Heights_over_an_overlay_are_minimal_too()
    {
        var (facts, shorter) = (0, 0);
        for (var seed = 0; seed < 150; seed++)
        {
            var (rules, text) = World.StratifiableRules(seed + 70_000, count: 3 + (seed % 10));
            var data = World.Triples(new RandomPrograms(seed).Data(20));
            var split = seed % (data.Count + 1);
            Check(World.Extend(rules, data[..split], data[split..]), rules, data, $"seed {seed}\n{text}", ref facts, ref shorter);
        }

        Assert.True(facts > 700 && shorter > 8, $"{facts} facts, {shorter} with a shorter proof than by ranks.");
    }

    [Fact]
    public void Heights_over_an_updated_base_are_minimal_too()
    {
        var (facts, shorter) = (0, 0);
        for (var seed = 0; seed < 150; seed++)
        {
            var (rules, text) = World.StratifiableRules(seed + 80_000, count: 3 + (seed % 10));
            var data = World.Triples(new RandomPrograms(seed).Data(20));
            var split = seed % (data.Count + 1);
            Check(Materializer.Commit(World.Extend(rules, data[..split], data[split..])), rules, data, $"seed {seed}\n{text}", ref facts, ref shorter);
        }

        Assert.True(facts > 700 && shorter > 8, $"{facts} facts, {shorter} with a shorter proof than by ranks.");
    }

    [Fact]
    public void A_group_is_as_high_as_the_highest_of_its_facts()
    {
        var rules = World.Rules("""
            PREFIX : <urn:>
            RULE :one { ?x :n 1 } WHERE { ?x :given 1 }
            RULE :two { ?x :n 2 } WHERE { ?x :n 1 }
            RULE :three { ?x :n 3 } WHERE { ?x :n 2 }
            RULE :count { ?x :count ?n } WHERE { { SELECT ?x (COUNT(*) AS ?n) WHERE { ?x :n ?any } GROUP BY ?x } }
            """);
        var data = World.Triples("<urn:x> <urn:given> 1 .");
        var materialization = World.Materialize(rules, data);
        var builder = new ProofBuilder(materialization, new RuleNames(rules));

        var (proof, isMinimal) = builder.ProveShortest(World.Triples("<urn:x> <urn:count> 3 .")[0])!.Value;

        Assert.True(isMinimal);
        Assert.Equal(5, proof.Height);
        Assert.Equal(3, proof.Premises.Length);
    }

    private const string LateShortcut = """
        PREFIX : <urn:>
        RULE :one { ?x :a 1 } WHERE { ?x :given 1 }
        RULE :two { ?x :b 1 } WHERE { ?x :a 1 }
        RULE :three { ?x :c 1 } WHERE { ?x :b 1 }
        RULE :late { ?x :c 1 } WHERE { ?x :given 1 NOT { ?x :b 2 } }
        RULE :makes { ?x :b 2 } WHERE { ?x :c 9 }
        RULE :reads { ?x :d 1 } WHERE { ?x :c 1 }
        """;

    [Fact]
    public void A_shorter_way_through_another_stratum_is_found()
    {
        var materialization = World.Materialize(World.Rules(LateShortcut), World.Triples("<urn:x> <urn:given> 1 ."));
        var builder = new ProofBuilder(materialization, new RuleNames(materialization.Program.RuleSet));
        var fact = World.Triples("<urn:x> <urn:d> 1 .")[0];

        var (proof, isMinimal) = builder.ProveShortest(fact)!.Value;

        Assert.True(isMinimal);
        Assert.Equal(3, proof.Height);
        Assert.Null(new ProofChecker(new RuleNames(materialization.Program.RuleSet), materialization.Graph, World.Context).Check(proof));
    }

    [Fact]
    public void Without_effort_the_proof_by_ranks_is_given_and_said_to_be_that()
    {
        var materialization = World.Materialize(World.Rules(LateShortcut), World.Triples("<urn:x> <urn:given> 1 ."));
        var builder = new ProofBuilder(materialization, new RuleNames(materialization.Program.RuleSet));
        var fact = World.Triples("<urn:x> <urn:d> 1 .")[0];
        var byRanks = builder.Prove(fact)!;

        Assert.Equal(5, byRanks.Height);
        var (proof, isMinimal) = builder.ProveShortest(fact, effort: 0)!.Value;
        Assert.False(isMinimal);
        Assert.Same(byRanks, proof);
    }

    [Fact]
    public void A_deep_recursion_over_derived_facts_needs_no_search()
    {
        const int length = 100_000;
        var rules = World.Rules("""
            PREFIX : <urn:>
            RULE { ?x :edge ?y } WHERE { ?x :link ?y }
            RULE { ?x :reached 1 } WHERE { ?x :start 1 }
            RULE { ?y :reached 1 } WHERE { ?x :reached 1 ; :edge ?y }
            """);
        var data = Enumerable.Range(0, length).Select(i => new Triple(Node(i), new Iri("urn:link"), Node(i + 1)))
            .Append(World.Triples("<urn:n0> <urn:start> 1 .")[0]);
        var materialization = World.Materialize(rules, data);
        var builder = new ProofBuilder(materialization, new RuleNames(rules));

        var (proof, isMinimal) = builder.ProveShortest(World.Triples($"<urn:n{length}> <urn:reached> 1 .")[0], effort: 0)!.Value;

        Assert.True(proof.Height >= length);
        Assert.True(isMinimal);
        Assert.Null(new ProofChecker(new RuleNames(rules), materialization.Graph, World.Context).Check(proof));
    }

    private static Iri Node(int number) => new($"urn:n{number}");

    private static void Check(Materialization materialization, RuleSet rules, List<Triple> data, string what, ref int facts, ref int shorter)
    {
        var (all, found) = MinimalHeights.Check(materialization, rules, data, what);
        facts += all;
        shorter += found;
    }
}
