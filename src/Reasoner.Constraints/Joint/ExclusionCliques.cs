using System.Collections.Immutable;

namespace Reasoner.Constraints.Joint;

/// <summary>
/// Joins exclusions of two candidates, with slots that take one candidate, to sets of which at most one may be chosen: the
/// larger such a set, the more its linear relaxation says. What is allowed stays the same.
/// </summary>
internal sealed class ExclusionCliques
{
    /// <summary>How many neighbours may be looked at; exclusions that are left then stay pairs.</summary>
    private const long MaximumWork = 20_000_000;

    private readonly JointProblem _problem;
    private readonly bool[] _isSingle;
    private readonly Dictionary<int, HashSet<int>> _excluded = [];
    private readonly HashSet<(int, int)> _covered = [];
    private long _work;

    private ExclusionCliques(JointProblem problem)
    {
        _problem = problem;
        _isSingle = [.. problem.Slots.Select(slot => slot.AtMost == 1)];
    }

    /// <summary>Sets that cover all exclusions, each of at least two candidates, ascending; in an order that is always the same.</summary>
    public static IEnumerable<ImmutableArray<int>> Of(JointProblem problem) => new ExclusionCliques(problem).Find();

    private IEnumerable<ImmutableArray<int>> Find()
    {
        var pairs = _problem.Constraints.Where(constraint => constraint.Kind == JointConstraintKind.Exclusion)
            .Select(constraint => (First: constraint.Terms[0].Candidate, Second: constraint.Terms[1].Candidate)).ToList();
        foreach (var (first, second) in pairs)
        {
            Neighbours(first).Add(second);
            Neighbours(second).Add(first);
        }

        var found = new HashSet<string>();
        foreach (var (first, second) in pairs)
        {
            if (_covered.Contains((first, second))) continue;
            // Grown from either end, an exclusion between two days finds what goes before and what goes after it.
            foreach (var clique in (ImmutableArray<int>[])[Grow(first, second, fromLast: false), Grow(first, second, fromLast: true)])
            {
                if (!found.Add(string.Join(' ', clique))) continue;
                for (var i = 0; i < clique.Length; i++)
                    for (var j = i + 1; j < clique.Length; j++) _covered.Add((clique[i], clique[j]));
                yield return clique;
            }
        }
    }

    /// <summary>The pair with all that exclude both and each other, taken in order from the first or the last.</summary>
    private ImmutableArray<int> Grow(int first, int second, bool fromLast)
    {
        var clique = new List<int> { first, second };
        if (_work < MaximumWork)
        {
            var common = Around(first).Where(other => other != second && Excludes(second, other)).Distinct().Order().ToList();
            if (fromLast) common.Reverse();
            foreach (var other in common)
            {
                _work += clique.Count;
                if (clique.TrueForAll(member => Excludes(member, other))) clique.Add(other);
            }
        }

        return [.. clique.Order()];
    }

    private IEnumerable<int> Around(int candidate)
    {
        var slot = _problem.Candidates[candidate].Slot;
        var (start, length) = _problem.Slots[slot].Candidates.GetOffsetAndLength(_problem.Candidates.Length);
        var mates = _isSingle[slot] ? Enumerable.Range(start, length).Where(mate => mate != candidate) : [];
        _work += (_isSingle[slot] ? length : 0) + Neighbours(candidate).Count;
        return Neighbours(candidate).Concat(mates);
    }

    private bool Excludes(int one, int other) =>
        (_problem.Candidates[one].Slot == _problem.Candidates[other].Slot && _isSingle[_problem.Candidates[one].Slot] && one != other)
        || (_excluded.TryGetValue(one, out var excluded) && excluded.Contains(other));

    private HashSet<int> Neighbours(int candidate)
    {
        if (!_excluded.TryGetValue(candidate, out var excluded)) _excluded.Add(candidate, excluded = []);
        return excluded;
    }
}
