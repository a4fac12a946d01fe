using Reasoner.Rdf;

namespace Reasoner.Rules.Tests;

/// <summary>The solver against trying values: whatever some value meets, it must not call impossible.</summary>
public class ConditionSolverTests
{
    private static readonly string[] _constants =
        ["1", "2", "3", "2.0", "2.5", "2.0e0", "\"NaN\"^^xsd:double", "true", "false", "\"a\"", "\"b\"", "\"b\"@en", ":i", ":j", "\"2026-01-01\"^^xsd:date", "\"2026-01-02\"^^xsd:date", "\"x\"^^:odd"];

    private static readonly string[] _comparisons = ["=", "!=", "<", "<=", ">", ">="];

    private readonly ConditionSolver _solver = new();

    [Fact]
    public void What_a_value_meets_is_never_called_impossible()
    {
        var values = _constants.Append("4").Append("0").Append("1.5").Append("\"c\"").Select(Constant).ToList();
        var (impossible, implied) = (0, 0);
        for (var seed = 0; seed < 6000; seed++)
        {
            var random = new Random(seed);
            var conditions = Enumerable.Range(0, 1 + random.Next(4)).Select(_ => Condition(random, 2)).ToList();
            var expressions = conditions.Select(Parse).ToList();
            var solution = Solutions(values).Cast<(Value V, Value W)?>().FirstOrDefault(pair => expressions.TrueForAll(each => IsTrue(each, pair!.Value)));
            var mayHold = _solver.MayHold([], expressions.Select(each => (each, Outcome.True)));
            Assert.True(mayHold || solution is null, $"{string.Join(" and ", conditions)} holds for {solution}.");
            if (!mayHold) impossible++;

            // The last follows from the others: nothing may meet them and not it.
            var follows = mayHold && !_solver.MayHold([], expressions.SkipLast(1).Select(each => (each, Outcome.True)).Append((expressions[^1], Outcome.NotTrue)));
            if (!follows) continue;
            implied++;
            Assert.All(
                Solutions(values).Where(pair => expressions.SkipLast(1).All(each => IsTrue(each, pair))),
                pair => Assert.True(IsTrue(expressions[^1], pair), $"{string.Join(" and ", conditions)}: the last fails for {pair}."));
        }

        Assert.True(impossible > 1000, $"Too few impossible conditions: {impossible}.");
        Assert.True(implied > 50, $"Too few implied conditions: {implied}.");
    }

    private static IEnumerable<(Value V, Value W)> Solutions(List<Value> values) => values.SelectMany(v => values.Select(w => (v, w)));

    private static bool IsTrue(Expression expression, (Value V, Value W) pair) =>
        ExpressionEvaluator.Evaluate(expression, name => name == "v" ? pair.V : pair.W, new EvaluationContext(DateTimeOffset.UnixEpoch)).EffectiveBooleanValue == true;

    private static string Condition(Random random, int depth)
    {
        var kind = random.Next(depth > 0 ? 9 : 6);
        string Pick(string[] from) => from[random.Next(from.Length)];
        string Operand() => random.Next(4) == 0 ? "?w" : "?v";
        return kind switch
        {
            0 => $"{Operand()} IN ({Pick(_constants)}, {Pick(_constants)})",
            1 => $"{Operand()} NOT IN ({Pick(_constants)}, {Pick(_constants)})",
            2 => $"{Pick(_constants)} {Pick(_comparisons)} {Operand()}",
            3 => $"?v {Pick(_comparisons)} ?w",
            4 or 5 => $"{Operand()} {Pick(_comparisons)} {Pick(_constants)}",
            6 => $"({Condition(random, depth - 1)} && {Condition(random, depth - 1)})",
            7 => $"({Condition(random, depth - 1)} || {Condition(random, depth - 1)})",
            _ => $"!({Condition(random, depth - 1)})",
        };
    }

    private static Expression Parse(string condition) => Read.Rule(
        $"{Read.Prefix} PREFIX xsd: <http://www.w3.org/2001/XMLSchema#> RULE {{}} WHERE {{ ?x :p ?v ; :q ?w FILTER({condition}) }}")
        .Body.OfType<FilterElement>().Single().Expression;

    private static Value Constant(string text) => Value.Of(((ConstantExpression)((CallExpression)Parse($"?v = {text}")).Arguments[1]).Term);
}
