using System.Runtime.CompilerServices;
using System.Text;
using Reasoner.Rdf;

namespace Reasoner.Rules.Tests;

/// <summary>
/// Each cases/NAME.srl beside cases/NAME.expected: all that is said about the rule set, then its rules by stratum. Comments
/// <c># data: ex:a ex:b</c>, <c># known: ...</c> and <c># outputs: ...</c> say what its surroundings are. To approve a
/// change on purpose, run once with REASONER_APPROVE=1 and read the difference.
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
        var actual = Describe(RuleSetReader.Parse(text, name + ".srl"), text);
        var expectedFile = Path.Combine(Folder(), name + ".expected");
        if (Environment.GetEnvironmentVariable("REASONER_APPROVE") == "1") File.WriteAllText(expectedFile, actual);
        Assert.Equal(File.ReadAllText(expectedFile).ReplaceLineEndings("\n"), actual);
    }

    private static string Describe(RuleSetReading reading, string source)
    {
        var ruleSet = reading.RuleSet;
        var (stratification, violations) = Rules.Stratification.Create(ruleSet);
        Diagnostic[] diagnostics =
        [
            .. reading.Diagnostics, .. WellFormedness.Check(ruleSet), .. violations, .. RuleCatalogue.Create(ruleSet).Diagnostics,
        ];
        var hasErrors = diagnostics.Any(diagnostic => diagnostic.Severity == Severity.Error);
        if (!hasErrors) diagnostics = [.. diagnostics, .. RuleSetAnalyzer.Analyze(ruleSet, Surroundings(source, ruleSet))];
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

    private static RuleSetSurroundings Surroundings(string source, RuleSet ruleSet)
    {
        return new RuleSetSurroundings { DataPredicates = Named("data"), KnownTerms = Named("known"), Outputs = Named("outputs") };

        HashSet<Iri>? Named(string what) => source.Split('\n')
            .Where(line => line.StartsWith($"# {what}: ", StringComparison.Ordinal))
            .Select(line => line[(what.Length + 4)..].Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Select(names => names.Select(name => new Iri(ruleSet.Prefixes[name.Split(':')[0]] + name.Split(':')[1])).ToHashSet())
            .FirstOrDefault();
    }

    private static string Folder([CallerFilePath] string caller = "") => Path.Combine(Path.GetDirectoryName(caller)!, "cases");
}
