namespace Reasoner.Rules;

/// <summary>The variables and constants of an expression.</summary>
internal static class ExpressionVariables
{
    /// <summary>Every use of a variable, in the order in which they are written.</summary>
    public static List<VariableExpression> VariableUses(this Expression expression) => Leaves<VariableExpression>(expression);

    /// <summary>Every constant, in the order in which they are written.</summary>
    public static List<ConstantExpression> Constants(this Expression expression) => Leaves<ConstantExpression>(expression);

    /// <summary>Whether a function is called somewhere in it that satisfies the condition.</summary>
    public static bool Calls(this Expression expression, Func<Function, bool> condition)
    {
        var waiting = new Stack<Expression>([expression]);
        while (waiting.TryPop(out var next))
        {
            if (next is not CallExpression call) continue;
            if (condition(call.Function)) return true;
            foreach (var argument in call.Arguments) waiting.Push(argument);
        }

        return false;
    }

    private static List<T> Leaves<T>(Expression expression)
        where T : Expression
    {
        var leaves = new List<T>();
        var waiting = new Stack<Expression>([expression]);
        while (waiting.TryPop(out var next))
        {
            if (next is T leaf) leaves.Add(leaf);
            if (next is not CallExpression call) continue;
            for (var i = call.Arguments.Length - 1; i >= 0; i--) waiting.Push(call.Arguments[i]);
        }

        return leaves;
    }
}
