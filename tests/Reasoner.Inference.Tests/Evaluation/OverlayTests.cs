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

    [Theory]
    [InlineData("RULE { ?x :h ?z } WHERE { ?x :new ?y . ?y :new ?z }", ":a :old :b .", ":a :new :b . :b :new :c .")]
    [InlineData("RULE { ?x :h ?z } WHERE { ?x :old ?y . ?y :new ?z . ?z :newer ?w }", ":a :old :b .", ":b :new :c . :c :newer 1 , 2 .")]
    [InlineData("RULE { ?x :h ?z } WHERE { ?x :old ?y . ?y :none ?z }", ":a :old :b .", ":a :old :c .")]
    [InlineData("RULE { ?x :h ?z } WHERE { ?x :new ?z } RULE { ?x :h ?z } WHERE { ?x :h ?y . ?y :h ?z }", ":a :old :b .", ":a :new :b . :b :new :c . :c :new :d .")]
    [InlineData("RULE { ?x :h ?z } WHERE { ?x :h ?y . ?y :new ?z } RULE { ?x :h ?y } WHERE { ?x :old ?y }", ":a :old :b .", ":b :new :c . :c :new :d .")]
    [InlineData("RULE { ?x :h 1 } WHERE { ?x :old ?y NOT { ?x :new ?y } } RULE { ?x :g 1 } WHERE { ?x :h 1 }", ":a :old :b . :c :old :d .", ":a :new :b .")]
    [InlineData("RULE { ?x :h 1 } WHERE { ?x :new ?y NOT { ?x :g 1 } } RULE { ?x :g 1 } WHERE { ?x :old ?y NOT { ?x :newer ?y } }", ":a :old :b .", ":a :new :b ; :newer :b .")]
    [InlineData("RULE { ?x :h ?n } WHERE { ?x :new 1 { SELECT ?x (COUNT(*) AS ?n) WHERE { ?x :old ?y } GROUP BY ?x } }", ":a :old :b .", ":a :old :c ; :new 1 .")]
    [InlineData("RULE { ?x :h ?n } WHERE { { SELECT ?x (COUNT(*) AS ?n) WHERE { ?x :old ?y } GROUP BY ?x } }", ":a :old :b .", ":a :old :c . :d :old :b .")]
    [InlineData("RULE { ?x ?p 1 } WHERE { ?x :new ?p } RULE { ?x :h ?y } WHERE { ?x :made ?y }", ":a :old :b .", ":a :new :made .")]
    [InlineData("RULE { ?x ?p 1 } WHERE { ?x :old ?p NOT DATA { ?x :new ?p } } RULE { ?x :h ?y } WHERE { ?x :made ?y }", ":a :old :made . :b :old :made .", ":a :new :made .")]
    public void Facts_that_the_case_alone_has_a_predicate_of_give_what_they_give_in_one_graph(string rules, string given, string added)
    {
        const string prefix = "PREFIX : <http://example/> ";
        var set = World.Rules(prefix + rules);
        var (baseTriples, caseTriples) = (World.Triples(prefix + given), World.Triples(prefix + added));
        var overlay = World.Extend(set, baseTriples, caseTriples);
        Assert.Equal(World.Print(NaiveEvaluator.Evaluate(set, [.. baseTriples, .. caseTriples])), World.Print(overlay.Graph.Triples));
    }
}
