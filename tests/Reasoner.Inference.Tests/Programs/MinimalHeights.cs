using Reasoner.Rdf;
using Reasoner.Rules;

namespace Reasoner.Inference.Tests;

/// <summary>Heights of proofs by trying every application of every rule over all that holds again and again (Bellman, Ford).</summary>
internal static class MinimalHeights
{
    /// <summary>Holds the shortest proof of every fact against the heights.</summary>
    /// <returns>How many facts there are, and how many of them have a shorter proof than the one by ranks.</returns>
    public static (int Facts, int Shorter) Check(Materialization materialization, RuleSet rules, List<Triple> data, string what)
    {
        var heights = Of(rules, data);
        var names = new RuleNames(rules);
        var builder = new ProofBuilder(materialization, names);
        var checker = new ProofChecker(names, materialization.Graph, World.Context);
        var (facts, shorter) = (0, 0);
        foreach (var fact in materialization.Graph.Match().ToList())
        {
            var triple = materialization.Graph.ToTriple(fact);
            var (proof, isMinimal) = builder.ProveShortest(fact)!.Value;
            Assert.True(isMinimal, what);
            Assert.True(heights[triple] == proof.Height, $"{triple} has a proof of height {heights[triple]}, not {proof.Height}.\n{what}\n{string.Join('\n', data)}");
            var refusal = checker.Check(proof);
            Assert.True(refusal is null, $"{refusal}\n{what}");
            facts++;
            if (builder.Prove(fact)!.Height > proof.Height) shorter++;
        }

        return (facts, shorter);
    }

    private static Dictionary<Triple, int> Of(RuleSet rules, List<Triple> data)
    {
        var graph = NaiveEvaluator.Evaluate(rules, data);
        var applications = rules.Rules.SelectMany(rule => NaiveEvaluator.Applications(rules, rule, graph, [.. data])).ToList();
        var heights = data.Concat(rules.Data.Select(each => each.Triple)).Distinct().ToDictionary(triple => triple, _ => 1);
        for (var changed = true; changed;)
        {
            changed = false;
            foreach (var (fact, premises) in applications)
            {
                if (!premises.TrueForAll(heights.ContainsKey)) continue;
                var height = premises.Count == 0 ? 1 : premises.Max(premise => heights[premise]) + 1;
                if (heights.TryGetValue(fact, out var known) && known <= height) continue;
                heights[fact] = height;
                changed = true;
            }
        }

        return heights;
    }
}
