namespace Reasoner.Rules.Tests;

public class RuleTextTests
{
    [Fact]
    public void Printed_rules_read_back_as_the_same_rules()
    {
        var rules = new RandomRules(new Random(20260801));
        for (var i = 0; i < 300; i++)
        {
            var ruleSet = rules.RuleSet(5);
            var text = RuleText.Write(ruleSet);
            var reading = RuleSetReader.Parse(text, "printed.srl");
            Assert.True(reading.Diagnostics.IsEmpty, $"{string.Join('\n', reading.Diagnostics)}\n{text}");
            Assert.Equal(ruleSet.Rules.Select(RuleShape.Of), reading.RuleSet.Rules.Select(RuleShape.Of));
        }
    }

    [Fact]
    public void Data_reads_back_too()
    {
        var read = RuleSetReader.Parse("PREFIX : <http://e/> DATA { :s a :T ; :p 1, \"x\"@en, <<( :a :b :c )>> . }", "a.srl").RuleSet;
        var again = RuleSetReader.Parse(RuleText.Write(read), "b.srl");
        Assert.Empty(again.Diagnostics);
        Assert.Equal(read.Data.Select(fact => fact.Triple), again.RuleSet.Data.Select(fact => fact.Triple));
    }

    [Theory]
    [InlineData("?a + ?b * ?c")]
    [InlineData("(?a + ?b) * ?c")]
    [InlineData("?a - (?b - ?c)")]
    [InlineData("?a - ?b - ?c")]
    [InlineData("(?a = ?b) = ?c")]
    [InlineData("!(?a && (?b || ?c))")]
    [InlineData("- (- ?a)")]
    [InlineData("?a + -1")]
    [InlineData("?a NOT IN (1, \"x\"@en, xsd:date(?b))")]
    [InlineData("IF(?a < ?b, SUBSTR(?c, 1), CONCAT())")]
    public void Expressions_keep_only_the_parentheses_they_need(string expression)
    {
        var prefixes = RandomRules.Prefixes;
        var text = $"PREFIX xsd: <{prefixes["xsd"]}> RULE {{}} WHERE {{ FILTER({expression}) }}";
        var filter = Assert.IsType<FilterElement>(Read.Rule(text).Body.Single());
        Assert.Equal(expression, RuleText.Write(filter.Expression, prefixes));
    }
}
