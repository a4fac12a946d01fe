namespace Reasoner.Rules;

/// <summary>The variables of an expression.</summary>
internal static class ExpressionVariables
{
    /// <summary>Every use of a variable, in the order in which they are written.</summary>
    public static List<VariableExpression> VariableUses(this Expression expression)
    {
        var uses = new List<VariableExpression>();
        var waiting = new Stack<Expression>([expression]);
        while (waiting.TryPop(out var next))
        {
            if (next is VariableExpression variable) uses.Add(variable);
            if (next is not CallExpression call) continue;
            for (var i = call.Arguments.Length - 1; i >= 0; i--) waiting.Push(call.Arguments[i]);
        }

        return uses;
    }
}
