using System.Collections.Immutable;

namespace Reasoner.Rules;

// SELECT in a body, which SPARQL 1.2 RL does not have; the productions are those of SPARQL 1.2 Query.
internal sealed partial class SrlParser
{
    private bool _allowsAggregates;

    // SubSelect, and the braces around it; no ORDER BY, LIMIT or VALUES, for rows have no order here
    private SubSelectElement SubSelect(BodyTarget target)
    {
        Advance();
        if (!IsWord("SELECT")) throw Unexpected("SELECT (a group in braces can only be a SELECT)");
        var start = _token;
        var projections = SelectClause();
        AcceptWord("WHERE");
        var matchesDataOnly = AcceptWord("DATA");
        var outer = target.Elements;
        target.Elements = ImmutableArray.CreateBuilder<BodyElement>();
        SelectPattern(target);
        var inner = target.Elements.DrainToImmutable();
        target.Elements = outer;
        var groupBy = GroupClause();
        var having = HavingClause();
        Expect(TokenKind.CloseBrace, groupBy.IsEmpty ? "GROUP BY, HAVING, or } to end the SELECT" : "HAVING, or } to end the SELECT");
        var select = new SubSelectElement(projections, inner, matchesDataOnly, groupBy, having, At(start));
        if (groupBy.IsEmpty && !select.Aggregates.Any())
        {
            throw Error(start, DiagnosticCodes.UnexpectedToken,
                "This SELECT neither groups nor aggregates; write its patterns straight into the body.");
        }

        return select;
    }

    // SelectClause
    private ImmutableArray<Projection> SelectClause()
    {
        Advance();
        var projections = ImmutableArray.CreateBuilder<Projection>();
        while (projections.Count == 0 || _token.Kind is TokenKind.Variable or TokenKind.OpenParenthesis)
        {
            if (_token.Kind == TokenKind.Variable)
            {
                projections.Add(new Projection(VariableName(_token), null, At(_token)));
                Advance();
            }
            else
            {
                Expect(TokenKind.OpenParenthesis, "a variable, or (expression AS ?variable), after SELECT");
                var expression = Aggregating(WholeExpression);
                ExpectWord("AS");
                var variable = Expect(TokenKind.Variable, "the variable that the value gets");
                projections.Add(new Projection(VariableName(variable), expression, At(variable)));
                Expect(TokenKind.CloseParenthesis, ") after the variable");
            }
        }

        return projections.DrainToImmutable();
    }

    // WhereClause: a body without SELECT
    private void SelectPattern(BodyTarget target)
    {
        Expect(TokenKind.OpenBrace, "{ and what the SELECT matches");
        TriplesBlock();
        while (_token.Kind != TokenKind.CloseBrace)
        {
            if (IsWord("FILTER")) target.Elements.Add(Filter());
            else if (IsWord("NOT")) target.Elements.Add(Negation(target));
            else if (IsWord("SET")) target.Elements.Add(Assignment());
            else if (_token.Kind == TokenKind.OpenBrace) throw NestedSelect("another SELECT");
            else throw Unexpected("a triple pattern, '.' between patterns, FILTER, NOT, SET, or } to end WHERE");
            Accept(TokenKind.Dot);
            TriplesBlock();
        }

        Advance();
    }

    // GroupClause
    private ImmutableArray<VariableExpression> GroupClause()
    {
        if (!AcceptWord("GROUP")) return [];
        ExpectWord("BY");
        var variables = ImmutableArray.CreateBuilder<VariableExpression>();
        do
        {
            var variable = Expect(TokenKind.Variable, "a variable after GROUP BY (to group by an expression, SET a variable to it in WHERE)");
            variables.Add(new VariableExpression(VariableName(variable), At(variable)));
        }
        while (_token.Kind is TokenKind.Variable or TokenKind.OpenParenthesis);
        return variables.DrainToImmutable();
    }

    // HavingClause
    private ImmutableArray<Expression> HavingClause()
    {
        if (!AcceptWord("HAVING")) return [];
        var conditions = ImmutableArray.CreateBuilder<Expression>();
        do conditions.Add(Aggregating(Constraint));
        while (_token.Kind is TokenKind.OpenParenthesis or TokenKind.Word || StartsIri);
        return conditions.DrainToImmutable();
    }

    // Aggregate
    private AggregateExpression Aggregate(Token token, Aggregate aggregate)
    {
        if (!_allowsAggregates)
        {
            throw Error(token, DiagnosticCodes.UnexpectedToken,
                $"{Aggregates.NameOf(aggregate)} can only stand in what a SELECT gives or in its HAVING, and not inside another aggregate: "
                + "{ SELECT ?g (COUNT(?x) AS ?n) WHERE { ... } GROUP BY ?g }.");
        }

        Advance();
        _allowsAggregates = false;
        Expect(TokenKind.OpenParenthesis, "( and what to aggregate");
        var isDistinct = AcceptWord("DISTINCT");
        var argument = aggregate == Rules.Aggregate.Count && Accept(TokenKind.Star) ? null : Expression();
        Expect(TokenKind.CloseParenthesis, "an operator or )");
        _allowsAggregates = true;
        return new AggregateExpression(aggregate, isDistinct, argument, At(token));
    }

    private Expression Aggregating(Func<Expression> production)
    {
        _allowsAggregates = true;
        var expression = production();
        _allowsAggregates = false;
        return expression;
    }

    private SrlSyntaxError NestedSelect(string where) => Error(_token, DiagnosticCodes.UnexpectedToken,
        $"A SELECT cannot stand inside {where}; conclude what it gives in a rule of its own, and match that here.");
}
