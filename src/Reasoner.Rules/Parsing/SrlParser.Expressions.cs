using System.Collections.Immutable;
using Reasoner.Rdf;

namespace Reasoner.Rules;

// Expressions.
internal sealed partial class SrlParser
{
    // Bounds the depth of the tree, which chains of operators deepen without nesting.
    private const int MaximumOperators = 2000;

    private int _operators;

    // [17] Constraint
    private Expression Constraint()
    {
        _operators = 0;
        if (_token.Kind == TokenKind.OpenParenthesis) return BrackettedExpression();
        if (StartsIri) return FunctionCall();
        return _token.Kind == TokenKind.Word ? BuiltInCall() : throw Unexpected("( or a function after FILTER");
    }

    private Expression WholeExpression()
    {
        _operators = 0;
        return Expression();
    }

    // [18] FunctionCall
    private CallExpression FunctionCall()
    {
        var token = _token;
        var iri = IriTerm("a function");
        return FunctionCall(token, iri, ArgList());
    }

    private CallExpression FunctionCall(Token token, Iri iri, ImmutableArray<Expression> arguments)
    {
        if (Functions.FromIri(iri.Value) is { } function) return Call(token, function, arguments);

        // The prefix of an unresolved name has been reported.
        if (iri != _unresolved)
        {
            Report(token, Severity.Error, DiagnosticCodes.UnknownFunction,
                $"There is no function {iri}; functions called by IRI are the casts {FunctionNames.Casts}.");
        }

        return new CallExpression(Function.Str, arguments, At(token));
    }

    // [19] ArgList, [20] ExpressionList
    private ImmutableArray<Expression> ArgList()
    {
        if (Accept(TokenKind.Nil)) return [];
        Expect(TokenKind.OpenParenthesis, "( and arguments");
        var arguments = ImmutableArray.CreateBuilder<Expression>();
        do arguments.Add(Expression());
        while (Accept(TokenKind.Comma));
        Expect(TokenKind.CloseParenthesis, "',' and another argument, an operator, or )");
        return arguments.DrainToImmutable();
    }

    // [103] Expression
    private Expression Expression()
    {
        Enter();
        var expression = ConditionalOrExpression();
        Leave();
        return expression;
    }

    // [104]
    private Expression ConditionalOrExpression()
    {
        var left = ConditionalAndExpression();
        while (TakeOperator(TokenKind.Or) is { } position)
            left = new CallExpression(Function.Or, [left, ConditionalAndExpression()], position);
        return left;
    }

    // [105], [106]
    private Expression ConditionalAndExpression()
    {
        var left = RelationalExpression();
        while (TakeOperator(TokenKind.And) is { } position)
            left = new CallExpression(Function.And, [left, RelationalExpression()], position);
        return left;
    }

    // [107], [108]
    private Expression RelationalExpression()
    {
        var left = AdditiveExpression();
        var position = At(_token);
        if (AcceptWord("IN")) return new CallExpression(Function.In, [left, .. ArgList()], position);
        if (AcceptWord("NOT"))
        {
            ExpectWord("IN");
            return new CallExpression(Function.NotIn, [left, .. ArgList()], position);
        }

        if (Comparison(_token.Kind) is not { } function) return left;
        TakeOperator(_token.Kind);
        return new CallExpression(function, [left, AdditiveExpression()], position);
    }

    private static Function? Comparison(TokenKind kind) => kind switch
    {
        TokenKind.Equal => Function.Equal,
        TokenKind.NotEqual => Function.NotEqual,
        TokenKind.Less => Function.Less,
        TokenKind.Greater => Function.Greater,
        TokenKind.LessOrEqual => Function.LessOrEqual,
        TokenKind.GreaterOrEqual => Function.GreaterOrEqual,
        _ => null,
    };

    // [109]; "?x -1" has the tokens ?x and -1, and means ?x + (-1)
    private Expression AdditiveExpression()
    {
        var left = MultiplicativeExpression();
        while (true)
        {
            if (TakeOperator(TokenKind.Plus) is { } plus)
            {
                left = new CallExpression(Function.Add, [left, MultiplicativeExpression()], plus);
            }
            else if (TakeOperator(TokenKind.Minus) is { } minus)
            {
                left = new CallExpression(Function.Subtract, [left, MultiplicativeExpression()], minus);
            }
            else if (IsSignedNumber)
            {
                var position = At(_token);
                CountOperator();
                var number = new ConstantExpression(NumericLiteral(), position);
                left = new CallExpression(Function.Add, [left, MultiplicativeTail(number)], position);
            }
            else
            {
                return left;
            }
        }
    }

    private bool IsSignedNumber =>
        _token.Kind is TokenKind.Integer or TokenKind.Decimal or TokenKind.Double && TextOf(_token)[0] is '+' or '-';

    // [110]
    private Expression MultiplicativeExpression() => MultiplicativeTail(UnaryExpression());

    private Expression MultiplicativeTail(Expression left)
    {
        while (true)
        {
            if (TakeOperator(TokenKind.Star) is { } times)
                left = new CallExpression(Function.Multiply, [left, UnaryExpression()], times);
            else if (TakeOperator(TokenKind.Slash) is { } by)
                left = new CallExpression(Function.Divide, [left, UnaryExpression()], by);
            else
                return left;
        }
    }

    // [111]
    private Expression UnaryExpression()
    {
        if (TakeOperator(TokenKind.Exclamation) is { } not)
            return new CallExpression(Function.Not, [PrimaryExpression()], not);
        if (TakeOperator(TokenKind.Plus) is { } plus)
            return new CallExpression(Function.UnaryPlus, [PrimaryExpression()], plus);
        if (TakeOperator(TokenKind.Minus) is { } minus)
            return new CallExpression(Function.UnaryMinus, [PrimaryExpression()], minus);
        return PrimaryExpression();
    }

    // [112], [113] iriOrFunction
    private Expression PrimaryExpression()
    {
        var token = _token;
        var position = At(token);
        switch (token.Kind)
        {
            case TokenKind.OpenParenthesis:
                return BrackettedExpression();
            case TokenKind.OpenTripleTerm:
                return ExprTripleTerm();
            case TokenKind.IriReference or TokenKind.PrefixedName or TokenKind.Namespace:
                var iri = IriTerm("an IRI");
                return _token.Kind is TokenKind.Nil or TokenKind.OpenParenthesis
                    ? FunctionCall(token, iri, ArgList())
                    : new ConstantExpression(iri, position);
            case TokenKind.Word when !IsBoolean:
                return BuiltInCall();
            default:
                return TermExpression("an expression");
        }
    }

    private Expression TermExpression(string what)
    {
        var position = At(_token);
        switch (_token.Kind)
        {
            case TokenKind.Variable:
                var name = VariableName(_token);
                Advance();
                return new VariableExpression(name, position);
            case TokenKind.IriReference or TokenKind.PrefixedName or TokenKind.Namespace:
                return new ConstantExpression(IriTerm(what), position);
            case TokenKind.String:
                return new ConstantExpression(RdfLiteral(), position);
            case TokenKind.Integer or TokenKind.Decimal or TokenKind.Double:
                return new ConstantExpression(NumericLiteral(), position);
            case TokenKind.Word when IsBoolean:
                return new ConstantExpression(BooleanLiteral(), position);
            default:
                throw Unexpected(what);
        }
    }

    // [114] to [116]
    private CallExpression ExprTripleTerm()
    {
        Enter();
        var position = At(_token);
        Advance();
        var subject = TermExpression("the subject of a triple term");
        var predicatePosition = At(_token);
        Expression predicate = _token.Kind == TokenKind.Variable
            ? TermExpression("a predicate")
            : new ConstantExpression(AcceptA() ? RdfVocabulary.Type : IriTerm("a predicate"), predicatePosition);
        var @object = _token.Kind == TokenKind.OpenTripleTerm ? ExprTripleTerm()
            : TermExpression("the object of a triple term");
        Expect(TokenKind.CloseTripleTerm, ")>> to end the triple term");
        Leave();
        return new CallExpression(Function.Triple, [subject, predicate, @object], position);
    }

    // [117]
    private Expression BrackettedExpression()
    {
        Expect(TokenKind.OpenParenthesis, "(");
        var expression = Expression();
        Expect(TokenKind.CloseParenthesis, "an operator or )");
        return expression;
    }

    // [118]
    private Expression BuiltInCall()
    {
        var token = _token;
        var name = TextOf(token).ToString();
        if (Aggregates.FromKeyword(name) is { } aggregate) return Aggregate(token, aggregate);
        if (Functions.FromKeyword(name) is not { } function)
        {
            throw Error(token, DiagnosticCodes.UnknownFunction,
                $"There is no function {name}{NearestName.Advice(name, FunctionNames.Keywords)}");
        }

        Advance();
        return Call(token, function, ArgList());
    }

    private CallExpression Call(Token token, Function function, ImmutableArray<Expression> arguments)
    {
        var (least, most) = Functions.Arity(function);
        if (arguments.Length < least || arguments.Length > most)
        {
            var wanted = least == most ? $"{least}" : $"{least} to {most}";
            Report(token, Severity.Error, DiagnosticCodes.WrongArgumentCount,
                $"{TextOf(token)} takes {wanted} {(most == 1 ? "argument" : "arguments")}, not {arguments.Length}.");
        }

        return new CallExpression(function, arguments, At(token));
    }

    private SourcePosition? TakeOperator(TokenKind kind)
    {
        if (_token.Kind != kind) return null;
        var position = At(_token);
        CountOperator();
        Advance();
        return position;
    }

    private void CountOperator()
    {
        if (++_operators > MaximumOperators)
            throw Error(_token, DiagnosticCodes.TooDeep,
                $"More than {MaximumOperators} operators in one expression; split it with SET.");
    }
}
