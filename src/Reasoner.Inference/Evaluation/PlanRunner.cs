using System.Runtime.CompilerServices;
using Reasoner.Knowledge;
using Reasoner.Rdf;
using Reasoner.Rules;

namespace Reasoner.Inference;

/// <summary>What to do with each solution of a plan.</summary>
internal interface ISolutionHandler
{
    /// <summary>Takes the solution in the runner's slots; true ends the run.</summary>
    bool OnSolution(PlanRunner runner);
}

/// <summary>
/// Runs plans over a graph: nested loops through indexes, one array of slots, nothing allocated for a match. Belongs to one
/// thread.
/// </summary>
internal sealed class PlanRunner
{
    private const int StepsBetweenChecks = 4096;
    private readonly KnowledgeGraph _graph;
    private readonly RelationStates _states;
    private readonly EvaluationContext _context;
    private readonly Action _check;
    private Value[] _inputs = new Value[8];
    private SubSelectRunner? _subSelects;
    private ISolutionHandler _handler = null!;
    private int _stepsToCheck = StepsBetweenChecks;

    /// <summary>Makes a runner over a graph.</summary>
    public PlanRunner(KnowledgeGraph graph, RelationCatalogue relations, EvaluationContext context, Action check)
        : this(graph, new RelationStates(graph, relations), context, check)
    {
    }

    private PlanRunner(KnowledgeGraph graph, RelationStates states, EvaluationContext context, Action check)
    {
        _graph = graph;
        _states = states;
        _context = context;
        _check = check;
    }

    /// <summary>The slots of the variables.</summary>
    public int[] Slots { get; private set; } = new int[16];

    /// <summary>The relations' states.</summary>
    public RelationStates States => _states;

    /// <summary>Where set, only facts of a lower rank are seen: the premises that a proof may use.</summary>
    public int RankLimit { get; set; } = int.MaxValue;

    /// <summary>Makes room for a rule's slots.</summary>
    public void Reserve(int slotCount)
    {
        if (Slots.Length < slotCount) Slots = new int[slotCount * 2];
    }

    /// <summary>What runs the plans of SELECTs.</summary>
    public SubSelectRunner SubSelects => _subSelects ??= new SubSelectRunner(this, _graph, _context);

    /// <summary>Lets go of the groups that were made: the next stratum needs others.</summary>
    public void ForgetGroups() => _subSelects = null;

    /// <summary>Runs a plan; true where the handler ended it.</summary>
    public bool Run(PlanStep[] steps, ISolutionHandler handler)
    {
        _handler = handler;
        return Step(steps, 0);
    }

    /// <summary>As <see cref="Run"/>, from some rows of the first step's relation on; the step binds both places and no row can fail.</summary>
    public bool RunRows(PlanStep[] steps, Relation relation, int start, int end, ISolutionHandler handler)
    {
        _handler = handler;
        return MatchEveryRow(relation, start, end, (MatchStep)steps[0], steps, 0);
    }

    /// <summary>A runner over the same states, for another thread while nobody adds facts.</summary>
    public PlanRunner Fork(Action check) => new(_graph, _states, _context, check);

    private bool Step(PlanStep[] steps, int index)
    {
        if (index == steps.Length) return _handler.OnSolution(this);
        switch (steps[index])
        {
            case MatchStep match:
                return Match(match, steps, index);
            case FilterStep filter:
                return Evaluate(filter.Expression, filter.Inputs.AsSpan()).EffectiveBooleanValue == true && Step(steps, index + 1);
            case NotStep not:
                return !HasSolution(not.Inner) && Step(steps, index + 1);
            case AssignStep assign:
                return Assign(assign, steps, index);
            case SubSelectStep select:
                foreach (var row in SubSelects.Rows(select))
                    if (select.Bind(row, Slots) && Next(steps, index)) return true;
                return false;
            default:
                return Decompose((DecomposeStep)steps[index], steps, index);
        }
    }

    private bool HasSolution(PlanStep[] inner)
    {
        // What a NOT looks for is judged against everything that holds, whatever the rank.
        var (handler, limit) = (_handler, RankLimit);
        (_handler, RankLimit) = (FirstSolution.Instance, int.MaxValue);
        var found = Step(inner, 0);
        (_handler, RankLimit) = (handler, limit);
        return found;
    }

    /// <summary>Runs a plan with slots of its own in the midst of another, over everything that holds, whatever the rank.</summary>
    public void RunInside(PlanStep[] steps, int[] slots, ISolutionHandler handler)
    {
        var (outerSlots, outerHandler, limit) = (Slots, _handler, RankLimit);
        (Slots, _handler, RankLimit) = (slots, handler, int.MaxValue);
        Step(steps, 0);
        (Slots, _handler, RankLimit) = (outerSlots, outerHandler, limit);
    }

    private bool Assign(AssignStep assign, PlanStep[] steps, int index)
    {
        var value = Evaluate(assign.Expression, assign.Inputs.AsSpan());
        if (value.IsError) return false;
        var id = _graph.Terms.Add(value.ToTerm());
        if (assign.Bound) return Slots[assign.Slot] == id && Step(steps, index + 1);
        Slots[assign.Slot] = id;
        return Step(steps, index + 1);
    }

    /// <summary>An expression's value under the slots.</summary>
    public Value Evaluate(CompiledExpression expression, ReadOnlySpan<int> inputs)
    {
        if (_inputs.Length < inputs.Length) _inputs = new Value[inputs.Length * 2];
        for (var i = 0; i < inputs.Length; i++) _inputs[i] = _graph.Terms.ValueOf(Slots[inputs[i]]);
        return expression.Evaluate(_inputs.AsSpan(0, inputs.Length), _context);
    }

    private bool Decompose(DecomposeStep step, PlanStep[] steps, int index) =>
        _graph.Terms.TryGetTripleTerm(Slots[step.Slot], out var subject, out var predicate, out var @object)
        && Unify(step.Subject, step.SubjectBound, subject)
        && Unify(step.Predicate, step.PredicateBound, predicate)
        && Unify(step.Object, step.ObjectBound, @object)
        && Step(steps, index + 1);

    private bool Unify(Operand operand, bool bound, int id)
    {
        if (bound) return ValueOf(operand) == id;
        Slots[operand.Slot] = id;
        return true;
    }

    private int ValueOf(Operand operand) => operand.IsVariable ? Slots[operand.Slot] : operand.Constant;

    private bool Match(MatchStep match, PlanStep[] steps, int index)
    {
        if (match.Relation >= 0) return MatchIn(_states[match.Relation], match, steps, index);
        if (match.PredicateBound)
            return _states.TryFind(ValueOf(match.Predicate)) is { } known && MatchIn(known, match, steps, index);

        // What is found may bring new relations: they have no rows of this round.
        var all = _states.All;
        for (int i = 0, count = all.Count; i < count; i++)
        {
            if (match.PredicateRepeats)
            {
                // ?x ?x ?o: the subject is the predicate.
                if (match.SubjectBound && Slots[match.Subject.Slot] != all[i].Predicate) continue;
            }
            else
            {
                Slots[match.Predicate.Slot] = all[i].Predicate;
            }

            if (MatchIn(all[i], match, steps, index)) return true;
        }

        return false;
    }

    private bool MatchIn(RelationState state, MatchStep match, PlanStep[] steps, int index)
    {
        switch (match.Scope)
        {
            case RowScope.Current:
                return (state.Inherited is not null && MatchRows(state.Inherited, 0, state.Inherited.Count, state.Hidden, state, match, steps, index))
                    || (state.Own is not null && MatchRows(state.Own, 0, state.End, state.Outdated, state, match, steps, index));
            case RowScope.Delta:
                return state.HasDelta && MatchRows(state.Own!, state.DeltaStart, state.End, state.Outdated, state, match, steps, index);
            case RowScope.BeforeDelta:
                return (state.Inherited is not null && MatchRows(state.Inherited, 0, state.Inherited.Count, state.Hidden, state, match, steps, index))
                    || (state.DeltaStart > 0 && MatchRows(state.Own!, 0, state.DeltaStart, state.Outdated, state, match, steps, index));
            case RowScope.Former:
                return state.Inherited is not null && MatchRows(state.Inherited, 0, state.Inherited.Count, null, state, match, steps, index);
            default:
                return MatchRemoved(state, match, steps, index);
        }
    }

    private bool MatchRows(
        Relation relation, int start, int end, HashSet<int>? hidden, RelationState state, MatchStep match, PlanStep[] steps, int index)
    {
        if (hidden is null && match.FitsEveryRow && RankLimit == int.MaxValue)
            return MatchEveryRow(relation, start, end, match, steps, index);

        if (match.SubjectBound)
        {
            var subject = ValueOf(match.Subject);
            if (match.ObjectBound)
            {
                var row = relation.Find(subject, ValueOf(match.Object));
                return row >= start && row < end && Take(relation, row, hidden, state, match, steps, index);
            }

            for (var row = relation.FirstBySubject(subject); row >= start; row = relation.NextBySubject(row))
                if (row < end && Take(relation, row, hidden, state, match, steps, index)) return true;
            return false;
        }

        if (match.ObjectBound)
        {
            for (var row = relation.FirstByObject(ValueOf(match.Object)); row >= start; row = relation.NextByObject(row))
                if (row < end && Take(relation, row, hidden, state, match, steps, index)) return true;
            return false;
        }

        for (var row = start; row < end; row++)
            if (Take(relation, row, hidden, state, match, steps, index)) return true;
        return false;
    }

    /// <summary>
    /// As <see cref="MatchRows"/> where no row can fail a check: this is where materialising spends its time. Columns may move
    /// while the loops run, for what they find may be added to the same relation; the rows before stay the same in both.
    /// </summary>
    private bool MatchEveryRow(Relation relation, int start, int end, MatchStep match, PlanStep[] steps, int index)
    {
        var slots = Slots;
        if (match.SubjectBound)
        {
            var subject = ValueOf(match.Subject);
            if (match.ObjectBound)
            {
                if (start == 0 && end == relation.Count) return relation.Contains(subject, ValueOf(match.Object)) && Next(steps, index);
                var row = relation.Find(subject, ValueOf(match.Object));
                return row >= start && row < end && Next(steps, index);
            }

            var objects = relation.Objects;
            for (var row = relation.FirstBySubject(subject); row >= start; row = relation.NextBySubject(row))
            {
                if (row >= end) continue;
                slots[match.Object.Slot] = objects[row];
                if (Next(steps, index)) return true;
            }
        }
        else if (match.ObjectBound)
        {
            var first = relation.FirstByObject(ValueOf(match.Object));
            var subjects = relation.Subjects;
            for (var row = first; row >= start; row = relation.NextByObject(row))
            {
                if (row >= end) continue;
                slots[match.Subject.Slot] = subjects[row];
                if (Next(steps, index)) return true;
            }
        }
        else
        {
            var subjects = relation.Subjects;
            var objects = relation.Objects;
            for (var row = start; row < end; row++)
            {
                slots[match.Subject.Slot] = subjects[row];
                slots[match.Object.Slot] = objects[row];
                if (Next(steps, index)) return true;
            }
        }

        return false;
    }

    /// <summary>Goes on behind a match.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool Next(PlanStep[] steps, int index)
    {
        if (--_stepsToCheck <= 0) CheckLimits();
        return index + 1 == steps.Length ? _handler.OnSolution(this) : Step(steps, index + 1);
    }

    private void CheckLimits()
    {
        _stepsToCheck = StepsBetweenChecks;
        _check();
    }

    private bool MatchRemoved(RelationState state, MatchStep match, PlanStep[] steps, int index)
    {
        for (var i = state.RemovedStart; i < state.RemovedEnd; i++)
        {
            var row = state.Removed![i];
            var relation = state.Inherited!;
            if (match.SubjectBound && relation.Subjects[row] != ValueOf(match.Subject)) continue;
            if (match.ObjectBound && relation.Objects[row] != ValueOf(match.Object)) continue;
            if (Take(relation, row, null, state, match, steps, index)) return true;
        }

        return false;
    }

    /// <summary>Binds what the row gives and goes on with the next step.</summary>
    private bool Take(
        Relation relation, int row, HashSet<int>? hidden, RelationState state, MatchStep match, PlanStep[] steps, int index)
    {
        if (--_stepsToCheck <= 0) CheckLimits();
        if (hidden is not null && hidden.Contains(row)) return false;
        if (match.GroundOnly && !KnowledgeGraph.IsGround(relation.OriginOf(row))) return false;
        if (RankLimit != int.MaxValue && KnowledgeGraph.IsDerived(relation.OriginOf(row)) && relation.StampOf(row) >= RankLimit) return false;
        if (!match.SubjectBound)
        {
            if (match.PredicateRepeats && relation.Subjects[row] != state.Predicate) return false;
            Slots[match.Subject.Slot] = relation.Subjects[row];
        }

        if (match.ObjectRepeats)
        {
            if (Slots[match.Object.Slot] != relation.Objects[row]) return false;
        }
        else if (!match.ObjectBound)
        {
            Slots[match.Object.Slot] = relation.Objects[row];
        }

        return Step(steps, index + 1);
    }

    private sealed class FirstSolution : ISolutionHandler
    {
        public static readonly FirstSolution Instance = new();

        public bool OnSolution(PlanRunner runner) => true;
    }
}
