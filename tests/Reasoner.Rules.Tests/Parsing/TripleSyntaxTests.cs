namespace Reasoner.Rules.Tests;

public class TripleSyntaxTests
{
    [Theory]
    [InlineData("?x :p/:q ?y", "?x <p> ?/1|?/1 <q> ?y")]
    [InlineData("?x ^:p ?y", "?y <p> ?x")]
    [InlineData("?x ^(:p/:q) ?y", "?/1 <q> ?x|?y <p> ?/1")]
    [InlineData("?x :p/^(:q/^a) ?y", "?x <p> ?/1|?/1 <rdf:type> ?/2|?y <q> ?/2")]
    [InlineData("?x :p/:q ?y, ?z", "?x <p> ?/1|?/1 <q> ?y|?x <p> ?/2|?/2 <q> ?z")]
    public void Paths_become_patterns(string body, string patterns) => Assert.Equal(patterns.Split('|'), Read.Body(body));

    [Theory]
    [InlineData("?x :p ?y ; a :T, :U ;; .", "?x <p> ?y|?x <rdf:type> <T>|?x <rdf:type> <U>")]
    [InlineData("?x :p [ :q ?y ]", "_:.1 <q> ?y|?x <p> _:.1")]
    [InlineData("[ :q ?y ]", "_:.1 <q> ?y")]
    [InlineData("_:b :p _:b, []", "_:b <p> _:b|_:b <p> _:.1")]
    [InlineData("?x :p (1 ?y)", "_:.1 <rdf:first> \"1\"^^<http://www.w3.org/2001/XMLSchema#integer>|_:.1 <rdf:rest> _:.2|_:.2 <rdf:first> ?y|_:.2 <rdf:rest> <rdf:nil>|?x <p> _:.1")]
    [InlineData("?x :p ( )", "?x <p> <rdf:nil>")]
    public void Abbreviations_become_patterns(string body, string patterns) => Assert.Equal(patterns.Split('|'), Read.Body(body));

    [Theory]
    [InlineData("<< ?s :p :o ~ :r >> :q 'x'", "<r> <rdf:reifies> <<( ?s <p> <o> )>>|<r> <q> \"x\"")]
    [InlineData("<< :s :p :o >>", "_:.1 <rdf:reifies> <<( <s> <p> <o> )>>")]
    [InlineData("?s :p :o ~ ?r {| :q 'x' |}", "?s <p> <o>|?r <rdf:reifies> <<( ?s <p> <o> )>>|?r <q> \"x\"")]
    [InlineData("?s :p :o {| :q 'x' |} {| :q 'y' |}", "?s <p> <o>|_:.1 <rdf:reifies> <<( ?s <p> <o> )>>|_:.1 <q> \"x\"|_:.2 <rdf:reifies> <<( ?s <p> <o> )>>|_:.2 <q> \"y\"")]
    [InlineData("?s :p <<( :a :b <<( :c ?d :e )>> )>>", "?s <p> <<( <a> <b> <<( <c> ?d <e> )>> )>>")]
    public void Reification_becomes_patterns(string body, string patterns) => Assert.Equal(patterns.Split('|'), Read.Body(body));

    [Fact]
    public void Ground_triple_terms_are_constants()
    {
        var element = (PatternElement)Read.Rule(Read.Prefix + "RULE {} WHERE { ?s :p <<( :a :b :c )>> }").Body.Single();
        Assert.IsType<ConstantTerm>(element.Pattern.Object);
    }

    [Fact]
    public void Blank_nodes_of_a_head_stay_and_make_the_rule_run_once()
    {
        var rule = Read.Rule(Read.Prefix + "RULE { [] :p _:x . ?s :q <<( ?s :r _:x )>> } WHERE { ?s :t _:x }");
        Assert.True(rule.IsRunOnce);
        Assert.Equal(["_:.1 <p> _:x", "?s <q> <<( ?s <r> _:x )>>"], rule.Head.Select(template => Read.Short(template.ToString())));
    }

    [Fact]
    public void Data_holds_triples_and_blank_nodes_of_its_file() => Assert.Equal(
        ["_:a0_1 <q> _:d0_x", "<s> <p> _:a0_1", "_:a0_2 <rdf:reifies> <<( <s> <p> _:d0_x )>>"],
        Read.Data(":s :p [ :q _:x ] . << :s :p _:x >>"));

    [Theory]
    [InlineData("'a\\tb\\u00e9\\U0001F600'", "\"a\\tbé\ud83d\ude00\"")]
    [InlineData("'''it's\n'two' lines'''", "\"it's\\n'two' lines\"")]
    [InlineData("\"x\"@EN-gb--ltr", "\"x\"@en-gb--ltr")]
    [InlineData("-1.5", "\"-1.5\"^^<http://www.w3.org/2001/XMLSchema#decimal>")]
    [InlineData("1.E3", "\"1.E3\"^^<http://www.w3.org/2001/XMLSchema#double>")]
    [InlineData("TRUE", "\"true\"^^<http://www.w3.org/2001/XMLSchema#boolean>")]
    [InlineData(":a\\.b%20c.d:e", "<a.b%20c.d:e>")]
    [InlineData("<http://example/\\u00e9>", "<é>")]
    public void Terms_are_decoded(string written, string term) => Assert.Equal([$"<s> <p> {term}"], Read.Data($":s :p {written} ."));

    [Theory]
    [InlineData("a", "http://a/b/c/a")]
    [InlineData("../a", "http://a/b/a")]
    [InlineData("../../../a", "http://a/a")]
    [InlineData("./a/./b/..", "http://a/b/c/a/")]
    [InlineData("/x/../y", "http://a/y")]
    [InlineData("//h/z", "http://h/z")]
    [InlineData("?y", "http://a/b/c/d;p?y")]
    [InlineData("#f", "http://a/b/c/d;p?q#f")]
    [InlineData("", "http://a/b/c/d;p?q")]
    [InlineData("g:h", "g:h")]
    [InlineData("g;x=1/../y", "http://a/b/c/y")]
    public void Relative_iris_are_resolved_as_RFC_3986_says(string reference, string resolved)
    {
        var data = Read.RuleSet($"BASE <http://a/b/c/d;p?q> DATA {{ <{reference}> a <x:y> }}").Data;
        Assert.Equal($"<{resolved}>", data.Single().Triple.Subject.ToString());
    }

    [Fact]
    public void Positions_are_those_of_the_predicate_and_the_element()
    {
        var rule = Read.Rule("PREFIX : <http://e/>\n  RULE :r { ?x :p 1 }\nWHERE {\n  ?x :q 2\n  FILTER(?x > 3)\n}");
        Assert.Equal("test.srl:2:3", rule.Position.ToString());
        Assert.Equal("test.srl:2:16", rule.Head[0].Position.ToString());
        Assert.Equal("test.srl:4:6", rule.Body[0].Position.ToString());
        Assert.Equal("test.srl:5:3", rule.Body[1].Position.ToString());
        Assert.Equal("test.srl:5:13", ((FilterElement)rule.Body[1]).Expression.Position.ToString());
    }
}
