namespace Reasoner.Rules.Tests;

public class PatternMatchingTests
{
    [Theory]
    [InlineData("?x :p ?y", "?a :p :o", true)]
    [InlineData("?x :p ?y", "?a :q :o", false)]
    [InlineData("?x ?p :o", "?a :q :o", true)]
    [InlineData("?x ?p :o", "?a :q 1", false)]
    [InlineData("?x :p ?x", "?a :p ?b", true)]
    [InlineData("?x :p ?x", ":a :p :a", true)]
    [InlineData("?x :p ?x", ":a :p :b", false)]
    [InlineData("?x :p ?x", "_:a :p :b", false)]
    [InlineData("?x :p ?x", "_:a :p _:a", true)]
    [InlineData("?x :p ?x", "_:a :p _:b", false)]
    [InlineData(":a :p ?y", "_:a :p ?y", false)]
    [InlineData(":a :p :b", "?x :p ?x", false)]
    [InlineData("?x :p <<( ?x :q ?y )>>", "?a :p <<( ?b :q :c )>>", true)]
    [InlineData("?x :p <<( ?x :q ?y )>>", ":a :p <<( :b :q :c )>>", false)]
    [InlineData("?x :p <<( ?x :q ?y )>>", ":a :p <<( ?b :q :c )>>", true)]
    [InlineData("?x :p <<( :a :q :b )>>", "?x :p <<( :a :q ?b )>>", true)]
    [InlineData("?x :p <<( :a :q :b )>>", "?x :p <<( :a :q :c )>>", false)]
    [InlineData("?x :p ?x", "?y :p <<( ?y :q :z )>>", false)]
    [InlineData("?x ?x ?y", ":a :b :c", false)]
    public void A_pattern_matches_what_a_template_can_make(string pattern, string template, bool matches)
    {
        var rule = Read.Rule($"{Read.Prefix}RULE {{ {template} }} WHERE {{ {pattern} }}");
        var body = ((PatternElement)rule.Body.Single()).Pattern;
        Assert.Equal(matches, PatternMatching.CanMatch(body, rule.Head.Single()));
    }
}
