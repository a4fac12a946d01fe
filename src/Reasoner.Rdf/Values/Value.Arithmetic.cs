using System.Numerics;

namespace Reasoner.Rdf;

/// <content>The arithmetic operators: XPath F&amp;O 3.1, sections 4.2, 8.4 and 9.7.</content>
public readonly partial struct Value
{
    private const string DecimalOverflow =
        "The result is outside the range of xsd:decimal (28 digits); use xsd:double for numbers of this size.";

    private const string DivisionByZero = "Division by zero.";
    private const string TimeOverflow = "The result is outside the range of dates and durations that can be held.";

    private static readonly BigInteger s_maxDecimal = new(decimal.MaxValue);

    private enum Operation
    {
        Add,
        Subtract,
        Multiply,
        Divide,
    }

    /// <summary><c>left + right</c>: numbers, durations, a time and a duration.</summary>
    public static Value Add(in Value left, in Value right)
    {
        if (AreNarrow(left, right))
        {
            long a = left._payload.Integer, b = right._payload.Integer, sum = unchecked(a + b);
            return ((a ^ sum) & (b ^ sum)) >= 0 ? FromInteger(sum) : FromInteger((BigInteger)a + b);
        }

        return Compute(Operation.Add, left, right);
    }

    /// <summary><c>left - right</c>: numbers, durations, two times, a time and a duration.</summary>
    public static Value Subtract(in Value left, in Value right)
    {
        if (AreNarrow(left, right))
        {
            long a = left._payload.Integer, b = right._payload.Integer, difference = unchecked(a - b);
            return ((a ^ b) & (a ^ difference)) >= 0 ? FromInteger(difference) : FromInteger((BigInteger)a - b);
        }

        return Compute(Operation.Subtract, left, right);
    }

    /// <summary><c>left * right</c>: numbers, a duration and a number.</summary>
    public static Value Multiply(in Value left, in Value right)
    {
        if (AreNarrow(left, right))
        {
            long a = left._payload.Integer, b = right._payload.Integer;
            var high = Math.BigMul(a, b, out var low);
            return high == low >> 63 ? FromInteger(low) : FromInteger((BigInteger)a * b);
        }

        return Compute(Operation.Multiply, left, right);
    }

    /// <summary>
    /// <c>left / right</c>: numbers (two integers give a decimal), durations. Decimal division by zero is an error.
    /// </summary>
    public static Value Divide(in Value left, in Value right)
    {
        if (AreNarrow(left, right))
        {
            long a = left._payload.Integer, b = right._payload.Integer;
            return b == 0 ? Failure(DivisionByZero) : FromDecimal((decimal)a / b);
        }

        return Compute(Operation.Divide, left, right);
    }

    /// <summary><c>-operand</c>, of a number.</summary>
    public static Value Negate(in Value operand) => operand.Kind switch
    {
        ValueKind.Integer when !operand._isWide && operand._payload.Integer != long.MinValue =>
            FromInteger(-operand._payload.Integer),
        ValueKind.Integer => FromInteger(-operand.AsBigInteger),
        ValueKind.Decimal => FromDecimal(-operand._payload.Decimal),
        ValueKind.Float => FromFloat(-(float)operand._payload.Number),
        ValueKind.Double => FromDouble(-operand._payload.Number),
        _ => Error,
    };

    private static bool AreNarrow(in Value left, in Value right) =>
        left.Kind == ValueKind.Integer && right.Kind == ValueKind.Integer && !left._isWide && !right._isWide;

    private static Value Compute(Operation operation, in Value left, in Value right)
    {
        if (left.Kind == ValueKind.Double && right.Kind == ValueKind.Double)
            return FromDouble(Compute(operation, left._payload.Number, right._payload.Number));
        if (!left.IsNumeric || !right.IsNumeric) return ComputeTime(operation, left, right);
        return (left.Kind > right.Kind ? left.Kind : right.Kind) switch
        {
            ValueKind.Double => FromDouble(Compute(operation, left.AsDouble, right.AsDouble)),
            ValueKind.Float => FromFloat(Compute(operation, left.AsFloat, right.AsFloat)),
            ValueKind.Integer when operation != Operation.Divide =>
                FromInteger(Compute(operation, left.AsBigInteger, right.AsBigInteger)),
            _ => ComputeDecimal(operation, left, right),
        };
    }

    private static Value ComputeDecimal(Operation operation, in Value left, in Value right)
    {
        if (!left.TryGetDecimal(out var a) || !right.TryGetDecimal(out var b)) return Failure(DecimalOverflow);
        if (operation == Operation.Divide && b == 0) return Failure(DivisionByZero);
        try
        {
            return FromDecimal(Compute(operation, a, b));
        }
        catch (OverflowException)
        {
            return Failure(DecimalOverflow);
        }
    }

    private static T Compute<T>(Operation operation, T left, T right)
        where T : INumber<T> => operation switch
        {
            Operation.Add => left + right,
            Operation.Subtract => left - right,
            Operation.Multiply => left * right,
            _ => left / right,
        };

    private static Value ComputeTime(Operation operation, in Value left, in Value right)
    {
        if (left.IsError) return left;
        if (right.IsError) return right;
        if (left.TryGetTime(out var start))
        {
            if (operation == Operation.Subtract && right.Kind == left.Kind)
                return Elapsed(right._payload.Time, start);
            if (operation <= Operation.Subtract && right.TryGetDuration(out var shift))
                return Shift(left, shift, operation == Operation.Add ? 1 : -1);
            return Error;
        }

        if (left.TryGetDuration(out var duration))
        {
            if (operation == Operation.Add && right.TryGetTime(out _)) return Shift(right, duration, 1);
            if (operation <= Operation.Subtract) return Sum(left, right, operation == Operation.Add ? 1 : -1);
            if (right.IsNumeric) return Scale(left, right, operation);
            if (operation == Operation.Divide && right.IsDuration) return Ratio(left, right);
            return Error;
        }

        return operation == Operation.Multiply && left.IsNumeric && right.IsDuration
            ? Scale(right, left, operation)
            : Error;
    }

    private static Value Elapsed(in CalendarTime from, in CalendarTime to) =>
        DurationOf(ValueKind.DayTimeDuration, 0, (decimal)to.InstantTicks - from.InstantTicks);

    private static Value Shift(in Value start, CalendarDuration shift, int sign)
    {
        var months = sign * (long)shift.Months;
        if (start.Kind == ValueKind.Time)
        {
            if (months != 0) return Error;
            // Times of day go round the clock.
            var time = start._payload.Time;
            var ticks = time.TicksOfDay + sign * (shift.Ticks % TimeSpan.TicksPerDay);
            return FromTime(ValueKind.Time, new CalendarTime(ticks, time.OffsetMinutes));
        }

        return shift.Ticks != long.MinValue && start._payload.Time.TryAdd(months, sign * shift.Ticks, out var moved)
            ? FromTime(start.Kind, moved)
            : Failure(TimeOverflow);
    }

    private static Value Sum(in Value left, in Value right, int sign)
    {
        // F&O adds durations of one of the two ordered subtypes only: months and seconds have no common measure.
        if (left.Kind != right.Kind || left.Kind == ValueKind.Duration) return Error;
        CalendarDuration a = left._payload.Duration, b = right._payload.Duration;
        return DurationOf(left.Kind, a.Months + sign * (decimal)b.Months, a.Ticks + sign * (decimal)b.Ticks);
    }

    private static Value Scale(in Value duration, in Value number, Operation operation)
    {
        if (duration.Kind == ValueKind.Duration) return Error;
        var parts = duration._payload.Duration;
        var factor = number.AsDouble;
        if (double.IsNaN(factor)) return Failure("A duration cannot be scaled by NaN.");
        if (operation == Operation.Divide && factor == 0) return Failure(DivisionByZero);
        if (number.TryGetDecimal(out var exact))
        {
            try
            {
                return DurationOf(
                    duration.Kind, Compute(operation, parts.Months, exact), Compute(operation, parts.Ticks, exact));
            }
            catch (OverflowException)
            {
                return Failure(TimeOverflow);
            }
        }

        double months = Compute(operation, parts.Months, factor), ticks = Compute(operation, parts.Ticks, factor);
        return Math.Abs(months) < int.MaxValue && Math.Abs(ticks) < long.MaxValue
            ? DurationOf(duration.Kind, (decimal)months, (decimal)ticks)
            : Failure(TimeOverflow);
    }

    private static Value Ratio(in Value left, in Value right)
    {
        if (left.Kind != right.Kind || left.Kind == ValueKind.Duration) return Error;
        CalendarDuration a = left._payload.Duration, b = right._payload.Duration;
        var (dividend, divisor) = left.Kind == ValueKind.YearMonthDuration ? (a.Months, b.Months) : (a.Ticks, b.Ticks);
        return divisor == 0 ? Failure(DivisionByZero) : FromDecimal((decimal)dividend / divisor);
    }

    private static Value DurationOf(ValueKind kind, decimal months, decimal ticks)
    {
        // Half a month is rounded towards positive infinity, as fn:round does.
        months = Math.Floor(months + 0.5m);
        ticks = Math.Round(ticks);
        return months is > int.MinValue and <= int.MaxValue && ticks is > long.MinValue and <= long.MaxValue
            ? FromDuration(kind, new CalendarDuration((int)months, (long)ticks))
            : Failure(TimeOverflow);
    }
}
