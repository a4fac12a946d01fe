using Reasoner.Rdf;

namespace Reasoner.Rules.Tests;

public class CompiledExpressionTests
{
    private static readonly SourcePosition s_nowhere = default;

    private static readonly Value[] s_slots =
    [
        Value.FromInteger(3), Value.FromDecimal(0.5m), Value.FromDouble(double.NaN), Value.FromString("abc"),
        Value.FromString("abc", "en"), Value.FromBoolean(true), Value.Error, Value.Of(new Iri("http://a/")),
    ];

    private static readonly Term[] s_constants =
    [
        new Literal("1", Xsd.Integer), new Literal("0", Xsd.Integer), new Literal("0.4", Xsd.Decimal), new Literal("2.5", Xsd.Double),
        new Literal("abc"), new Literal("b"), new Literal("false", Xsd.Boolean), new Iri("http://a/"), new Literal("x", Xsd.Integer),
    ];

    private static EvaluationContext NewContext() => new(DateTimeOffset.UnixEpoch, null, "seed");

    private static int SlotOf(string name) => int.Parse(name.AsSpan(1), System.Globalization.CultureInfo.InvariantCulture);

    private static CallExpression Call(Function function, params Expression[] arguments) => new(function, [.. arguments], s_nowhere);

    private static VariableExpression Slot(int slot) => new($"v{slot}", s_nowhere);

    private static ConstantExpression Constant(Term term) => new(term, s_nowhere);

    private static Expression NextExpression(Random random, int depth)
    {
        if (depth == 0 || random.Next(5) == 0)
            return random.Next(2) == 0 ? Slot(random.Next(s_slots.Length)) : Constant(s_constants[random.Next(s_constants.Length)]);
        // Conditions and arithmetic, with which the compiled form has its own ways, most of the time.
        var function = random.Next(3) > 0
            ? (Function)random.Next((int)Function.UnaryMinus + 1)
            : (Function)random.Next(Enum.GetValues<Function>().Length);
        var (min, max) = Functions.Arity(function);
        var count = random.Next(min, Math.Min(max, min + 5) + 1);
        return Call(function, [.. Enumerable.Range(0, count).Select(_ => NextExpression(random, depth - 1))]);
    }

    [Fact]
    public void Compiled_gives_what_walking_the_tree_gives()
    {
        var random = new Random(41);
        var (errors, values) = (0, 0);
        for (var i = 0; i < 30_000; i++)
        {
            var expression = NextExpression(random, 4);
            var expected = ExpressionEvaluator.Evaluate(expression, name => s_slots[SlotOf(name)], NewContext());
            var compiled = CompiledExpression.Compile(expression, SlotOf);
            var actual = compiled.Evaluate(s_slots, NewContext());
            Assert.Equal(TermNotation.Print(expected), TermNotation.Print(actual));
            Assert.Equal(expected.EffectiveBooleanValue, compiled.Test(s_slots, NewContext()));
            if (expected.IsError) errors++;
            else values++;
        }

        // The comparison says something only where both outcomes are common.
        Assert.InRange(errors, 1000, 29_000);
        Assert.InRange(values, 1000, 29_000);
    }

    [Fact]
    public void Functional_forms_leave_alone_what_they_do_not_need()
    {
        var context = NewContext();
        var afresh = Functions.Invoke(Function.StrUuid, [], NewContext()).Text;
        var fresh = Call(Function.StrUuid);
        Expression yes = Constant(new Literal("true", Xsd.Boolean)), no = Constant(new Literal("false", Xsd.Boolean));
        foreach (var expression in (CallExpression[])
            [
                Call(Function.Or, yes, fresh), Call(Function.And, no, fresh), Call(Function.If, yes, no, fresh),
                Call(Function.If, no, fresh, yes), Call(Function.In, yes, yes, fresh),
            ])
        {
            Assert.False(ExpressionEvaluator.Evaluate(expression, _ => Value.Error, context).IsError);
            Assert.False(CompiledExpression.Compile(expression, SlotOf).Evaluate([], context).IsError);
        }

        // No fresh name has been used up.
        Assert.Equal(afresh, Functions.Invoke(Function.StrUuid, [], context).Text);
    }

    [Theory]
    [InlineData(1, 2, true)]
    [InlineData(1, 3, false)]
    [InlineData(1, 0, null)]
    public void Ratio_above_a_threshold(long a, long b, bool? expected)
    {
        var expression = Call(Function.Greater, Call(Function.Divide, Slot(0), Slot(1)), Constant(new Literal("0.4", Xsd.Decimal)));
        var compiled = CompiledExpression.Compile(expression, SlotOf);
        Assert.Equal(expected, compiled.Test([Value.FromInteger(a), Value.FromInteger(b)], NewContext()));
    }

    [Fact]
    public void Computing_with_numbers_allocates_nothing()
    {
        var ratio = Call(Function.Divide, Slot(0), Slot(1));
        var compiled = CompiledExpression.Compile(
            Call(
                Function.And,
                Call(Function.Greater, ratio, Constant(new Literal("0.4", Xsd.Decimal))),
                Call(Function.Or,
                    Call(Function.Less, Slot(0), Constant(new Literal("7", Xsd.Integer))),
                    Call(Function.NotEqual, Call(Function.Add, ratio, Slot(1)), Call(Function.UnaryMinus, Slot(0))))),
            SlotOf);
        var context = NewContext();
        Value[] slots = [Value.FromInteger(30), Value.FromDecimal(12.5m)];
        void Run()
        {
            for (var i = 0; i < 1000; i++)
            {
                if (compiled.Test(slots, context) != true) throw new InvalidOperationException();
            }
        }

        Run();
        var before = GC.GetAllocatedBytesForCurrentThread();
        Run();
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }
}
