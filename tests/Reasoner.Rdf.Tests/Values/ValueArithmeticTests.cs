using System.Numerics;

namespace Reasoner.Rdf.Tests;

public class ValueArithmeticTests
{
    private static Value Xs(string form, string datatype) => Value.Of(new Literal(form, new Iri(Xsd.Namespace + datatype)));

    private static Value Compute(char symbol, Value left, Value right) => symbol switch
    {
        '+' => Value.Add(left, right),
        '-' => Value.Subtract(left, right),
        '*' => Value.Multiply(left, right),
        _ => Value.Divide(left, right),
    };

    [Theory]
    [InlineData("1", "integer", '+', "2", "integer", "3", ValueKind.Integer)]
    [InlineData("1", "byte", '+', "2", "int", "3", ValueKind.Integer)]
    [InlineData("1", "integer", '/', "4", "integer", "0.25", ValueKind.Decimal)]
    [InlineData("6", "integer", '/', "2", "integer", "3", ValueKind.Decimal)]
    [InlineData("0.1", "decimal", '+', "0.2", "decimal", "0.3", ValueKind.Decimal)]
    [InlineData("1", "integer", '*', "1.5", "decimal", "1.5", ValueKind.Decimal)]
    [InlineData("0.5", "decimal", '+', "0.5", "float", "1.0E0", ValueKind.Float)]
    [InlineData("0.5", "float", '-', "1", "double", "-5.0E-1", ValueKind.Double)]
    [InlineData("1", "double", '/', "0", "integer", "INF", ValueKind.Double)]
    [InlineData("0", "float", '/', "0", "float", "NaN", ValueKind.Float)]
    [InlineData("9223372036854775807", "integer", '+', "1", "integer", "9223372036854775808", ValueKind.Integer)]
    [InlineData("-9223372036854775808", "integer", '-', "1", "integer", "-9223372036854775809", ValueKind.Integer)]
    [InlineData("9223372036854775808", "integer", '-', "1", "integer", "9223372036854775807", ValueKind.Integer)]
    [InlineData("-9223372036854775808", "integer", '*', "-1", "integer", "9223372036854775808", ValueKind.Integer)]
    [InlineData("2011-01-10T00:00:00Z", "dateTime", '-', "2011-01-09T19:00:00-05:00", "dateTime", "PT0S", ValueKind.DayTimeDuration)]
    [InlineData("2011-03-01", "date", '-', "2011-02-01", "date", "P28D", ValueKind.DayTimeDuration)]
    [InlineData("2011-01-31", "date", '+', "P1M", "yearMonthDuration", "2011-02-28", ValueKind.Date)]
    [InlineData("2012-02-29", "date", '-', "P1Y", "yearMonthDuration", "2011-02-28", ValueKind.Date)]
    [InlineData("2011-01-31T10:00:00Z", "dateTime", '+', "P1MT20H", "duration", "2011-03-01T06:00:00Z", ValueKind.DateTime)]
    [InlineData("PT1H", "dayTimeDuration", '+', "2011-01-31T23:30:00", "dateTime", "2011-02-01T00:30:00", ValueKind.DateTime)]
    [InlineData("23:30:00", "time", '+', "PT1H", "dayTimeDuration", "00:30:00", ValueKind.Time)]
    [InlineData("00:30:00Z", "time", '-', "P1DT1H", "dayTimeDuration", "23:30:00Z", ValueKind.Time)]
    [InlineData("P1D", "dayTimeDuration", '-', "PT30H", "dayTimeDuration", "-PT6H", ValueKind.DayTimeDuration)]
    [InlineData("P1Y", "yearMonthDuration", '*', "1.5", "decimal", "P1Y6M", ValueKind.YearMonthDuration)]
    [InlineData("2", "integer", '*', "PT1H", "dayTimeDuration", "PT2H", ValueKind.DayTimeDuration)]
    [InlineData("P1D", "dayTimeDuration", '/', "2", "double", "PT12H", ValueKind.DayTimeDuration)]
    [InlineData("P1D", "dayTimeDuration", '/', "PT6H", "dayTimeDuration", "4", ValueKind.Decimal)]
    public void Result(string left, string leftType, char symbol, string right, string rightType, string expected, ValueKind kind)
    {
        var result = Compute(symbol, Xs(left, leftType), Xs(right, rightType));
        Assert.Equal((kind, expected), (result.Kind, result.IsError ? result.ErrorReason : result.CanonicalText));
    }

    [Theory]
    [InlineData("1", "integer", '/', "0", "integer")]
    [InlineData("1", "integer", '/', "0.0", "decimal")]
    [InlineData("79228162514264337593543950335", "decimal", '+', "1", "decimal")]
    [InlineData("1000000000000000000000000000000", "integer", '+', "0.5", "decimal")]
    [InlineData("P1D", "dayTimeDuration", '/', "0", "integer")]
    [InlineData("P1D", "dayTimeDuration", '*', "NaN", "double")]
    [InlineData("P1D", "dayTimeDuration", '*', "1e300", "double")]
    [InlineData("20000-01-01", "date", '-', "-20000-01-01", "date")]
    [InlineData("20000-01-01", "date", '+', "P1000000000M", "yearMonthDuration")]
    public void Failures_say_why(string left, string leftType, char symbol, string right, string rightType) =>
        Assert.NotNull(Compute(symbol, Xs(left, leftType), Xs(right, rightType)).ErrorReason);

    [Theory]
    [InlineData("1", "integer", '+', "1", "string")]
    [InlineData("true", "boolean", '+', "1", "integer")]
    [InlineData("P1M", "yearMonthDuration", '+', "P1D", "dayTimeDuration")]
    [InlineData("2011-01-10", "date", '+', "2011-01-10", "date")]
    [InlineData("P1D", "dayTimeDuration", '-', "2011-01-10", "date")]
    [InlineData("1", "integer", '/', "P1D", "dayTimeDuration")]
    [InlineData("P1D", "dayTimeDuration", '*', "P1D", "dayTimeDuration")]
    [InlineData("10:00:00", "time", '+', "P1M", "yearMonthDuration")]
    public void Type_errors(string left, string leftType, char symbol, string right, string rightType) =>
        Assert.True(Compute(symbol, Xs(left, leftType), Xs(right, rightType)).IsError);

    [Fact]
    public void Integers_are_exact_whatever_their_size()
    {
        var random = new Random(31);
        BigInteger Next() => random.Next(2) == 0
            ? random.NextInt64(long.MinValue, long.MaxValue)
            : new BigInteger(random.NextInt64()) * random.NextInt64();
        for (var i = 0; i < 20_000; i++)
        {
            BigInteger a = Next(), b = Next();
            Value left = Value.FromInteger(a), right = Value.FromInteger(b);
            Assert.Equal((a + b).ToString(), Value.Add(left, right).CanonicalText);
            Assert.Equal((a - b).ToString(), Value.Subtract(left, right).CanonicalText);
            Assert.Equal((a * b).ToString(), Value.Multiply(left, right).CanonicalText);
            Assert.Equal((-a).ToString(), Value.Negate(left).CanonicalText);
        }
    }

    [Fact]
    public void Integers_do_not_grow_without_end()
    {
        var value = Value.FromInteger(3);
        for (var i = 0; i < 64 && !value.IsError; i++) value = Value.Multiply(value, value);
        Assert.NotNull(value.ErrorReason);
    }

    [Fact]
    public void Numbers_are_held_without_allocation()
    {
        Value a = Value.FromInteger(3), b = Value.FromDecimal(0.4m), c = Value.FromDouble(2);
        var sum = Value.Error;
        void Run()
        {
            for (var i = 0; i < 1000; i++)
            {
                sum = Value.Divide(Value.Add(a, b), Value.Multiply(c, Value.Subtract(a, Value.FromBoolean(true).IsError ? b : c)));
                if (Value.Compare(sum, b) == ValueOrder.Incomparable) throw new InvalidOperationException();
            }
        }

        Run();
        var before = GC.GetAllocatedBytesForCurrentThread();
        Run();
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
        Assert.True(sum.IsNumeric);
    }
}
