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
    private readonly Lazy<StrataByPredicate> _readers;
    private readonly Lazy<StrataByPredicate> _writers;

    private RuleProgram(RuleSet ruleSet, RulePlan[] plans, StratumPlan[] strata, RelationCatalogue relations, EqualityPlan? equality)
    {
        RuleSet = ruleSet;
        Plans = plans;
        Strata = strata;
        Relations = relations;
        _readers = new(() => new StrataByPredicate(strata, static stratum => stratum.ReadRelations, relations.Predicates));
        _writers = new(() => new StrataByPredicate(strata, static stratum => stratum.HeadRelations, relations.Predicates));
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

    /// <summary>The strata by what they read. Only overlays ask for it.</summary>
    internal StrataByPredicate Readers => _readers.Value;

    /// <summary>The strata by what they write.</summary>
    internal StrataByPredicate Writers => _writers.Value;

    /// <summary>Compiles a rule set. Constants are added to the graph's terms, sizes of relations guide the order of patterns.</summary>
    /// <exception cref="RuleSetException">The rule set cannot be stratified.</exception>
    public static RuleProgram Compile(RuleSet ruleSet, KnowledgeGraph graph)
    {
        var (stratification, diagnostics) = Stratification.Create(ruleSet);
        if (stratification is null) throw new RuleSetException(diagnostics);
        var relations = new RelationCatalogue();
        RelationStatistics StatisticsOf(int predicate) => RelationStatistics.Of(graph, predicate);
        var plans = new RulePlan[ruleSet.Rules.Length];
        var numbers = new Dictionary<Rule, int>(ReferenceEqualityComparer.Instance);
        for (var i = 0; i < plans.Length; i++)
        {
            numbers.Add(ruleSet.Rules[i], i);
            plans[i] = RulePlan.Compile(i, ruleSet.Rules[i], relations, graph.Terms, StatisticsOf);
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

        // There may be as many strata as rules, most of one rule of few relations.
        var (written, read) = (new SmallSet(), new SmallSet());
        foreach (var rule in rules)
        {
            foreach (var head in rule.Head) written.Add(head.Relation);
            foreach (var relation in rule.PatternRelations) read.Add(relation);
            foreach (var relation in rule.NegatedRelations) read.Add(relation);
            foreach (var select in rule.SubSelects)
                foreach (var relation in select.Plan.Relations) read.Add(relation);
        }

        HeadRelations = written.ToArray();
        ReadRelations = read.ToArray();
        foreach (var relation in HeadRelations) read.Add(relation);
        TouchedRelations = read.ToArray();
        WritesAny = HeadRelations.Contains(-1);
        TouchesAny = TouchedRelations.Contains(-1);
        IsMonotone = rules.All(static rule => rule.NegatedRelations.Length + rule.SubSelects.Length == 0);
    }

    public int Index { get; }

    public ImmutableArray<RulePlan> Rules { get; }

    public bool IsRecursive { get; }

    /// <summary>Ordinals of the relations that heads write; -1 where one may write any.</summary>
    public ImmutableArray<int> HeadRelations { get; }

    /// <summary>Ordinals of the relations that bodies read, those inside NOT and SELECT included; -1 where one may read any.</summary>
    public ImmutableArray<int> ReadRelations { get; }

    /// <summary>Ordinals of all relations that the rules read or write.</summary>
    public ImmutableArray<int> TouchedRelations { get; }

    public bool WritesAny { get; }

    public bool TouchesAny { get; }

    /// <summary>New facts take nothing back: there is no NOT and no SELECT.</summary>
    public bool IsMonotone { get; }

    /// <summary>Whether a pattern on the relation may match what this stratum derives.</summary>
    public bool Writes(int relation) => WritesAny || relation < 0 || HeadRelations.Contains(relation);

    /// <summary>Ordinals in order of arrival, each once; a table only where they are many.</summary>
    private struct SmallSet()
    {
        private const int LongestScan = 16;
        private int[] _items = new int[2];
        private int _count;
        private HashSet<int>? _table;

        public void Add(int item)
        {
            if (_table is not null)
            {
                if (!_table.Add(item)) return;
            }
            else
            {
                if (_items.AsSpan(0, _count).Contains(item)) return;
                if (_count == LongestScan) _table = [.. _items, item];
            }

            if (_count == _items.Length) Array.Resize(ref _items, _count * 2);
            _items[_count++] = item;
        }

        public readonly ImmutableArray<int> ToArray() => [.. _items.AsSpan(0, _count)];
    }
}
