using Reasoner.Inference;
using Reasoner.Knowledge;
using Reasoner.Rdf;
using Reasoner.Rules;

namespace Reasoner.Conformance.Rules;

/// <summary>The evaluation tests and examples of the SPARQL 1.2 RL suite, with a checked proof of every inferred triple.</summary>
public class EvaluationTests
{
    private const string TestVocabulary = "http://www.w3.org/ns/sparql-rl-tests#";

    /// <summary>Tests whose stored files cannot pass, with the reason.</summary>
    private static readonly Dictionary<string, string> KnownFailures = new()
    {
        ["link-2"] = "the expected result names a node that the test's data lacks",
    };

    public static TheoryData<string, string> Tests
    {
        get
        {
            var tests = new TheoryData<string, string>();
            foreach (var folder in new[] { "eval", "eval2", "examples" })
                foreach (var name in Suite.Names($"sparql-rl/{folder}", BaseOf(folder)))
                    tests.Add(folder, name);
            return tests;
        }
    }

    [SuiteTheory]
    [MemberData(nameof(Tests))]
    public void Infers_the_expected_graph(string folder, string name)
    {
        var suite = Suite.In($"sparql-rl/{folder}", BaseOf(folder));
        var entry = suite.ByName[name];
        var reading = RuleSetReader.ReadFiles([FileOf(suite, entry, "ruleset")]);
        Assert.False(reading.HasErrors, string.Join('\n', reading.Diagnostics));
        var data = Load(suite, FileOf(suite, entry, "data"));
        var graph = new KnowledgeGraph();
        foreach (var triple in data) graph.Assert(triple, new FactSource(new SourceDocument(SourceKind.File, "data"), 0));
        var result = Materializer.Materialize(RuleProgram.Compile(reading.RuleSet, graph), graph);

        var inferred = graph.Triples.Except(data).ToList();
        var matches = GraphIsomorphism.AreIsomorphic(Load(suite, suite.FileOf(entry.Result!)!), inferred);
        if (KnownFailures.TryGetValue(name, out var reason)) Assert.False(matches, $"{name} passes now; it was listed because {reason}.");
        else Assert.True(matches, string.Join('\n', inferred));
        Assert.All(inferred, triple => AssertProved(result, triple));
    }

    private static void AssertProved(Materialization result, Triple triple)
    {
        var names = new RuleNames(result.Program.RuleSet);
        var proof = new ProofBuilder(result, names).Prove(triple);
        Assert.NotNull(proof);
        Assert.Null(new ProofChecker(names, result.Graph, result.Context).Check(proof));
    }

    private static string FileOf(Suite suite, ManifestEntry entry, string part) =>
        suite.FileOf(suite.Value(entry.Action, TestVocabulary + part)!)!;

    private static List<Triple> Load(Suite suite, string file) =>
        [.. RdfDocument.Load(file, new RdfReaderOptions { FileName = file, BaseIri = suite.IriOf(file) }).Triples.Distinct()];

    private static string BaseOf(string folder) => $"https://w3c.github.io/data-shapes/shacl12-test-suite/tests/sparql-rl/{folder}/";
}
