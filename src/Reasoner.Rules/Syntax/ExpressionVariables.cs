namespace Reasoner.Rules;

/// <summary>The variables, constants and aggregates of an expression.</summary>
internal static class ExpressionVariables
{
    /// <summary>Every use of a variable, those in the arguments of aggregates too, in the order in which they are written.</summary>
    public static IEnumerable<VariableExpression> VariableUses(this Expression expression) =>
        Parts(expression, entersAggregates: true).OfType<VariableExpression>();

    /// <summary>The uses of variables that stand in no aggregate.</summary>
    public static IEnumerable<VariableExpression> VariableUsesOutsideAggregates(this Expression expression) =>
        Parts(expression, entersAggregates: false).OfType<VariableExpression>();

    /// <summary>Every aggregate, in the order in which they are written.</summary>
    public static IEnumerable<AggregateExpression> AggregateUses(this Expression expression) =>
        Parts(expression, entersAggregates: false).OfType<AggregateExpression>();

    /// <summary>Every constant, those in the arguments of aggregates too, in the order in which they are written.</summary>
    public static IEnumerable<ConstantExpression> Constants(this Expression expression) =>
        Parts(expression, entersAggregates: true).OfType<ConstantExpression>();

    /// <summary>Whether a function is called somewhere in it that satisfies the condition.</summary>
    public static bool Calls(this Expression expression, Func<Function, bool> condition) =>
        Parts(expression, entersAggregates: true).OfType<CallExpression>().Any(call => condition(call.Function));

    private static List<Expression> Parts(Expression expression, bool entersAggregates)
    {
        var parts = new List<Expression>();
        var waiting = new Stack<Expression>([expression]);
        while (waiting.TryPop(out var next))
        {
            parts.Add(next);
            if (next is AggregateExpression { Argument: { } argument } && entersAggregates) waiting.Push(argument);
            if (next is not CallExpression call) continue;
            for (var i = call.Arguments.Length - 1; i >= 0; i--) waiting.Push(call.Arguments[i]);
        }

        return parts;
    }
}
