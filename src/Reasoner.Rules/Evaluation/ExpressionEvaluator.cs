using System.Collections.Immutable;
using Reasoner.Rdf;

namespace Reasoner.Rules;

/// <summary>
/// Evaluates expressions by walking their tree: simple, and apart from the functions themselves nothing of
/// <see cref="CompiledExpression"/> is used, so that what checks a proof does not share the engine's evaluator.
/// </summary>
public static class ExpressionEvaluator
{
    /// <summary>The expression's value, or an error; user data never makes this throw.</summary>
    /// <param name="expression">What to evaluate.</param>
    /// <param name="valueOf">A variable's value; <see cref="Value.Error"/> for an unbound one.</param>
    /// <param name="context">What functions may see beside their arguments.</param>
    /// <param name="aggregateOf">An aggregate's value; null where there can be none.</param>
    public static Value Evaluate(
        Expression expression,
        Func<string, Value> valueOf,
        EvaluationContext context,
        Func<AggregateExpression, Value>? aggregateOf = null) =>
        expression switch
        {
            ConstantExpression constant => Value.Of(constant.Term),
            VariableExpression variable => valueOf(variable.Name),
            CallExpression call => Evaluate(call, valueOf, context, aggregateOf),
            AggregateExpression aggregate when aggregateOf is not null => aggregateOf(aggregate),
            _ => throw new ArgumentException($"Unknown expression {expression.GetType().Name}.", nameof(expression)),
        };

    private static Value Evaluate(
        CallExpression call,
        Func<string, Value> valueOf,
        EvaluationContext context,
        Func<AggregateExpression, Value>? aggregateOf)
    {
        switch (call.Function)
        {
            case Function.Or:
                return Decide(call.Arguments, decisive: true, valueOf, context, aggregateOf);
            case Function.And:
                return Decide(call.Arguments, decisive: false, valueOf, context, aggregateOf);
            case Function.If:
                return Evaluate(call.Arguments[0], valueOf, context, aggregateOf).EffectiveBooleanValue switch
                {
                    true => Evaluate(call.Arguments[1], valueOf, context, aggregateOf),
                    false => Evaluate(call.Arguments[2], valueOf, context, aggregateOf),
                    null => Value.Error,
                };
            case Function.In:
                return OperatorFunctions.ToValue(IsIn(call.Arguments, valueOf, context, aggregateOf));
            case Function.NotIn:
                return OperatorFunctions.ToValue(!IsIn(call.Arguments, valueOf, context, aggregateOf));
            default:
                var arguments = new Value[call.Arguments.Length];
                for (var i = 0; i < arguments.Length; i++) arguments[i] = Evaluate(call.Arguments[i], valueOf, context, aggregateOf);
                return Functions.Invoke(call.Function, arguments, context);
        }
    }

    /// <summary>
    /// || and &amp;&amp;: one decisive operand decides, whatever the other is; else an error spoils the outcome.
    /// </summary>
    private static Value Decide(
        ImmutableArray<Expression> operands,
        bool decisive,
        Func<string, Value> valueOf,
        EvaluationContext context,
        Func<AggregateExpression, Value>? aggregateOf)
    {
        var left = Evaluate(operands[0], valueOf, context, aggregateOf).EffectiveBooleanValue;
        if (left == decisive) return Value.FromBoolean(decisive);
        var right = Evaluate(operands[1], valueOf, context, aggregateOf).EffectiveBooleanValue;
        if (right == decisive) return Value.FromBoolean(decisive);
        return left is null || right is null ? Value.Error : Value.FromBoolean(!decisive);
    }

    private static bool? IsIn(
        ImmutableArray<Expression> arguments,
        Func<string, Value> valueOf,
        EvaluationContext context,
        Func<AggregateExpression, Value>? aggregateOf)
    {
        var wanted = Evaluate(arguments[0], valueOf, context, aggregateOf);
        if (wanted.IsError) return null;
        bool? found = false;
        for (var i = 1; i < arguments.Length && found != true; i++)
            found |= Value.AreEqual(wanted, Evaluate(arguments[i], valueOf, context, aggregateOf));
        return found;
    }
}
