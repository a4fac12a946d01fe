using Reasoner.Rules;

namespace Reasoner.Conformance.Rules;

public class SyntaxTests
{
    /// <summary>The suite's manifest names this file, but no copy of it in the current grammar is known.</summary>
    private const string MissingFile = "syntax-ruleset-structure-08.srl";

    public static TheoryData<string> Positive =>
        [.. RuleSuite.Tests("syntax/manifest.ttl", "RulesPositiveSyntaxTest").Where(file => file != MissingFile)];

    public static TheoryData<string> Negative => [.. RuleSuite.Tests("syntax/manifest.ttl", "RulesNegativeSyntaxTest")];

    [RuleSuiteTheory]
    [MemberData(nameof(Positive))]
    public void Accepts(string file) => Assert.Empty(Read(file).Diagnostics);

    [RuleSuiteTheory]
    [MemberData(nameof(Negative))]
    public void Rejects(string file) => Assert.True(Read(file).HasErrors);

    [RuleSuiteTheory]
    [InlineData(110, 30)]
    public void Suite_is_whole(int positive, int negative)
    {
        Assert.Equal(positive, Positive.Count);
        Assert.Equal(negative, Negative.Count);
    }

    private static RuleSetReading Read(string file) => RuleSetReader.ReadFiles([Path.Combine(RuleSuite.Folder!, "syntax", file)]);
}
