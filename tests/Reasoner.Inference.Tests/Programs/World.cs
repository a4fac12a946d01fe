using Reasoner.Knowledge;
using Reasoner.Rdf;
using Reasoner.Rules;

namespace Reasoner.Inference.Tests;

/// <summary>Short ways from text to rules and graphs.</summary>
internal static class World
{
    public static readonly SourceDocument Document = new(SourceKind.File, "data.ttl");

    /// <summary>A fixed time and seed: NOW() and fresh names are the same in every evaluation of a test.</summary>
    public static EvaluationContext Context => new(DateTimeOffset.UnixEpoch);

    public static EvaluationOptions Options => new() { Context = Context };

    public static RuleSet Rules(string text)
    {
        var reading = RuleSetReader.Parse(text, "rules.srl");
        Assert.False(reading.HasErrors, string.Join('\n', reading.Diagnostics));
        return reading.RuleSet;
    }

    /// <summary>The first random rule set from the seed on that is well-formed and stratifiable.</summary>
    public static (RuleSet Rules, string Text) StratifiableRules(int seed, int count)
    {
        for (var attempt = 0; ; attempt++)
        {
            var text = new RandomPrograms((seed * 1000) + attempt).Rules(count);
            var reading = RuleSetReader.Parse(text, "rules.srl");
            if (!reading.HasErrors && Stratification.Create(reading.RuleSet).Stratification is not null) return (reading.RuleSet, text);
        }
    }

    public static List<Triple> Triples(string turtle) => [.. RdfDocument.Parse(turtle, RdfFormat.Turtle).Triples.Distinct()];

    public static KnowledgeGraph Graph(IEnumerable<Triple> triples, KnowledgeGraph? baseGraph = null)
    {
        var graph = new KnowledgeGraph(baseGraph);
        foreach (var triple in triples) graph.Assert(triple, new FactSource(Document, 1));
        return graph;
    }

    public static Materialization Materialize(RuleSet rules, IEnumerable<Triple> triples)
    {
        var graph = Graph(triples);
        return Materializer.Materialize(RuleProgram.Compile(rules, graph), graph, Options);
    }

    public static Materialization Extend(RuleSet rules, IEnumerable<Triple> baseTriples, IEnumerable<Triple> caseTriples)
    {
        var baseline = Materialize(rules, baseTriples);
        baseline.Graph.Freeze();
        return Materializer.Extend(baseline, Graph(caseTriples, baseline.Graph), Options);
    }

    /// <summary>The graph's triples as sorted lines: a difference reads well.</summary>
    public static string Print(IEnumerable<Triple> triples) => string.Join('\n', triples.Distinct().Order());
}
