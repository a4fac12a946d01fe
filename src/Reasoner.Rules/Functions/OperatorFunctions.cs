using Reasoner.Rdf;

namespace Reasoner.Rules;

/// <summary>
/// The operators, and the functional forms over evaluated arguments (SPARQL 1.2 Query, 17.3 and 17.4.1).
/// </summary>
internal static class OperatorFunctions
{
    public static FunctionDefinition[] All =>
    [
        new(Function.Or, "||", 2, 2, static (a, _) => Or(a[0], a[1]), true),
        new(Function.And, "&&", 2, 2, static (a, _) => And(a[0], a[1]), true),
        new(Function.If, "IF", 3, 3, static (a, _) => If(a), true),
        new(Function.In, "IN", 1, int.MaxValue, static (a, _) => ToValue(IsIn(a)), true),
        new(Function.NotIn, "NOT IN", 1, int.MaxValue, static (a, _) => ToValue(!IsIn(a)), true),
        new(Function.Not, "!", 1, 1, static (a, _) => ToValue(!a[0].EffectiveBooleanValue)),
        new(Function.Equal, "=", 2, 2, Comparison(Function.Equal)),
        new(Function.NotEqual, "!=", 2, 2, Comparison(Function.NotEqual)),
        new(Function.Less, "<", 2, 2, Comparison(Function.Less)),
        new(Function.Greater, ">", 2, 2, Comparison(Function.Greater)),
        new(Function.LessOrEqual, "<=", 2, 2, Comparison(Function.LessOrEqual)),
        new(Function.GreaterOrEqual, ">=", 2, 2, Comparison(Function.GreaterOrEqual)),
        new(Function.Add, "+", 2, 2, static (a, _) => Value.Add(a[0], a[1])),
        new(Function.Subtract, "-", 2, 2, static (a, _) => Value.Subtract(a[0], a[1])),
        new(Function.Multiply, "*", 2, 2, static (a, _) => Value.Multiply(a[0], a[1])),
        new(Function.Divide, "/", 2, 2, static (a, _) => Value.Divide(a[0], a[1])),
        new(Function.UnaryPlus, "+", 1, 1, static (a, _) => a[0].IsNumeric ? a[0] : Value.Error),
        new(Function.UnaryMinus, "-", 1, 1, static (a, _) => Value.Negate(a[0])),
    ];

    public static Value ToValue(bool? truth) => truth is { } known ? Value.FromBoolean(known) : Value.Error;

    /// <summary>One of the six comparisons; null is an error.</summary>
    public static bool? Compare(Function comparison, in Value left, in Value right)
    {
        if (comparison == Function.Equal) return Value.AreEqual(left, right);
        if (comparison == Function.NotEqual) return !Value.AreEqual(left, right);
        var order = Value.Compare(left, right);
        if (order == ValueOrder.Incomparable) return null;
        return comparison switch
        {
            Function.Less => order == ValueOrder.Less,
            Function.Greater => order == ValueOrder.Greater,
            Function.LessOrEqual => order <= ValueOrder.Equal,
            _ => order is ValueOrder.Equal or ValueOrder.Greater,
        };
    }

    private static FunctionBody Comparison(Function comparison) =>
        (arguments, _) => ToValue(Compare(comparison, arguments[0], arguments[1]));

    // On bool? these operators are SPARQL's three-valued logic.
    private static Value Or(in Value left, in Value right) =>
        ToValue(left.EffectiveBooleanValue | right.EffectiveBooleanValue);

    private static Value And(in Value left, in Value right) =>
        ToValue(left.EffectiveBooleanValue & right.EffectiveBooleanValue);

    private static Value If(ReadOnlySpan<Value> arguments) => arguments[0].EffectiveBooleanValue switch
    {
        true => arguments[1],
        false => arguments[2],
        null => Value.Error,
    };

    private static bool? IsIn(ReadOnlySpan<Value> arguments)
    {
        if (arguments[0].IsError) return null;
        bool? found = false;
        foreach (ref readonly var candidate in arguments[1..]) found |= Value.AreEqual(arguments[0], candidate);
        return found;
    }
}
