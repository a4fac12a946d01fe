using System.Collections.Immutable;
using Reasoner.Rdf;
using Reasoner.Rules;

namespace Reasoner.Inference;

/// <summary>
/// A group of a SELECT as the checker computes it: from the inner solutions, whoever found them, by the specification's steps
/// (SPARQL 1.2 Query, "Aggregate Algebra").
/// </summary>
internal sealed class SolvedGroup
{
    private readonly Dictionary<string, Value> _values = new(StringComparer.Ordinal);
    private readonly Dictionary<AggregateExpression, Value> _aggregates = new(ReferenceEqualityComparer.Instance);
    private readonly SubSelectElement _select;
    private readonly bool _hasRow;

    private SolvedGroup(SubSelectElement select, IReadOnlyList<Term> keys, IReadOnlyList<Solution> members, EvaluationContext context)
    {
        _select = select;
        Keys = keys;
        Facts =
        [
            .. select.Inner.OfType<PatternElement>()
                .SelectMany(element => members.Select(member => Substitution.Fill(element.Pattern, member)))
                .Distinct().Order(),
        ];
        foreach (var (variable, key) in select.GroupBy.Zip(keys)) _values[variable.Name] = Value.Of(key);
        foreach (var aggregate in select.Aggregates) _aggregates.Add(aggregate, Fold(aggregate, members, context));
        foreach (var projection in select.Projections)
            if (projection.Expression is not null) _values[projection.Variable] = ValueOf(projection.Expression, context);
        _hasRow = select.Variables.All(name => !_values[name].IsError)
            && select.Having.All(condition => ValueOf(condition, context).EffectiveBooleanValue == true);
    }

    /// <summary>The values of the variables of GROUP BY.</summary>
    public IReadOnlyList<Term> Keys { get; }

    /// <summary>The facts that its solutions match, each once, in order.</summary>
    public ImmutableArray<Triple> Facts { get; }

    /// <summary>What can be said of it: what the SELECT names, and the aggregates of HAVING.</summary>
    public IEnumerable<GroupValue> Values =>
        _select.Projections.Select(projection => Named(new VariableExpression(projection.Variable, projection.Position), _values[projection.Variable]))
            .Concat(_select.HavingAggregates.Select(aggregate => Named(aggregate, _aggregates[aggregate])));

    /// <summary>The values that the solution gives to keys that patterns match: the inner solutions of other groups need not be sought.</summary>
    public static Solution StartOf(SubSelectElement select, Solution solution)
    {
        var matched = select.Inner.OfType<PatternElement>().BoundVariables();
        return solution.Of(select.GroupBy.Select(variable => variable.Name).Intersect(select.Variables).Intersect(matched).ToHashSet());
    }

    /// <summary>The groups of the inner solutions, in the order of their keys.</summary>
    public static IReadOnlyList<SolvedGroup> Make(SubSelectElement select, IEnumerable<Solution> solutions, EvaluationContext context)
    {
        var members = new Dictionary<string, (Term[] Keys, List<Solution> Members)>(StringComparer.Ordinal);
        if (select.GroupBy.IsEmpty) members.Add("", ([], []));
        foreach (var solution in solutions)
        {
            Term[] keys = [.. select.GroupBy.Select(variable => solution[variable.Name])];
            var text = string.Join('\n', keys.Select(key => key.ToString()));
            if (!members.TryGetValue(text, out var group)) members.Add(text, group = (keys, []));
            group.Members.Add(solution);
        }

        return
        [
            .. members.Values
                .Select(group => new SolvedGroup(select, group.Keys, group.Members, context))
                .OrderBy(group => group.Keys, Comparer<IReadOnlyList<Term>>.Create(Compare)),
        ];
    }

    /// <summary>The solution with what the SELECT gives for the group; null where they disagree or it gives nothing.</summary>
    public Solution? Join(Solution solution)
    {
        if (!_hasRow) return null;
        foreach (var name in _select.Variables)
        {
            var term = _values[name].ToTerm();
            if (!solution.TryGet(name, out var bound)) solution = solution.With(name, term);
            else if (bound != term) return null;
        }

        return solution;
    }

    private static int Compare(IReadOnlyList<Term> left, IReadOnlyList<Term> right) =>
        left.Zip(right).Select(pair => pair.First.CompareTo(pair.Second)).FirstOrDefault(order => order != 0);

    private static GroupValue Named(Expression expression, Value value) => new(expression, value.IsError ? null : value.ToTerm());

    private Value Fold(AggregateExpression aggregate, IReadOnlyList<Solution> members, EvaluationContext context)
    {
        var fold = new AggregateFold(aggregate);
        foreach (var member in members)
        {
            if (aggregate.Argument is null) fold.AddSolution(_select.InnerVariables.Distinct().Select(name => member[name]));
            else fold.Add(ExpressionEvaluator.Evaluate(aggregate.Argument, name => Value.Of(member[name]), context));
        }

        return fold.Result();
    }

    private Value ValueOf(Expression expression, EvaluationContext context) =>
        ExpressionEvaluator.Evaluate(expression, name => _values[name], context, aggregate => _aggregates[aggregate]);
}

/// <summary>What a group of a SELECT has.</summary>
/// <param name="Expression">A variable that the SELECT gives, or an aggregate of its HAVING.</param>
/// <param name="Value">Its value; null where it is an error.</param>
public readonly record struct GroupValue(Expression Expression, Term? Value);
