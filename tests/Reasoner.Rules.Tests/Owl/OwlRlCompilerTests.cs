namespace Reasoner.Rules.Tests;

public class OwlRlCompilerTests
{
    private const string Prefixes =
        "PREFIX : <http://e/> PREFIX owl: <http://www.w3.org/2002/07/owl#> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> "
        + "PREFIX xsd: <http://www.w3.org/2001/XMLSchema#> PREFIX rsn: <urn:reasoner:ns#>\n";

    private const string Decimals =
        "xsd:byte, xsd:decimal, xsd:int, xsd:integer, xsd:long, xsd:negativeInteger, xsd:nonNegativeInteger, xsd:nonPositiveInteger, "
        + "xsd:positiveInteger, xsd:short, xsd:unsignedByte, xsd:unsignedInt, xsd:unsignedLong, xsd:unsignedShort";

    [Theory]
    [InlineData(":A rdfs:subClassOf :B", "cax-sco: { ?x a :B } <- ?x a :A .")]
    [InlineData(":A owl:equivalentClass :B", "cax-eqc1: { ?x a :B } <- ?x a :A .", "cax-eqc2: { ?x a :A } <- ?x a :B .")]
    [InlineData(":A rdfs:subClassOf :A, owl:Thing, rdfs:Resource")]
    [InlineData(":A rdfs:subClassOf owl:Nothing", "cls-nothing2: { ?x rsn:inconsistency \"cls-nothing2\" } <- ?x a :A .")]
    [InlineData(":A owl:disjointWith :B", "cax-dw: { ?x rsn:inconsistency \"cax-dw\" } <- ?x a :A ; a :B .")]
    [InlineData("[ a owl:AllDisjointClasses ; owl:members (:A :B :C) ]",
        "cax-adc: { ?x rsn:inconsistency \"cax-adc\" } <- ?x a :A ; a :B .",
        "cax-adc: { ?x rsn:inconsistency \"cax-adc\" } <- ?x a :A ; a :C .",
        "cax-adc: { ?x rsn:inconsistency \"cax-adc\" } <- ?x a :B ; a :C .")]
    [InlineData("[ owl:intersectionOf (:A :B) ] rdfs:subClassOf :C", "cls-int1: { ?x a :C } <- ?x a :A ; a :B .")]
    [InlineData(":A rdfs:subClassOf [ owl:intersectionOf (:B :C) ]", "cls-int2: { ?x a :B } <- ?x a :A .", "cls-int2: { ?x a :C } <- ?x a :A .")]
    [InlineData(":A owl:intersectionOf (:B :C)",
        "cls-int1: { ?x a :A } <- ?x a :B ; a :C .", "cls-int2: { ?x a :B } <- ?x a :A .", "cls-int2: { ?x a :C } <- ?x a :A .")]
    [InlineData(":A owl:unionOf (:B :C)", "cls-uni: { ?x a :A } <- ?x a :B .", "cls-uni: { ?x a :A } <- ?x a :C .")]
    [InlineData(":A owl:oneOf (:i :j)", "cls-oo: { :i a :A } <-", "cls-oo: { :j a :A } <-")]
    [InlineData(":A rdfs:subClassOf [ owl:complementOf :B ]", "cls-com: { ?x rsn:inconsistency \"cls-com\" } <- ?x a :A ; a :B .")]
    [InlineData("[ owl:onProperty :p ; owl:someValuesFrom :B ] rdfs:subClassOf :A", "cls-svf1: { ?x a :A } <- ?x :p ?y1 . ?y1 a :B .")]
    [InlineData("[ owl:onProperty :p ; owl:someValuesFrom owl:Thing ] rdfs:subClassOf :A", "cls-svf2: { ?x a :A } <- ?x :p ?y1 .")]
    [InlineData("[ owl:onProperty [ owl:inverseOf :p ] ; owl:someValuesFrom [ owl:unionOf (:B :C) ] ] rdfs:subClassOf :A",
        "cls-svf1+cls-uni: { ?x a :A } <- ?y1 :p ?x ; a :B .", "cls-svf1+cls-uni: { ?x a :A } <- ?y1 :p ?x ; a :C .")]
    [InlineData("[ owl:onProperty :p ; owl:someValuesFrom [ owl:oneOf (:i) ] ] rdfs:subClassOf :A", "cls-svf1+cls-oo: { ?x a :A } <- ?x :p :i .")]
    [InlineData("[ owl:onProperty :p ; owl:someValuesFrom xsd:integer ] rdfs:subClassOf :A",
        "cls-svf1: { ?x a :A } <- ?x :p ?y1 . FILTER(isNUMERIC(?y1) && DATATYPE(?y1) IN (DECIMALS) && FLOOR(?y1) = ?y1)")]
    [InlineData("[ owl:onProperty :p ; owl:someValuesFrom xsd:date ] rdfs:subClassOf :A",
        "cls-svf1: { ?x a :A } <- ?x :p ?y1 . FILTER(DATATYPE(?y1) = xsd:date)")]
    [InlineData(":A rdfs:subClassOf [ owl:onProperty :p ; owl:allValuesFrom :B ]", "cls-avf: { ?y1 a :B } <- ?x a :A ; :p ?y1 .")]
    [InlineData(":A owl:equivalentClass [ owl:onProperty :p ; owl:hasValue :v ]",
        "cls-hv1: { ?x :p :v } <- ?x a :A .", "cls-hv2: { ?x a :A } <- ?x :p :v .")]
    [InlineData(":A rdfs:subClassOf [ owl:onProperty :p ; owl:maxCardinality 0 ]",
        "cls-maxc1: { ?x rsn:inconsistency \"cls-maxc1\" } <- ?x a :A ; :p ?y1 .")]
    [InlineData(":A rdfs:subClassOf [ owl:onProperty :p ; owl:maxQualifiedCardinality 0 ; owl:onClass :B ]",
        "cls-maxqc1: { ?x rsn:inconsistency \"cls-maxqc1\" } <- ?x a :A ; :p ?y1 . ?y1 a :B .")]
    [InlineData(":p rdfs:domain :A ; rdfs:range :B", "prp-dom: { ?x a :A } <- ?x :p ?y .", "prp-rng: { ?y a :B } <- ?x :p ?y .")]
    [InlineData(":p rdfs:range rdfs:Literal, owl:Thing, :myType . :myType a rdfs:Datatype")]
    [InlineData(":p rdfs:range xsd:date",
        "dt-not-type: { ?x rsn:inconsistency \"dt-not-type\" } <- ?x :p ?y . FILTER(isLITERAL(?y) && !(DATATYPE(?y) = xsd:date))")]
    [InlineData(":p rdfs:range xsd:byte",
        "dt-not-type: { ?x rsn:inconsistency \"dt-not-type\" } <- ?x :p ?y . FILTER(isLITERAL(?y) && !(isNUMERIC(?y) && "
        + "DATATYPE(?y) IN (DECIMALS) && FLOOR(?y) = ?y && ?y >= -128 && ?y <= 127))")]
    [InlineData(":p rdfs:range owl:Nothing",
        "cls-nothing2: { ?y rsn:inconsistency \"cls-nothing2\" } <- ?x :p ?y .",
        "cls-nothing2: { ?x rsn:inconsistency \"cls-nothing2\" } <- ?x :p ?y . FILTER(isLITERAL(?y))")]
    [InlineData(":A rdfs:subClassOf [ owl:onProperty :p ; owl:allValuesFrom xsd:date ]",
        "cls-avf+dt-not-type: { ?x rsn:inconsistency \"dt-not-type\" } <- ?x a :A ; :p ?y1 . FILTER(isLITERAL(?y1) && !(DATATYPE(?y1) = xsd:date))")]
    [InlineData(":p a owl:DatatypeProperty, owl:FunctionalProperty",
        "prp-fp+dt-diff: { ?x rsn:inconsistency \"dt-diff\" } <- ?x :p ?y ; :p ?z . FILTER(isLITERAL(?y)) FILTER(isLITERAL(?z)) FILTER(?y != ?z)")]
    [InlineData(":i a [ owl:onProperty :p ; owl:hasValue :v ]", "cls-hv1: { :i :p :v } <-")]
    [InlineData(":i a [ owl:intersectionOf (:A [ owl:onProperty :p ; owl:allValuesFrom :B ]) ]",
        "cls-int2: { :i a :A } <-", "cls-int2+cls-avf: { ?y1 a :B } <- :i :p ?y1 .")]
    [InlineData(":i a [ owl:complementOf :A ]", "cls-com: { :i rsn:inconsistency \"cls-com\" } <- :i a :A .")]
    [InlineData(":p rdfs:subPropertyOf :q", "prp-spo1: { ?x :q ?y } <- ?x :p ?y .")]
    [InlineData(":p owl:equivalentProperty :q", "prp-eqp1: { ?x :q ?y } <- ?x :p ?y .", "prp-eqp2: { ?x :p ?y } <- ?x :q ?y .")]
    [InlineData(":p owl:inverseOf :q", "prp-inv1: { ?y :q ?x } <- ?x :p ?y .", "prp-inv2: { ?y :p ?x } <- ?x :q ?y .")]
    [InlineData(":p a owl:SymmetricProperty", "prp-symp: { ?y :p ?x } <- ?x :p ?y .")]
    [InlineData(":p a owl:AsymmetricProperty", "prp-asyp: { ?x rsn:inconsistency \"prp-asyp\" } <- ?x :p ?y . ?y :p ?x .")]
    [InlineData(":p a owl:TransitiveProperty", "prp-trp: { ?x :p ?z } <- ?x :p ?y . ?y :p ?z .")]
    [InlineData(":p a owl:IrreflexiveProperty", "prp-irp: { ?x rsn:inconsistency \"prp-irp\" } <- ?x :p ?x .")]
    [InlineData(":p owl:propertyDisjointWith :q", "prp-pdw: { ?x rsn:inconsistency \"prp-pdw\" } <- ?x :p ?y ; :q ?y .")]
    [InlineData("[ a owl:AllDisjointProperties ; owl:members (:p :q) ]", "prp-adp: { ?x rsn:inconsistency \"prp-adp\" } <- ?x :p ?y ; :q ?y .")]
    [InlineData(":p owl:propertyChainAxiom (:q [ owl:inverseOf :r ] :s)", "prp-spo2: { ?x :p ?y3 } <- ?x :q ?y1 . ?y2 :r ?y1 ; :s ?y3 .")]
    [InlineData("[ a owl:NegativePropertyAssertion ; owl:sourceIndividual :i ; owl:assertionProperty :p ; owl:targetIndividual :j ]",
        "prp-npa1: { :i rsn:inconsistency \"prp-npa1\" } <- :i :p :j .")]
    [InlineData("[ a owl:NegativePropertyAssertion ; owl:sourceIndividual :i ; owl:assertionProperty :p ; owl:targetValue 5 ]",
        "prp-npa2: { :i rsn:inconsistency \"prp-npa2\" } <- :i :p 5 .")]
    public void An_axiom_becomes_its_rules(string axiom, params string[] rules) =>
        Assert.Equal(rules.Select(rule => rule.Replace("DECIMALS", Decimals, StringComparison.Ordinal)), Compile(axiom));

    [Theory]
    [InlineData(":p a owl:FunctionalProperty", "prp-fp", "prp-fp+dt-diff")]
    [InlineData(":p a owl:FunctionalProperty, owl:ObjectProperty", "prp-fp")]
    [InlineData(":p a owl:FunctionalProperty, owl:DatatypeProperty", "prp-fp+dt-diff")]
    [InlineData(":A rdfs:subClassOf [ owl:onProperty :p ; owl:maxCardinality 1 ]", "cls-maxc2", "cls-maxc2+dt-diff")]
    [InlineData(":A rdfs:subClassOf [ owl:onProperty :p ; owl:maxQualifiedCardinality 1 ; owl:onDataRange xsd:date ]", "cls-maxqc3", "cls-maxqc3+dt-diff")]
    public void One_value_means_the_same_resource_or_the_same_literal(string axiom, params string[] origins) => Assert.Equal(
        origins,
        OwlRlCompiler.Compile(Data(axiom)).Rules.Select(rule => rule.Origin).Where(origin => !origin.StartsWith("eq-", StringComparison.Ordinal)));

    [Fact]
    public void Rules_of_equality_are_known_by_their_shape()
    {
        var kinds = EqualityRules.Make(default).Select(EqualityRules.KindOf);
        Assert.Equal(Enum.GetValues<EqualityRule>().Cast<EqualityRule?>(), kinds);
        Assert.Equal(EqualityRule.Transitivity, KindOf("{ ?a owl:sameAs ?c } WHERE { ?a owl:sameAs ?b . ?b owl:sameAs ?c }"));
        Assert.Null(KindOf("{ ?a owl:sameAs ?c } WHERE { ?a owl:sameAs ?b . ?c owl:sameAs ?b }"));
        Assert.Null(KindOf("{ ?a owl:sameAs ?b } WHERE { ?a owl:sameAs ?b }"));
        Assert.Null(KindOf("{ ?b owl:sameAs ?a } WHERE { ?a owl:sameAs ?b FILTER(?a != ?b) }"));
        Assert.Null(KindOf("{ ?b owl:sameAs ?a } WHERE DATA { ?a owl:sameAs ?b }"));
        Assert.Null(KindOf("{ ?b ?p ?z } WHERE { ?a owl:sameAs ?b . ?a ?p :z }"));

        static EqualityRule? KindOf(string rule) => EqualityRules.KindOf(Read.RuleSet($"{Prefixes}RULE {rule}").Rules.Single());
    }

    [Theory]
    [InlineData(":p a owl:FunctionalProperty", "prp-fp: { ?y owl:sameAs ?z } <- ?x :p ?y ; :p ?z . FILTER(!sameTerm(?y, ?z))")]
    [InlineData(":p a owl:InverseFunctionalProperty", "prp-ifp: { ?y owl:sameAs ?z } <- ?y :p ?x . ?z :p ?x . FILTER(!sameTerm(?y, ?z))")]
    [InlineData(":A owl:hasKey (:p)", "prp-key: { ?x owl:sameAs ?y } <- ?x a :A . ?y a :A . ?x :p ?y1 . ?y :p ?y1 . FILTER(!sameTerm(?x, ?y))")]
    [InlineData(":A rdfs:subClassOf [ owl:onProperty :p ; owl:maxCardinality 1 ]",
        "cls-maxc2: { ?y1 owl:sameAs ?y2 } <- ?x a :A ; :p ?y1 ; :p ?y2 . FILTER(!sameTerm(?y1, ?y2))")]
    [InlineData(":A rdfs:subClassOf [ owl:onProperty :p ; owl:maxQualifiedCardinality 1 ; owl:onClass owl:Thing ]",
        "cls-maxqc4: { ?y1 owl:sameAs ?y2 } <- ?x a :A ; :p ?y1 ; :p ?y2 . FILTER(!sameTerm(?y1, ?y2))")]
    public void What_derives_sameAs_brings_the_rules_of_equality(string axiom, string rule)
    {
        var rules = Compile(axiom);
        Assert.Equal(rule, rules[0]);
        Assert.Equal(
            ["eq-sym", "eq-trans", "eq-rep-s", "eq-rep-p", "eq-rep-o", "eq-diff1"],
            rules.Skip(1).Where(text => !text.Contains("dt-diff", StringComparison.Ordinal)).Select(text => text[..text.IndexOf(':', StringComparison.Ordinal)]));
    }

    [Fact]
    public void Different_individuals_contradict_equality()
    {
        const string axiom = "[ a owl:AllDifferent ; owl:distinctMembers (:i :j) ]";
        Assert.Empty(Compile(axiom));
        Assert.Equal("eq-diff3: { :i rsn:inconsistency \"eq-diff3\" } <- :i owl:sameAs :j .", Compile(axiom + " . :k owl:sameAs :l")[^1]);
    }

    [Theory]
    [InlineData(":A rdfs:subClassOf [ owl:onProperty :p ; owl:someValuesFrom :B ]")]
    [InlineData(":A rdfs:subClassOf [ owl:unionOf (:B :C) ]")]
    [InlineData(":A rdfs:subClassOf [ owl:onProperty :p ; owl:maxCardinality 2 ]")]
    [InlineData(":A rdfs:subClassOf [ owl:onProperty :p ; owl:minCardinality 1 ]")]
    [InlineData("[ owl:onProperty :p ; owl:allValuesFrom :B ] rdfs:subClassOf :A")]
    [InlineData("[ owl:complementOf :B ] rdfs:subClassOf :A")]
    [InlineData(":A owl:disjointUnionOf (:B :C)")]
    [InlineData(":p a owl:ReflexiveProperty")]
    [InlineData("_:c owl:intersectionOf (:B _:c) . :A rdfs:subClassOf _:d . _:d owl:intersectionOf (_:d)")]
    [InlineData(":A rdfs:subClassOf [ owl:intersectionOf _:l ] . _:l <http://www.w3.org/1999/02/22-rdf-syntax-ns#first> :B ; <http://www.w3.org/1999/02/22-rdf-syntax-ns#rest> _:l")]
    [InlineData("[ owl:onProperty :p ; owl:hasValue [] ] rdfs:subClassOf :A")]
    public void What_OWL_2_RL_does_not_allow_is_reported_and_left_out(string axiom)
    {
        var compilation = OwlRlCompiler.Compile(Data(axiom));
        Assert.Empty(compilation.Rules);
        Assert.All(compilation.Diagnostics, diagnostic => Assert.Equal(DiagnosticCodes.UnsupportedAxiom, diagnostic.Code));
        Assert.NotEmpty(compilation.Diagnostics);
    }

    [Fact]
    public void Contradicting_enumerations_make_no_rule() =>
        Assert.Equal(["cls-int1+cls-oo: { :j a :A } <-"], Compile("[ owl:intersectionOf ([ owl:oneOf (:i :j) ] [ owl:oneOf (:j :k) ]) ] rdfs:subClassOf :A"));

    [Fact]
    public void Rules_stand_at_their_axioms_and_stratify()
    {
        var compilation = OwlRlCompiler.Compile(Data(":A rdfs:subClassOf\n :B . :p a owl:FunctionalProperty"));
        Assert.Equal("test.srl:3:2", compilation.Rules[0].Position.ToString());
        Assert.Equal("cax-sco (test.srl:3:2)", compilation.Rules[0].DisplayName);
        var ruleSet = RuleSet.Empty with { Rules = compilation.Rules };
        Assert.Empty(WellFormedness.Check(ruleSet));
        Assert.Empty(Rules.Stratification.Create(ruleSet).Diagnostics);
    }

    private static IEnumerable<PositionedTriple> Data(string axiom) => Read.RuleSet($"{Prefixes}DATA {{ {axiom} . }}").Data;

    private static string[] Compile(string axiom)
    {
        var prefixes = Read.RuleSet(Prefixes).Prefixes;
        return [.. OwlRlCompiler.Compile(Data(axiom)).Rules.Select(rule => $"{rule.Origin}: {Line(rule)}")];

        string Line(Rule rule)
        {
            var text = string.Join(' ', RuleText.Write(rule, prefixes).Split((char[])['\n', ' '], StringSplitOptions.RemoveEmptyEntries));
            return text["RULE ".Length..].Replace("} WHERE {}", "} <-", StringComparison.Ordinal)
                .Replace("} WHERE {", "} <-", StringComparison.Ordinal).TrimEnd('}').TrimEnd();
        }
    }
}
