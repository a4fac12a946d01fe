using Reasoner.Rules;

namespace Reasoner.Conformance.Rules;

public class WellFormednessTests
{
    public static TheoryData<string> Positive => [.. RuleSuite.Tests("wellformed/manifest.ttl", "RulesPositiveWellFormednessTest")];

    public static TheoryData<string> Negative => [.. RuleSuite.Tests("wellformed/manifest.ttl", "RulesNegativeWellFormednessTest")];

    [RuleSuiteTheory]
    [MemberData(nameof(Positive))]
    public void Accepts(string file) => Assert.Empty(WellFormedness.Check(Read(file)));

    [RuleSuiteTheory]
    [MemberData(nameof(Negative))]
    public void Rejects(string file) => Assert.NotEmpty(WellFormedness.Check(Read(file)));

    [RuleSuiteTheory]
    [InlineData(4, 4)]
    public void Suite_is_whole(int positive, int negative)
    {
        Assert.Equal(positive, Positive.Count);
        Assert.Equal(negative, Negative.Count);
    }

    private static RuleSet Read(string file)
    {
        var reading = RuleSetReader.ReadFiles([Path.Combine(RuleSuite.Folder!, "wellformed", file)]);
        Assert.Empty(reading.Diagnostics);
        return reading.RuleSet;
    }
}
