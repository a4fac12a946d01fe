using System.Runtime.CompilerServices;
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
    private PlanStep[]?[]? _deltas;
    private PlanStep[]?[]? _allNew;
    private PlanStep[]?[]? _removals;
    private PlanStep[]?[]? _negationRemovals;
    private PlanStep[]?[]? _negationTriggers;
    private PlanStep[]?[]? _subSelectRemovals;
    private PlanStep[]?[]? _subSelectDeltas;
    private PlanStep[]?[]? _fromHead;
    private PlanStep[]? _full;

    private RulePlan(int number, Rule rule, RulePlanner planner)
    {
        Number = number;
        Rule = rule;
        _planner = planner;
        Head = planner.Head;
        Patterns = [.. planner.Patterns];
        PatternRelations = planner.PatternRelations;
        NegatedRelations = planner.NegatedRelations;
        SubSelects = [.. planner.SubSelects];
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

    /// <summary>The relation ordinal of each pattern's predicate, -1 where it is a variable.</summary>
    public int[] PatternRelations { get; }

    /// <summary>The relation ordinals inside NOT elements, -1 for a variable.</summary>
    public int[] NegatedRelations { get; }

    /// <summary>The SELECTs of the body, in its order, as they are in a finished solution: all that they give is bound.</summary>
    public SubSelectStep[] SubSelects { get; }

    /// <summary>Every solution over the current facts.</summary>
    public PlanStep[] Full
    {
        get
        {
            if (Volatile.Read(ref _full) is { } full) return full;
            lock (_planner) return _full ??= _planner.PlanFull();
        }
    }

    /// <summary>Every solution that uses a new fact in the pattern, older ones before it, any after it.</summary>
    public PlanStep[] Delta(int pattern) => Made(_deltas, pattern) ?? Make(ref _deltas, pattern, PatternRelations.Length, _planner.PlanDelta);

    /// <summary>Every solution, where all facts of the pattern are new.</summary>
    public PlanStep[] AllNew(int pattern) =>
        pattern == 0 ? Delta(0) : Made(_allNew, pattern) ?? Make(ref _allNew, pattern, PatternRelations.Length, _planner.PlanAllNew);

    /// <summary>Former solutions that used a removed fact in the pattern.</summary>
    public PlanStep[] Removal(int pattern) => Made(_removals, pattern) ?? Make(ref _removals, pattern, PatternRelations.Length, _planner.PlanRemoval);

    /// <summary>Former solutions that a new fact in the pattern inside a NOT contradicts.</summary>
    public PlanStep[] NegationRemoval(int pattern) =>
        Made(_negationRemovals, pattern) ?? Make(ref _negationRemovals, pattern, NegatedRelations.Length, _planner.PlanNegationRemoval);

    /// <summary>Solutions that a removed fact in the pattern inside a NOT no longer prevents.</summary>
    public PlanStep[] NegationTrigger(int pattern) =>
        Made(_negationTriggers, pattern) ?? Make(ref _negationTriggers, pattern, NegatedRelations.Length, _planner.PlanNegationTrigger);

    /// <summary>Former solutions that used a row that the SELECT no longer gives.</summary>
    public PlanStep[] SubSelectRemoval(int select) =>
        Made(_subSelectRemovals, select) ?? Make(ref _subSelectRemovals, select, SubSelects.Length, _planner.PlanSubSelectRemoval);

    /// <summary>Every solution that uses a row that the SELECT gives now and did not in the base.</summary>
    public PlanStep[] SubSelectDelta(int select) =>
        Made(_subSelectDeltas, select) ?? Make(ref _subSelectDeltas, select, SubSelects.Length, _planner.PlanSubSelectDelta);

    /// <summary>Every solution, once the slots of the template's variables are bound from a fact.</summary>
    public PlanStep[] FromHead(int template) => Made(_fromHead, template) ?? Make(ref _fromHead, template, Head.Length, _planner.PlanFromHead);

    private static PlanStep[]? Made(PlanStep[]?[]? plans, int index) => plans is null ? null : Volatile.Read(ref plans[index]);

    // A plan is made when it is first needed, by whichever thread needs it: most rules of a large rule set need few of them,
    // and by then more is known of the sizes of relations.
    private PlanStep[] Make(ref PlanStep[]?[]? plans, int index, int count, Func<int, PlanStep[]> make)
    {
        lock (_planner)
        {
            plans ??= new PlanStep[]?[count];
            return plans[index] ??= make(index);
        }
    }

    public static RulePlan Compile(int number, Rule rule, RelationCatalogue relations, TermDictionary terms, Func<int, RelationStatistics> statistics) =>
        new(number, rule, new RulePlanner(rule, relations, terms, statistics));
}

/// <summary>Numbers the predicates that rules name, so that plans find relations by ordinal.</summary>
internal sealed class RelationCatalogue
{
    private readonly Dictionary<int, int> _ordinals = [];
    private readonly List<int> _predicates = [];
    private readonly ConditionalWeakTable<KnowledgeGraph, BaseRelations> _ofBases = [];

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

    /// <summary>The relations of a frozen graph by ordinal: every case over it asks for the same.</summary>
    public BaseRelations Of(KnowledgeGraph frozen) =>
        _ofBases.TryGetValue(frozen, out var relations) && relations.Count == _predicates.Count ? relations : Make(frozen);

    private BaseRelations Make(KnowledgeGraph frozen)
    {
        var relations = new BaseRelations(frozen, _predicates.Count);
        _ofBases.AddOrUpdate(frozen, relations);
        return relations;
    }
}

/// <summary>A frozen graph's relations by ordinal, each looked up when it is first asked for. Threads may share it: what two of them find is the same.</summary>
internal sealed class BaseRelations(KnowledgeGraph graph, int count)
{
    private readonly Found?[] _found = new Found?[count];

    public int Count => count;

    /// <summary>The relation of an ordinal and its predicate, or null.</summary>
    public Relation? Find(int ordinal, int predicate) => (_found[ordinal] ?? (_found[ordinal] = new Found(graph.OwnRelation(predicate)))).Relation;

    private sealed record Found(Relation? Relation);
}
