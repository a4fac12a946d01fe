using Reasoner.Rdf;
using Reasoner.Rules;

namespace Reasoner.Inference.Tests;

/// <summary>
/// The rows of a SELECT by the letter of SPARQL 1.2 Query: every group's solutions listed, every aggregate over the list. Shares
/// nothing with the engine's folds but single additions.
/// </summary>
internal static class NaiveAggregation
{
    public static IEnumerable<Dictionary<string, Term>> Rows(SubSelectElement select, IEnumerable<Dictionary<string, Term>> solutions)
    {
        return Groups(select, solutions).Select(group => Row(select, group)).OfType<Dictionary<string, Term>>();
    }

    /// <summary>The solutions of the group that gives what a solution of the rule has; of several, of the first by its keys.</summary>
    public static List<Dictionary<string, Term>> MembersOf(SubSelectElement select, IEnumerable<Dictionary<string, Term>> solutions, Dictionary<string, Term> outer)
    {
        var candidates = Groups(select, solutions).Where(group => Row(select, group) is { } row && row.All(value => outer[value.Key] == value.Value)).ToList();
        if (candidates.Count == 1) return candidates[0];
        var sorted = candidates.OrderBy(_ => 0);
        foreach (var key in select.GroupBy) sorted = sorted.ThenBy(group => group[0][key.Name]);
        return sorted.First();
    }

    private static IEnumerable<List<Dictionary<string, Term>>> Groups(SubSelectElement select, IEnumerable<Dictionary<string, Term>> solutions)
    {
        var all = solutions.ToList();
        var groups = all.GroupBy(solution => string.Join('|', select.GroupBy.Select(key => solution[key.Name]))).Select(group => group.ToList());
        return select.GroupBy.IsEmpty ? [all] : groups;
    }

    private static Dictionary<string, Term>? Row(SubSelectElement select, List<Dictionary<string, Term>> group)
    {
        var values = select.GroupBy.DistinctBy(key => key.Name).ToDictionary(key => key.Name, key => Value.Of(group[0][key.Name]));
        Value ValueOf(Expression expression) => ExpressionEvaluator.Evaluate(
            expression, name => values[name], World.Context, aggregate => Fold(aggregate, group, select.InnerVariables.ToHashSet()));
        foreach (var (variable, expression, _) in select.Projections)
            if (expression is not null) values[variable] = ValueOf(expression);
        if (select.Variables.Any(name => values[name].IsError)) return null;
        return select.Having.All(condition => ValueOf(condition).EffectiveBooleanValue == true)
            ? select.Variables.ToDictionary(name => name, name => values[name].ToTerm())
            : null;
    }

    private static Value Fold(AggregateExpression aggregate, List<Dictionary<string, Term>> group, HashSet<string> visible)
    {
        if (aggregate.Argument is null)
        {
            var keys = group.Select(solution => string.Join('|', solution.Where(each => visible.Contains(each.Key)).OrderBy(each => each.Key).Select(each => each.Value)));
            return Value.FromInteger(aggregate.IsDistinct ? keys.Distinct().Count() : group.Count);
        }

        var values = group.ConvertAll(solution => NaiveEvaluator.Evaluate(aggregate.Argument, solution));
        if (aggregate.Aggregate == Aggregate.Count) values.RemoveAll(value => value.IsError);
        if (values.Exists(value => value.IsError)) return Value.Error;
        if (aggregate.IsDistinct) values = [.. values.DistinctBy(value => value.ToTerm())];
        switch (aggregate.Aggregate)
        {
            case Aggregate.Count:
                return Value.FromInteger(values.Count);
            case Aggregate.Sum or Aggregate.Avg:
                if (values.Exists(value => !value.IsNumeric)) return Value.Error;
                var sum = values.OrderBy(value => value.Kind).ThenBy(Number).Aggregate(Value.FromInteger(0), (total, value) => Value.Add(total, value));
                return aggregate.Aggregate == Aggregate.Sum ? sum : values.Count == 0 ? Value.FromInteger(0) : Value.Divide(sum, Value.FromInteger(values.Count));
            default:
                var sorted = values
                    .OrderBy(value => value.Kind == ValueKind.BlankNode ? 0 : value.Kind == ValueKind.Iri ? 1 : value.Kind == ValueKind.String ? 2 : 3)
                    .ThenBy(Number).ThenBy(value => value.Kind == ValueKind.Double).ThenBy(value => value.ToTerm()).ToList();
                return sorted.Count == 0 ? Value.Error : aggregate.Aggregate == Aggregate.Min ? sorted[0] : sorted[^1];
        }

        static double Number(Value value) => value.TryGetDouble(out var number) ? number : 0;
    }
}
