using Reasoner.Rules;

namespace Reasoner.Conformance.Rules;

/// <summary>The stratification tests of the SPARQL 1.2 RL suite, with those that its manifest does not list.</summary>
public class StratificationTests
{
    private static readonly RuleTests _listed = new("stratification");
    private static readonly RuleTests _unlisted = new("stratification", "manifest-unlisted.ttl");

    public static TheoryData<string> Positive => Names("RulesPositiveStratificationTest");

    public static TheoryData<string> Negative => Names("RulesNegativeStratificationTest");

    [SuiteTheory]
    [MemberData(nameof(Positive))]
    public void Accepts(string name)
    {
        var ruleSet = Read(name);
        var (stratification, diagnostics) = Stratification.Create(ruleSet);
        Assert.Empty(diagnostics);
        Assert.Equal(ruleSet.Rules.Length, stratification!.Strata.Sum(stratum => stratum.Rules.Length));
    }

    [SuiteTheory]
    [MemberData(nameof(Negative))]
    public void Rejects(string name)
    {
        var (stratification, diagnostics) = Stratification.Create(Read(name));
        Assert.Null(stratification);
        Assert.NotEmpty(diagnostics);
    }

    [SuiteFact]
    public void Suite_is_whole()
    {
        Assert.Equal(7, Positive.Count);
        Assert.Equal(7, Negative.Count);
    }

    private static TheoryData<string> Names(string type) => [.. _listed.Names(type), .. _unlisted.Names(type)];

    private static RuleSet Read(string name) => (_listed.Has(name) ? _listed : _unlisted).RuleSet(name);
}
