using System.Collections.Immutable;
using System.Diagnostics;
using Reasoner.Knowledge;
using Reasoner.Rules;

namespace Reasoner.Inference;

/// <summary>One run of a program over a graph or overlay: rounds, ranks, limits.</summary>
internal sealed partial class Evaluation : ISolutionHandler
{
    private const int FactsBetweenMemoryChecks = 1 << 16;

    // What there is to say of a rule's patterns instead of the number of one.
    private const int AnyPattern = -1;
    private const int NoSolution = -2;

    private readonly RuleProgram _program;
    private readonly KnowledgeGraph _graph;
    private readonly EvaluationOptions _options;
    private readonly CancellationToken _cancellation;
    private readonly EvaluationContext _context;
    private readonly long _started = Stopwatch.GetTimestamp();
    private readonly PlanRunner _runner;
    private readonly HeadBuilder _heads;
    private readonly FactRemover _remover;
    private readonly Action<HeadTemplate, int, int> _addInOrder;
    private readonly int _firstRank;
    private ParallelRun? _parallel;
    private AffectedStrata? _affected;
    private bool _hasRemovals;
    private RulePlan _rule = null!;
    private int _rank;
    private long _derived;
    private long _nextMemoryCheck = FactsBetweenMemoryChecks;

    public Evaluation(RuleProgram program, KnowledgeGraph graph, int rank, EvaluationOptions options, CancellationToken cancellation)
    {
        _program = program;
        _graph = graph;
        _options = options;
        _cancellation = cancellation;
        _rank = _firstRank = rank;
        _context = options.Context ?? new EvaluationContext(DateTimeOffset.UtcNow);
        _runner = new PlanRunner(graph, program.Relations, _context, Check);
        _heads = new HeadBuilder(graph.Terms);
        _remover = new FactRemover(this);
        _addInOrder = Add;
    }

    public Materialization Materialize()
    {
        foreach (var stratum in _program.Strata)
        {
            _runner.ForgetGroups();
            if (_options.RewritesEquality && _program.Equality is { } equality && equality.Stratum == stratum)
            {
                MaterializeByRepresentatives(equality);
                continue;
            }

            Each(stratum, static state => state.MarkAllNew());
            _rank++;
            foreach (var rule in stratum.Rules) Run(rule, rule.Full, this);
            if (stratum.IsRecursive) RunToFixpoint(stratum);
        }

        return Result() with { RanksCountRounds = true };
    }

    public Materialization Extend()
    {
        _affected = new AffectedStrata(_program.Readers, _program.Writers);
        foreach (var relation in _graph.OwnRelations) _affected.Add(relation.Predicate);
        foreach (var (predicate, row) in _graph.Retracted) Remove(_runner.States.Of(predicate), row);
        foreach (var stratum in _program.Strata)
        {
            if (!_affected.Contains(stratum.Index) || (!_hasRemovals && !MayGiveAny(stratum))) continue;
            _runner.ForgetGroups();
            Mark(stratum);
            if (_hasRemovals || !stratum.IsMonotone) TakeBack(stratum);
            RunOnChanges(stratum);
            if (stratum.IsRecursive) RunToFixpoint(stratum);
        }

        return Result();
    }

    /// <summary>Adds what the solution's heads say.</summary>
    bool ISolutionHandler.OnSolution(PlanRunner runner)
    {
        foreach (var head in _rule.Head)
        {
            if (head.IsPlain)
            {
                var (subject, @object) = head.Fill(runner.Slots);
                Add(head, subject, @object);
            }
            else if (_heads.TryBuild(_rule, head, runner.Slots, out var fact))
            {
                Count(Add(head.Relation >= 0 ? runner.States[head.Relation] : runner.States.Of(fact.Predicate), fact.Subject, fact.Object));
            }
        }

        return false;
    }

    /// <summary>What the changes below this stratum bring: new facts, and facts that a NOT no longer prevents.</summary>
    private void RunOnChanges(StratumPlan stratum)
    {
        _rank++;
        foreach (var rule in stratum.Rules)
        {
            switch (Narrowest(rule))
            {
                case NoSolution:
                    break;
                case AnyPattern:
                    RunOnChanges(rule);
                    break;
                case var pattern:
                    Run(rule, rule.AllNew(pattern), this);
                    break;
            }
        }
    }

    private void RunOnChanges(RulePlan rule)
    {
        for (var i = 0; i < rule.PatternRelations.Length; i++)
            if (HasDelta(rule.PatternRelations[i])) Run(rule, rule.Delta(i), this);
        for (var i = 0; i < rule.NegatedRelations.Length; i++)
            if (HasRemovals(rule.NegatedRelations[i])) Run(rule, rule.NegationTrigger(i), this);
        for (var i = 0; i < rule.SubSelects.Length; i++)
            if (_runner.SubSelects.HasChanged(rule.SubSelects[i].Plan)) Run(rule, rule.SubSelectDelta(i), this);
    }

    /// <summary>
    /// Of the patterns of which the base has no facts, so that every solution of the rule is new and uses the overlay's, the
    /// one with the fewest.
    /// </summary>
    private int Narrowest(RulePlan rule)
    {
        var (narrowest, fewest) = (AnyPattern, int.MaxValue);
        for (var i = 0; i < rule.PatternRelations.Length; i++)
        {
            if (rule.PatternRelations[i] is not (>= 0 and var relation)) continue;
            var state = _runner.States[relation];
            if (state.Inherited is not null || state.End >= fewest) continue;
            if (state.End == 0) return NoSolution;
            (narrowest, fewest) = (i, state.End);
        }

        return narrowest;
    }

    /// <summary>Whether any rule has facts for each of its patterns, or may have when others of its stratum have run.</summary>
    private bool MayGiveAny(StratumPlan stratum)
    {
        if (stratum.IsRecursive) return true;
        foreach (var rule in stratum.Rules)
            if (HasFactsForEachPattern(rule)) return true;
        return false;
    }

    private bool HasFactsForEachPattern(RulePlan rule)
    {
        foreach (var relation in rule.PatternRelations)
            if (relation >= 0 && _runner.States[relation] is { Inherited: null, Own: null }) return false;
        return true;
    }

    /// <summary>Whether the rule may have had solutions in the base: where not, the overlay takes none back.</summary>
    private bool MayHaveHeld(RulePlan rule)
    {
        foreach (var relation in rule.PatternRelations)
            if (relation >= 0 && _runner.States[relation].Inherited is null) return false;
        return true;
    }

    /// <summary>Whether the base may hold facts that the rule gives.</summary>
    private bool MayHaveGiven(RulePlan rule)
    {
        foreach (var head in rule.Head)
            if (head.Relation < 0 || _runner.States[head.Relation].Inherited is not null) return true;
        return false;
    }

    private void RunToFixpoint(StratumPlan stratum)
    {
        while (true)
        {
            Each(stratum, static state => state.Advance());
            if (!AnyWritten(stratum, static state => state.HasDelta)) return;
            _rank++;
            foreach (var rule in stratum.Rules) RunOnDelta(stratum, rule);
        }
    }

    private void RunOnDelta(StratumPlan stratum, RulePlan rule)
    {
        for (var i = 0; i < rule.PatternRelations.Length; i++)
            if (stratum.Writes(rule.PatternRelations[i]) && HasDelta(rule.PatternRelations[i])) Run(rule, rule.Delta(i), this);
    }

    /// <summary>Hides the base's facts that may have lost a derivation, then brings back those that have another.</summary>
    private void TakeBack(StratumPlan stratum)
    {
        foreach (var rule in stratum.Rules)
        {
            if (!MayHaveHeld(rule)) continue;
            var mayHaveGiven = MayHaveGiven(rule);
            for (var i = 0; i < rule.PatternRelations.Length && mayHaveGiven; i++)
                if (HasRemovals(rule.PatternRelations[i])) Run(rule, rule.Removal(i), _remover);
            for (var i = 0; i < rule.NegatedRelations.Length && mayHaveGiven; i++)
                if (HasDelta(rule.NegatedRelations[i])) Run(rule, rule.NegationRemoval(i), _remover);
            for (var i = 0; i < rule.SubSelects.Length; i++)
            {
                // Rows that come count too, even where none that goes took a fact along.
                _rule = rule;
                if (_runner.SubSelects.FindChanges(rule.SubSelects[i].Plan, HasDelta, HasRemovals) && mayHaveGiven) Run(rule, rule.SubSelectRemoval(i), _remover);
            }
        }

        if (!_hasRemovals) return;
        while (stratum.IsRecursive)
        {
            Each(stratum, static state => state.AdvanceRemovals());
            if (!AnyWritten(stratum, static state => state.HasRemovals)) break;
            foreach (var rule in stratum.Rules)
                for (var i = 0; i < rule.PatternRelations.Length; i++)
                    if (HasRemovals(rule.PatternRelations[i])) Run(rule, rule.Removal(i), _remover);
        }

        Each(stratum, static state => state.MarkAllRemovals());
        Rederive(stratum);
        Each(stratum, static state => state.MarkAllNew());
    }

    private void Rederive(StratumPlan stratum)
    {
        _rank++;
        EachWritten(stratum, state =>
        {
            for (var i = 0; i < state.RemovedEnd; i++)
            {
                var row = state.Removed![i];
                var fact = new Fact(state.Inherited!.Subjects[row], state.Predicate, state.Inherited.Objects[row]);
                if (_graph.Contains(fact.Subject, fact.Predicate, fact.Object)) continue;
                foreach (var rule in _program.PlansFor(state.Predicate))
                {
                    if (rule.Stratum > stratum.Index) continue;
                    _rule = rule;
                    if (!HeadSearch.HasSolution(_runner, _heads, rule, fact)) continue;
                    Add(state, fact.Subject, fact.Object);
                    break;
                }
            }
        });
    }

    private void Add(HeadTemplate head, int subject, int @object) => Count(Add(_runner.States[head.Relation], subject, @object));

    private void Count(bool isNew)
    {
        if (!isNew) return;
        if (++_derived > _options.MaxDerivedFacts) throw Limit($"{_options.MaxDerivedFacts} derived facts", "Look for a rule that joins without a shared variable, or raise the limit.");
        if (_derived < _nextMemoryCheck) return;
        _nextMemoryCheck = _derived + Math.Max(FactsBetweenMemoryChecks, _derived / 8);
        if (_graph.MemoryBytes > _options.MaxMemoryBytes)
            throw Limit($"{_options.MaxMemoryBytes >> 20} MiB of memory", "Look for a rule that joins without a shared variable, or raise the limit.");
    }

    private bool Add(RelationState state, int subject, int @object) => Add(state, subject, @object, _rank);

    private bool Add(RelationState state, int subject, int @object, int rank)
    {
        if (state.Inherited is not null)
        {
            var row = state.Inherited.Find(subject, @object);
            if (row >= 0 && state.Hidden?.Contains(row) != true) return false;
        }

        if (state.Own is null)
        {
            state.Own = _graph.RelationFor(state.Predicate);
            _affected?.Add(state.Predicate);
        }

        return state.Own.Add(subject, @object, _options.RecordProofs ? _rule.Number : 0, _options.RecordProofs ? rank : 0);
    }

    /// <summary>Notes a row of the base that no longer holds.</summary>
    private void Remove(RelationState state, int row)
    {
        _hasRemovals = true;
        if (state.Removed is null) _affected!.AddRemovals(state.Predicate);
        (state.Removed ??= []).Add(row);
    }

    private void Run(RulePlan rule, PlanStep[] plan, ISolutionHandler handler)
    {
        _rule = rule;
        _runner.Reserve(rule.SlotCount);
        if (_options.Threads > 1 && handler == this && ParallelRun.Suits(rule, plan, _runner))
            (_parallel ??= new ParallelRun(_runner, _options.Threads, Check)).Run(rule, plan, _addInOrder, this);
        else
            _runner.Run(plan, handler);
    }

    /// <summary>Looks at what ends any work early; every thread may ask.</summary>
    private void Check()
    {
        _cancellation.ThrowIfCancellationRequested();
        if (Stopwatch.GetElapsedTime(_started) > _options.MaxDuration)
            throw Limit($"{_options.MaxDuration.TotalSeconds:0.###} s", "Give it more time, or look for a rule that joins without a shared variable.");
    }

    private EvaluationLimitException Limit(string limit, string advice) => new(limit, _rule.Rule, advice);

    private bool HasDelta(int relation) =>
        relation >= 0 ? _runner.States[relation].HasDelta : _runner.States.All.Any(static state => state.HasDelta);

    private bool HasRemovals(int relation) =>
        relation >= 0 ? _runner.States[relation].HasRemovals : _runner.States.All.Any(static state => state.HasRemovals);

    private bool AnyWritten(StratumPlan stratum, Func<RelationState, bool> holds)
    {
        if (stratum.WritesAny) return _runner.States.All.Any(holds);
        foreach (var relation in stratum.HeadRelations)
            if (holds(_runner.States[relation])) return true;
        return false;
    }

    private void Each(StratumPlan stratum, Action<RelationState> action) => Each(stratum.TouchesAny, stratum.TouchedRelations, action);

    private void Mark(StratumPlan stratum)
    {
        if (stratum.TouchesAny) Each(stratum, static state => state.MarkAll());
        else foreach (var relation in stratum.TouchedRelations) _runner.States[relation].MarkAll();
    }

    private void EachWritten(StratumPlan stratum, Action<RelationState> action) => Each(stratum.WritesAny, stratum.HeadRelations, action);

    private void Each(bool ofAll, ImmutableArray<int> relations, Action<RelationState> action)
    {
        if (ofAll)
        {
            for (int i = 0, count = _runner.States.All.Count; i < count; i++) action(_runner.States.All[i]);
            return;
        }

        foreach (var relation in relations) action(_runner.States[relation]);
    }

    private Materialization Result() => new(_program, _graph, _rank, _derived, _rank - _firstRank - _ranksOfEquality, _context, _options.RecordProofs);

    /// <summary>Hides the base's derived facts that a solution's heads say.</summary>
    private sealed class FactRemover(Evaluation evaluation) : ISolutionHandler
    {
        public bool OnSolution(PlanRunner runner)
        {
            foreach (var head in evaluation._rule.Head)
            {
                if (!evaluation._heads.TryBuild(evaluation._rule, head, runner.Slots, out var fact)) continue;
                var state = runner.States.Of(fact.Predicate);
                var row = state.Inherited?.Find(fact.Subject, fact.Object) ?? -1;
                if (row < 0 || !KnowledgeGraph.IsDerived(state.Inherited!.OriginOf(row)) || state.Hidden?.Contains(row) == true) continue;
                evaluation._graph.Hide(fact.Predicate, row);
                state.Hidden = evaluation._graph.Hidden(fact.Predicate);
                evaluation.Remove(state, row);
            }

            return false;
        }
    }
}
