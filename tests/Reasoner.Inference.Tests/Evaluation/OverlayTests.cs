namespace Reasoner.Inference.Tests;

public class OverlayTests
{
    [Fact]
    public void A_fact_that_one_rule_no_longer_gives_stays_where_a_rule_of_a_later_stratum_gives_it()
    {
        var rules = World.Rules(
            """
            PREFIX : <http://example/>
            RULE :first { ?x :h ?x } WHERE { ?x :p ?x NOT { ?x :q 1 } }
            RULE :second { ?x :h ?x } WHERE { ?x :r 1 }
            """);
        var baseTriples = World.Triples("PREFIX : <http://example/> :a :p :a ; :r 1 .");
        var caseTriples = World.Triples("PREFIX : <http://example/> :a :q 1 .");
        var overlay = World.Extend(rules, baseTriples, caseTriples);
        Assert.Equal(World.Print(NaiveEvaluator.Evaluate(rules, [.. baseTriples, .. caseTriples])), World.Print(overlay.Graph.Triples));
    }
}
