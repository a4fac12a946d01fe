using Reasoner.Rdf;

namespace Reasoner.Rules.Tests;

public class AggregateFoldTests
{
    // SPARQL 1.2 Query, "Aggregate Algebra": what the functions give of nothing, and how numbers are promoted.
    [Theory]
    [InlineData("COUNT(?x)", "", "0")]
    [InlineData("SUM(?x)", "", "0")]
    [InlineData("AVG(?x)", "", "0")]
    [InlineData("MIN(?x)", "", "error")]
    [InlineData("MAX(?x)", "", "error")]
    [InlineData("SUM(?x)", "1 2 3", "6")]
    [InlineData("SUM(?x)", "1 2.5", "3.5")]
    [InlineData("SUM(?x)", "1 2.5 1.0e0", "4.5E0")]
    [InlineData("AVG(?x)", "1 2", "1.5")]
    [InlineData("AVG(?x)", "1 1 1", "1")]
    [InlineData("COUNT(DISTINCT ?x)", "1 1 1.0 01", "3")]
    [InlineData("SUM(DISTINCT ?x)", "1 1 2", "3")]
    [InlineData("AVG(DISTINCT ?x)", "1 1 3", "2")]
    [InlineData("COUNT(?x)", "1 'a' <urn:a> 2", "4")]
    [InlineData("SUM(?x)", "1 'a'", "error")]
    [InlineData("AVG(?x)", "<urn:a> 1", "error")]
    [InlineData("COUNT(?x + 1)", "1 'a' 2", "2")]
    [InlineData("SUM(?x + 1)", "1 'a' 2", "error")]
    [InlineData("MAX(?x + 1)", "1 'a' 2", "error")]
    [InlineData("SUM(?x)", "9223372036854775807 9223372036854775807 1", "18446744073709551615")]
    [InlineData("SUM(?x)", "79228162514264337593543950335.0 1.0", "error")]
    public void Gives_what_the_specification_says(string aggregate, string values, string expected) =>
        Assert.All(Orders(Values(values)), order => Assert.Equal(expected, Fold(aggregate, order)));

    [Theory]
    [InlineData("3 1 2", "1", "3")]
    [InlineData("3 1.5 2.0e0", "1.5", "3")]
    [InlineData("<urn:a> 1 'a'", "<urn:a>", "1")]
    [InlineData("'b' 'B' 'a'", "\"B\"", "\"b\"")]
    [InlineData("true false", "false", "true")]
    [InlineData("1 1.0 1.0e0", "1", "1.0e0")]
    [InlineData("0.1 0.10000000000000000001 0.1e0", "0.1", "0.1e0")]
    [InlineData("'NaN'^^<http://www.w3.org/2001/XMLSchema#double> 1", "NaN", "1")]
    [InlineData("'2026-01-02'^^<http://www.w3.org/2001/XMLSchema#date> '2025-12-31'^^<http://www.w3.org/2001/XMLSchema#date>", "2025-12-31", "2026-01-02")]
    public void The_least_and_the_greatest_are_those_of_ORDER_BY_whatever_the_order(string values, string least, string greatest)
    {
        foreach (var order in Orders(Values(values)))
        {
            Assert.Equal(least.Trim('"'), Fold("MIN(?x)", order));
            Assert.Equal(greatest.Trim('"'), Fold("MAX(?x)", order));
        }
    }

    [Fact]
    public void Blank_nodes_are_least() =>
        Assert.Equal("_:b", Fold("MIN(?x)", [Value.Of(new Iri("urn:a")), Value.Of(new BlankNode("b")), Value.FromInteger(1)]));

    [Fact]
    public void A_sum_of_floats_is_the_same_bit_for_bit_in_any_order()
    {
        var random = new Random(7);
        var values = Enumerable.Range(0, 200)
            .Select(i => i % 3 == 0 ? Value.FromFloat(random.NextSingle()) : i % 3 == 1 ? Value.FromDecimal((decimal)random.NextDouble() / 3) : Value.FromDouble(random.NextDouble() * 1e9))
            .ToArray();
        var results = new HashSet<string>();
        for (var i = 0; i < 50; i++)
        {
            random.Shuffle(values);
            results.Add(Fold("SUM(?x)", values) + Fold("AVG(?x)", values));
        }

        Assert.Single(results);
    }

    [Fact]
    public void The_order_of_values_is_total()
    {
        var values = Values("1 1.0 1.0e0 0.1 0.1e0 0.10000000000000000001 -1 'a' 'b' true false <urn:a> <urn:b> 9007199254740993 9007199254740992.0 9007199254740992e0 'x'@en 'y'^^<urn:d>");
        foreach (var a in values)
        {
            foreach (var b in values)
            {
                Assert.Equal(-Math.Sign(ValueSorting.Compare(b, a)), Math.Sign(ValueSorting.Compare(a, b)));
                Assert.Equal(a.ToTerm() == b.ToTerm(), ValueSorting.Compare(a, b) == 0);
                foreach (var c in values)
                    if (ValueSorting.Compare(a, b) <= 0 && ValueSorting.Compare(b, c) <= 0) Assert.True(ValueSorting.Compare(a, c) <= 0, $"{a} {b} {c}");
            }
        }
    }

    private static string Fold(string aggregate, IEnumerable<Value> values)
    {
        var select = (SubSelectElement)Read.Rule($"RULE {{}} WHERE {{ {{ SELECT ({aggregate} AS ?r) WHERE {{ ?s ?p ?x }} }} }}").Body[0];
        var expression = select.Aggregates.Single();
        var fold = new AggregateFold(expression);
        var context = new EvaluationContext(DateTimeOffset.UnixEpoch);
        foreach (var value in values) fold.Add(ExpressionEvaluator.Evaluate(expression.Argument!, _ => value, context));
        var result = fold.Result();
        return result.IsError ? "error" : result.ToTerm() is Literal literal ? literal.LexicalForm : result.ToTerm().ToString()!;
    }

    private static Value[] Values(string values) =>
        [.. Read.RuleSet(values.Length == 0 ? "" : $"DATA {{ <urn:s> {string.Join(" ; ", values.Split(' ').Select((value, i) => $"<urn:p{i}> {value}"))} }}").Data.Select(fact => Value.Of(fact.Triple.Object))];

    private static IEnumerable<Value[]> Orders(Value[] values)
    {
        yield return values;
        yield return [.. values.Reverse()];
        if (values.Length > 2) yield return [.. values.Skip(1), values[0]];
    }
}
