using System.Collections.Immutable;
using Reasoner.Rdf;

namespace Reasoner.Rules;

/// <summary>
/// The conditions of a body, and what its patterns and assignments say of its variables: a subject or a predicate is an
/// IRI or a blank node, an assigned variable has its expression's value.
/// </summary>
internal sealed class RuleConditions
{
    // Conditions in one body; beyond, nothing is said: the solver looks at each together with all others.
    private const int Maximum = 48;

    private readonly ConditionSolver _solver = new();
    private readonly List<(Expression Expression, Outcome Wanted)> _assignments = [];
    private readonly Dictionary<string, ValueRange> _known = new(StringComparer.Ordinal);

    private RuleConditions(ImmutableArray<BodyElement> body)
    {
        foreach (var element in body)
        {
            switch (element)
            {
                case PatternElement { Pattern: var pattern }:
                    Know(pattern);
                    break;
                case FilterElement filter:
                    Filters.Add(filter);
                    break;
                case AssignmentElement assignment:
                    _assignments.Add((
                        new CallExpression(Function.Equal, [new VariableExpression(assignment.Variable, assignment.Position), assignment.Expression], assignment.Position),
                        Outcome.True));
                    break;
            }
        }
    }

    /// <summary>The FILTERs, in order.</summary>
    public List<FilterElement> Filters { get; } = [];

    /// <summary>The conditions of a body; null where there are more than it pays to look at.</summary>
    public static RuleConditions? Of(ImmutableArray<BodyElement> body)
    {
        var conditions = new RuleConditions(body);
        return conditions.Filters.Count + conditions._assignments.Count <= Maximum ? conditions : null;
    }

    /// <summary>Whether the filters may be true together.</summary>
    public bool MayHold(IEnumerable<FilterElement> filters) => _solver.MayHold(_known, Wanted(filters));

    /// <summary>Whether all filters may be true together where variables have one of some values.</summary>
    public bool MayHold(IReadOnlyDictionary<string, List<Value>> values)
    {
        var known = _known.ToDictionary(pair => pair.Key, pair => pair.Value.Copy(), StringComparer.Ordinal);
        foreach (var (variable, some) in values)
        {
            if (!known.TryGetValue(variable, out var range)) known.Add(variable, range = new ValueRange());
            if (!range.RequireOneOf(some)) return false;
        }

        return _solver.MayHold(known, Wanted(Filters));
    }

    /// <summary>Whether the expression is true wherever the filters are.</summary>
    public bool Imply(IEnumerable<FilterElement> filters, Expression expression) =>
        !_solver.MayHold(_known, Wanted(filters).Append((expression, Outcome.NotTrue)));

    private IEnumerable<(Expression, Outcome)> Wanted(IEnumerable<FilterElement> filters) =>
        _assignments.Concat(filters.Select(filter => (filter.Expression, Outcome.True)));

    private void Know(TriplePattern pattern)
    {
        Know(pattern.Subject);
        Know(pattern.Predicate);
        foreach (var term in pattern.Terms)
            if (term is TripleTermPattern triple) Know(triple.Pattern);
    }

    private void Know(PatternTerm term)
    {
        if (term is not Variable variable || _known.ContainsKey(variable.Name)) return;
        var range = new ValueRange();
        range.Require(ValueFamily.Resource);
        _known.Add(variable.Name, range);
    }
}
