using System.Collections.Immutable;
using Reasoner.Knowledge;
using Reasoner.Rules;

namespace Reasoner.Inference;

/// <summary>
/// A rule set compiled for a graph: its strata in order and a set of plans for each rule. Immutable once made; shared by all
/// evaluations over the graph and its overlays.
/// </summary>
public sealed class RuleProgram
{
    private readonly Lazy<Dictionary<int, RulePlan[]>> _plansByHead;
    private readonly RulePlan[] _plansWithOpenHead;
    private readonly Lazy<StratumReaders> _readers;

    private RuleProgram(RuleSet ruleSet, RulePlan[] plans, StratumPlan[] strata, RelationCatalogue relations, EqualityPlan? equality)
    {
        RuleSet = ruleSet;
        Plans = plans;
        Strata = strata;
        Relations = relations;
        _readers = new(() => new StratumReaders(strata, relations.Predicates));
        _plansByHead = new(() => PlansByHead(plans, relations));
        Equality = equality;
        _plansWithOpenHead = [.. plans.Where(plan => plan.Head.Any(head => head.Relation < 0))];
    }

    /// <summary>The rules; a rule's number is its place here.</summary>
    public RuleSet RuleSet { get; }

    /// <summary>
    /// Whether materialising evaluates owl:sameAs by representatives of equal terms, so that nothing is derived once for each
    /// alias. It does where the rule set has the rules of equality and each rule beside them gives the same for equal terms:
    /// only triple patterns without triple terms, heads without new terms, and filters that ask nothing of a resource but
    /// whether it differs from what the rule makes it owl:sameAs with. Otherwise they are evaluated as rules.
    /// </summary>
    public bool RewritesEquality => Equality is not null;

    internal RulePlan[] Plans { get; }

    internal StratumPlan[] Strata { get; }

    internal RelationCatalogue Relations { get; }

    /// <summary>How to evaluate owl:sameAs by representatives; null where the rules do not allow it.</summary>
    internal EqualityPlan? Equality { get; }

    /// <summary>Only overlays ask for it.</summary>
    internal StratumReaders Readers => _readers.Value;

    /// <summary>Compiles a rule set. Constants are added to the graph's terms, sizes of relations guide the order of patterns.</summary>
    /// <exception cref="RuleSetException">The rule set cannot be stratified.</exception>
    public static RuleProgram Compile(RuleSet ruleSet, KnowledgeGraph graph)
    {
        var (stratification, diagnostics) = Stratification.Create(ruleSet);
        if (stratification is null) throw new RuleSetException(diagnostics);
        var relations = new RelationCatalogue();
        int SizeOf(int predicate) => (graph.OwnRelation(predicate)?.Count ?? 0) + (graph.BaseRelation(predicate)?.Count ?? 0);
        var plans = new RulePlan[ruleSet.Rules.Length];
        var numbers = new Dictionary<Rule, int>(ReferenceEqualityComparer.Instance);
        for (var i = 0; i < plans.Length; i++)
        {
            numbers.Add(ruleSet.Rules[i], i);
            plans[i] = RulePlan.Compile(i, ruleSet.Rules[i], relations, graph.Terms, SizeOf);
        }

        var strata = stratification.Strata
            .Select((stratum, index) => new StratumPlan(index, [.. stratum.Rules.Select(rule => plans[numbers[rule]])], stratum.IsRecursive))
            .ToArray();
        return new RuleProgram(ruleSet, plans, strata, relations, EqualityPlan.Create(plans, strata, graph.Terms));
    }

    /// <summary>The plans of the rules whose heads may give facts of the predicate.</summary>
    internal IEnumerable<RulePlan> PlansFor(int predicate) =>
        _plansByHead.Value.TryGetValue(predicate, out var plans) ? plans.Concat(_plansWithOpenHead) : _plansWithOpenHead;

    private static Dictionary<int, RulePlan[]> PlansByHead(RulePlan[] plans, RelationCatalogue relations) => plans
        .SelectMany(plan => plan.Head.Where(head => head.Relation >= 0).Select(head => head.Relation).Distinct().Select(head => (head, plan)))
        .GroupBy(pair => pair.head, pair => pair.plan)
        .ToDictionary(group => relations.Predicates[group.Key], group => group.ToArray());
}

/// <summary>The rules that are evaluated together, and which relations they read and write.</summary>
internal sealed class StratumPlan
{
    public StratumPlan(int index, ImmutableArray<RulePlan> rules, bool isRecursive)
    {
        Index = index;
        Rules = rules;
        IsRecursive = isRecursive;
        foreach (var rule in rules) rule.Stratum = index;
        // Loops, for there may be as many strata as rules.
        var written = new HashSet<int>();
        var read = new HashSet<int>();
        foreach (var rule in rules)
        {
            foreach (var head in rule.Head) written.Add(head.Relation);
            read.UnionWith(rule.PatternRelations);
            read.UnionWith(rule.NegatedRelations);
        }

        HeadRelations = [.. written];
        ReadRelations = [.. read];
        read.UnionWith(written);
        TouchedRelations = [.. read];
        WritesAny = HeadRelations.Contains(-1);
        TouchesAny = TouchedRelations.Contains(-1);
    }

    public int Index { get; }

    public ImmutableArray<RulePlan> Rules { get; }

    public bool IsRecursive { get; }

    /// <summary>Ordinals of the relations that heads write; -1 where one may write any.</summary>
    public ImmutableArray<int> HeadRelations { get; }

    /// <summary>Ordinals of the relations that bodies read, those inside NOT included; -1 where one may read any.</summary>
    public ImmutableArray<int> ReadRelations { get; }

    /// <summary>Ordinals of all relations that the rules read or write.</summary>
    public ImmutableArray<int> TouchedRelations { get; }

    public bool WritesAny { get; }

    public bool TouchesAny { get; }

    /// <summary>Whether a pattern on the relation may match what this stratum derives.</summary>
    public bool Writes(int relation) => WritesAny || relation < 0 || HeadRelations.Contains(relation);
}
