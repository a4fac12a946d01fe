using System.Runtime.CompilerServices;
using System.Text;

namespace Reasoner.Rules.Tests;

/// <summary>
/// Each cases/NAME.srl beside cases/NAME.expected: all that is said about the rule set, then its rules by stratum. To
/// approve a change on purpose, run once with REASONER_APPROVE=1 and read the difference.
/// </summary>
public class GoldenFileTests
{
    public static TheoryData<string> Cases =>
        [.. Directory.EnumerateFiles(Folder(), "*.srl").Select(file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Is_as_expected(string name)
    {
        var text = File.ReadAllText(Path.Combine(Folder(), name + ".srl"));
        var actual = Describe(RuleSetReader.Parse(text, name + ".srl"));
        var expectedFile = Path.Combine(Folder(), name + ".expected");
        if (Environment.GetEnvironmentVariable("REASONER_APPROVE") == "1") File.WriteAllText(expectedFile, actual);
        Assert.Equal(File.ReadAllText(expectedFile).ReplaceLineEndings("\n"), actual);
    }

    private static string Describe(RuleSetReading reading)
    {
        var ruleSet = reading.RuleSet;
        var (stratification, violations) = Rules.Stratification.Create(ruleSet);
        Diagnostic[] diagnostics =
        [
            .. reading.Diagnostics, .. WellFormedness.Check(ruleSet), .. violations, .. RuleCatalogue.Create(ruleSet).Diagnostics,
        ];
        var hasErrors = diagnostics.Any(diagnostic => diagnostic.Severity == Severity.Error);
        if (!hasErrors) diagnostics = [.. diagnostics, .. RuleSetAnalyzer.Analyze(ruleSet)];
        var text = new StringBuilder();
        foreach (var diagnostic in diagnostics) text.Append(diagnostic).Append('\n');
        if (hasErrors) return text.ToString();
        for (var i = 0; i < stratification!.Strata.Length; i++)
        {
            text.Append($"\n# stratum {i + 1}{(stratification.Strata[i].IsRecursive ? ", recursive" : "")}\n");
            foreach (var rule in stratification.Strata[i].Rules) text.Append(RuleText.Write(rule, ruleSet.Prefixes)).Append('\n');
        }

        return text.ToString();
    }

    private static string Folder([CallerFilePath] string caller = "") => Path.Combine(Path.GetDirectoryName(caller)!, "cases");
}
