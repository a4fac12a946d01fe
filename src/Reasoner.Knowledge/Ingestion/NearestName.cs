namespace Reasoner.Knowledge;

/// <summary>Finds the known name that somebody probably meant.</summary>
internal static class NearestName
{
    private const int LongestCompared = 64;

    /// <summary>The candidate with the fewest edits from the name, if they are few enough to be a slip; else null.</summary>
    public static string? Of(string name, IEnumerable<string> candidates)
    {
        if (name.Length > LongestCompared) return null;
        var limit = Math.Max(1, name.Length / 3);
        string? nearest = null;
        foreach (var candidate in candidates)
        {
            if (candidate.Length > LongestCompared || Math.Abs(candidate.Length - name.Length) > limit) continue;
            var distance = Edits(name, candidate);
            if (distance > limit || (distance == limit && nearest is not null)) continue;
            (nearest, limit) = (candidate, distance);
        }

        return nearest;
    }

    /// <summary>A sentence to put after an error: empty where nothing is near.</summary>
    public static string Advice(string name, IEnumerable<string> candidates) =>
        Of(name, candidates) is { } nearest ? $"; did you mean '{nearest}'?" : "";

    /// <summary>Levenshtein distance, case ignored.</summary>
    private static int Edits(string left, string right)
    {
        Span<int> row = stackalloc int[right.Length + 1];
        for (var j = 0; j <= right.Length; j++) row[j] = j;
        for (var i = 1; i <= left.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= right.Length; j++)
            {
                var substituted = diagonal + (char.ToLowerInvariant(left[i - 1]) == char.ToLowerInvariant(right[j - 1]) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(substituted, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[right.Length];
    }
}
