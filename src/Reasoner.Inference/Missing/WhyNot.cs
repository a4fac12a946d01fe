using System.Collections.Immutable;
using Reasoner.Rdf;
using Reasoner.Rules;

namespace Reasoner.Inference;

/// <summary>
/// Explains why a fact does not hold: for each rule whose head could give it the attempt that lacks least in a materialised
/// graph, with the values read. The rules that lack least come first.
/// </summary>
public static class WhyNot
{
    /// <summary>How many triples are tried, for all rules together.</summary>
    private const int MaximumSteps = 2_000_000;
    private const int MinimumRuleSteps = 2_000;
    private const int MaximumRuleSteps = 200_000;
    private const int NestedRuleSteps = 10_000;

    /// <summary>How deep it is asked why a missing fact does not hold itself, and for how many rules each time.</summary>
    private const int MaximumDepth = 2;
    private const int MaximumNested = 3;

    /// <summary>What stops the rules that could give the triple.</summary>
    public static WhyNotReport Explain(Materialization materialization, Triple triple, CancellationToken cancellation = default)
    {
        var explanation = new Explanation(materialization, triple, cancellation);
        return new WhyNotReport(triple, NearMisses.Of(materialization, triple, cancellation), explanation.Explain());
    }

    private sealed class Explanation(Materialization materialization, Triple asked, CancellationToken cancellation)
    {
        private readonly MonotoneChange _change = new(materialization.Program.RuleSet.Rules, cancellation);
        private readonly HashSet<(Term?, Term?, Term?)> _asked = [];

        public ImmutableArray<FailedRule> Explain()
        {
            _asked.Add((asked.Subject, asked.Predicate, asked.Object));
            var candidates = Candidates(asked.Subject, asked.Predicate, asked.Object);
            var steps = Math.Clamp(MaximumSteps / Math.Max(1, candidates.Count), MinimumRuleSteps, MaximumRuleSteps);
            var attempts = Attempts(candidates, steps);
            return [.. attempts.Select((attempt, place) => Describe(attempt, place < MaximumNested ? 1 : MaximumDepth + 1))];
        }

        private List<(Rule Rule, TriplePattern Template, Solution Wanted)> Candidates(Term? subject, Term? predicate, Term? @object)
        {
            var candidates = new List<(Rule, TriplePattern, Solution)>();
            foreach (var rule in materialization.Program.RuleSet.Rules)
            {
                foreach (var template in rule.Head)
                    if (Substitution.Fit(template, subject, predicate, @object) is { } wanted) candidates.Add((rule, template, wanted));
            }

            return candidates;
        }

        private List<Attempt> Attempts(List<(Rule Rule, TriplePattern Template, Solution Wanted)> candidates, int steps) =>
        [
            .. candidates
                .Select(candidate => new AttemptSearch(materialization, candidate.Rule, candidate.Template, asked, steps, cancellation).Run(candidate.Wanted))
                .OrderBy(attempt => !attempt.IsComplete)
                .ThenBy(attempt => attempt.Misses)
                .ThenBy(attempt => attempt.Open)
                .ThenByDescending(attempt => attempt.Progress),
        ];

        private FailedRule Describe(Attempt attempt, int depth)
        {
            var obstacles = attempt.Obstacles.Select(obstacle => obstacle.Missing is { } missing && depth <= MaximumDepth && !attempt.Rule.MatchesDataOnly
                ? obstacle with { Because = Explain(missing, depth) }
                : obstacle).ToImmutableArray();
            var missing = obstacles.Where(obstacle => obstacle.Missing is not null).Select(obstacle => obstacle.Missing!).ToImmutableArray();
            return new FailedRule(attempt.Rule, attempt.Bindings, obstacles, missing, EffectOf(attempt, missing), attempt.IsComplete);
        }

        private ImmutableArray<FailedRule> Explain(TriplePattern missing, int depth)
        {
            var (s, p, o) = (TermOf(missing.Subject), TermOf(missing.Predicate), TermOf(missing.Object));

            // What is asked already is answered where it was asked: recursion ends there. A pattern of variables says nothing.
            if (p is null || (s is null && o is null) || !_asked.Add((s, p, o))) return [];
            return [.. Attempts(Candidates(s, p, o), NestedRuleSteps).Take(MaximumNested).Select(attempt => Describe(attempt, depth + 1))];
        }

        private AssertionEffect EffectOf(Attempt attempt, ImmutableArray<TriplePattern> missing)
        {
            if (!attempt.IsComplete || attempt.Obstacles.IsEmpty) return AssertionEffect.StillFails;
            var failing = attempt.Obstacles.Where(obstacle => obstacle.Kind is not (ObstacleKind.NothingMatches or ObstacleKind.IsOpen)).ToList();

            // What is missing may be what the groups lack.
            if (failing.Count > 0)
                return missing.Length > 0 && failing.TrueForAll(obstacle => obstacle.Element is SubSelectElement) && !_change.IsMonotone(missing) ? AssertionEffect.MayFollow : AssertionEffect.StillFails;
            return attempt is { Open: 0, GivesWanted: true } && _change.IsMonotone(missing) ? AssertionEffect.Follows : AssertionEffect.MayFollow;
        }

        private static Term? TermOf(PatternTerm place) => (place as ConstantTerm)?.Term;
    }
}
