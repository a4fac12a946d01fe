using Reasoner.Knowledge;
using Reasoner.Rules;

namespace Reasoner.Inference;

/// <summary>
/// The plans of one rule: to run it whole, to run it on what is new in one of its patterns, and what an overlay needs to
/// take back what no longer follows. All are sequences of nested steps over the same slots.
/// </summary>
internal sealed class RulePlan
{
    private readonly RulePlanner _planner;
    private readonly Lazy<PlanStep[][]> _removalPlans;
    private readonly Lazy<PlanStep[][]> _negationRemovalPlans;
    private readonly Lazy<PlanStep[][]> _negationTriggerPlans;
    private readonly Lazy<PlanStep[]>[] _headPlans;

    private RulePlan(int number, Rule rule, RulePlanner planner)
    {
        Number = number;
        Rule = rule;
        _planner = planner;
        Head = planner.Head;
        Patterns = [.. planner.Patterns];
        PatternRelations = planner.PatternRelations;
        NegatedRelations = planner.NegatedRelations;
        Full = planner.PlanFull();
        Deltas = [.. Enumerable.Range(0, planner.PatternCount).Select(planner.PlanDelta)];
        // Plans that few evaluations need are made when first asked for, by whichever thread asks.
        _removalPlans = new(() => [.. Enumerable.Range(0, planner.PatternCount).Select(planner.PlanRemoval)]);
        _negationRemovalPlans = new(() => [.. Enumerable.Range(0, planner.NegatedPatternCount).Select(planner.PlanNegationRemoval)]);
        _negationTriggerPlans = new(() => [.. Enumerable.Range(0, planner.NegatedPatternCount).Select(planner.PlanNegationTrigger)]);
        _headPlans = [.. Enumerable.Range(0, Head.Length).Select(template => new Lazy<PlanStep[]>(() => planner.PlanFromHead(template)))];
    }

    /// <summary>The rule's number in its rule set: the origin of what it derives.</summary>
    public int Number { get; }

    public Rule Rule { get; }

    /// <summary>The place of its stratum in the order of evaluation.</summary>
    public int Stratum { get; set; }

    public HeadTemplate[] Head { get; }

    /// <summary>How many slots the plans use.</summary>
    public int SlotCount => _planner.SlotCount;

    /// <summary>The variables of the body and their slots, in order of appearance, those of blank nodes and paths included.</summary>
    public IReadOnlyList<(string Name, int Slot)> Variables => _planner.Variables;

    /// <summary>The patterns outside NOT, in the order of the body: the premises of a solution.</summary>
    public (Operand Subject, Operand Predicate, Operand Object)[] Patterns { get; }

    /// <summary>Every solution over the current facts.</summary>
    public PlanStep[] Full { get; }

    /// <summary>For each pattern: every solution that uses a new fact there, older ones before it, any after it.</summary>
    public PlanStep[][] Deltas { get; }

    /// <summary>The relation ordinal of each pattern's predicate, -1 where it is a variable.</summary>
    public int[] PatternRelations { get; }

    /// <summary>The relation ordinals inside NOT elements, -1 for a variable.</summary>
    public int[] NegatedRelations { get; }

    /// <summary>For each pattern: former solutions that used a removed fact there.</summary>
    public PlanStep[][] RemovalPlans => _removalPlans.Value;

    /// <summary>For each pattern inside a NOT: former solutions that a new fact there contradicts.</summary>
    public PlanStep[][] NegationRemovalPlans => _negationRemovalPlans.Value;

    /// <summary>For each pattern inside a NOT: solutions that a removed fact there no longer prevents.</summary>
    public PlanStep[][] NegationTriggerPlans => _negationTriggerPlans.Value;

    /// <summary>Every solution, once the slots of the template's variables are bound from a fact.</summary>
    public PlanStep[] HeadPlan(int template) => _headPlans[template].Value;

    public static RulePlan Compile(int number, Rule rule, RelationCatalogue relations, TermDictionary terms, Func<int, int> sizeOf) =>
        new(number, rule, new RulePlanner(rule, relations, terms, sizeOf));
}

/// <summary>Numbers the predicates that rules name, so that plans find relations by ordinal.</summary>
internal sealed class RelationCatalogue
{
    private readonly Dictionary<int, int> _ordinals = [];
    private readonly List<int> _predicates = [];

    public IReadOnlyList<int> Predicates => _predicates;

    public int OrdinalOf(int predicate)
    {
        if (_ordinals.TryGetValue(predicate, out var ordinal)) return ordinal;
        ordinal = _predicates.Count;
        _predicates.Add(predicate);
        _ordinals.Add(predicate, ordinal);
        return ordinal;
    }

    public bool TryGetOrdinal(int predicate, out int ordinal) => _ordinals.TryGetValue(predicate, out ordinal);
}
