using System.Text.RegularExpressions;

namespace Reasoner.Conformance.Rules;

/// <summary>The W3C SPARQL 1.2 RL suite, where it lies beside the repository.</summary>
internal static partial class RuleSuite
{
    /// <summary>The suite's folder, or null.</summary>
    public static string? Folder { get; } = Find();

    /// <summary>The tests of the given type that a manifest's entries name: the action files' names.</summary>
    public static IEnumerable<string> Tests(string manifest, string type)
    {
        if (Folder is null) return [];
        var text = File.ReadAllText(Path.Combine(Folder, manifest));
        return Entry().Matches(text)
            .Where(entry => entry.Groups["type"].Value == type)
            .Select(entry => entry.Groups["file"].Value);
    }

    [GeneratedRegex(@"rdf:type\s+srlt:(?<type>\w+)\s*;[^<]*?mf:action\s+<(?<file>[^>]+)>", RegexOptions.Singleline)]
    private static partial Regex Entry();

    private static string? Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var suite = Path.Combine(folder.FullName, "shared", "conformance", "sparql-rl");
            if (Directory.Exists(suite)) return suite;
        }

        return null;
    }
}

/// <summary>A theory over the suite, skipped where the suite is absent.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class RuleSuiteTheoryAttribute : TheoryAttribute
{
    public RuleSuiteTheoryAttribute()
    {
        if (RuleSuite.Folder is null) Skip = "The SPARQL 1.2 RL suite is not beside this repository.";
    }
}
