using Reasoner.Knowledge;
using Reasoner.Rdf;
using Reasoner.Rules;

namespace Reasoner.Inference.Tests;

public class ProofPropertyTests
{
    [Fact]
    public void Every_fact_has_a_proof_that_the_checker_accepts()
    {
        var (derived, aggregated) = (0, 0);
        for (var seed = 0; seed < 600; seed++)
        {
            var (rules, text) = World.StratifiableRules(seed, count: 2 + (seed % 8));
            var data = World.Triples(new RandomPrograms(seed).Data(20));
            var steps = CheckAll(World.Materialize(rules, data), $"seed {seed}\n{text}");
            derived += steps.Count;
            aggregated += steps.Count(rule => rule.Body.Any(element => element is SubSelectElement));
        }

        Assert.True(derived > 2000, $"The programs derive too little to test proofs: {derived} facts.");
        Assert.True(aggregated > 200, $"The programs aggregate too little to test it: {aggregated} facts.");
    }

    [Fact]
    public void Every_fact_of_an_overlay_has_a_proof_that_the_checker_accepts()
    {
        var (hidden, hiddenAggregates) = (0, 0);
        for (var seed = 0; seed < 600; seed++)
        {
            var (rules, text) = World.StratifiableRules(seed + 7000, count: 3 + (seed % 8));
            var all = World.Triples(new RandomPrograms(seed).Data(20));
            var split = seed % (all.Count + 1);
            var overlay = World.Extend(rules, all[..split], all[split..]);
            CheckAll(overlay, $"seed {seed}\n{text}");
            hidden += overlay.Graph.Base!.Predicates.Sum(predicate => overlay.Graph.HiddenRows(predicate)?.Count ?? 0);
            hiddenAggregates += overlay.Graph.Base.Predicates.Sum(predicate => overlay.Graph.HiddenRows(predicate)?.Count(row =>
                overlay.Graph.BaseRelation(predicate)!.OriginOf(row) is >= 0 and var rule
                && rules.Rules[rule].Body.Any(element => element is SubSelectElement)) ?? 0);
        }

        Assert.True(hidden > 100, $"The overlays take back too little to test it: {hidden} facts.");
        Assert.True(hiddenAggregates > 20, $"The overlays take back too few aggregates to test it: {hiddenAggregates} facts.");
    }

    [Fact]
    public void Goal_solver_finds_what_naive_evaluation_derives()
    {
        for (var seed = 0; seed < 150; seed++)
        {
            var (rules, text) = World.StratifiableRules(seed + 3000, count: 2 + (seed % 8));
            var data = World.Triples(new RandomPrograms(seed).Data(20));
            var expected = NaiveEvaluator.Evaluate(rules, data);
            var materialization = World.Materialize(rules, data);
            var checker = new ProofChecker(new RuleNames(rules), materialization.Graph, World.Context);
            foreach (var node in data.Select(triple => triple.Subject).Distinct())
            {
                Assert.True(
                    World.Print(expected.Where(triple => triple.Subject == node)) == World.Print(checker.Follows(node, null, null)),
                    $"seed {seed}, {node}\n{text}");
            }
        }
    }

    [Fact]
    public void Checker_refuses_every_mutated_proof()
    {
        var refused = 0;
        for (var seed = 0; seed < 150; seed++)
        {
            var random = new Random(seed);
            var (rules, text) = World.StratifiableRules(seed, count: 2 + (seed % 8));
            var materialization = World.Materialize(rules, World.Triples(new RandomPrograms(seed).Data(20)));
            var names = new RuleNames(rules);
            var builder = new ProofBuilder(materialization, names);
            foreach (var fact in materialization.Graph.Match().ToList())
            {
                var proof = builder.Prove(fact)!;
                foreach (var (what, mutant) in Mutants(proof, rules.Rules.Length, names, materialization.Graph, random))
                {
                    var refusal = new ProofChecker(names, materialization.Graph, World.Context).Check(mutant);
                    Assert.True(refusal is not null, $"seed {seed}: {what} of {proof} was accepted\n{text}");
                    refused++;
                }
            }
        }

        Assert.True(refused > 5000, $"Too few mutants: {refused}.");
    }

    /// <summary>Checks the proof of every fact; gives the rules of the last steps.</summary>
    private static List<Rule> CheckAll(Materialization materialization, string what)
    {
        var names = new RuleNames(materialization.Program.RuleSet);
        var builder = new ProofBuilder(materialization, names);
        var checker = new ProofChecker(names, materialization.Graph, World.Context);
        var derived = new List<Rule>();
        foreach (var fact in materialization.Graph.Match().ToList())
        {
            var proof = builder.Prove(fact);
            Assert.NotNull(proof);
            Assert.Equal(materialization.Graph.ToTriple(fact), proof.Fact);
            var refusal = checker.Check(proof);
            Assert.True(refusal is null, $"{refusal}\n{what}");
            if (proof.Rule is not null && names.TryGetNumber(proof.Rule, out var number)) derived.Add(names.RuleSet.Rules[number]);
        }

        return derived;
    }

    /// <summary>Proofs that differ in one place and prove nothing any more.</summary>
    private static IEnumerable<(string What, ProofNode Proof)> Mutants(
        ProofNode proof, int ruleCount, RuleNames names, KnowledgeGraph graph, Random random)
    {
        var foreign = new Iri("http://example/foreign");
        if (proof.Rule is null)
        {
            yield return ("fact", ProofNode.Asserted(proof.Fact with { Object = foreign }, proof.Source!.Value));
            yield return ("source", ProofNode.Asserted(proof.Fact, proof.Source!.Value with { Place = 77 }));
            yield break;
        }

        yield return ("fact", ProofNode.Derived(proof.Fact with { Subject = foreign }, proof.Rule, proof.Bindings, proof.Premises));
        yield return ("rule", ProofNode.Derived(proof.Fact, "http://example/no-such-rule", proof.Bindings, proof.Premises));
        yield return ("leaf", ProofNode.Asserted(proof.Fact, new FactSource(World.Document, 1)));
        if (!proof.Bindings.IsEmpty)
        {
            var index = random.Next(proof.Bindings.Length);
            var changed = proof.Bindings.SetItem(index, proof.Bindings[index] with { Value = foreign });
            yield return ("binding", ProofNode.Derived(proof.Fact, proof.Rule, changed, proof.Premises));
            yield return ("lost binding", ProofNode.Derived(proof.Fact, proof.Rule, proof.Bindings.RemoveAt(index), proof.Premises));
        }

        if (!proof.Premises.IsEmpty)
        {
            var index = random.Next(proof.Premises.Length);
            yield return ("lost premise", ProofNode.Derived(proof.Fact, proof.Rule, proof.Bindings, proof.Premises.RemoveAt(index)));
            var other = ProofNode.Asserted(new Triple(foreign, foreign, foreign), new FactSource(World.Document, 1));
            yield return ("premise", ProofNode.Derived(proof.Fact, proof.Rule, proof.Bindings, proof.Premises.SetItem(index, other)));
            yield return ("one more premise", ProofNode.Derived(proof.Fact, proof.Rule, proof.Bindings, proof.Premises.Add(proof.Premises[index])));
        }
    }
}
