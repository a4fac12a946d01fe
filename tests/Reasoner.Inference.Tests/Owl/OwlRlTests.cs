using Reasoner.Rdf;
using Reasoner.Rules;

namespace Reasoner.Inference.Tests;

/// <summary>What follows from axioms and facts together, contradictions above all; each with a proof.</summary>
public class OwlRlTests
{
    private const string Prefixes = """
        PREFIX : <http://example/> PREFIX owl: <http://www.w3.org/2002/07/owl#> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
        PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>

        """;

    [Theory]
    [InlineData("xsd:integer", "5")]
    [InlineData("xsd:integer", "5.0")]
    [InlineData("xsd:byte", "5")]
    [InlineData("xsd:decimal", "\"7\"^^xsd:unsignedByte")]
    [InlineData("xsd:unsignedLong", "18446744073709551615")]
    [InlineData("xsd:string", "\"x\"^^xsd:token")]
    [InlineData("xsd:token", "\"x\"")]
    [InlineData("xsd:dateTimeStamp", "\"2020-01-01T00:00:00Z\"^^xsd:dateTime")]
    [InlineData("xsd:double", "1.0e0")]
    [InlineData("rdfs:Literal", "\"x\"@en")]
    [InlineData("xsd:integer", ":resource")]
    public void A_value_of_the_range_contradicts_nothing(string range, string value) =>
        Assert.Empty(Contradictions($":p rdfs:range {range} .", $":i :p {value} ."));

    [Theory]
    [InlineData("xsd:integer", "\"5\"")]
    [InlineData("xsd:integer", "5.5")]
    [InlineData("xsd:integer", "\"five\"^^xsd:integer")]
    [InlineData("xsd:byte", "128")]
    [InlineData("xsd:nonNegativeInteger", "-1")]
    [InlineData("xsd:unsignedLong", "18446744073709551616")]
    [InlineData("xsd:decimal", "1.0e0")]
    [InlineData("xsd:double", "1")]
    [InlineData("xsd:string", "\"x\"@en")]
    [InlineData("xsd:date", "\"2020-01-01T00:00:00Z\"^^xsd:dateTime")]
    public void A_literal_outside_the_range_is_a_contradiction(string range, string value) =>
        Assert.Equal(["i dt-not-type"], Contradictions($":p rdfs:range {range} .", $":i :p {value} ."));

    [Theory]
    [InlineData(":p a owl:FunctionalProperty .", ":i :p 1 , 2 .", "i dt-diff")]
    [InlineData(":p a owl:FunctionalProperty .", ":i :p 1 , 1.0 .")]
    [InlineData(":p a owl:FunctionalProperty .", ":i :p 1 , :a . :a :p 3 .")]
    [InlineData(":p a owl:FunctionalProperty .", ":i :p 1 . :j :p 2 . :i owl:sameAs :j .", "i dt-diff", "j dt-diff")]
    [InlineData(":p a owl:FunctionalProperty . [ a owl:AllDifferent ; owl:members (:a :b) ] .", ":i :p :a , :b .", "a eq-diff2", "b eq-diff2")]
    [InlineData(":A rdfs:subClassOf [ owl:onProperty :p ; owl:maxCardinality 1 ] .", ":i a :A ; :p \"x\" , \"y\" .", "i dt-diff")]
    [InlineData(":p rdfs:range owl:Nothing .", ":i :p 1 .", "i cls-nothing2")]
    [InlineData(":i a [ owl:complementOf :A ] .", ":j a :A . :i owl:sameAs :j .", "i cls-com", "j cls-com")]
    [InlineData(":A owl:hasKey (:p :q) . :i owl:differentFrom :j .", ":i a :A ; :p 1 ; :q :x . :j a :A ; :p 1 ; :q :x .", "i eq-diff1", "j eq-diff1")]
    public void Contradictions_are_derived_with_the_name_of_their_rule(string ontology, string data, params string[] expected) =>
        Assert.Equal(expected, Contradictions(ontology, data));

    private static IEnumerable<string> Contradictions(string ontology, string data)
    {
        var axioms = World.Triples(Prefixes + ontology);
        var compiled = OwlRlCompiler.Compile(
            axioms.Select(triple => new PositionedTriple(triple, new SourcePosition("o.ttl", 1, 1))), dataHasSameAs: true);
        Assert.Empty(compiled.Diagnostics);
        var rules = RuleSet.Empty with { Rules = compiled.Rules };
        var result = World.Materialize(rules, [.. axioms, .. World.Triples(Prefixes + data)]);
        Assert.True(result.Program.RewritesEquality);
        var names = new RuleNames(rules);
        var builder = new ProofBuilder(result, names);
        var checker = new ProofChecker(names, result.Graph, World.Context);
        var found = result.Graph.Triples.Where(triple => triple.Predicate == OwlContradiction.Property).ToList();
        Assert.All(found, triple => Assert.Null(checker.Check(builder.Prove(triple)!)));
        return found.Select(triple => $"{((Iri)triple.Subject).Value["http://example/".Length..]} {((Literal)triple.Object).LexicalForm}").Order(StringComparer.Ordinal);
    }
}
