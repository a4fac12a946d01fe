using System.Collections.Immutable;
using Reasoner.Rdf;
using Reasoner.Rules;

namespace Reasoner.Decisions;

/// <summary>The files of one case.</summary>
internal sealed record RuleTestFiles(string Name, string Case, string? Expected, string? Absent)
{
    private const string ExpectedSuffix = ".expect.ttl";
    private const string AbsentSuffix = ".absent.ttl";

    /// <summary>The cases of a folder in ordinal order of their names, and what is wrong with the folder.</summary>
    public static (ImmutableArray<RuleTestFiles> Cases, ImmutableArray<Diagnostic> Problems) Find(string folder, Func<string, string> nameOf)
    {
        var names = Directory.EnumerateFiles(folder).Select(file => Path.GetFileName(file)!).Order(StringComparer.Ordinal).ToList();
        var expected = Named(names, ExpectedSuffix);
        var absent = Named(names, AbsentSuffix);
        var turtle = Named(names.Except(expected.Values).Except(absent.Values), ".ttl");
        var json = Named(names, ".json");
        var problems = ImmutableArray.CreateBuilder<Diagnostic>();
        var cases = json.Concat(turtle.Where(pair => !json.ContainsKey(pair.Key)))
            .OrderBy(pair => pair.Key, StringComparer.Ordinal)
            .Select(pair => new RuleTestFiles(
                pair.Key, PathOf(pair.Value)!, PathOf(expected.GetValueOrDefault(pair.Key)), PathOf(absent.GetValueOrDefault(pair.Key))))
            .ToImmutableArray();
        foreach (var (name, file) in turtle.Where(pair => json.ContainsKey(pair.Key)))
            Report(file, Severity.Error, $"there is a {name}.json too; give each case a name of its own.");
        foreach (var (name, file) in expected.Concat(absent).Where(pair => !json.ContainsKey(pair.Key) && !turtle.ContainsKey(pair.Key)))
        {
            Report(file, Severity.Error,
                $"there is no case {name}.json or {name}.ttl{NearestName.Advice(name, json.Keys.Concat(turtle.Keys))}");
        }

        foreach (var test in cases.Where(test => test.Expected is null && test.Absent is null))
        {
            Report(Path.GetFileName(test.Case), Severity.Error,
                $"the case tests nothing; add {test.Name}{ExpectedSuffix} with what must follow, or {test.Name}{AbsentSuffix} with what must not.");
        }

        return (cases, problems.DrainToImmutable());

        string? PathOf(string? name) => name is null ? null : Path.Combine(folder, name);

        void Report(string file, Severity severity, string message) => problems.Add(new Diagnostic(
            new SourcePosition(nameOf(PathOf(file)!), 1, 1), severity, DomainDiagnosticCodes.IncompleteTestCase, message));
    }

    private static Dictionary<string, string> Named(IEnumerable<string> names, string suffix) => names
        .Where(name => name.EndsWith(suffix, StringComparison.Ordinal))
        .ToDictionary(name => name[..^suffix.Length], StringComparer.Ordinal);
}
