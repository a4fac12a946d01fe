using System.Collections.Immutable;
using Reasoner.Knowledge;
using Reasoner.Rdf;

namespace Reasoner.Inference.Tests;

/// <summary>What somebody might try who wants a proof accepted that proves nothing.</summary>
public class ProofAttackTests
{
    private const string Rules = """
        PREFIX : <urn:>
        DATA { :d :p :e }
        RULE :pairs { ?x :near ?y } WHERE { ?x :p ?y . ?y :p ?x }
        RULE :joins { ?x :far ?z } WHERE { ?x :p/:p ?z }
        RULE :also { ?x :far ?z } WHERE { ?x :q ?z }
        RULE :given { ?x :stated ?y } WHERE DATA { ?x :p ?y }
        RULE :twice { ?x :same 1 } WHERE { ?x :p ?y . ?x :p ?z }
        """;

    private static readonly List<Triple> _data = World.Triples("PREFIX : <urn:> :a :p :b . :b :p :a , :c . :a :q :z .");

    private readonly Materialization _world = World.Materialize(World.Rules(Rules), _data);

    [Fact]
    public void Premises_in_another_order_are_refused()
    {
        var proof = Prove("<urn:a> <urn:near> <urn:b>");
        Accepts(proof);
        Refuses(With(proof, premises: [.. proof.Premises.Reverse()]));
        Refuses(With(proof, premises: [proof.Premises[0], proof.Premises[0]]));
        Refuses(With(proof, premises: [.. proof.Premises, proof.Premises[0]]));
    }

    [Fact]
    public void One_fact_may_be_two_premises_where_it_matches_both() => Accepts(Prove("<urn:a> <urn:same> 1"));

    [Fact]
    public void The_name_of_another_rule_with_the_same_head_is_refused()
    {
        var proof = Prove("<urn:a> <urn:far> <urn:c>");
        Refuses(ProofNode.Derived(proof.Fact, "urn:also", proof.Bindings, proof.Premises));
        Refuses(ProofNode.Derived(proof.Fact, "urn:also", [.. proof.Bindings.Where(binding => binding.Variable is "x" or "z")], [proof.Premises[0]]));
    }

    [Fact]
    public void Variables_that_nobody_wrote_must_have_their_values_too()
    {
        var proof = Prove("<urn:a> <urn:far> <urn:c>");
        var hidden = proof.Bindings.Single(binding => binding.Variable.StartsWith('/') || binding.Variable.StartsWith('_'));
        Refuses(With(proof, bindings: proof.Bindings.Remove(hidden)));
        Refuses(With(proof, bindings: proof.Bindings.Replace(hidden, hidden with { Value = new Iri("urn:z") })));
        Refuses(With(proof, bindings: proof.Bindings.Add(new Binding("more", new Iri("urn:z")))));
        Refuses(With(proof, bindings: proof.Bindings.Add(hidden)));
    }

    [Fact]
    public void A_fact_of_a_DATA_block_is_a_leaf_but_no_premise_of_WHERE_DATA()
    {
        var leaf = Prove("<urn:d> <urn:p> <urn:e>");
        Assert.Equal(SourceKind.RuleData, leaf.Source!.Value.Document.Kind);
        Accepts(leaf);
        Refuses(ProofNode.Asserted(leaf.Fact, new FactSource(World.Document, 1)));
        var stated = Prove("<urn:a> <urn:stated> <urn:b>");
        Accepts(stated);
        Refuses(ProofNode.Derived(
            World.Triples("<urn:d> <urn:stated> <urn:e> .")[0],
            stated.Rule!,
            [new Binding("x", new Iri("urn:d")), new Binding("y", new Iri("urn:e"))],
            [leaf]));
    }

    [Fact]
    public void A_derived_fact_is_no_leaf()
    {
        var proof = Prove("<urn:a> <urn:far> <urn:c>");
        Refuses(ProofNode.Asserted(proof.Fact, new FactSource(World.Document, 1)));
    }

    private ProofNode Prove(string fact) => new ProofBuilder(_world, Names).Prove(World.Triples(fact + " .")[0])!;

    private RuleNames Names => new(_world.Program.RuleSet);

    private static ProofNode With(ProofNode proof, ImmutableArray<Binding>? bindings = null, ImmutableArray<ProofNode>? premises = null) =>
        ProofNode.Derived(proof.Fact, proof.Rule!, bindings ?? proof.Bindings, premises ?? proof.Premises);

    private void Accepts(ProofNode proof) => Assert.Null(Check(proof));

    private void Refuses(ProofNode proof) => Assert.NotNull(Check(proof));

    // The checker sees what is asserted, not what the engine derived.
    private ProofRefusal? Check(ProofNode proof)
    {
        var graph = World.Graph(_data);
        Materializer.AssertData(_world.Program.RuleSet, graph);
        return new ProofChecker(Names, graph, World.Context).Check(proof);
    }
}
