using System.Globalization;
using System.Text;
using Reasoner.Rdf;

namespace Reasoner.Rules.Tests;

/// <summary>
/// Everything about a rule but positions and the names of hidden variables and of blank nodes, as text: two rules are the
/// same rule just if their shapes are equal. Shares nothing with the printer.
/// </summary>
internal static class RuleShape
{
    public static string Of(Rule rule)
    {
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        var text = new StringBuilder();
        text.Append("rule ").Append(rule.Name?.Value).Append(rule.MatchesDataOnly ? " data" : "").Append('\n');
        foreach (var template in rule.Head) text.Append("head ").Append(Pattern(template)).Append('\n');
        foreach (var element in rule.Body) text.Append(Element(element)).Append('\n');
        return text.ToString();

        string Element(BodyElement element) => element switch
        {
            PatternElement pattern => "match " + Pattern(pattern.Pattern),
            FilterElement filter => "filter " + Expression(filter.Expression),
            AssignmentElement assignment => $"set {assignment.Variable} {Expression(assignment.Expression)}",
            SubSelectElement select => $"select [{string.Join("; ", select.Projections.Select(each => $"{each.Variable} {(each.Expression is null ? "" : Expression(each.Expression))}"))}]"
                + $"{(select.MatchesDataOnly ? " data" : "")} [{string.Join("; ", select.Inner.Select(Element))}]"
                + $" by {string.Join(' ', select.GroupBy.Select(each => each.Name))} having [{string.Join("; ", select.Having.Select(Expression))}]",
            NegationElement negation => $"not{(negation.MatchesDataOnly ? " data" : "")} [{string.Join("; ", negation.Inner.Select(Element))}]",
            _ => throw new InvalidOperationException(),
        };

        string Pattern(TriplePattern pattern) => string.Join(' ', pattern.Terms.Select(PatternTerm));

        string PatternTerm(PatternTerm term) => term switch
        {
            Variable { IsHidden: true } variable => Hidden("?" + variable.Name),
            Variable variable => "?" + variable.Name,
            ConstantTerm { Term: BlankNode node } => Hidden("_" + node.Label),
            ConstantTerm constant => constant.Term.ToString()!,
            TripleTermPattern triple => $"<<{Pattern(triple.Pattern)}>>",
            _ => throw new InvalidOperationException(),
        };

        string Hidden(string name)
        {
            if (!names.TryGetValue(name, out var shape))
                names[name] = shape = name[0] + "#" + names.Count.ToString(CultureInfo.InvariantCulture);
            return shape;
        }

        string Expression(Expression expression) => expression switch
        {
            VariableExpression variable => "?" + variable.Name,
            ConstantExpression constant => constant.Term.ToString()!,
            AggregateExpression aggregate =>
                $"{aggregate.Aggregate}{(aggregate.IsDistinct ? " distinct" : "")}({(aggregate.Argument is null ? "all" : Expression(aggregate.Argument))})",
            CallExpression call => $"{call.Function}({string.Join(", ", call.Arguments.Select(Expression))})",
            _ => throw new InvalidOperationException(),
        };
    }
}
