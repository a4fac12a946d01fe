using System.Text.RegularExpressions;
using Reasoner.Rules;
using Reasoner.Testing;
using Xunit.Abstractions;

namespace Reasoner.Decisions.Tests;

public sealed class DomainCheckTests(ITestOutputHelper output) : IDisposable
{
    private readonly SmallDomain _club = new();

    public void Dispose() => _club.Dispose();

    [Theory]
    [InlineData("lending")]
    [InlineData("card-default")]
    [InlineData("rostering")]
    public void A_shipped_domain_gives_no_cause_for_errors_or_warnings(string name)
    {
        var report = DomainCheck.Run(ShippedDomain.Manifest(name));
        foreach (var diagnostic in report.Diagnostics) output.WriteLine(diagnostic.ToString());
        Assert.Empty(report.Diagnostics.Where(diagnostic => diagnostic.Severity != Severity.Info));
        Assert.True(report.Succeeded);
        Assert.Equal(name, report.Domain);
    }

    [Fact]
    public void The_small_domain_is_clean_before_a_test_breaks_it() => Assert.Empty(Run().Diagnostics);

    [Fact]
    public void An_extension_of_the_rule_language_is_an_error_of_strict_checks_only()
    {
        _club.AddRules("""
            DATA { c:guests rdfs:label "Guests" ; rsn:code "C9" ; rsn:because "{n} guests" ; dcterms:source c:house-rules }
            RULE c:guests { ?visit c:paid ?n } WHERE { { SELECT ?visit (COUNT(*) AS ?n) WHERE { ?visit c:guest [] } GROUP BY ?visit } }
            """);
        Assert.Empty(Run().Diagnostics);
        var error = Assert.Single(DomainCheck.Run(_club.Manifest, isStrict: true).Diagnostics);
        Assert.Equal((DiagnosticCodes.Extension, Severity.Error, 8), (error.Code, error.Severity, error.Position.Line));
    }

    [Fact]
    public void The_core_vocabulary_is_known_whole()
    {
        var file = File.ReadAllText(Path.Combine(Path.GetDirectoryName(Lending.Manifest)!, "..", "reasoner.ttl"));
        var declared = Regex.Matches(file, @"^rsn:(\w+) a ", RegexOptions.Multiline).Select(match => match.Groups[1].Value).Order();
        Assert.Equal(declared, CoreTerms.All.Select(term => CoreVocabulary.LocalName(term.Value)).Order());
    }

    [Theory]
    [InlineData("{ \"name\": \"club\", ", "RSN0101")]
    [InlineData("{ \"name\": \"club\", \"tittle\": \"x\" }", "RSN0101")]
    public void A_manifest_that_cannot_be_read_is_said_with_its_place(string manifest, string code)
    {
        _club.Write("ontologies/club/domain.json", manifest);
        var report = Run();
        Assert.Null(report.Domain);
        Assert.Equal(code, Assert.Single(report.Diagnostics).Code);
        Assert.False(report.Succeeded);
    }

    [Fact]
    public void A_manifest_with_several_problems_lists_each()
    {
        _club.Write("ontologies/club/domain.json", SmallDomain.ManifestWith("\"fallback\": { \"answer\": \"c:Stay\", \"score\": 0 }, \"label\": { \"property\": \"c:x\", \"answers\": { \"1\": \"d:Y\" } }"));
        var report = Run();
        Assert.Equal(3, report.Errors);
        Assert.All(report.Diagnostics, diagnostic => Assert.DoesNotContain("error:", diagnostic.Message, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("ontologies/club/ontology.ttl", "<urn:a> <urn:b> .", 1, "RSN0102")]
    [InlineData("ontologies/club/context.jsonld", "{", 1, "RSN0102")]
    [InlineData("rules/club/door.srl", "RULE { ?x <urn:p> ?y } WHERE { ?x <urn:p> ?z }", 1, "SRL0201")]
    [InlineData("rules/club/door.srl", "RULE { ?x <urn:p> ", 1, "SRL0001")]
    public void A_file_that_cannot_be_used_is_said_with_its_place(string file, string text, int line, string code)
    {
        _club.Write(file, text);
        var report = Run();
        Assert.Equal((file, line, code), (report.Diagnostics[0].Position.File, report.Diagnostics[0].Position.Line, report.Diagnostics[0].Code));
    }

    [Fact]
    public void A_missing_file_is_said()
    {
        File.Delete(_club.PathOf("ontologies/club/ontology.ttl"));
        Assert.Equal(DomainDiagnosticCodes.UnusableFile, Assert.Single(Run().Diagnostics).Code);
    }

    [Fact]
    public void Rules_are_analysed_in_their_surroundings()
    {
        _club.AddRules("""
            RULE { ?x c:paid true } WHERE { ?x c:feee ?f }
            RULE c:lonely { ?x c:paid true } WHERE { ?x c:guest ?g }
            """);
        var codes = Run().Diagnostics.Select(diagnostic => diagnostic.Code).ToList();
        Assert.Contains(DiagnosticCodes.UnnamedRule, codes);
        Assert.Contains(DiagnosticCodes.NeverFires, codes);
        Assert.Contains(DiagnosticCodes.UnknownTerm, codes);
        Assert.Contains(DiagnosticCodes.VariableUsedOnce, codes);
    }

    private const string MemberRule = """
        DATA { c:r rdfs:label "r" ; rsn:code "C9" ; rsn:because "gold" ; dcterms:source c:house-rules }
        RULE c:r { ?guest a c:Member } WHERE { ?guest c:tier c:Gold }
        """;

    [Fact]
    public void A_rule_whose_conclusion_nothing_reads_serves_nothing()
    {
        _club.AddRules(MemberRule);
        var problem = Assert.Single(Run().Diagnostics);
        Assert.Equal((DiagnosticCodes.UnusedRule, Severity.Warning), (problem.Code, problem.Severity));
        Assert.StartsWith("Rule c:r serves nothing: no rule, shape, feature or output reads { ?guest a c:Member }", problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"outputs\": [\"c:Member\"]", "")]
    [InlineData("\"shapes\": [\"shapes.ttl\"]", "")]
    [InlineData("", "RULE c:s { ?candidate rsn:supportedBy c:Gold } WHERE { ?candidate rsn:about/c:guest ?guest . ?guest a c:Member }")]
    public void What_the_manifest_a_shape_or_a_verdict_reads_is_used(string setting, string rule)
    {
        _club.Write("ontologies/club/shapes.ttl", SmallDomain.Prefixes + "PREFIX sh: <http://www.w3.org/ns/shacl#> c:S a sh:NodeShape ; sh:targetClass c:Member .");
        _club.Write("ontologies/club/domain.json", SmallDomain.ManifestWith(setting));
        _club.AddRules(MemberRule + rule);
        Assert.DoesNotContain(Run().Diagnostics, diagnostic => diagnostic.Code == DiagnosticCodes.UnusedRule);
    }

    [Fact]
    public void An_output_that_nobody_declared_is_said()
    {
        _club.Write("ontologies/club/domain.json", SmallDomain.ManifestWith("\"outputs\": [\"c:Membr\"]"));
        var problem = Assert.Single(Run().Diagnostics);
        Assert.Equal(DomainDiagnosticCodes.UndeclaredTerm, problem.Code);
        Assert.Contains("did you mean Member?", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_rule_concludes_no_case_gives_so_rules_that_wait_for_it_never_fire()
    {
        _club.Write("rules/club/door.srl", SmallDomain.Prefixes + SmallDomain.Rules.Replace("?visit c:fee ?fee . FILTER(?fee > 0)", "?visit c:fee ?fee . FILTER(?fee > 0) FILTER(?fee < 0)", StringComparison.Ordinal));
        var diagnostics = Run().Diagnostics;
        Assert.Single(diagnostics, diagnostic => diagnostic.Code == DiagnosticCodes.UnsatisfiableFilter);
        var waiting = Assert.Single(diagnostics, diagnostic => diagnostic.Code == DiagnosticCodes.NeverFires);
        Assert.Contains("comes only from rule c:has-paid (rules/club/door.srl:", waiting.Message, StringComparison.Ordinal);
        Assert.Single(diagnostics, diagnostic => diagnostic.Code == DiagnosticCodes.AlwaysTrue);
    }

    [Fact]
    public void A_variable_that_only_the_reason_shows_is_used()
    {
        _club.AddRules("""
            DATA { c:r rdfs:label "r" ; rsn:code "C9" ; rsn:because "{fee} was due" ; dcterms:source c:house-rules }
            RULE c:r { ?visit c:paid true } WHERE { ?visit c:fee ?fee ; c:guest/c:tier c:Gold }
            """);
        Assert.Empty(Run().Diagnostics);
    }

    [Fact]
    public void Rules_say_what_they_are_for()
    {
        _club.AddRules("""
            DATA { c:one rdfs:label "one" ; rsn:code "C1" ; rsn:because "so" ; dcterms:source c:house-rules . c:two rdfs:label "two" }
            RULE c:one { ?visit c:paid true } WHERE { ?visit c:guest/c:tier c:Gold }
            RULE c:two { ?visit c:paid true } WHERE { ?visit c:guest/c:tier c:Silver }
            """);
        var report = Run();
        var twice = Assert.Single(report.Diagnostics, diagnostic => diagnostic.Code == DomainDiagnosticCodes.DuplicateReasonCode);
        Assert.Equal(Severity.Error, twice.Severity);
        Assert.Contains("c:one has the reason code C1, as c:has-paid at rules/club/door.srl", twice.Message, StringComparison.Ordinal);
        var lacking = Assert.Single(report.Diagnostics, diagnostic => diagnostic.Code == DomainDiagnosticCodes.IncompleteCatalogueEntry);
        Assert.StartsWith("c:two has no rsn:code, no rsn:because, no dcterms:source;", lacking.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Protected_attributes_are_among_the_errors()
    {
        _club.AddRules("RULE c:r { ?g c:grown true } WHERE { ?g c:age 18 }");
        var report = Run();
        Assert.Single(report.ProtectedAttributes);
        Assert.Contains(report.Diagnostics, diagnostic => diagnostic.Code == DomainDiagnosticCodes.RuleReadsProtected);
        Assert.False(report.Succeeded);
    }

    [Fact]
    public void What_the_manifest_names_must_be_declared()
    {
        _club.Write("ontologies/club/domain.json", SmallDomain.ManifestWith("""
            "label": { "property": "c:endd", "answers": { "1": "c:Enter", "2": "c:Leave" } },
            "features": [{ "name": "fee", "path": "c:guest/c:feee", "kind": "numeric" }]
            """).Replace("c:Visit", "c:Vist", StringComparison.Ordinal));
        var diagnostics = Run().Diagnostics;
        Assert.Equal(
            [("c:guest/c:feee", Severity.Error), ("c:endd", Severity.Error), ("c:Vist", Severity.Warning)],
            new[] { (13, "c:guest/c:feee"), (12, "c:endd"), (5, "c:Vist") }.Select(place =>
                (place.Item2, diagnostics.Single(diagnostic => diagnostic.Code == DomainDiagnosticCodes.UndeclaredTerm && diagnostic.Position.Line == place.Item1).Severity)));
        Assert.Contains(diagnostics, diagnostic => diagnostic.Message.Contains("did you mean fee?", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("""{ "@type": "Stay" }""", Severity.Error)]
    [InlineData("""{ "@type": "Visit" """, Severity.Error)]
    [InlineData("""{ "@type": "Visit", "paid": true }""", Severity.Error)]
    public void The_sample_case_must_be_decided(string sample, Severity severity)
    {
        _club.Write("ontologies/club/sample.json", sample);
        var problem = Assert.Single(Run().Diagnostics);
        Assert.Equal((DomainDiagnosticCodes.SampleNotDecided, severity, "ontologies/club/sample.json"), (problem.Code, problem.Severity, problem.Position.File));
    }

    [Fact]
    public void A_sample_case_without_valid_answer_is_doubtful()
    {
        _club.AddRules("""
            DATA { c:closed rdfs:label "closed" ; rsn:code "C9" ; rsn:because "closed" ; dcterms:source c:house-rules }
            RULE c:closed { ?candidate rsn:violates c:FeeDue } WHERE { ?candidate rsn:answer c:Enter }
            """);
        var problem = Assert.Single(Run().Diagnostics, diagnostic => diagnostic.Code == DomainDiagnosticCodes.SampleNotDecided);
        Assert.Equal(Severity.Warning, problem.Severity);
        Assert.Contains("c:FeeDue, c:FeePaid", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_model_that_is_missing_does_not_hide_the_rest()
    {
        _club.Write("ontologies/club/domain.json", SmallDomain.ManifestWith("""
            "features": [{ "name": "fee", "path": "c:fee", "kind": "numeric" }],
            "model": { "file": "model/proposer.onnx", "card": "model/card.json" }
            """));
        _club.AddRules("RULE { ?x c:paid true } WHERE { ?x c:guest/c:tier c:Gold }");
        Assert.Equal(
            [DomainDiagnosticCodes.UnusableModel, DiagnosticCodes.UnnamedRule], Run().Diagnostics.Select(diagnostic => diagnostic.Code));
    }

    [Fact]
    public void Diagnostics_come_by_position()
    {
        _club.AddRules("RULE { ?x c:ok true } WHERE { ?x c:nothing ?y }\nRULE { ?x c:ok true } WHERE { ?x c:nobody ?y }");
        var diagnostics = Run().Diagnostics;
        Assert.True(diagnostics.Length >= 4);
        Assert.Equal(diagnostics.OrderBy(diagnostic => diagnostic.Position), diagnostics);
    }

    private DomainCheckReport Run() => DomainCheck.Run(_club.Manifest);
}
