using System.Collections.Immutable;
using Reasoner.Rules;

namespace Reasoner.Inference;

/// <summary>
/// A SELECT compiled: the plans of its body over slots of its own, its keys and aggregates, and what it gives for a group. An
/// expression over a group finds the keys' values first among its inputs, then the aggregates', then those that earlier
/// projections named.
/// </summary>
internal sealed class SubSelectPlan
{
    private readonly RulePlanner _body;
    private PlanStep[][]? _touched;
    private PlanStep[]? _current;
    private PlanStep[]? _former;

    public SubSelectPlan(SubSelectElement element, RulePlanner body)
    {
        Element = element;
        _body = body;
        Keys = [.. element.GroupBy.Select(variable => body.SlotOfKnown(variable.Name))];
        MatchedKeys = [.. Keys.Where(body.IsMatched)];
        Patterns = [.. body.Patterns];
        Relations = [.. body.PatternRelations.Concat(body.NegatedRelations).Distinct()];
        VisibleSlots = [.. element.InnerVariables.Distinct().Select(body.SlotOfKnown)];
        Aggregates = [.. element.Aggregates.Select(aggregate => AggregatePlan.Of(aggregate, body))];

        var names = element.GroupBy.Select(variable => variable.Name).ToList();
        var inputs = Keys.Length + Aggregates.Length;
        Projections = [.. element.Projections.Select(ProjectionOf)];
        Having = [.. element.Having.Select(Compile)];
        InputCount = inputs;

        ProjectionPlan ProjectionOf(Projection projection)
        {
            if (projection.Expression is null)
            {
                var key = InputOf(projection.Variable);
                return new ProjectionPlan(key, Keys[key], body.IsMatched(Keys[key]), null, -1);
            }

            var expression = Compile(projection.Expression);
            while (names.Count < inputs) names.Add("");
            names.Add(projection.Variable);
            return new ProjectionPlan(-1, -1, false, expression, inputs++);
        }

        int InputOf(string name) => names.IndexOf(name) is var input and >= 0
            ? input
            : throw new InvalidOperationException($"?{name} is not grouped: the rule is not well-formed.");

        CompiledExpression Compile(Expression expression) => CompiledExpression.Compile(
            expression, InputOf, aggregate => Keys.Length + Array.FindIndex(Aggregates, each => ReferenceEquals(each.Source, aggregate)));
    }

    public SubSelectElement Element { get; }

    /// <summary>How many slots its plans use; known once they are made.</summary>
    public int SlotCount => _body.SlotCount;

    /// <summary>The slots of the variables of GROUP BY.</summary>
    public int[] Keys { get; }

    /// <summary>Those of them that patterns bind.</summary>
    public int[] MatchedKeys { get; }

    /// <summary>The patterns outside NOT: their facts are what a group is made of.</summary>
    public (Operand Subject, Operand Predicate, Operand Object)[] Patterns { get; }

    /// <summary>The relation ordinals of all its patterns, those inside NOT too; -1 for a variable.</summary>
    public int[] Relations { get; }

    /// <summary>The slots that COUNT(DISTINCT *) looks at.</summary>
    public int[] VisibleSlots { get; }

    public AggregatePlan[] Aggregates { get; }

    public ProjectionPlan[] Projections { get; }

    public CompiledExpression[] Having { get; }

    /// <summary>How many inputs an expression over a group may see.</summary>
    public int InputCount { get; }

    public double LargestRelation => _body.LargestRelation;

    /// <summary>Every solution of its body for given matched keys over the current facts.</summary>
    public PlanStep[] CurrentOfKeys => Volatile.Read(ref _current) ?? (_current = PlanAll(RowScope.Current, MatchedKeys));

    /// <summary>The same over the facts of the base.</summary>
    public PlanStep[] FormerOfKeys => Volatile.Read(ref _former) ?? (_former = PlanAll(RowScope.Former, MatchedKeys));

    /// <summary>Every solution of its body, once the slots are bound.</summary>
    public PlanStep[] PlanAll(RowScope scope, IEnumerable<int> bound)
    {
        lock (_body) return _body.PlanAll(scope, bound);
    }

    /// <summary>The plans whose solutions are in the groups that the changes touch: those that came and those that went.</summary>
    public IEnumerable<PlanStep[]> Touched(Func<int, bool> hasDelta, Func<int, bool> hasRemovals)
    {
        var (patterns, negated) = (_body.PatternRelations, _body.NegatedRelations);
        lock (_body)
        {
            _touched ??=
            [
                .. patterns.Select((_, i) => _body.PlanDelta(i)),
                .. patterns.Select((_, i) => _body.PlanRemoval(i)),
                .. negated.Select((_, i) => _body.PlanNegationRemoval(i)),
                .. negated.Select((_, i) => _body.PlanNegationTrigger(i)),
            ];
        }

        bool[] wanted = [.. patterns.Select(hasDelta), .. patterns.Select(hasRemovals), .. negated.Select(hasDelta), .. negated.Select(hasRemovals)];
        return _touched.Where((_, i) => wanted[i]);
    }
}

/// <summary>An aggregate: the argument's value for a solution, to be folded.</summary>
/// <param name="Source">The aggregate.</param>
/// <param name="Argument">Its argument; null for COUNT(*).</param>
/// <param name="Inputs">The slots of the argument's variables.</param>
internal sealed record AggregatePlan(AggregateExpression Source, CompiledExpression? Argument, ImmutableArray<int> Inputs)
{
    public static AggregatePlan Of(AggregateExpression aggregate, RulePlanner body)
    {
        if (aggregate.Argument is null) return new AggregatePlan(aggregate, null, []);
        var (argument, inputs) = RulePlanner.CompileExpression(aggregate.Argument, body.SlotOfKnown);
        return new AggregatePlan(aggregate, argument, inputs);
    }
}

/// <summary>What a SELECT gives for a group.</summary>
/// <param name="Key">The number of the key that it is; -1 for an expression.</param>
/// <param name="KeySlot">The key's slot; -1 for an expression.</param>
/// <param name="IsMatchedKey">Whether it is a key that patterns bind.</param>
/// <param name="Expression">The expression over the group; null for a key.</param>
/// <param name="Input">Where later expressions find its value; -1 for a key.</param>
internal sealed record ProjectionPlan(int Key, int KeySlot, bool IsMatchedKey, CompiledExpression? Expression, int Input);
