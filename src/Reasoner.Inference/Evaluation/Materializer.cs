using Reasoner.Knowledge;
using Reasoner.Rules;

namespace Reasoner.Inference;

/// <summary>A graph with everything that follows from it, and what is needed to go on from there.</summary>
/// <param name="Program">The rules.</param>
/// <param name="Graph">The graph: asserted and derived facts.</param>
/// <param name="Rank">The highest rank given out.</param>
/// <param name="DerivedFacts">How many facts the evaluation derived.</param>
/// <param name="Rounds">How many rounds it took.</param>
/// <param name="Context">What NOW() and the like gave.</param>
/// <param name="HasProofs">Whether derived facts keep the rule and rank that their proofs are rebuilt from.</param>
public sealed record Materialization(
    RuleProgram Program, KnowledgeGraph Graph, int Rank, long DerivedFacts, int Rounds, EvaluationContext Context, bool HasProofs = true)
{
    /// <summary>Whether a derived fact's rank tells the round of the one evaluation that gave all: else facts of others, with other ranks, are among them.</summary>
    internal bool RanksCountRounds { get; init; }
}

/// <summary>Derives everything that follows from a graph by a rule set (SRL, section 6: rule set evaluation).</summary>
public static class Materializer
{
    /// <summary>Materialises a graph by semi-naive evaluation, stratum by stratum. The graph receives the derived facts.</summary>
    /// <exception cref="EvaluationLimitException">A limit was reached; the graph is then of no use.</exception>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public static Materialization Materialize(
        RuleProgram program, KnowledgeGraph graph, EvaluationOptions? options = null, CancellationToken cancellation = default)
    {
        if (graph.Base is not null) throw new ArgumentException("An overlay is extended from its base's materialisation.", nameof(graph));
        AssertData(program.RuleSet, graph);
        return new Evaluation(program, graph, 1, options ?? EvaluationOptions.Default, cancellation).Materialize();
    }

    /// <summary>
    /// Brings an overlay to exactly what a full evaluation of base and overlay together would give. Its asserted facts may
    /// make new facts follow and, through negation, take back what followed in the base, as do the facts that it retracts:
    /// that is hidden, never changed (delete and rederive: Gupta, Mumick, Subrahmanian 1993). Costs what the overlay's facts
    /// touch.
    /// </summary>
    /// <param name="baseline">The base graph's materialisation; its graph is frozen and the overlay's base.</param>
    /// <param name="overlay">The overlay with its asserted facts.</param>
    /// <param name="options">Limits and inputs.</param>
    /// <param name="cancellation">Cancels.</param>
    /// <exception cref="EvaluationLimitException">A limit was reached; the overlay is then of no use.</exception>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public static Materialization Extend(
        Materialization baseline, KnowledgeGraph overlay, EvaluationOptions? options = null, CancellationToken cancellation = default)
    {
        if (overlay.Base != baseline.Graph) throw new ArgumentException("The overlay stands on another graph.", nameof(overlay));

        // What a DATA block states holds even where data stated it too and no longer does.
        if (overlay.Retracted.Count > 0) AssertData(baseline.Program.RuleSet, overlay);
        return new Evaluation(baseline.Program, overlay, baseline.Rank, options ?? EvaluationOptions.Default, cancellation).Extend();
    }

    /// <summary>
    /// Makes an extended overlay the new base: an update of a materialised graph is an overlay that asserts and retracts
    /// facts (<see cref="KnowledgeGraph.Retract(Rdf.Triple)"/>), is extended, and committed. The old base stays as it is for
    /// whoever still reads it. Costs what the relations hold that the overlay changes; the others are shared.
    /// </summary>
    /// <param name="extended">What <see cref="Extend"/> gave; its graph is of no use from then on.</param>
    public static Materialization Commit(Materialization extended) => extended with { Graph = extended.Graph.Merge() };

    /// <summary>Asserts the facts of a rule set's DATA blocks, as materialising does: for a checker, which needs no materialised graph.</summary>
    public static void AssertData(RuleSet ruleSet, KnowledgeGraph graph)
    {
        foreach (var (triple, position) in ruleSet.Data)
            graph.Assert(triple, new FactSource(new SourceDocument(SourceKind.RuleData, position.File), position.Line));
    }
}
