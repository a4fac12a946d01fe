using Reasoner.Knowledge;

namespace Reasoner.Inference;

/// <summary>Searches solutions of a rule that give a certain fact.</summary>
internal static class HeadSearch
{
    /// <summary>Whether the rule gives the fact from what the runner sees; its slots then hold the solution.</summary>
    public static bool HasSolution(PlanRunner runner, HeadBuilder heads, RulePlan rule, Fact fact) =>
        ForEach(runner, heads, rule, fact, static _ => true);

    /// <summary>Takes each solution of the rule that gives the fact until it is enough; false where it never was.</summary>
    public static bool ForEach(PlanRunner runner, HeadBuilder heads, RulePlan rule, Fact fact, Func<PlanRunner, bool> isEnough)
    {
        runner.Reserve(rule.SlotCount);
        for (var i = 0; i < rule.Head.Length; i++)
        {
            var head = rule.Head[i];
            if (!Bind(head.Subject, fact.Subject, runner.Slots) || !Bind(head.Predicate, fact.Predicate, runner.Slots)
                || !Bind(head.Object, fact.Object, runner.Slots))
                continue;
            if (runner.Run(rule.FromHead(i), new FactMatcher(heads, rule, head, fact, isEnough))) return true;
        }

        return false;
    }

    private static bool Bind(HeadPlace place, int id, int[] slots)
    {
        if (place.Made is not null) return true;
        if (!place.Operand.IsVariable) return place.Operand.Constant == id;
        slots[place.Operand.Slot] = id;
        return true;
    }

    /// <summary>Hands on the solutions whose template gives the fact: blank nodes and repeated variables are checked here.</summary>
    private sealed class FactMatcher(HeadBuilder heads, RulePlan rule, HeadTemplate head, Fact fact, Func<PlanRunner, bool> isEnough) : ISolutionHandler
    {
        public bool OnSolution(PlanRunner runner) => heads.TryBuild(rule, head, runner.Slots, out var built) && built == fact && isEnough(runner);
    }
}
