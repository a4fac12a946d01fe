using System.Diagnostics;
using System.Text;
using Reasoner.Rdf;

namespace Reasoner.Rules.Tests;

public class LargeRuleSetTests
{
    /// <summary>A chain of findings and a verdict each, half of them with limits, some faulty: like a large policy.</summary>
    [Fact]
    public void Ten_thousand_rules_are_analysed_in_seconds()
    {
        const int count = 10_000;
        var text = new StringBuilder(Read.Prefix);
        for (var i = 0; i < count; i++)
        {
            var read = i % 10 == 0 ? "given" : $"finding{i - 1}";
            var filter = i % 100 == 7 ? "FILTER(?n > 5) FILTER(?n < 3)" : i % 2 == 0 ? $"FILTER(?n > {i})" : "";
            var unknown = i % 50 == 3 ? "?x :misspelt" + i + " 1 ." : "";
            text.Append($"RULE :r{i} {{ ?x :finding{i} ?n . ?x :violates :c{i} }} WHERE {{ ?x :{read} ?n . {unknown} {filter} NOT {{ ?x :waived :c{i} }} }}\n");
        }

        var ruleSet = Read.RuleSet(text.ToString());
        var known = Enumerable.Range(0, count).SelectMany(i => new[] { $"finding{i}", $"c{i}" }).Concat(["given", "violates", "waived"]).Select(name => new Iri("http://example/" + name)).ToHashSet();
        var surroundings = new RuleSetSurroundings
        {
            DataPredicates = new HashSet<Iri> { new("http://example/given"), new("http://example/waived") },
            KnownTerms = known,
            Outputs = new HashSet<Iri> { new("http://example/violates") },
        };

        var started = Stopwatch.GetTimestamp();
        var diagnostics = RuleSetAnalyzer.Analyze(ruleSet, surroundings);
        var elapsed = Stopwatch.GetElapsedTime(started);

        Assert.Equal(count / 100, diagnostics.Count(diagnostic => diagnostic.Code == DiagnosticCodes.UnsatisfiableFilter));
        Assert.Equal(count / 50, diagnostics.Count(diagnostic => diagnostic.Code == DiagnosticCodes.UnknownTerm));
        Assert.True(elapsed < TimeSpan.FromSeconds(60), $"The analysis took {elapsed.TotalSeconds:0.0} s.");
    }
}
