using System.Collections.Immutable;
using Reasoner.Knowledge;
using Reasoner.Rdf;
using Reasoner.Rules;

namespace Reasoner.Inference;

/// <summary>
/// Turns a rule's body into steps. Patterns are ordered greedily: next comes the pattern of which the fewest matches are
/// expected, given what is bound; a filter, assignment or negation stands as early as its variables allow, and a SELECT where
/// its groups are found best. Order does not change the result: a well-formed body is a conjunction.
/// </summary>
internal sealed class RulePlanner
{
    private readonly TermDictionary _terms;
    private readonly RelationCatalogue _relations;
    private readonly Func<int, RelationStatistics> _statistics;
    private readonly List<(string Name, int Slot)> _variables = [];
    private readonly List<Pattern> _patterns = [];
    private readonly List<Groups> _subSelects = [];
    private readonly List<Condition> _conditions = [];
    private readonly List<(Negation Negation, int Pattern)> _negatedPatterns = [];
    private readonly bool _groundOnly;

    public RulePlanner(Rule rule, RelationCatalogue relations, TermDictionary terms, Func<int, RelationStatistics> statistics)
        : this(rule.Body, rule.MatchesDataOnly, relations, terms, statistics)
    {
        Head = new HeadTemplate[rule.Head.Length];
        for (var i = 0; i < Head.Length; i++) Head[i] = HeadTemplateOf(rule.Head[i]);
    }

    /// <summary>A planner of a body alone: that of a SELECT.</summary>
    public RulePlanner(
        ImmutableArray<BodyElement> body, bool groundOnly, RelationCatalogue relations, TermDictionary terms, Func<int, RelationStatistics> statistics)
    {
        _terms = terms;
        _relations = relations;
        _statistics = statistics;
        _groundOnly = groundOnly;
        foreach (var element in body) AddElement(element);
    }

    public HeadTemplate[] Head { get; } = [];

    public int SlotCount { get; private set; }

    public IReadOnlyList<(string Name, int Slot)> Variables => _variables;

    public int PatternCount => _patterns.Count;

    /// <summary>The patterns outside NOT, in the order of the body.</summary>
    public IEnumerable<(Operand Subject, Operand Predicate, Operand Object)> Patterns =>
        _patterns.Select(pattern => (pattern.Subject, pattern.Predicate, pattern.Object));

    public int NegatedPatternCount => _negatedPatterns.Count;

    public int[] PatternRelations => [.. _patterns.Select(pattern => pattern.Relation)];

    public int[] NegatedRelations => [.. _negatedPatterns.Select(each => each.Negation.Patterns[each.Pattern].Relation)];

    /// <summary>The SELECTs of the body, in its order, once all that they give is bound.</summary>
    public IEnumerable<SubSelectStep> SubSelects => _subSelects.Select(each => each.ToStep(RowScope.Current, [.. each.Outputs]));

    public PlanStep[] PlanFull() => Order(Sources(RowScope.Current), _conditions, []);

    public PlanStep[] PlanDelta(int delta) =>
        Order(
            _patterns.Select((pattern, i) => new ScopedSource(pattern, i < delta ? RowScope.BeforeDelta : i == delta ? RowScope.Delta : RowScope.Current))
                .Concat(SubSelectSources(RowScope.Current)),
            _conditions,
            [],
            first: delta);

    /// <summary>As <see cref="PlanDelta"/> for a pattern of which all facts are new: every solution uses one of them, whatever the others use.</summary>
    public PlanStep[] PlanAllNew(int pattern) =>
        Order(
            _patterns.Select((each, i) => new ScopedSource(each, i == pattern ? RowScope.Delta : RowScope.Current)).Concat(SubSelectSources(RowScope.Current)),
            _conditions,
            [],
            first: pattern);

    public PlanStep[] PlanRemoval(int removed) =>
        Order(
            _patterns.Select((pattern, i) => new ScopedSource(pattern, i == removed ? RowScope.Removed : RowScope.Former))
                .Concat(SubSelectSources(RowScope.Former)),
            _conditions.Where(condition => condition is not Negation),
            [],
            first: removed);

    public PlanStep[] PlanSubSelectDelta(int changed) =>
        Order(
            PatternSources(RowScope.Current).Concat(SubSelectSources(RowScope.Current, changed, RowScope.Delta)),
            _conditions,
            [],
            first: _patterns.Count + changed);

    public PlanStep[] PlanSubSelectRemoval(int changed) =>
        Order(
            PatternSources(RowScope.Former).Concat(SubSelectSources(RowScope.Former, changed, RowScope.Removed)),
            _conditions.Where(condition => condition is not Negation),
            [],
            first: _patterns.Count + changed);

    /// <summary>Every solution, once the slots are bound: over the current facts, or as they were in the base (Former), with what NOTs prevented then.</summary>
    public PlanStep[] PlanAll(RowScope scope, IEnumerable<int> bound) =>
        Order(Sources(scope), _conditions.Select(condition => condition is Negation negation ? negation with { Scope = scope } : condition), bound);

    public PlanStep[] PlanNegationRemoval(int index)
    {
        var (negation, trigger) = _negatedPatterns[index];
        var inner = negation.Patterns.Select((pattern, i) => new ScopedSource(pattern, i == trigger ? RowScope.Delta : RowScope.Current));
        return Order(
            inner.Concat(Sources(RowScope.Former)),
            _conditions.Where(condition => condition is not Negation).Concat(negation.Filters),
            [],
            first: trigger);
    }

    public PlanStep[] PlanNegationTrigger(int index)
    {
        // The negation's own variables are renamed in the trigger: inside the negation itself they stay free.
        var (negation, trigger) = _negatedPatterns[index];
        var renamed = negation.Patterns[trigger].Rename(negation.OwnSlots.ToDictionary(slot => slot, _ => SlotCount++));
        return Order(
            Sources(RowScope.Current).Prepend(new ScopedSource(renamed, RowScope.Removed)),
            _conditions,
            [],
            first: 0);
    }

    public PlanStep[] PlanFromHead(int template)
    {
        var bound = new HashSet<int>();
        foreach (var place in new[] { Head[template].Subject, Head[template].Predicate, Head[template].Object })
            if (place is { Made: null, Operand.IsVariable: true }) bound.Add(place.Operand.Slot);
        return Order(Sources(RowScope.Current), _conditions, bound);
    }

    /// <summary>The slot of a variable of the body.</summary>
    public int SlotOfKnown(string name) => SlotIfKnown(name, _variables.Count) is var slot and >= 0
        ? slot
        : throw new InvalidOperationException($"?{name} is never bound: the rule is not well-formed.");

    /// <summary>Whether a pattern binds the slot, so that its value narrows what is matched.</summary>
    public bool IsMatched(int slot) =>
        _patterns.Any(pattern => pattern.Slots.Contains(slot)) || _conditions.OfType<Decomposition>().Any(parts => parts.Bound.Contains(slot));

    /// <summary>The size of the largest relation that a pattern reads.</summary>
    public double LargestRelation => _patterns.Select(pattern => StatisticsOf(pattern).Rows).DefaultIfEmpty(1).Max();

    private void AddElement(BodyElement element)
    {
        switch (element)
        {
            case PatternElement { Pattern: var pattern }:
                AddPattern(pattern, _patterns, _conditions, SlotOf, _groundOnly);
                break;
            case FilterElement filter:
                _conditions.Add(FilterOf(filter.Expression, SlotOf));
                break;
            case AssignmentElement assignment:
                var (expression, inputs) = CompileExpression(assignment.Expression, SlotOf);
                _conditions.Add(new Assignment(SlotOf(assignment.Variable), expression, inputs));
                break;
            case NegationElement negation:
                AddNegation(negation);
                break;
            case SubSelectElement select:
                var plan = new SubSelectPlan(select, new RulePlanner(select.Inner, _groundOnly || select.MatchesDataOnly, _relations, _terms, _statistics));
                _subSelects.Add(new Groups(plan, [.. select.Variables.Select(SlotOf)]));
                break;
            default:
                throw new NotSupportedException($"{element.Position}: this engine has no plan for {element.GetType().Name}.");
        }
    }

    private void AddNegation(NegationElement element)
    {
        // A variable that no earlier element binds belongs to the negation alone, whatever comes later in the body.
        var outer = _variables.Count;
        var own = new Dictionary<string, int>();
        var firstOwnSlot = SlotCount;
        int Slot(string name)
        {
            if (SlotIfKnown(name, outer) is var known and >= 0) return known;
            if (!own.TryGetValue(name, out var slot)) own.Add(name, slot = SlotCount++);
            return slot;
        }

        var patterns = new List<Pattern>();
        var filters = new List<Condition>();
        foreach (var inner in element.Inner)
        {
            if (inner is PatternElement pattern)
                AddPattern(pattern.Pattern, patterns, filters, Slot, _groundOnly || element.MatchesDataOnly);
            else
                filters.Add(FilterOf(((FilterElement)inner).Expression, Slot));
        }

        var needed = patterns.SelectMany(pattern => pattern.Slots)
            .Concat(filters.SelectMany(filter => filter.Needed))
            .Where(slot => slot < firstOwnSlot)
            .ToImmutableHashSet();
        var negation = new Negation(needed, [.. patterns], [.. filters], [.. Enumerable.Range(firstOwnSlot, SlotCount - firstOwnSlot)]);
        _conditions.Add(negation);
        for (var i = 0; i < patterns.Count; i++) _negatedPatterns.Add((negation, i));
    }

    private void AddPattern(
        TriplePattern pattern, List<Pattern> patterns, List<Condition> conditions, Func<string, int> slotOf, bool groundOnly)
    {
        var predicate = OperandOf(pattern.Predicate, conditions, slotOf);
        patterns.Add(new Pattern(
            OperandOf(pattern.Subject, conditions, slotOf),
            predicate,
            OperandOf(pattern.Object, conditions, slotOf),
            groundOnly,
            predicate.IsVariable ? -1 : _relations.OrdinalOf(predicate.Constant)));
    }

    private Operand OperandOf(PatternTerm term, List<Condition> conditions, Func<string, int> slotOf)
    {
        switch (term)
        {
            case ConstantTerm constant:
                return Operand.Of(_terms.Add(constant.Term));
            case Variable variable:
                return Operand.At(slotOf(variable.Name));
            case TripleTermPattern { Pattern: var inner }:
                var slot = SlotCount++;
                conditions.Add(new Decomposition(
                    slot,
                    OperandOf(inner.Subject, conditions, slotOf),
                    OperandOf(inner.Predicate, conditions, slotOf),
                    OperandOf(inner.Object, conditions, slotOf)));
                return Operand.At(slot);
            default:
                throw new NotSupportedException($"No plan for {term}.");
        }
    }

    private HeadTemplate HeadTemplateOf(TriplePattern template)
    {
        var predicate = HeadPlaceOf(template.Predicate);
        var relation = predicate is { Made: null, Operand.IsVariable: false } ? _relations.OrdinalOf(predicate.Operand.Constant) : -1;
        var subject = HeadPlaceOf(template.Subject);
        return new HeadTemplate(subject, predicate, HeadPlaceOf(template.Object), relation, IsResource(subject));
    }

    /// <summary>Whether the term can only be an IRI or a blank node: a variable that stands as a pattern's subject is one of them.</summary>
    private bool IsResource(HeadPlace place)
    {
        if (place.Made is not null) return place.Made is MadeBlankNode;
        if (!place.Operand.IsVariable) return _terms.KindOf(place.Operand.Constant) is TermKind.Iri or TermKind.BlankNode;
        foreach (var pattern in _patterns)
            if (pattern.Subject == place.Operand) return true;
        return false;
    }

    private HeadPlace HeadPlaceOf(PatternTerm term) => term switch
    {
        ConstantTerm { Term: BlankNode node } => HeadPlace.Making(new MadeBlankNode(node.Label)),
        ConstantTerm constant => HeadPlace.Of(Operand.Of(_terms.Add(constant.Term))),
        Variable variable => HeadPlace.Of(Operand.At(SlotIfKnown(variable.Name, _variables.Count))),
        TripleTermPattern { Pattern: var inner } =>
            HeadPlace.Making(new MadeTripleTerm(HeadPlaceOf(inner.Subject), HeadPlaceOf(inner.Predicate), HeadPlaceOf(inner.Object))),
        _ => throw new NotSupportedException($"No template for {term}."),
    };

    private int SlotOf(string name)
    {
        if (SlotIfKnown(name, _variables.Count) is var known and >= 0) return known;
        var slot = SlotCount++;
        _variables.Add((name, slot));
        return slot;
    }

    /// <summary>The slot of one of the first variables, or -1. A rule has few: a walk along them beats a table.</summary>
    private int SlotIfKnown(string name, int count)
    {
        for (var i = 0; i < count; i++)
            if (_variables[i].Name == name) return _variables[i].Slot;
        return -1;
    }

    private static Filter FilterOf(Expression expression, Func<string, int> slotOf)
    {
        var (compiled, inputs) = CompileExpression(expression, slotOf);
        return new Filter(compiled, inputs);
    }

    public static (CompiledExpression Expression, ImmutableArray<int> Inputs) CompileExpression(Expression expression, Func<string, int> slotOf)
    {
        var inputs = new List<int>();
        var compiled = CompiledExpression.Compile(expression, name =>
        {
            var slot = slotOf(name);
            var input = inputs.IndexOf(slot);
            if (input >= 0) return input;
            inputs.Add(slot);
            return inputs.Count - 1;
        });
        return (compiled, [.. inputs]);
    }

    private IEnumerable<ScopedSource> Sources(RowScope scope) => PatternSources(scope).Concat(SubSelectSources(scope));

    private IEnumerable<ScopedSource> PatternSources(RowScope scope) => _patterns.Select(pattern => new ScopedSource(pattern, scope));

    private IEnumerable<ScopedSource> SubSelectSources(RowScope scope, int except = -1, RowScope scopeOfException = default) =>
        _subSelects.Select((select, i) => new ScopedSource(select, i == except ? scopeOfException : scope));

    private PlanStep[] Order(
        IEnumerable<ScopedSource> sources, IEnumerable<Condition> conditions, IEnumerable<int> initiallyBound, int first = -1)
    {
        var bound = new HashSet<int>(initiallyBound);
        var waiting = sources.ToList();
        var pending = conditions.ToList();
        var steps = new List<PlanStep>();
        if (first >= 0) Take(first);
        AddReadyConditions();
        while (waiting.Count > 0)
        {
            var best = 0;
            var bestCost = double.MaxValue;
            for (var i = 0; i < waiting.Count; i++)
            {
                var cost = waiting[i].Source.CostIn(this, bound);
                if (cost < bestCost) (best, bestCost) = (i, cost);
            }

            Take(best);
            AddReadyConditions();
        }

        if (pending.Count > 0) throw new InvalidOperationException("A condition's variables are never bound: the rule is not well-formed.");
        return [.. steps];

        void Take(int index)
        {
            var (source, scope) = waiting[index];
            waiting.RemoveAt(index);
            steps.Add(source.ToStep(scope, bound));
            bound.UnionWith(source.Slots);
        }

        void AddReadyConditions()
        {
            for (var i = 0; i < pending.Count;)
            {
                if (!pending[i].Needed.All(bound.Contains))
                {
                    i++;
                    continue;
                }

                steps.Add(pending[i].ToStep(this, bound));
                bound.UnionWith(pending[i].Bound);
                pending.RemoveAt(i);
                i = 0;
            }
        }
    }

    private PlanStep[] OrderInner(Negation negation, HashSet<int> bound) =>
        Order(negation.Patterns.Select(pattern => new ScopedSource(pattern, negation.Scope)), negation.Filters, bound);

    private double CostOf(Pattern pattern, HashSet<int> bound)
    {
        bool IsBound(Operand operand) => !operand.IsVariable || bound.Contains(operand.Slot);
        var statistics = StatisticsOf(pattern);
        return (IsBound(pattern.Subject), IsBound(pattern.Object)) switch
        {
            (true, true) => 0.5,
            (true, false) => 1 + statistics.RowsOfSubject,
            (false, true) => 2 + statistics.RowsOfObject,
            _ => 4 + statistics.Rows,
        };
    }

    private RelationStatistics StatisticsOf(Pattern pattern) =>
        pattern.Predicate.IsVariable ? RelationStatistics.OfAny : _statistics(pattern.Predicate.Constant);

    /// <summary>What binds slots, and which rows of it are seen.</summary>
    private sealed record ScopedSource(Source Source, RowScope Scope);

    /// <summary>What binds slots row by row.</summary>
    private abstract record Source
    {
        public abstract IEnumerable<int> Slots { get; }

        public abstract double CostIn(RulePlanner planner, HashSet<int> bound);

        public abstract PlanStep ToStep(RowScope scope, HashSet<int> bound);
    }

    /// <summary>A SELECT and the slots that its rows fill.</summary>
    private sealed record Groups(SubSelectPlan Plan, ImmutableArray<int> Outputs) : Source
    {
        public override IEnumerable<int> Slots => Outputs;

        // One row where all keys are bound, and it takes a group's facts to make it; else all groups are made, once.
        public override double CostIn(RulePlanner planner, HashSet<int> bound)
        {
            if (Plan.Element.GroupBy.IsEmpty) return 1;
            var step = ToStep(RowScope.Current, bound);
            return step.Narrows.Length == Plan.Element.GroupBy.Length ? 2 + Math.Pow(Plan.LargestRelation, 0.25) : 5 + (2 * Plan.LargestRelation);
        }

        public override SubSelectStep ToStep(RowScope scope, HashSet<int> bound) => new(Plan, Outputs, [.. Outputs.Select(bound.Contains)], scope);
    }

    /// <summary>A triple pattern over slots.</summary>
    private sealed record Pattern(Operand Subject, Operand Predicate, Operand Object, bool GroundOnly, int Relation) : Source
    {
        public override double CostIn(RulePlanner planner, HashSet<int> bound) => planner.CostOf(this, bound);

        public override IEnumerable<int> Slots
        {
            get
            {
                if (Subject.IsVariable) yield return Subject.Slot;
                if (Predicate.IsVariable) yield return Predicate.Slot;
                if (Object.IsVariable) yield return Object.Slot;
            }
        }

        public override MatchStep ToStep(RowScope scope, HashSet<int> bound)
        {
            bool IsBound(Operand operand) => !operand.IsVariable || bound.Contains(operand.Slot);
            return new MatchStep(
                Subject, Predicate, Object, IsBound(Subject), IsBound(Predicate), IsBound(Object), scope, GroundOnly, Relation);
        }

        public Pattern Rename(Dictionary<int, int> slots)
        {
            Operand Renamed(Operand operand) =>
                operand.IsVariable && slots.TryGetValue(operand.Slot, out var slot) ? Operand.At(slot) : operand;
            return this with { Subject = Renamed(Subject), Predicate = Renamed(Predicate), Object = Renamed(Object) };
        }
    }

    /// <summary>What waits for its variables.</summary>
    private abstract record Condition(ImmutableHashSet<int> Needed)
    {
        public virtual IEnumerable<int> Bound => [];

        public abstract PlanStep ToStep(RulePlanner planner, HashSet<int> bound);
    }

    private sealed record Filter(CompiledExpression Expression, ImmutableArray<int> Inputs) : Condition([.. Inputs])
    {
        public override PlanStep ToStep(RulePlanner planner, HashSet<int> bound) => new FilterStep(Expression, Inputs);
    }

    private sealed record Assignment(int Slot, CompiledExpression Expression, ImmutableArray<int> Inputs) : Condition([.. Inputs])
    {
        public override IEnumerable<int> Bound => [Slot];

        public override PlanStep ToStep(RulePlanner planner, HashSet<int> bound) =>
            new AssignStep(Slot, bound.Contains(Slot), Expression, Inputs);
    }

    private sealed record Decomposition(int Slot, Operand Subject, Operand Predicate, Operand Object) : Condition([Slot])
    {
        public override IEnumerable<int> Bound =>
            new[] { Subject, Predicate, Object }.Where(o => o.IsVariable).Select(o => o.Slot);

        public override PlanStep ToStep(RulePlanner planner, HashSet<int> bound) =>
            new DecomposeStep(
                Slot,
                Subject,
                Predicate,
                Object,
                !Subject.IsVariable || bound.Contains(Subject.Slot),
                !Predicate.IsVariable || bound.Contains(Predicate.Slot),
                !Object.IsVariable || bound.Contains(Object.Slot));
    }

    private sealed record Negation(
        ImmutableHashSet<int> Needed, ImmutableArray<Pattern> Patterns, ImmutableArray<Condition> Filters, ImmutableArray<int> OwnSlots) : Condition(Needed)
    {
        /// <summary>Which facts it looks at.</summary>
        public RowScope Scope { get; init; } = RowScope.Current;

        public override PlanStep ToStep(RulePlanner planner, HashSet<int> bound) =>
            new NotStep([.. planner.OrderInner(this, [.. bound.Except(OwnSlots)])]);
    }
}
