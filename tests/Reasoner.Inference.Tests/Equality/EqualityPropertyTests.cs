using Reasoner.Knowledge;
using Reasoner.Rdf;
using Reasoner.Rules;

namespace Reasoner.Inference.Tests;

public class EqualityPropertyTests
{
    private static readonly EvaluationOptions Ordinary = World.Options with { RewritesEquality = false };

    [Fact]
    public void Representatives_give_what_the_rules_give()
    {
        var (rewritten, merged) = (0, 0);
        for (var seed = 0; seed < 600; seed++)
        {
            var (rules, data, text) = Draw(seed, 14 + (seed % 20));
            var expected = Materialize(rules, data, Ordinary);
            var actual = Materialize(rules, data, World.Options);
            AssertSame(expected.Graph, actual.Graph, seed, text);
            Assert.Equal(expected.DerivedFacts, actual.DerivedFacts);
            if (actual.Program.RewritesEquality) rewritten++;
            if (expected.Graph.Match(0, expected.Graph.Terms.Find(EqualityRules.SameAs)).Any(fact => fact.Subject != fact.Object)) merged++;
        }

        Assert.True(rewritten > 570 && merged > 450, $"Too few programs put it to the test: {rewritten}, {merged}.");
    }

    [Fact]
    public void Representatives_give_what_naive_evaluation_gives()
    {
        for (var seed = 0; seed < 40; seed++)
        {
            var (rules, data, text) = Draw(seed + 10_000, 8);
            var actual = World.Print(Materialize(rules, data, World.Options).Graph.Triples);
            var expected = World.Print(NaiveEvaluator.Evaluate(rules, data));
            Assert.True(expected == actual, $"seed {seed}\n{text}\nMISSING\n{Except(expected, actual)}\nTOO MUCH\n{Except(actual, expected)}");
        }
    }

    [Fact]
    public void Every_fact_has_a_proof_that_the_checker_accepts()
    {
        var derived = 0;
        for (var seed = 0; seed < 200; seed++)
        {
            var (rules, data, text) = Draw(seed + 20_000, 14 + (seed % 20));
            derived += CheckAll(Materialize(rules, data, World.Options), $"seed {seed}\n{text}");
        }

        Assert.True(derived > 10_000, $"Too few facts: {derived}.");
    }

    [Fact]
    public void Shortest_proofs_over_representatives_are_of_minimal_height()
    {
        var (facts, shorter) = (0, 0);
        for (var seed = 0; seed < 60; seed++)
        {
            var (rules, data, text) = Draw(seed + 40_000, 8);
            var materialization = Materialize(rules, data, World.Options);
            if (materialization.Graph.Count > 250) continue;
            var (all, found) = MinimalHeights.Check(materialization, rules, data, $"seed {seed}\n{text}");
            facts += all;
            shorter += found;
        }

        Assert.True(facts > 1000 && shorter > 100, $"{facts} facts, {shorter} with a shorter proof than by ranks.");
    }

    [Fact]
    public void Overlay_over_representatives_equals_full_reevaluation()
    {
        for (var seed = 0; seed < 250; seed++)
        {
            var (rules, all, text) = Draw(seed + 30_000, 14 + (seed % 12));
            var split = seed % (all.Count + 1);
            var expected = Materialize(rules, all, Ordinary);
            var overlay = World.Extend(rules, all[..split], all[split..]);
            AssertSame(expected.Graph, overlay.Graph, seed, text);
            if (seed % 5 == 0) CheckAll(overlay, $"seed {seed}\n{text}");
        }
    }

    private static (RuleSet Rules, List<Triple> Data, string Text) Draw(int seed, int facts)
    {
        for (var attempt = 0; ; attempt++)
        {
            var random = new RandomEquality((seed * 100) + attempt);
            var (ontology, srl, turtle) = (random.Ontology(), random.Rules(), random.Data(facts));
            var written = RuleSetReader.Parse(srl, "rules.srl");
            Assert.False(written.HasErrors, string.Join('\n', written.Diagnostics));
            var axioms = World.Triples(ontology).Select(triple => new PositionedTriple(triple, new SourcePosition("o.ttl", 1, 1)));
            var compiled = OwlRlCompiler.Compile(axioms, dataHasSameAs: true);
            var rules = written.RuleSet with { Rules = [.. written.RuleSet.Rules, .. compiled.Rules] };
            if (Stratification.Create(rules).Stratification is null) continue;
            List<Triple> data = [.. World.Triples(turtle).Concat(World.Triples(ontology).Where(triple => triple.Predicate == EqualityRules.SameAs)).Distinct()];
            return (rules, data, $"{ontology}\n{srl}\n{turtle}");
        }
    }

    private static Materialization Materialize(RuleSet rules, IEnumerable<Triple> data, EvaluationOptions options)
    {
        var graph = World.Graph(data);
        return Materializer.Materialize(RuleProgram.Compile(rules, graph), graph, options);
    }

    private static void AssertSame(KnowledgeGraph expected, KnowledgeGraph actual, int seed, string text)
    {
        var (e, a) = (World.Print(expected.Triples), World.Print(actual.Triples));
        Assert.True(e == a, $"seed {seed}\n{text}\nMISSING\n{Except(e, a)}\nTOO MUCH\n{Except(a, e)}");
        Assert.Equal(actual.Triples.Count(), actual.Count);
    }

    private static string Except(string left, string right) => string.Join('\n', left.Split('\n').Except(right.Split('\n')));

    private static int CheckAll(Materialization materialization, string what)
    {
        var names = new RuleNames(materialization.Program.RuleSet);
        var builder = new ProofBuilder(materialization, names);
        var checker = new ProofChecker(names, materialization.Graph, World.Context);
        var derived = 0;
        foreach (var fact in materialization.Graph.Match().ToList())
        {
            var proof = builder.Prove(fact)!;
            var refusal = checker.Check(proof);
            Assert.True(refusal is null, $"{refusal}\n{what}");
            if (proof.Rule is not null) derived++;
        }

        return derived;
    }
}
