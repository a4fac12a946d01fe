using Reasoner.Rules;

namespace Reasoner.Conformance.Rules;

/// <summary>The well-formedness tests of the SPARQL 1.2 RL suite.</summary>
public class WellFormednessTests
{
    private static readonly RuleTests _suite = new("wellformed");

    public static TheoryData<string> Positive => [.. _suite.Names("RulesPositiveWellFormednessTest")];

    public static TheoryData<string> Negative => [.. _suite.Names("RulesNegativeWellFormednessTest")];

    [SuiteTheory]
    [MemberData(nameof(Positive))]
    public void Accepts(string name) => Assert.Empty(WellFormedness.Check(_suite.RuleSet(name)));

    [SuiteTheory]
    [MemberData(nameof(Negative))]
    public void Rejects(string name) => Assert.NotEmpty(WellFormedness.Check(_suite.RuleSet(name)));

    [SuiteFact]
    public void Suite_is_whole()
    {
        Assert.Equal(4, Positive.Count);
        Assert.Equal(4, Negative.Count);
    }
}
