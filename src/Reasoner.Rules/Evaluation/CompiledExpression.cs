using Reasoner.Rdf;

namespace Reasoner.Rules;

/// <summary>
/// An expression prepared for many evaluations: constants decoded, variables turned into slots, common shapes
/// specialised. Comparing and computing with numbers allocates nothing. Immutable; any number of threads may evaluate
/// it.
/// </summary>
public sealed class CompiledExpression
{
    private readonly Node _root;

    private CompiledExpression(Node root) => _root = root;

    /// <summary>Prepares an expression.</summary>
    /// <param name="expression">The expression; the parser has checked names and arities.</param>
    /// <param name="slotOf">The slot in which each variable's value will be found.</param>
    /// <param name="aggregateSlotOf">The slot in which each aggregate's value will be found; null where there can be none.</param>
    public static CompiledExpression Compile(
        Expression expression, Func<string, int> slotOf, Func<AggregateExpression, int>? aggregateSlotOf = null) =>
        new(NodeOf(expression, slotOf, aggregateSlotOf));

    /// <summary>The expression's value, or an error; user data never makes this throw.</summary>
    /// <param name="slots">The variables' values; <see cref="Value.Error"/> in the slot of an unbound one.</param>
    /// <param name="context">What functions may see beside their arguments.</param>
    public Value Evaluate(ReadOnlySpan<Value> slots, EvaluationContext context) => _root.Evaluate(slots, context);

    /// <summary>The effective boolean value of the expression, as FILTER asks for it; null is an error.</summary>
    /// <inheritdoc cref="Evaluate" path="/param" />
    public bool? Test(ReadOnlySpan<Value> slots, EvaluationContext context) => _root.Test(slots, context);

    private static Node NodeOf(
        Expression expression, Func<string, int> slotOf, Func<AggregateExpression, int>? aggregateSlotOf) => expression switch
        {
            ConstantExpression constant => new ConstantNode(Value.Of(constant.Term)),
            VariableExpression variable => new SlotNode(slotOf(variable.Name)),
            CallExpression call => NodeOf(
                call.Function, [.. call.Arguments.Select(argument => NodeOf(argument, slotOf, aggregateSlotOf))]),
            AggregateExpression aggregate when aggregateSlotOf is not null => new SlotNode(aggregateSlotOf(aggregate)),
            _ => throw new ArgumentException($"Unknown expression {expression.GetType().Name}.", nameof(expression)),
        };

    private static Node NodeOf(Function function, Node[] arguments) => (function, arguments) switch
    {
        (Function.Or, [var left, var right]) => new OrNode(left, right),
        (Function.And, [var left, var right]) => new AndNode(left, right),
        (Function.Not, [var operand]) => new NotNode(operand),
        (Function.If, [var condition, var then, var otherwise]) => new IfNode(condition, then, otherwise),
        (Function.In or Function.NotIn, [var wanted, .. var candidates]) =>
            new InNode(wanted, candidates, function == Function.NotIn),
        ( >= Function.Equal and <= Function.GreaterOrEqual, [SlotNode slot, ConstantNode constant]) =>
            new SlotComparisonNode(function, slot.Slot, constant.Constant),
        ( >= Function.Equal and <= Function.GreaterOrEqual, [var left, var right]) =>
            new ComparisonNode(function, left, right),
        ( >= Function.Add and <= Function.Divide, [SlotNode left, SlotNode right]) =>
            new SlotArithmeticNode(function, left.Slot, right.Slot),
        ( >= Function.Add and <= Function.Divide, [var left, var right]) => new ArithmeticNode(function, left, right),
        _ => new CallNode(function, arguments),
    };
}
