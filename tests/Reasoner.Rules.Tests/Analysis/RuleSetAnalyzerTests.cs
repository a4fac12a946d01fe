using Reasoner.Rdf;

namespace Reasoner.Rules.Tests;

public class RuleSetAnalyzerTests
{
    [Theory]
    [InlineData("RULE { ?x :out 1 } WHERE { ?x :known 1 }", null)]
    [InlineData("RULE { ?x :out 1 } WHERE { ?x :unknown 1 }", "{ ?x :unknown 1 }")]
    [InlineData("RULE { ?x :out 1 } WHERE { ?x :made 1 } RULE { ?x :made 1 } WHERE { ?x :known 1 }", null)]
    [InlineData("RULE { ?x :out 1 } WHERE { ?x :made 2 } RULE { ?x :made 1 } WHERE { ?x :known 1 }", "{ ?x :made 2 }")]
    [InlineData("RULE { ?x :out 1 } WHERE DATA { ?x :made 1 } RULE { ?x :made 1 } WHERE { ?x :known 1 }", "{ ?x :made 1 }")]
    [InlineData("RULE { ?x :out 1 } WHERE { ?x :block 1 } DATA { :s :block 1 }", null)]
    [InlineData("RULE { ?x :out 1 } WHERE { ?x ?any ?x }", null)]
    [InlineData("RULE { ?x :out 1 } WHERE { ?x :known 1 NOT { ?x :unknown 1 } }", null)]
    public void A_rule_that_nothing_can_match_never_fires(string rules, string? pattern)
    {
        var surroundings = new RuleSetSurroundings { DataPredicates = new HashSet<Iri> { new("http://example/known") } };
        var warning = RuleSetAnalyzer.Analyze(Read.RuleSet(Read.Prefix + rules), surroundings)
            .SingleOrDefault(diagnostic => diagnostic.Code == DiagnosticCodes.NeverFires);
        Assert.Equal(pattern is not null, warning is not null);
        if (pattern is not null) Assert.Contains(pattern, warning!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Terms_that_the_ontology_does_not_declare_are_named_once_with_the_nearest()
    {
        var known = new HashSet<Iri> { new("http://example/debtToIncome"), new("http://example/Loan"), new("http://other/x") };
        var ruleSet = Read.RuleSet(
            Read.Prefix + "RULE :rule { ?x a :Laon } WHERE { ?x :debtToIncom 1 ; :debtToIncome 2 ; <http://foreign/p> :rule NOT { ?x :wholly 1 ; a :Laon } }");
        var messages = RuleSetAnalyzer.Analyze(ruleSet, new RuleSetSurroundings { KnownTerms = known }).Select(diagnostic => diagnostic.Message);
        Assert.Equal(
            [
                "The ontology does not declare :Laon; did you mean :Loan?",
                "The ontology does not declare :debtToIncom; did you mean :debtToIncome?",
                "The ontology does not declare :wholly; declare it there, or check its spelling.",
            ],
            messages);
    }

    [Fact]
    public void A_name_is_asked_for_where_names_are_expected()
    {
        var ruleSet = Read.RuleSet(Read.Prefix + "RULE { ?x :p 1 } WHERE { ?x :q 1 }");
        Assert.Empty(RuleSetAnalyzer.Analyze(ruleSet));
        var warning = Assert.Single(RuleSetAnalyzer.Analyze(ruleSet, new RuleSetSurroundings { NamesExpected = true }));
        Assert.Equal(DiagnosticCodes.UnnamedRule, warning.Code);
    }

    [Theory]
    [InlineData("{ ?x :p ?y } WHERE { ?x :q ?y }", "{ ?a :p ?b } WHERE { ?a :q ?b }", true)]
    [InlineData("{ ?x :p ?y } WHERE { ?x :q ?y }", "{ ?a :p 1 } WHERE { ?a :q 1 ; :r 2 }", true)]
    [InlineData("{ ?x :p ?y } WHERE { ?x :q ?y }", "{ ?a :p ?b } WHERE { ?b :q ?a }", false)]
    [InlineData("{ ?x :p ?y } WHERE { ?x :q ?y ; :r 2 }", "{ ?a :p ?b } WHERE { ?a :q ?b }", false)]
    [InlineData("{ ?x :p 1 ; :s 1 } WHERE { ?x :q 1 }", "{ ?x :s 1 } WHERE { ?x :q 1 }", true)]
    [InlineData("{ ?x :s 1 } WHERE { ?x :q 1 }", "{ ?x :p 1 ; :s 1 } WHERE { ?x :q 1 }", false)]
    [InlineData("{ ?x :p 1 } WHERE { ?x :q ?y FILTER(?y > 1) }", "{ ?x :p 1 } WHERE { ?x :q ?z FILTER(?z > 1) FILTER(?z < 9) }", true)]
    [InlineData("{ ?x :p 1 } WHERE { ?x :q ?y FILTER(?y > 2) }", "{ ?x :p 1 } WHERE { ?x :q ?z FILTER(?z > 1) }", false)]
    [InlineData("{ ?x :p 1 } WHERE { ?x :q 1 NOT { ?x :r ?y } }", "{ ?x :p 1 } WHERE { ?x :q 1 NOT { ?x :r ?z } }", true)]
    [InlineData("{ ?x :p 1 } WHERE { ?x :q 1 NOT { ?x :r ?y } }", "{ ?x :p 1 } WHERE { ?x :q 1 NOT { ?x :r 5 } }", false)]
    [InlineData("{ ?x :p 1 } WHERE { ?x :q 1 NOT { ?x :r ?y } }", "{ ?x :p 1 } WHERE { ?x :q 1 NOT { ?x :r ?x } }", false)]
    [InlineData("{ ?x :p 1 } WHERE { ?x :q 1 NOT { ?y :r ?z } }", "{ ?x :p 1 } WHERE { ?x :q 1 NOT { ?y :r ?y } }", false)]
    [InlineData("{ ?x :p 1 } WHERE { ?x :q 1 }", "{ ?x :p 1 } WHERE DATA { ?x :q 1 }", false)]
    [InlineData("{ [] :p 1 } WHERE { ?x :q 1 }", "{ [] :p 1 } WHERE { ?x :q 1 }", false)]
    public void A_rule_makes_a_narrower_one_needless(string general, string specific, bool subsumes)
    {
        var rules = Read.RuleSet($"{Read.Prefix}RULE {general} RULE {specific}").Rules;
        Assert.Equal(subsumes, RuleSubsumption.Subsumes(rules[0], rules[1]));
    }
}
