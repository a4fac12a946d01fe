using Reasoner.Rules;
using Reasoner.Testing;

namespace Reasoner.Decisions.Tests;

public sealed class ProtectedAttributeCheckTests : IDisposable
{
    private readonly SmallDomain _club = new();

    public void Dispose() => _club.Dispose();

    [Theory]
    [InlineData("lending")]
    [InlineData("card-default")]
    [InlineData("rostering")]
    public void A_shipped_domain_reads_no_protected_attribute(string name)
    {
        using var domain = ShippedDomain.Load(name);
        Assert.Empty(ProtectedAttributeCheck.Run(domain));
    }

    [Fact]
    public void The_small_domain_reads_none_before_a_test_adds_a_leak() => Assert.Empty(Run());

    [Fact]
    public void A_rule_that_reads_the_attribute_is_found_at_its_pattern()
    {
        _club.AddRules("RULE c:too-young { ?candidate rsn:violates c:FeeDue }\nWHERE { ?candidate rsn:about/c:guest ?guest .\n  ?guest c:age ?age . FILTER(?age < 18) }");
        var finding = Assert.Single(Run());
        Assert.Equal(("c:age", "c:too-young", false, true), (finding.Property, finding.Reader, finding.IsFeature, finding.ReachesVerdict));
        Assert.Equal(["c:age", $"c:too-young ({At("rules/club/more.srl", 7, 1)})"], finding.Chain.AsEnumerable());
        Assert.Equal((DomainDiagnosticCodes.RuleReadsProtected, Severity.Error, 9), (finding.Diagnostic.Code, finding.Diagnostic.Severity, finding.Diagnostic.Position.Line));
    }

    [Fact]
    public void A_rule_that_reads_what_another_derives_is_found_with_the_chain()
    {
        _club.AddRules("""
            RULE c:makes-adult { ?guest c:adult true } WHERE { ?guest c:age ?age . FILTER(?age >= 18) }
            RULE c:makes-welcome { ?visit c:welcome true } WHERE { ?visit c:guest/c:adult true }
            RULE c:counts { ?visit c:counted true } WHERE { ?visit c:welcome true }
            """);
        var findings = Run();
        Assert.Equal(["c:makes-adult", "c:makes-welcome", "c:counts"], findings.Select(finding => finding.Reader));
        Assert.All(findings, finding => Assert.False(finding.ReachesVerdict));
        Assert.Equal(
            [
                "c:age",
                $"c:makes-adult ({At("rules/club/more.srl", 7, 1)}): c:adult",
                $"c:makes-welcome ({At("rules/club/more.srl", 8, 1)}): c:welcome",
                $"c:counts ({At("rules/club/more.srl", 9, 1)})",
            ],
            findings[2].Chain.AsEnumerable());
        Assert.Equal(DomainDiagnosticCodes.RuleReadsDerivedFromProtected, findings[2].Diagnostic.Code);
    }

    [Fact]
    public void An_aggregate_hands_the_attribute_on()
    {
        _club.AddRules("""
            RULE c:counts { ?visit c:adults ?n } WHERE { { SELECT ?visit (COUNT(?guest) AS ?n) WHERE { ?visit c:guest ?guest . ?guest c:age ?age FILTER(?age > 17) } GROUP BY ?visit } }
            RULE c:decides { ?candidate rsn:violates c:FeeDue } WHERE { ?candidate rsn:about/c:adults 0 }
            """);
        var findings = Run();
        Assert.Equal(["c:counts", "c:decides"], findings.Select(finding => finding.Reader));
        Assert.All(findings, finding => Assert.True(finding.ReachesVerdict));
    }

    [Fact]
    public void A_verdict_at_the_end_of_the_chain_is_seen_from_its_start()
    {
        _club.AddRules("""
            RULE c:makes-adult { ?guest c:adult true } WHERE { ?guest c:age ?age }
            RULE c:decides { ?candidate rsn:supportedBy c:Gold } WHERE { ?candidate rsn:about/c:guest/c:adult true }
            """);
        Assert.Equal([true, true], Run().Select(finding => finding.ReachesVerdict));
    }

    [Theory]
    [InlineData("RULE c:r { ?g c:ok true } WHERE { ?v c:guest ?g . NOT { ?g c:age ?age } }", "c:age")]
    [InlineData("RULE c:r { ?g c:ok true } WHERE DATA { ?v c:guest ?g . ?g c:age 3 }", "c:age")]
    [InlineData("RULE c:r { ?g c:ok true } WHERE { ?v c:guest ?g . ?g ?p 18 }", "any property, so also c:age")]
    [InlineData("RULE c:r { ?g c:ok true } WHERE { ?v c:guest ?g . NOT DATA { ?g ?p ?any . FILTER(?p = c:fee) } }", "any property, so also c:age")]
    [InlineData("RULE c:r { ?g c:ok true } WHERE { ?n rdf:reifies <<( ?g c:age ?age )>> }", "c:age")]
    [InlineData("RULE c:r { ?g c:ok true } WHERE { ?v c:guest/c:age ?age ; c:guest ?g }", "c:age")]
    [InlineData("RULE c:r { ?v c:ok true } WHERE { { SELECT ?v (AVG(?age) AS ?mean) WHERE { ?v c:guest/c:age ?age } GROUP BY ?v } }", "c:age")]
    [InlineData("RULE c:r { ?v c:n ?n } WHERE { { SELECT ?v (COUNT(*) AS ?n) WHERE DATA { ?v c:guest ?g NOT { ?g c:age 18 } } GROUP BY ?v } }", "c:age")]
    public void Every_way_of_reading_counts(string rule, string read)
    {
        _club.AddRules(rule);
        var finding = Assert.Single(Run());
        Assert.Equal("c:r", finding.Reader);
        Assert.Contains($"c:r reads {read}", finding.Diagnostic.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("c:years rdfs:subPropertyOf c:age .", "c:years", "c:age -> rdfs:subPropertyOf")]
    [InlineData("c:age rdfs:subPropertyOf c:trait .", "c:trait", "axiom prp-spo1")]
    [InlineData("c:age owl:equivalentProperty c:jahre .", "c:jahre", "axiom prp-eqp")]
    [InlineData("c:agedBy owl:inverseOf c:age .", "c:agedBy", "axiom prp-inv")]
    [InlineData("c:guestAge owl:propertyChainAxiom ( c:guest c:age ) .", "c:guestAge", "axiom prp-spo2")]
    public void Axioms_carry_the_attribute_on(string axiom, string read, string way)
    {
        _club.AddOntology(axiom).AddRules($"RULE c:r {{ ?x c:ok true }} WHERE {{ ?x {read} ?y }}");
        var finding = Assert.Single(Run());
        Assert.Equal(("c:age", "c:r"), (finding.Property, finding.Reader));
        Assert.Contains(way, string.Join(" -> ", finding.Chain), StringComparison.Ordinal);
        Assert.Contains("ontologies/club/ontology.ttl:", string.Join(" -> ", finding.Chain), StringComparison.Ordinal);
    }

    [Fact]
    public void A_class_that_follows_from_the_attribute_is_tainted_and_no_other()
    {
        _club.AddOntology("c:age rdfs:domain c:Dated .").AddRules("""
            RULE c:reads-dated { ?x c:ok true } WHERE { ?x a c:Dated }
            RULE c:reads-member { ?x c:ok true } WHERE { ?x a c:Member }
            RULE c:reads-any-class { ?x c:ok true } WHERE { ?x a ?class }
            """);
        Assert.Equal(["c:reads-dated", "c:reads-any-class"], Run().Select(finding => finding.Reader));
    }

    [Fact]
    public void A_rule_with_an_open_predicate_in_its_head_may_give_anything()
    {
        _club.AddRules("""
            RULE c:copies { ?g ?p ?age } WHERE { ?p a c:Copy . ?g c:age ?age }
            """);
        var readers = Run().Select(finding => finding.Reader).ToList();
        Assert.Contains("c:copies", readers);
        Assert.Contains("c:has-paid", readers);
    }

    [Fact]
    public void A_property_that_is_not_protected_may_be_read()
    {
        _club.AddOntology("c:height a owl:DatatypeProperty ; rsn:protected false .").AddRules("RULE c:r { ?g c:ok true } WHERE { ?g c:height ?h }");
        Assert.Empty(Run());
    }

    [Theory]
    [InlineData("c:guest/c:age", "RSN0003", "")]
    [InlineData("c:guest/^c:agedBy", "RSN0004", "c:agedBy owl:inverseOf c:age .")]
    [InlineData("^c:age", "RSN0003", "")]
    [InlineData("c:guest/c:years", "RSN0003", "c:years rdfs:subPropertyOf c:age .")]
    public void A_feature_that_reads_the_attribute_is_found_in_the_manifest(string path, string code, string axiom)
    {
        _club.AddOntology(axiom).Write("ontologies/club/domain.json", SmallDomain.ManifestWith($$"""
            "features": [
              { "name": "fee", "path": "c:fee", "kind": "numeric" },
              { "name": "years", "path": "{{path}}", "kind": "numeric" }
            ]
            """));
        var finding = Assert.Single(Run());
        Assert.Equal((true, "years", code), (finding.IsFeature, finding.Reader, finding.Diagnostic.Code));
        Assert.Equal(("ontologies/club/domain.json", 14), (finding.Diagnostic.Position.File, finding.Diagnostic.Position.Line));
    }

    [Fact]
    public void A_feature_on_a_derived_concept_is_found_beside_the_rule()
    {
        _club.AddRules("RULE c:makes-adult { ?guest c:adult true } WHERE { ?guest c:age ?age }").Write("ontologies/club/domain.json", SmallDomain.ManifestWith("""
            "features": [{ "name": "adult", "path": "c:guest/c:adult", "kind": "boolean" }]
            """));
        var findings = Run();
        Assert.Equal(["adult", "c:makes-adult"], findings.Select(finding => finding.Reader));
        Assert.Equal(DomainDiagnosticCodes.FeatureReadsDerivedFromProtected, findings[0].Diagnostic.Code);
        Assert.Equal(["c:age", $"c:makes-adult ({At("rules/club/more.srl", 7, 1)}): c:adult", "feature adult"], findings[0].Chain.AsEnumerable());
    }

    private static string At(string file, int line, int column) => $"{file}:{line}:{column}";

    private IReadOnlyList<ProtectedAttributeFinding> Run()
    {
        using var domain = _club.Load();
        return ProtectedAttributeCheck.Run(domain);
    }
}
