using Reasoner.Knowledge;

namespace Reasoner.Constraints.Joint;

/// <summary>How late limits are given up when nothing fits.</summary>
public static class JointPriorities
{
    /// <summary>The priority of what nobody said anything of.</summary>
    public const int Standard = 1;

    /// <summary>The priority of what is never given up.</summary>
    public const int Never = 0;

    /// <summary>What <c>rsn:priority</c> and <c>rsn:firm</c> say of any of some nodes: <see cref="Never"/> if one is firm, else the highest priority.</summary>
    /// <param name="graph">The facts.</param>
    /// <param name="nodes">The nodes: what the limit is about, the rules that state it.</param>
    public static int Of(KnowledgeGraph graph, IEnumerable<int> nodes)
    {
        var priority = Standard;
        var (firm, stated) = (graph.Terms.Find(JointVocabulary.Firm), graph.Terms.Find(JointVocabulary.Priority));
        foreach (var node in nodes)
        {
            if (firm != 0 && graph.ObjectsOf(node, firm).Any(value => graph.Terms.ValueOf(value).EffectiveBooleanValue == true)) return Never;
            if (stated == 0) continue;
            foreach (var value in graph.ObjectsOf(node, stated))
                if (graph.Terms.ValueOf(value).TryGetInteger(out var number)) priority = (int)Math.Clamp(number, priority, 1_000_000);
        }

        return priority;
    }
}
