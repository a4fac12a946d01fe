using Reasoner.Rules;

namespace Reasoner.Conformance.Rules;

/// <summary>The tests of a folder of the SPARQL 1.2 RL suite whose action is a rule file.</summary>
internal sealed class RuleTests(string folder, string manifest = "manifest.ttl")
{
    private string Base => $"https://w3c.github.io/data-shapes/shacl12-test-suite/tests/sparql-rl/{folder}/";

    private Suite Suite => Suite.In($"sparql-rl/{folder}", Base, manifest);

    /// <summary>The names of the tests of a type; none where the suite is absent.</summary>
    public IEnumerable<string> Names(string type) =>
        ConformanceData.Folder is null ? [] : Suite.Entries.Where(entry => entry.Type == type).Select(entry => entry.Name);

    public bool Has(string name) => Suite.ByName.ContainsKey(name);

    public RuleSetReading Read(string name) => RuleSetReader.ReadFiles([Suite.FileOf(Suite.ByName[name].Action)!]);

    /// <summary>The test's rule set, which must be without errors of syntax.</summary>
    public RuleSet RuleSet(string name)
    {
        var reading = Read(name);
        Assert.Empty(reading.Diagnostics);
        return reading.RuleSet;
    }
}
