using Reasoner.Knowledge;
using Reasoner.Rdf;
using Reasoner.Rules;

namespace Reasoner.Inference;

/// <summary>A group of a SELECT's inner solutions.</summary>
internal sealed class Group(SubSelectPlan plan, int[] keys)
{
    private readonly AggregateFold[] _folds = [.. plan.Aggregates.Select(aggregate => new AggregateFold(aggregate.Source))];

    /// <summary>The values of the variables of GROUP BY.</summary>
    public int[] Keys { get; } = keys;

    /// <summary>The facts that its solutions match; null unless they are asked for.</summary>
    public HashSet<Fact>? Facts { get; init; }

    /// <summary>Adds the solution in the runner's slots.</summary>
    public void Add(PlanRunner runner, TermDictionary terms)
    {
        for (var i = 0; i < _folds.Length; i++)
        {
            var aggregate = plan.Aggregates[i];
            if (aggregate.Argument is not null) _folds[i].Add(runner.Evaluate(aggregate.Argument, aggregate.Inputs.AsSpan()));
            else _folds[i].AddSolution(aggregate.Source.IsDistinct ? plan.VisibleSlots.Select(slot => terms[runner.Slots[slot]]) : []);
        }

        if (Facts is null) return;
        int ValueOf(Operand operand) => operand.IsVariable ? runner.Slots[operand.Slot] : operand.Constant;
        foreach (var (subject, predicate, @object) in plan.Patterns) Facts.Add(new Fact(ValueOf(subject), ValueOf(predicate), ValueOf(@object)));
    }

    /// <summary>What the SELECT gives for the group; null where HAVING or an error rules it out.</summary>
    public int[]? Row(TermDictionary terms, EvaluationContext context)
    {
        var inputs = new Value[plan.InputCount];
        for (var i = 0; i < Keys.Length; i++) inputs[i] = terms.ValueOf(Keys[i]);
        for (var i = 0; i < _folds.Length; i++) inputs[Keys.Length + i] = _folds[i].Result();
        foreach (var projection in plan.Projections)
        {
            if (projection.Expression is null) continue;
            inputs[projection.Input] = projection.Expression.Evaluate(inputs, context);
            if (inputs[projection.Input].IsError) return null;
        }

        foreach (var condition in plan.Having)
            if (condition.Test(inputs, context) != true) return null;
        return [.. plan.Projections.Select(projection => projection.Expression is null ? Keys[projection.Key] : terms.Add(inputs[projection.Input].ToTerm()))];
    }
}

/// <summary>Puts a SELECT's inner solutions into their groups.</summary>
internal sealed class GroupCollector : ISolutionHandler
{
    private readonly SubSelectPlan _plan;
    private readonly TermDictionary _terms;
    private readonly bool _withFacts;
    private readonly Dictionary<int[], Group> _groups = new(IdListComparer.Instance);
    private readonly Dictionary<int[], Group>.AlternateLookup<ReadOnlySpan<int>> _lookup;
    private readonly int[] _keys;

    public GroupCollector(SubSelectPlan plan, TermDictionary terms, bool withFacts)
    {
        _plan = plan;
        _terms = terms;
        _withFacts = withFacts;
        _lookup = _groups.GetAlternateLookup<ReadOnlySpan<int>>();
        _keys = new int[plan.Keys.Length];
        if (_keys.Length == 0) GroupOf([]);
    }

    /// <summary>The groups, in the order in which they were found.</summary>
    public IEnumerable<Group> Groups => _groups.Values;

    public bool OnSolution(PlanRunner runner)
    {
        for (var i = 0; i < _keys.Length; i++) _keys[i] = runner.Slots[_plan.Keys[i]];
        GroupOf(_keys).Add(runner, _terms);
        return false;
    }

    private Group GroupOf(ReadOnlySpan<int> keys)
    {
        if (_lookup.TryGetValue(keys, out var group)) return group;
        group = new Group(_plan, keys.ToArray()) { Facts = _withFacts ? [] : null };
        _groups.Add(group.Keys, group);
        return group;
    }
}
