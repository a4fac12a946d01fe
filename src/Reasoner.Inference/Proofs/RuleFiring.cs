using Reasoner.Knowledge;

namespace Reasoner.Inference;

/// <summary>
/// Which rules fired in a materialisation. A derived fact remembers only the rule that gave it first; the other rules that
/// give it are found by running them once more over the finished graph.
/// </summary>
public static class RuleFiring
{
    /// <summary>The numbers of the rules that give at least one fact.</summary>
    /// <param name="materialization">A finished materialisation of a graph that still takes terms, such as an overlay.</param>
    /// <param name="ownFactsOnly">Whether only facts count that the overlay adds to its base.</param>
    /// <param name="cancellation">Cancels.</param>
    public static IReadOnlySet<int> Of(Materialization materialization, bool ownFactsOnly = true, CancellationToken cancellation = default)
    {
        var graph = materialization.Graph;
        var fired = new HashSet<int>();
        foreach (var relation in graph.OwnRelations)
        {
            for (var row = 0; row < relation.Count; row++)
                if (KnowledgeGraph.IsDerived(relation.OriginOf(row))) fired.Add(relation.OriginOf(row));
        }

        var runner = new PlanRunner(graph, materialization.Program.Relations, materialization.Context, cancellation.ThrowIfCancellationRequested);
        var heads = new HeadBuilder(graph.Terms);
        foreach (var plan in materialization.Program.Plans)
        {
            if (fired.Contains(plan.Number)) continue;
            runner.Reserve(plan.SlotCount);
            if (runner.Run(plan.Full, new AnyFact(graph, heads, plan, ownFactsOnly))) fired.Add(plan.Number);
        }

        return fired;
    }

    /// <summary>Ends the run at the first solution that gives a fact that counts.</summary>
    private sealed class AnyFact(KnowledgeGraph graph, HeadBuilder heads, RulePlan plan, bool ownFactsOnly) : ISolutionHandler
    {
        public bool OnSolution(PlanRunner runner)
        {
            foreach (var head in plan.Head)
            {
                if (heads.TryBuild(plan, head, runner.Slots, out var fact) && (!ownFactsOnly || IsOwn(fact))) return true;
            }

            return false;
        }

        private bool IsOwn(Fact fact) => graph.OwnRelation(fact.Predicate)?.Find(fact.Subject, fact.Object) >= 0;
    }
}
