namespace Reasoner.Rules.Tests;

public class ExpressionSyntaxTests
{
    [Theory]
    [InlineData("?a || ?b && ?c", "Or(?a, And(?b, ?c))")]
    [InlineData("?a - ?b - ?c", "Subtract(Subtract(?a, ?b), ?c)")]
    [InlineData("?a -1", "Add(?a, -1)")]
    [InlineData("?a -1 * ?b + 2", "Add(Add(?a, Multiply(-1, ?b)), 2)")]
    [InlineData("?a * -1", "Multiply(?a, -1)")]
    [InlineData("!?a = ?b", "Equal(Not(?a), ?b)")]
    [InlineData("- ?a", "UnaryMinus(?a)")]
    [InlineData("?a in (1, 2)", "In(?a, 1, 2)")]
    [InlineData("?a NOT IN ()", "NotIn(?a)")]
    [InlineData("?a<?b", "Less(?a, ?b)")]
    [InlineData("sTrLeN(?a) >= 3", "GreaterOrEqual(StrLen(?a), 3)")]
    [InlineData("xsd:decimal(?a)", "CastDecimal(?a)")]
    [InlineData("<<( ?a a <<( ?a ?b 1 )>> )>>", "Triple(?a, <rdf:type>, Triple(?a, ?b, 1))")]
    [InlineData("BNODE() = NOW()", "Equal(BNode(), Now())")]
    public void Expressions_group_as_the_grammar_says(string written, string tree)
    {
        var rule = Read.Rule("PREFIX xsd: <http://www.w3.org/2001/XMLSchema#> RULE {} WHERE { FILTER(" + written + ") }");
        Assert.Equal(tree, Tree(((FilterElement)rule.Body.Single()).Expression));
    }

    [Fact]
    public void A_long_chain_of_operators_is_refused_rather_than_made_a_deep_tree()
    {
        var reading = RuleSetReader.Parse("RULE {} WHERE { FILTER(1" + string.Concat(Enumerable.Repeat(" + 1", 5000)) + ") }", "a.srl");
        Assert.Equal(DiagnosticCodes.TooDeep, Assert.Single(reading.Diagnostics).Code);
    }

    private static string Tree(Expression expression) => expression switch
    {
        VariableExpression variable => "?" + variable.Name,
        ConstantExpression { Term: Reasoner.Rdf.Literal literal } => literal.LexicalForm,
        ConstantExpression constant => Read.Short(constant.Term.ToString()!),
        CallExpression call => $"{call.Function}({string.Join(", ", call.Arguments.Select(Tree))})",
        _ => throw new InvalidOperationException(),
    };
}
