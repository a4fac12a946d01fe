using Reasoner.Rules;

namespace Reasoner.Conformance.Rules;

public class StratificationTests
{
    private static readonly string[] _manifests = ["stratification/manifest.ttl", "stratification/manifest-unlisted.ttl"];

    public static TheoryData<string> Positive => Tests("RulesPositiveStratificationTest");

    public static TheoryData<string> Negative => Tests("RulesNegativeStratificationTest");

    [RuleSuiteTheory]
    [MemberData(nameof(Positive))]
    public void Accepts(string file)
    {
        var ruleSet = Read(file);
        var (stratification, diagnostics) = Stratification.Create(ruleSet);
        Assert.Empty(diagnostics);
        Assert.Equal(ruleSet.Rules.Length, stratification!.Strata.Sum(stratum => stratum.Rules.Length));
    }

    [RuleSuiteTheory]
    [MemberData(nameof(Negative))]
    public void Rejects(string file)
    {
        var (stratification, diagnostics) = Stratification.Create(Read(file));
        Assert.Null(stratification);
        Assert.NotEmpty(diagnostics);
    }

    [RuleSuiteTheory]
    [InlineData(7, 7)]
    public void Suite_is_whole(int positive, int negative)
    {
        Assert.Equal(positive, Positive.Count);
        Assert.Equal(negative, Negative.Count);
    }

    private static TheoryData<string> Tests(string type) => [.. _manifests.SelectMany(manifest => RuleSuite.Tests(manifest, type))];

    private static RuleSet Read(string file)
    {
        var reading = RuleSetReader.ReadFiles([Path.Combine(RuleSuite.Folder!, "stratification", file)]);
        Assert.Empty(reading.Diagnostics);
        return reading.RuleSet;
    }
}
