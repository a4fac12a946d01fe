using System.Collections.Immutable;
using Reasoner.Knowledge;
using Reasoner.Rdf;
using Reasoner.Rules;

namespace Reasoner.Inference;

/// <summary>Where a rule that could give a fact comes to nothing.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Bindings">What the wanted fact and the part of the body before the obstacle bind, in the solution that gets furthest.</param>
/// <param name="Obstacle">The element of the body that has no solution under the bindings; null where the body holds but gives other facts.</param>
/// <param name="Missing">If the obstacle is a pattern: what it is under the bindings, and nothing matches.</param>
/// <param name="Group">If the obstacle is a SELECT that has one group under the bindings: what that has; else empty.</param>
public sealed record FailedRule(
    Rule Rule, ImmutableArray<Binding> Bindings, BodyElement? Obstacle, TriplePattern? Missing, ImmutableArray<GroupValue> Group);

/// <summary>
/// Explains why a fact does not hold: for each rule whose head could give it, how far its body gets in a materialised graph.
/// Elements are tried in the author's order, so that the answer reads along the rule.
/// </summary>
public static class WhyNot
{
    /// <summary>How many triples are tried for one rule; of what lies beyond, nothing is said.</summary>
    private const int MaximumSteps = 200_000;

    /// <summary>The rules that could give the triple, in order, and what stops each.</summary>
    public static ImmutableArray<FailedRule> Explain(Materialization materialization, Triple triple, CancellationToken cancellation = default)
    {
        var failed = ImmutableArray.CreateBuilder<FailedRule>();
        foreach (var rule in materialization.Program.RuleSet.Rules)
        {
            foreach (var template in rule.Head)
            {
                if (Substitution.Fit(template, triple.Subject, triple.Predicate, triple.Object) is { } wanted)
                    failed.Add(new Search(materialization, rule, cancellation).Run(wanted));
            }
        }

        return failed.ToImmutable();
    }

    private sealed class Search(Materialization materialization, Rule rule, CancellationToken cancellation)
    {
        private readonly KnowledgeGraph _graph = materialization.Graph;
        private int _steps;
        private int _furthest = -1;
        private Solution _bindings = Solution.Empty;

        public FailedRule Run(Solution wanted)
        {
            Extend(0, wanted);
            var obstacle = _furthest < rule.Body.Length ? rule.Body[_furthest] : null;
            return new FailedRule(
                rule,
                [.. _bindings.Bindings.OrderBy(binding => binding.Variable, StringComparer.Ordinal).Select(binding => new Binding(binding.Variable, binding.Value))],
                obstacle,
                obstacle is PatternElement { Pattern: var pattern } ? Fill(pattern) : null,
                obstacle is SubSelectElement select && Groups(select, _bindings) is [var group] ? [.. group.Values] : []);
        }

        /// <summary>Whether the body's elements from the index on have a solution; notes the furthest point that it reaches.</summary>
        private bool Extend(int index, Solution bindings)
        {
            cancellation.ThrowIfCancellationRequested();
            if (index > _furthest)
            {
                _furthest = index;
                _bindings = bindings;
            }

            return index == rule.Body.Length || Next(rule.Body, index, bindings, rule.MatchesDataOnly).Any(extended => Extend(index + 1, extended));
        }

        /// <summary>The solutions of the elements from the index on.</summary>
        private IEnumerable<Solution> Solutions(ImmutableArray<BodyElement> elements, int index, Solution bindings, bool groundOnly)
        {
            cancellation.ThrowIfCancellationRequested();
            return index == elements.Length
                ? [bindings]
                : Next(elements, index, bindings, groundOnly).SelectMany(extended => Solutions(elements, index + 1, extended, groundOnly));
        }

        /// <summary>The ways in which one element extends the bindings.</summary>
        private IEnumerable<Solution> Next(ImmutableArray<BodyElement> elements, int index, Solution bindings, bool groundOnly)
        {
            switch (elements[index])
            {
                case PatternElement { Pattern: var pattern }:
                    return Matches(pattern, bindings, groundOnly)
                        .TakeWhile(_ => ++_steps <= MaximumSteps)
                        .Select(triple => Substitution.Match(pattern, triple, bindings))
                        .OfType<Solution>();
                case FilterElement filter:
                    return Evaluate(filter.Expression, bindings).EffectiveBooleanValue == true ? [bindings] : [];
                case NegationElement negation:
                    var known = Substitution.Before(elements, index, bindings);
                    return Solutions(negation.Inner, 0, known, groundOnly || negation.MatchesDataOnly).Any() ? [] : [bindings];
                case AssignmentElement assignment:
                    var value = Evaluate(assignment.Expression, bindings);
                    if (value.IsError) return [];
                    var term = value.ToTerm();
                    if (bindings.TryGet(assignment.Variable, out var wanted)) return wanted == term ? [bindings] : [];
                    return [bindings.With(assignment.Variable, term)];
                case SubSelectElement select:
                    return Groups(select, bindings).Select(group => group.Join(bindings)).OfType<Solution>();
                default:
                    throw new NotSupportedException($"{elements[index].Position}: an element of an unknown kind, {elements[index].GetType().Name}.");
            }
        }

        /// <summary>The groups that the bindings leave; none where they could not all be looked at.</summary>
        private IReadOnlyList<SolvedGroup> Groups(SubSelectElement select, Solution bindings)
        {
            var solutions = Solutions(select.Inner, 0, SolvedGroup.StartOf(select, bindings), rule.MatchesDataOnly || select.MatchesDataOnly);
            var groups = SolvedGroup.Make(select, solutions, materialization.Context);
            return _steps > MaximumSteps ? [] : groups;
        }

        private IEnumerable<Triple> Matches(TriplePattern pattern, Solution bindings, bool groundOnly)
        {
            var (s, p, o) = (IdOf(pattern.Subject), IdOf(pattern.Predicate), IdOf(pattern.Object));
            if (s < 0 || p < 0 || o < 0) yield break;
            foreach (var fact in _graph.Match(s, p, o))
            {
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

        private Value Evaluate(Expression expression, Solution bindings) =>
            ExpressionEvaluator.Evaluate(expression, name => bindings.TryGet(name, out var term) ? Value.Of(term) : default, materialization.Context);

        private TriplePattern Fill(TriplePattern pattern) =>
            pattern with { Subject = Fill(pattern.Subject), Predicate = Fill(pattern.Predicate), Object = Fill(pattern.Object) };

        private PatternTerm Fill(PatternTerm place) =>
            Substitution.Apply(place, _bindings) is { } term ? new ConstantTerm(term) : place is TripleTermPattern inner ? new TripleTermPattern(Fill(inner.Pattern)) : place;
    }
}
