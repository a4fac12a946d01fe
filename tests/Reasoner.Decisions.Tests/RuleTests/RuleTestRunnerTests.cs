using Reasoner.Rules;
using Reasoner.Testing;

namespace Reasoner.Decisions.Tests;

public sealed class RuleTestRunnerTests : IDisposable
{
    private readonly SmallDomain _club = new();

    public void Dispose() => _club.Dispose();

    [Theory]
    [InlineData("lending", 72)]
    [InlineData("card-default", 83)]
    [InlineData("rostering", 21)]
    public void Every_case_of_a_shipped_domain_passes_and_every_rule_fires(string name, int cases)
    {
        using var domain = ShippedDomain.Load(name);
        var report = RuleTestRunner.Run(domain);
        Assert.Empty(report.Problems);
        Assert.Empty(report.Cases.Where(result => !result.Passed).Select(result =>
            $"{result.Name}: {string.Join("; ", result.Problems)} missing {string.Join("; ", result.Missing)} unexpected {string.Join("; ", result.Unexpected)}"));
        Assert.Empty(report.Unfired.Select(rule => rule.Rule));
        Assert.Equal(100, report.CoveragePercent);
        Assert.True(report.Succeeded);
        Assert.True(report.Cases.Length >= cases);
        Assert.All(report.Cases, result => Assert.False(string.IsNullOrEmpty(result.Description)));
    }

    [Fact]
    public void A_missing_total_says_what_the_group_has()
    {
        _club.AddRules("RULE c:guests { ?visit c:guests ?n } WHERE { { SELECT ?visit (COUNT(?guest) AS ?n) WHERE { ?visit c:guest ?guest } GROUP BY ?visit } }");
        Case("two", """{ "@id": "urn:v", "@type": "Visit", "guest": [{ "@id": "urn:a" }, { "@id": "urn:b" }] }""", "<urn:v> c:guests 3 .");
        var why = Assert.Single(Assert.Single(Run().Cases).Missing).WhyNot;
        Assert.Equal(2, why.Length);
        Assert.Equal("<urn:v> c:guests 2 holds.", why[0]);
        Assert.StartsWith("c:guests: its SELECT has a group with ?visit = <urn:v>, ?n = 2, which does not fit: ?visit = <urn:v>, ?n = 3 (", why[1], StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_triple_says_what_stops_each_rule_that_could_give_it()
    {
        Case("free", """{ "@id": "urn:v", "@type": "Visit", "fee": 0 }""", "# Nobody paid.\n<urn:v> c:paid true .");
        var result = Assert.Single(Run().Cases);
        Assert.False(result.Passed);
        Assert.Equal("Nobody paid.", result.Description);
        var missing = Assert.Single(result.Missing);
        Assert.Equal("<urn:v> c:paid true", missing.Pattern);
        Assert.Equal("rules/club/cases/free.expect.ttl", missing.Position.File);
        var why = Assert.Single(missing.WhyNot);
        Assert.StartsWith("c:has-paid: FILTER(?fee > 0) is false: ?fee = 0 (rules/club/door.srl:", why, StringComparison.Ordinal);
    }

    [Fact]
    public void A_triple_that_no_rule_gives_says_so()
    {
        Case("free", """{ "@id": "urn:v", "@type": "Visit", "fee": 1 }""", "<urn:v> c:tier c:Gold .");
        Assert.Contains("no rule has a head", Assert.Single(Assert.Single(Run().Cases).Missing[0].WhyNot), StringComparison.Ordinal);
    }

    [Fact]
    public void An_unexpected_triple_names_the_rules_of_its_proof()
    {
        Case("paid", """{ "@id": "urn:v", "@type": "Visit", "fee": 1 }""", "<urn:v> c:paid true .", "_:any rsn:violates c:FeePaid . <urn:v> c:fee 2 .");
        var result = Assert.Single(Run().Cases);
        Assert.Empty(result.Missing);
        var unexpected = Assert.Single(result.Unexpected);
        Assert.Equal("_:any rsn:violates c:FeePaid", unexpected.Pattern.Replace(unexpected.Pattern.Split(' ')[0], "_:any", StringComparison.Ordinal));
        Assert.Equal(["<urn:reasoner:candidate:Leave> rsn:violates c:FeePaid"], unexpected.Found.AsEnumerable());
        Assert.Equal(["c:has-paid, then c:fee-paid"], unexpected.Because.AsEnumerable());
    }

    [Fact]
    public void Literals_match_by_value_where_no_term_matches()
    {
        Case("paid", """{ "@id": "urn:v", "@type": "Visit", "fee": 40 }""", "<urn:v> c:fee 40.00 . <urn:v> c:fee \"4.0E1\"^^<http://www.w3.org/2001/XMLSchema#double> .", "<urn:v> c:fee 40.01 .");
        Assert.True(Assert.Single(Run().Cases).Passed);
    }

    [Fact]
    public void Blank_nodes_that_triples_share_stand_for_one_thing()
    {
        const string Visit = """{ "@id": "urn:v", "@type": "Visit", "fee": 1, "guest": [{ "age": 20, "tier": "silver" }, { "age": 30, "tier": "gold" }] }""";
        Case("joined", Visit, "<urn:v> c:guest _:g . _:g c:age 30 ; c:tier \"gold\" .", "<urn:v> c:guest _:g . _:g c:age 20 ; c:tier \"gold\" .");
        Case("apart", Visit, "<urn:v> c:guest _:g . _:g c:age 20 ; c:tier \"gold\" .");
        var report = Run();
        Assert.Equal(["apart", "joined"], report.Cases.Select(result => result.Name));
        Assert.Equal([false, true], report.Cases.Select(result => result.Passed));
        Assert.Contains(" . ", Assert.Single(report.Cases[0].Missing).Pattern, StringComparison.Ordinal);
    }

    [Fact]
    public void A_case_may_be_Turtle_and_state_what_rules_conclude()
    {
        _club.Write("rules/club/cases/told.ttl", SmallDomain.Prefixes + "<urn:v> a c:Visit ; c:paid true .");
        _club.Write("rules/club/cases/told.expect.ttl", SmallDomain.Prefixes + "_:c rsn:violates c:FeePaid .");
        Assert.True(Assert.Single(Run().Cases).Passed);
    }

    [Fact]
    public void A_rule_fires_where_another_gave_the_same_fact_first()
    {
        _club.AddRules("RULE c:also { ?visit c:paid true } WHERE { ?visit c:fee ?fee . FILTER(?fee > 10) }  RULE c:never { ?visit c:paid true } WHERE { ?visit c:fee ?fee . FILTER(?fee > 100) }");
        Case("low", """{ "@id": "urn:v", "@type": "Visit", "fee": 5 }""", "<urn:v> c:paid true .");
        Case("rich", """{ "@id": "urn:v", "@type": "Visit", "fee": 50 }""", "<urn:v> c:paid true .");
        var coverage = Run().Coverage.ToDictionary(rule => rule.Rule);
        Assert.Equal(["low", "rich"], coverage["c:has-paid"].Cases.AsEnumerable());
        Assert.Equal(["rich"], coverage["c:also"].Cases.AsEnumerable());
        Assert.False(coverage["c:never"].HasFired);
        Assert.False(coverage["c:fee-due"].HasFired);
        Assert.Equal("C1", coverage["c:has-paid"].Code);
    }

    [Fact]
    public void A_rule_that_fires_on_the_background_alone_is_covered_but_in_no_case()
    {
        _club.AddRules("RULE c:tiers { ?tier rdfs:label \"a tier\" } WHERE { ?tier a c:Tier }");
        Case("paid", """{ "@id": "urn:v", "@type": "Visit", "fee": 1 }""", "<urn:v> c:paid true .");
        var rule = Run().Coverage.Single(rule => rule.Rule == "c:tiers");
        Assert.True(rule.FiresOnBackground);
        Assert.Empty(rule.Cases);
    }

    [Fact]
    public void Coverage_is_a_share_of_the_named_rules()
    {
        Case("paid", """{ "@id": "urn:v", "@type": "Visit", "fee": 1 }""", "<urn:v> c:paid true .");
        var report = Run();
        Assert.Equal((2, 3), (report.RulesFired, report.Coverage.Length));
        Assert.Equal(66.7, report.CoveragePercent);
        Assert.Equal(["c:fee-due"], report.Unfired.Select(rule => rule.Rule));
    }

    [Fact]
    public void Files_that_belong_to_no_case_and_cases_that_test_nothing_are_problems()
    {
        Case("paid", """{ "@type": "Visit" }""");
        _club.Write("rules/club/cases/pad.expect.ttl", "");
        var report = Run();
        Assert.False(report.Succeeded);
        Assert.Equal(
            ["rules/club/cases/pad.expect.ttl", "rules/club/cases/paid.json"], report.Problems.Select(problem => problem.Position.File).Order());
        Assert.All(report.Problems, problem => Assert.Equal(DomainDiagnosticCodes.IncompleteTestCase, problem.Code));
        Assert.Contains("did you mean paid?", report.Problems[0].Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{ "@type": "Visit", }""", "", 1)]
    [InlineData("""{ "@type": "Stay" }""", "", 1)]
    [InlineData("""{ "@type": "Visit" }""", "\n<urn:v> c:paid .", 8)]
    public void Malformed_files_fail_their_case_with_a_position(string text, string expected, int line)
    {
        Case("bad", text, expected);
        var result = Assert.Single(Run().Cases);
        Assert.False(result.Passed);
        var problem = Assert.Single(result.Problems);
        Assert.Equal((line, Severity.Error, DomainDiagnosticCodes.MalformedTestCase), (problem.Position.Line, problem.Severity, problem.Code));
    }

    [Fact]
    public void A_domain_without_cases_does_not_succeed()
    {
        Assert.Equal(DomainDiagnosticCodes.NoTestCases, Assert.Single(Run().Problems).Code);
        Directory.Delete(_club.PathOf("rules/club/cases"));
        Assert.Equal(DomainDiagnosticCodes.NoTestCases, Assert.Single(Run().Problems).Code);
        Assert.False(Run().Succeeded);
    }

    private RuleTestReport Run()
    {
        using var domain = _club.Load();
        return RuleTestRunner.Run(domain);
    }

    private void Case(string name, string text, string? expected = null, string? absent = null)
    {
        _club.Write($"rules/club/cases/{name}.json", text);
        if (expected is not null) _club.Write($"rules/club/cases/{name}.expect.ttl", Described(expected));
        if (absent is not null) _club.Write($"rules/club/cases/{name}.absent.ttl", Described(absent));

        // A comment stays on the first line.
        static string Described(string turtle) => turtle.StartsWith('#')
            ? turtle.Split('\n')[0] + "\n" + SmallDomain.Prefixes + turtle[turtle.IndexOf('\n', StringComparison.Ordinal)..]
            : SmallDomain.Prefixes + turtle;
    }
}
