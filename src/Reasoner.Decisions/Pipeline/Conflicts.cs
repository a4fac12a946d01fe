namespace Reasoner.Decisions;

/// <summary>The smallest set of constraints that rejects every candidate.</summary>
internal static class Conflicts
{
    /// <summary>
    /// A smallest set that meets every candidate's violations (a minimum hitting set), by growing sizes; of several the one with
    /// the lowest ids. Candidates are few, so the search is short: at most one constraint each is needed.
    /// </summary>
    public static IReadOnlyList<int> Smallest(IReadOnlyList<HashSet<int>> violations)
    {
        if (violations.Count == 0 || violations.Any(set => set.Count == 0)) return [];
        for (var size = 1; ; size++)
        {
            var found = Extend([], violations, size);
            if (found is not null) return found;
        }
    }

    private static List<int>? Extend(List<int> chosen, IReadOnlyList<HashSet<int>> violations, int size)
    {
        var open = violations.FirstOrDefault(set => !set.Overlaps(chosen));
        if (open is null) return chosen;
        if (chosen.Count == size) return null;
        return open.Order().Select(constraint => Extend([.. chosen, constraint], violations, size)).FirstOrDefault(found => found is not null);
    }
}
