using System.Collections.Immutable;
using Reasoner.Rdf;

namespace Reasoner.Rules.Tests;

/// <summary>Random rules of every construct of the language; not well-formed on purpose, since that is checked apart.</summary>
internal sealed class RandomRules(Random random)
{
    private static readonly SourcePosition _nowhere = new("random", 0, 0);

    private static readonly Function[] _infix =
    [
        Function.Or, Function.And, Function.Equal, Function.NotEqual, Function.Less, Function.Greater, Function.LessOrEqual,
        Function.GreaterOrEqual, Function.Add, Function.Subtract, Function.Multiply, Function.Divide,
    ];

    private static readonly Function[] _prefix = [Function.Not, Function.UnaryMinus, Function.UnaryPlus];

    private static readonly Function[] _calls =
        [.. Enum.GetValues<Function>().Where(function => FunctionNames.IsKeyword(function) || FunctionNames.IsCast(function))];

    private static readonly Literal[] _literals =
    [
        new("plain"), new("with \"quotes\", \\ and\nlines\t"), new("Grüße \u0001 \ud83d\ude00"), new("hello", "en"), new("x", "ar", BaseDirection.RightToLeft),
        new("1", Xsd.Integer), new("-1", Xsd.Integer), new("+01", Xsd.Integer), new("one", Xsd.Integer), new("1.50", Xsd.Decimal), new(".5", Xsd.Decimal),
        new("1", Xsd.Decimal), new("1.", Xsd.Decimal), new("-1e3", Xsd.Double), new("1.e0", Xsd.Double), new("NaN", Xsd.Double), new("INF", Xsd.Double),
        new("true", Xsd.Boolean), new("1", Xsd.Boolean), new("2026-08-01", Xsd.Date), new("x", new Iri("http://example/dt#odd")),
    ];

    private static readonly Iri[] _iris =
    [
        RdfVocabulary.Type, RdfVocabulary.Nil, new("http://example/p"), new("http://example/q.r-s"), new("http://example/ns#T"), new("http://example/"),
        new("http://example/ns#a/b"), new("http://example/ends."), new("http://example/-x"), new("urn:other:thing"), new("http://example/%20x"), new("http://example/ü"),
    ];

    private bool _aggregating;

    public static ImmutableSortedDictionary<string, string> Prefixes { get; } = ImmutableSortedDictionary<string, string>.Empty
        .Add("", "http://example/")
        .Add("ns", "http://example/ns#")
        .Add("xsd", Xsd.Namespace);

    public RuleSet RuleSet(int rules) => new([.. Many(rules, Rule)], [], Prefixes);

    public Rule Rule() => new(
        random.Next(3) == 0 ? null : Pick(_iris),
        [.. Many(random.Next(4), () => Pattern(HeadTerm, 2))],
        [.. Many(random.Next(6), () => Element(allowsAll: true))],
        random.Next(5) == 0,
        _nowhere);

    public Expression Expression(int depth) => (depth <= 0 ? random.Next(2) : random.Next(_aggregating ? 8 : 7)) switch
    {
        7 => AggregateExpression(depth),
        0 => new VariableExpression(VariableName(), _nowhere),
        1 => new ConstantExpression(random.Next(3) == 0 ? Pick(_iris) : Pick(_literals), _nowhere),
        2 => Call(Pick(_prefix), 1, depth),
        3 => Call(random.Next(2) == 0 ? Function.In : Function.NotIn, 1 + random.Next(4), depth),
        4 => BuiltIn(Pick(_calls), depth),
        _ => Call(Pick(_infix), 2, depth),
    };

    private AggregateExpression AggregateExpression(int depth)
    {
        var aggregate = Pick(Enum.GetValues<Aggregate>());
        _aggregating = false;
        var argument = aggregate == Aggregate.Count && random.Next(2) == 0 ? null : Expression(depth - 1);
        _aggregating = true;
        return new AggregateExpression(aggregate, random.Next(3) == 0, argument, _nowhere);
    }

    private CallExpression BuiltIn(Function function, int depth)
    {
        var (least, most) = Rules.Functions.Arity(function);
        return Call(function, random.Next(least, Math.Min(most, 4) + 1), depth);
    }

    private CallExpression Call(Function function, int arguments, int depth) =>
        new(function, [.. Many(arguments, () => Expression(depth - 1))], _nowhere);

    private BodyElement Element(bool allowsAll, bool allowsSelect = true) => random.Next(allowsAll ? allowsSelect ? 7 : 6 : 4) switch
    {
        6 => SubSelect(),
        3 => new FilterElement(Expression(4), _nowhere),
        4 => new AssignmentElement(VariableName(), Expression(4), _nowhere),
        5 => new NegationElement([.. Many(random.Next(4), () => Element(allowsAll: false))], random.Next(3) == 0, _nowhere),
        _ => new PatternElement(Pattern(BodyTerm, 2)),
    };

    // Grouped, so that no expression needs to have an aggregate.
    private SubSelectElement SubSelect()
    {
        BodyElement[] inner = [.. Many(random.Next(4), () => Element(allowsAll: true, allowsSelect: false))];
        _aggregating = true;
        var select = new SubSelectElement(
            [.. Many(1 + random.Next(3), () => new Projection(VariableName(), random.Next(2) == 0 ? null : Expression(3), _nowhere))],
            [.. inner],
            random.Next(4) == 0,
            [.. Many(1 + random.Next(2), () => new VariableExpression(VariableName(), _nowhere))],
            [.. Many(random.Next(3), () => Expression(3))],
            _nowhere);
        _aggregating = false;
        return select;
    }

    private TriplePattern Pattern(Func<int, PatternTerm> term, int depth) => new(
        term(depth),
        random.Next(4) == 0 ? new Variable(VariableName()) : new ConstantTerm(Pick(_iris)),
        term(depth),
        _nowhere);

    private PatternTerm BodyTerm(int depth) => random.Next(8) switch
    {
        0 => new Variable("_:" + Pick(["a", "b1", ".1", ".2"])),
        1 => new Variable("/" + Pick(["1", "2"])),
        2 when depth > 0 => Triple(Pattern(BodyTerm, depth - 1)),
        _ => Term(),
    };

    private PatternTerm HeadTerm(int depth) => random.Next(8) switch
    {
        0 => new ConstantTerm(new BlankNode(Pick(["a", "b1", ".1", ".2"]))),
        1 when depth > 0 => Triple(Pattern(HeadTerm, depth - 1)),
        _ => Term(),
    };

    // As the parser does: a triple term that is all constants is a constant.
    private static PatternTerm Triple(TriplePattern pattern)
    {
        var known = pattern.Terms.OfType<ConstantTerm>().Select(term => term.Term).Where(term => term is not BlankNode).ToArray();
        return known.Length == 3 ? new ConstantTerm(new TripleTerm(new Triple(known[0], known[1], known[2]))) : new TripleTermPattern(pattern);
    }

    private PatternTerm Term() => random.Next(4) switch
    {
        0 => new ConstantTerm(Pick(_iris)),
        1 => new ConstantTerm(Pick(_literals)),
        _ => new Variable(VariableName()),
    };

    private string VariableName() => Pick(["x", "y", "z", "other_1"]);

    private T Pick<T>(T[] values) => values[random.Next(values.Length)];

    private static IEnumerable<T> Many<T>(int count, Func<T> make) => Enumerable.Range(0, count).Select(_ => make());
}
