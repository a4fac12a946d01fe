namespace Reasoner.Rdf;

/// <summary>Finds the name that a misspelt one probably meant.</summary>
public static class NearestName
{
    /// <summary>
    /// The candidate with the fewest edits, if they are few for the name's length (only in case for names of one or two
    /// letters); of equals the one that starts the same for longer, then the ordinally first.
    /// </summary>
    public static string? Find(string name, IEnumerable<string> candidates) =>
        Find(name, candidates, name.Length <= 2 ? 0 : Math.Max(1, name.Length / 3));

    /// <summary>As the other, with so many edits at most; a letter in the other case is none.</summary>
    public static string? Find(string name, IEnumerable<string> candidates, int limit)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(limit);
        return candidates
            .Where(candidate => Math.Abs(candidate.Length - name.Length) <= limit)
            .Select(candidate => (Name: candidate, Distance: Distance(name, candidate, limit)))
            .Where(candidate => candidate.Distance <= limit)
            .OrderBy(candidate => candidate.Distance)
            .ThenByDescending(candidate => name.AsSpan().CommonPrefixLength(candidate.Name))
            .ThenBy(candidate => candidate.Name, StringComparer.Ordinal)
            .FirstOrDefault().Name;
    }

    /// <summary>"; did you mean X?", or a full stop.</summary>
    public static string Advice(string name, IEnumerable<string> candidates) =>
        Find(name, candidates) is { } nearest ? $"; did you mean {nearest}?" : ".";

    // Optimal string alignment without case: insertions, deletions, replacements, and swaps of neighbours count one
    // each.
    private static int Distance(string a, string b, int limit)
    {
        var beforeLast = new int[b.Length + 1];
        var last = new int[b.Length + 1];
        var current = new int[b.Length + 1];
        for (var j = 0; j <= b.Length; j++) last[j] = j;
        for (var i = 1; i <= a.Length; i++)
        {
            current[0] = i;
            var least = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var cost = Same(a[i - 1], b[j - 1]) ? 0 : 1;
                var distance = Math.Min(Math.Min(last[j] + 1, current[j - 1] + 1), last[j - 1] + cost);
                if (i > 1 && j > 1 && Same(a[i - 1], b[j - 2]) && Same(a[i - 2], b[j - 1]))
                    distance = Math.Min(distance, beforeLast[j - 2] + 1);
                current[j] = distance;
                least = Math.Min(least, distance);
            }

            if (least > limit) return int.MaxValue;
            (beforeLast, last, current) = (last, current, beforeLast);
        }

        return last[b.Length];
    }

    private static bool Same(char a, char b) => char.ToUpperInvariant(a) == char.ToUpperInvariant(b);
}
