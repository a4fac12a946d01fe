using Reasoner.Rdf;
using Reasoner.Rules;

namespace Reasoner.Inference;

/// <summary>Obstacles in words, with the values read.</summary>
public static class ObstacleText
{
    /// <summary>What is the matter, without its position.</summary>
    /// <param name="obstacle">The obstacle.</param>
    /// <param name="prefixes">The prefixes that names are shortened by.</param>
    public static string Describe(this Obstacle obstacle, IReadOnlyDictionary<string, string> prefixes)
    {
        return obstacle.Kind switch
        {
            ObstacleKind.NothingMatches => $"nothing matches {RuleText.Write(obstacle.Missing!, prefixes)}",
            ObstacleKind.IsFalse => $"{Condition()} is false{Values()}",
            ObstacleKind.IsError => $"{Condition()} is an error{(obstacle.Reason is { } reason ? $" ({reason.TrimEnd('.')})" : "")}{Values()}",
            ObstacleKind.OtherValue => $"{Condition()} gives {Write(obstacle.Actual!)}, which is not the value wanted{Values()}",
            ObstacleKind.IsExcluded => $"its NOT finds {string.Join(" and ", obstacle.Found.Select(Found))}",
            ObstacleKind.NoGroup => $"its SELECT gives no group that fits{Values()}",
            ObstacleKind.OtherGroup => $"its SELECT has a group with {string.Join(", ", obstacle.Group.Select(Has))}, which does not fit{Values()}",
            _ when obstacle.Element is SubSelectElement => $"its SELECT would have to give a group then{Values()}",
            _ when obstacle.Element is NegationElement => "its NOT would have to find nothing then",
            _ => $"{Condition()} would have to {(obstacle.Element is AssignmentElement ? "give a value" : "be true")} then{Values()}",
        };

        string Condition()
        {
            var expression = RuleText.Write(obstacle.Expression!, prefixes);
            return obstacle.Element is AssignmentElement assignment ? $"SET(?{assignment.Variable} := {expression})" : $"FILTER({expression})";
        }

        string Values() => obstacle.Values.IsEmpty ? "" : ": " + string.Join(", ", obstacle.Values.Select(value => $"?{value.Variable} = {Write(value.Value)}"));

        string Has(GroupValue each) => $"{RuleText.Write(each.Expression, prefixes)} = {(each.Value is { } value ? Write(value) : "an error")}";

        string Found(FoundFact found)
        {
            var fact = RuleText.Write(new TriplePattern(new ConstantTerm(found.Fact.Subject), new ConstantTerm(found.Fact.Predicate), new ConstantTerm(found.Fact.Object), default), prefixes);
            return found.Rule is { } rule
                ? $"{fact} (by {(rule.Name is { } name ? $"rule {Write(name)}" : rule.DisplayName)})"
                : $"{fact} ({found.Source})";
        }

        string Write(Term term) => term is BlankNode or TripleTerm ? term.ToString()! : RuleText.Write(new ConstantExpression(term, default), prefixes);
    }

    /// <summary>What is near the fact that was asked for, in a sentence.</summary>
    /// <param name="miss">The near miss.</param>
    /// <param name="prefixes">The prefixes that names are shortened by.</param>
    public static string Describe(this NearMiss miss, IReadOnlyDictionary<string, string> prefixes)
    {
        if (miss.Fact is { } fact)
            return $"{RuleText.Write(new TriplePattern(new ConstantTerm(fact.Subject), new ConstantTerm(fact.Predicate), new ConstantTerm(fact.Object), default), prefixes)} holds.";
        string Write(Term term) => RuleText.Write(new ConstantExpression(term, default), prefixes);
        return $"No fact mentions {Write(miss.Unknown!)}{(miss.Nearest is { } nearest ? $"; did you mean {Write(nearest)}?" : ".")}";
    }
}
