using System.Collections.Immutable;
using Reasoner.Knowledge;
using Reasoner.Rdf;
using Reasoner.Rules;

namespace Reasoner.Inference;

/// <summary>
/// Solutions of a rule's elements over all that holds, in the author's order, and how many triples were tried for them.
/// </summary>
internal sealed class BodySolutions(Materialization materialization, Rule rule, CancellationToken cancellation)
{
    private readonly KnowledgeGraph _graph = materialization.Graph;
    private readonly Dictionary<(SubSelectElement Select, string Keys), IReadOnlyList<SolvedGroup>> _groups = [];
    private int _limit = int.MaxValue;

    /// <summary>The triples tried so far.</summary>
    public int Steps { get; set; }

    /// <summary>The triples that a pattern matches under the bindings.</summary>
    public IEnumerable<Triple> Matches(TriplePattern pattern, Solution bindings, bool groundOnly)
    {
        var (s, p, o) = (IdOf(pattern.Subject), IdOf(pattern.Predicate), IdOf(pattern.Object));
        if (s < 0 || p < 0 || o < 0) yield break;
        foreach (var fact in _graph.Match(s, p, o))
        {
            cancellation.ThrowIfCancellationRequested();
            if (++Steps > _limit) yield break;
            if (groundOnly && !(_graph.TryLocate(fact.Subject, fact.Predicate, fact.Object, out var relation, out var row) && KnowledgeGraph.IsGround(relation.OriginOf(row))))
                continue;
            yield return _graph.ToTriple(fact);
        }

        int IdOf(PatternTerm place)
        {
            if (Substitution.Apply(place, bindings) is not { } term) return 0;
            var id = _graph.Terms.Find(term);
            return id == 0 ? -1 : id;
        }
    }

    /// <summary>The facts of the first solution of a NOT, given the values that it sees; null where it has none.</summary>
    public IEnumerable<Triple>? FindInside(NegationElement negation, Solution seen) =>
        Solutions(negation.Inner, 0, seen, rule.MatchesDataOnly || negation.MatchesDataOnly).FirstOrDefault() is { } found
            ? negation.Inner.OfType<PatternElement>().Select(element => Substitution.Fill(element.Pattern, found))
            : null;

    /// <summary>The groups of a SELECT that the bindings leave; null where making them would take more steps than there are.</summary>
    public IReadOnlyList<SolvedGroup>? Groups(SubSelectElement select, Solution bindings, int maximumSteps)
    {
        var start = SolvedGroup.StartOf(select, bindings);
        var keys = string.Join('\n', start.Bindings.Select(binding => $"{binding.Variable} {binding.Value}"));
        if (_groups.TryGetValue((select, keys), out var groups)) return groups;
        _limit = maximumSteps;
        groups = SolvedGroup.Make(select, Solutions(select.Inner, 0, start, rule.MatchesDataOnly || select.MatchesDataOnly), materialization.Context);
        _limit = int.MaxValue;
        if (Steps > maximumSteps) return null;
        _groups.Add((select, keys), groups);
        return groups;
    }

    /// <summary>An expression's value under the bindings.</summary>
    public Value Evaluate(Expression expression, Solution bindings) =>
        ExpressionEvaluator.Evaluate(expression, name => bindings.TryGet(name, out var term) ? Value.Of(term) : default, materialization.Context);

    private IEnumerable<Solution> Solutions(ImmutableArray<BodyElement> elements, int index, Solution bindings, bool groundOnly) => index == elements.Length
        ? [bindings]
        : Next(elements, index, bindings, groundOnly).SelectMany(extended => Solutions(elements, index + 1, extended, groundOnly));

    private IEnumerable<Solution> Next(ImmutableArray<BodyElement> elements, int index, Solution bindings, bool groundOnly)
    {
        switch (elements[index])
        {
            case PatternElement { Pattern: var pattern }:
                return Matches(pattern, bindings, groundOnly).Select(triple => Substitution.Match(pattern, triple, bindings)).OfType<Solution>();
            case FilterElement filter:
                return Evaluate(filter.Expression, bindings).EffectiveBooleanValue == true ? [bindings] : [];
            case AssignmentElement assignment:
                var value = Evaluate(assignment.Expression, bindings);
                return value.IsError ? [] : [bindings.With(assignment.Variable, value.ToTerm())];
            case NegationElement negation:
                var seen = Substitution.Before(elements, index, bindings);
                return Solutions(negation.Inner, 0, seen, groundOnly || negation.MatchesDataOnly).Any() ? [] : [bindings];
            default:
                throw new NotSupportedException($"{elements[index].Position}: NOT or SELECT holds an element of an unknown kind, {elements[index].GetType().Name}.");
        }
    }
}
