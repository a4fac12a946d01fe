using Reasoner.Rules;

namespace Reasoner.Inference.Tests;

public class EqualityPlanTests
{
    private const string Prefixes = "PREFIX : <http://example/> PREFIX owl: <http://www.w3.org/2002/07/owl#> PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>\n";

    private const string Equality = """
        RULE { ?b owl:sameAs ?a } WHERE { ?a owl:sameAs ?b }
        RULE { ?a owl:sameAs ?c } WHERE { ?a owl:sameAs ?b . ?b owl:sameAs ?c }
        RULE { ?b ?q ?c } WHERE { ?a owl:sameAs ?b . ?a ?q ?c }
        RULE { ?s ?b ?o } WHERE { ?a owl:sameAs ?b . ?s ?a ?o }

        """;

    private const string OfObjects = "RULE { ?s ?q ?b } WHERE { ?a owl:sameAs ?b . ?s ?q ?a }\n";

    [Theory]
    [InlineData("RULE { ?x :q ?y } WHERE { ?x :p ?y . ?y :p ?x }")]
    [InlineData("RULE { ?x ?p :n } WHERE { ?x ?p ?y }")]
    [InlineData("RULE { ?x :q ?y } WHERE { ?x :p ?y FILTER(?y < 3 && DATATYPE(?y) = xsd:integer) }")]
    [InlineData("RULE { ?x :q ?y } WHERE { ?x :p ?y FILTER(?y != 3 || ?y IN (4, \"x\")) }")]
    [InlineData("RULE { ?x :q ?y } WHERE { ?x :p ?y FILTER(STR(DATATYPE(?y)) = \"x\") }")]
    [InlineData("RULE { ?x owl:sameAs ?y } WHERE { ?z :p ?x , ?y FILTER(!sameTerm(?x, ?y)) }")]
    [InlineData("RULE { ?y owl:sameAs ?x } WHERE { ?x :p ?z . ?y :p ?z FILTER(?x != ?y) }")]
    [InlineData("RULE { ?x :q ?v } WHERE DATA { ?x :p ?y NOT { ?y :p ?x } SET(?v := STR(?x)) }")]
    public void Rules_that_are_alike_for_equal_terms_are_evaluated_by_representatives(string rule) => Assert.True(Rewrites(Equality + OfObjects + rule));

    [Theory]
    [InlineData("RULE { ?x :q ?y } WHERE { ?x :p ?y FILTER(?x != ?y) }")]
    [InlineData("RULE { ?x :q ?y } WHERE { ?x :p ?y FILTER(?y = :n) }")]
    [InlineData("RULE { ?x :q ?y } WHERE { ?x :p ?y FILTER(?y IN (1, :n)) }")]
    [InlineData("RULE { ?x :q ?y } WHERE { ?x :p ?y FILTER(?y = DATATYPE(?y)) }")]
    [InlineData("RULE { ?x :q ?y } WHERE { ?x :p ?y FILTER(isIRI(?y)) }")]
    [InlineData("RULE { ?x :q ?y } WHERE { ?x :p ?y FILTER(STRLEN(STR(?y)) < 3) }")]
    [InlineData("RULE { ?x :q ?y } WHERE { ?x :p ?y FILTER(IF(isLITERAL(?y), ?x, ?y) < 3) }")]
    [InlineData("RULE { ?x owl:sameAs ?y } WHERE { ?z :p ?x , ?y FILTER(?x != ?y) }")]
    [InlineData("RULE { ?x owl:sameAs ?y . ?x :q ?y } WHERE { ?z :p ?x , ?y FILTER(!sameTerm(?x, ?y)) }")]
    [InlineData("RULE { ?x owl:sameAs ?z } WHERE { ?z :p ?x , ?y FILTER(!sameTerm(?x, ?y)) }")]
    [InlineData("RULE { ?x :q ?y } WHERE { ?x :p ?y NOT DATA { ?y :p ?x } }")]
    [InlineData("RULE { ?x :q ?y } WHERE { ?x :p <<( ?y :p ?z )>> }")]
    public void Rules_that_tell_equal_terms_apart_are_not(string rule) => Assert.False(Rewrites(Equality + OfObjects + rule));

    [Fact]
    public void Part_of_the_rules_of_equality_is_not_equality() => Assert.False(Rewrites(Equality));

    [Fact]
    public void Rules_that_tell_equal_terms_apart_see_every_alias()
    {
        var rules = World.Rules(Prefixes + Equality + OfObjects + "RULE { ?x :differs ?y } WHERE { ?x :p ?y FILTER(?x != ?y) }");
        var result = World.Materialize(rules, World.Triples(Prefixes + ":a :p :b . :a owl:sameAs :b ."));
        Assert.Equal(2, result.Graph.Triples.Count(triple => triple.Predicate.ToString() == "<http://example/differs>" && triple.Subject != triple.Object));
    }

    [Fact]
    public void Limits_reach_the_aliases()
    {
        var rules = World.Rules(Prefixes + Equality + OfObjects);
        var graph = World.Graph(World.Triples(Prefixes + string.Concat(Enumerable.Range(0, 300).Select(i => $":a owl:sameAs :n{i} . "))));
        var program = RuleProgram.Compile(rules, graph);
        var exception = Assert.Throws<EvaluationLimitException>(
            () => Materializer.Materialize(program, graph, World.Options with { MaxDerivedFacts = 50_000 }));
        Assert.NotNull(EqualityRules.KindOf(exception.Rule));
    }

    private static bool Rewrites(string rules)
    {
        var graph = World.Graph([]);
        return RuleProgram.Compile(World.Rules(Prefixes + rules), graph).RewritesEquality;
    }
}
