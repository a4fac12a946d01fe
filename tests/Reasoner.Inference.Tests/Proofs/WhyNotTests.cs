using Reasoner.Rdf;
using Reasoner.Rules;

namespace Reasoner.Inference.Tests;

public sealed class WhyNotTests
{
    private const string Prefix = "PREFIX : <http://example.org/> ";

    [Fact]
    public void Names_the_first_pattern_without_a_match_in_the_solution_that_gets_furthest()
    {
        var failed = Assert.Single(Explain(
            "RULE :r { ?x :grandparent ?z } WHERE { ?x :parent ?y . ?y :parent ?z . ?z :born ?when }",
            ":a :parent :b , :c . :c :parent :d .",
            ":a :grandparent :d"));

        Assert.Equal("http://example.org/r", failed.Rule.Name!.Value);
        Assert.Equal("<http://example.org/d> <http://example.org/born> ?when", failed.Missing!.ToString());
        Assert.Equal([("x", ":a"), ("y", ":c"), ("z", ":d")], failed.Bindings.Select(binding => (binding.Variable, ":" + ((Iri)binding.Value).Value[^1])));
    }

    [Fact]
    public void Sees_what_other_rules_derived()
    {
        var failed = Explain(
            "RULE :one { ?x :q ?y } WHERE { ?x :p ?y } RULE :two { ?x :r ?y } WHERE { ?x :q ?y . ?y :s 1 }", ":a :p :b .", ":a :r :b");

        Assert.Equal("<http://example.org/b> <http://example.org/s> \"1\"^^<http://www.w3.org/2001/XMLSchema#integer>", Assert.Single(failed).Missing!.ToString());
    }

    [Theory]
    [InlineData("FILTER(?n > 5)", typeof(FilterElement))]
    [InlineData("NOT { ?x :bad ?b }", typeof(NegationElement))]
    [InlineData("SET(?y := ?n + 1)", typeof(AssignmentElement))]
    public void Names_the_element_that_fails(string element, Type kind)
    {
        var failed = Assert.Single(Explain(
            $"RULE :r {{ ?x :is {(kind == typeof(AssignmentElement) ? "?y" : ":good")} }} WHERE {{ ?x :n ?n {element} }}",
            ":a :n 3 ; :bad 1 .",
            kind == typeof(AssignmentElement) ? ":a :is 7" : ":a :is :good"));

        Assert.IsType(kind, failed.Obstacle);
        Assert.Null(failed.Missing);
    }

    [Fact]
    public void A_rule_over_data_alone_does_not_see_derived_facts()
    {
        var failed = Explain(
            "RULE :one { ?x :q ?y } WHERE { ?x :p ?y } RULE :two { ?x :r ?y } WHERE DATA { ?x :q ?y }", ":a :p :b .", ":a :r :b");

        Assert.Equal("<http://example.org/a> <http://example.org/q> <http://example.org/b>", Assert.Single(failed).Missing!.ToString());
    }

    [Fact]
    public void A_negation_over_data_alone_does_not_see_derived_facts()
    {
        var failed = Explain(
            "RULE :one { ?x :q ?y } WHERE { ?x :p ?y } RULE :two { ?x :r ?y } WHERE { ?x :p ?y NOT DATA { ?x :q ?y } ?y :s 1 }", ":a :p :b .", ":a :r :b");

        Assert.Equal("<http://example.org/b> <http://example.org/s> \"1\"^^<http://www.w3.org/2001/XMLSchema#integer>", Assert.Single(failed).Missing!.ToString());
    }

    [Theory]
    [InlineData("(SUM(?n) AS ?t)", "", "?x :is ?t", ":a :is 9", "?t = 8")]
    [InlineData("(SUM(?n) AS ?t)", "HAVING (?t > 8 || COUNT(*) > 2)", "?x :is ?t", ":a :is 8", "?t = 8, COUNT(*) = 2")]
    [InlineData("(SUM(?n) AS ?t)", "", "?x :is ?t", ":c :is 0", "")]
    public void An_aggregate_in_the_way_tells_what_the_group_has(string gives, string having, string head, string fact, string has)
    {
        var failed = Assert.Single(Explain(
            $"RULE :r {{ {head} }} WHERE {{ {{ SELECT ?x {gives} WHERE {{ ?x :part/:n ?n }} GROUP BY ?x {having} }} }}",
            ":a :part :p , :q . :p :n 3 . :q :n 5 . :b :part :p .",
            fact));

        Assert.IsType<SubSelectElement>(failed.Obstacle);
        var prefixes = System.Collections.Immutable.ImmutableSortedDictionary<string, string>.Empty;
        Assert.Equal(has, string.Join(", ", failed.Group.Where(each => each.Expression is not VariableExpression { Name: "x" })
            .Select(each => $"{RuleText.Write(each.Expression, prefixes)} = {((Literal)each.Value!).LexicalForm}")));
    }

    [Fact]
    public void Rules_with_other_heads_are_passed_over() =>
        Assert.Empty(Explain("RULE :r { ?x :q :y } WHERE { ?x :p 1 }", ":a :p 1 .", ":a :q :z"));

    private static IReadOnlyList<FailedRule> Explain(string rules, string data, string fact)
    {
        var prefix = Prefix.TrimEnd() + "\n";
        var materialization = World.Materialize(World.Rules(prefix + rules), World.Triples(prefix + data));
        var triple = World.Triples(prefix + fact + " .")[0];
        Assert.Null(new ProofBuilder(materialization, new RuleNames(materialization.Program.RuleSet)).Prove(triple));
        return WhyNot.Explain(materialization, triple);
    }
}
