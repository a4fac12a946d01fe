using Reasoner.Rdf;
using Reasoner.Rules;

namespace Reasoner.Conformance.Rules;

/// <summary>The syntax tests of the SPARQL 1.2 RL suite.</summary>
public class SyntaxTests
{
    /// <summary>The suite's manifest names this file, but no copy of it in the current grammar is known.</summary>
    private const string MissingFile = "syntax-ruleset-structure-08.srl";

    private static readonly RuleTests _suite = new("syntax");

    public static TheoryData<string> Positive =>
        [.. _suite.Names("RulesPositiveSyntaxTest").Where(name => name != MissingFile)];

    public static TheoryData<string> Negative => [.. _suite.Names("RulesNegativeSyntaxTest")];

    [SuiteTheory]
    [MemberData(nameof(Positive))]
    public void Accepts(string name) => Assert.Empty(_suite.Read(name).Diagnostics);

    [SuiteTheory]
    [MemberData(nameof(Negative))]
    public void Rejects(string name) => Assert.True(_suite.Read(name).HasErrors);

    [SuiteTheory]
    [MemberData(nameof(Positive))]
    public void Prints_what_reads_back(string name)
    {
        var ruleSet = _suite.Read(name).RuleSet;
        var again = RuleSetReader.Parse(RuleText.Write(ruleSet), "printed.srl");
        Assert.Empty(again.Diagnostics);
        Assert.Equal(Rules(ruleSet), Rules(again.RuleSet));
        Assert.True(GraphIsomorphism.AreIsomorphic(Data(ruleSet), Data(again.RuleSet)));

        static string Rules(RuleSet ruleSet) => RuleText.Write(ruleSet with { Data = [] });

        static List<Triple> Data(RuleSet ruleSet) => [.. ruleSet.Data.Select(fact => fact.Triple).Distinct()];
    }

    [SuiteFact]
    public void Suite_is_whole()
    {
        Assert.Equal(110, Positive.Count);
        Assert.Equal(30, Negative.Count);
    }
}
