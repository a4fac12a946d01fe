using Reasoner.Knowledge;
using Reasoner.Rules;

namespace Reasoner.Inference;

/// <summary>owl:sameAs beyond what an ontology's axioms say of it.</summary>
public static class SameAs
{
    /// <summary>
    /// Whether a graph and a rule set may make something owl:sameAs something, so that the rules of an ontology need those of
    /// equality (<see cref="OwlRlCompiler.Compile"/>): data or DATA blocks state it, a rule derives it, or a rule derives
    /// facts of any property and the data mentions this one. Ask before the rules are compiled for the graph.
    /// </summary>
    public static bool MayHold(KnowledgeGraph graph, RuleSet rules)
    {
        var sameAs = graph.Terms.Find(EqualityRules.SameAs);
        if (sameAs != 0 && graph.OwnRelation(sameAs) is { Count: > 0 }) return true;
        return rules.Data.Any(data => data.Triple.Predicate == EqualityRules.SameAs)
            || rules.Rules.Any(rule => EqualityRules.MayDeriveSameAs(rule, orAny: sameAs != 0));
    }
}
