using Reasoner.Rdf;

namespace Reasoner.Rules;

/// <summary>Functions on numbers (SPARQL 1.2 Query, 17.4.4). Each keeps the type of its argument.</summary>
internal static class NumberFunctions
{
    public static FunctionDefinition[] All =>
    [
        new(Function.Abs, "ABS", 1, 1, static (a, _) => Abs(a[0])),
        new(Function.Ceil, "CEIL", 1, 1, static (a, _) => Map(a[0], Math.Ceiling, Math.Ceiling)),
        new(Function.Floor, "FLOOR", 1, 1, static (a, _) => Map(a[0], Math.Floor, Math.Floor)),
        new(Function.Round, "ROUND", 1, 1, static (a, _) => Map(a[0], Round, Round)),
    ];

    private static Value Abs(in Value number) => number.Kind switch
    {
        ValueKind.Integer when Value.Compare(number, Value.FromInteger(0)) == ValueOrder.Less => Value.Negate(number),
        // Not by negation alone, which would leave -0.0E0 as it is.
        _ => Map(number, Math.Abs, Math.Abs),
    };

    private static Value Map(in Value number, Func<decimal, decimal> onDecimal, Func<double, double> onDouble)
    {
        number.TryGetDouble(out var approximation);
        switch (number.Kind)
        {
            case ValueKind.Integer:
                return number;
            case ValueKind.Decimal:
                number.TryGetDecimal(out var exact);
                return Value.FromDecimal(onDecimal(exact));
            case ValueKind.Float:
                return Value.FromFloat((float)onDouble(approximation));
            case ValueKind.Double:
                return Value.FromDouble(onDouble(approximation));
            default:
                return Value.Error;
        }
    }

    // fn:round takes a half towards positive infinity, which no MidpointRounding does. Comparing the remainder keeps
    // clear of the rounding that adding a half would bring in.
    private static decimal Round(decimal number)
    {
        var floor = Math.Floor(number);
        return number - floor >= 0.5m ? floor + 1 : floor;
    }

    private static double Round(double number)
    {
        var floor = Math.Floor(number);
        var rounded = number - floor >= 0.5 ? floor + 1 : floor;
        return rounded == 0 ? Math.CopySign(0, number) : rounded;
    }
}
