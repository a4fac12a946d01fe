namespace Reasoner.Rules;

/// <summary>The names of the aggregates.</summary>
internal static class Aggregates
{
    private static readonly string[] s_names = ["COUNT", "SUM", "AVG", "MIN", "MAX"];

    /// <summary>The aggregate of a name, in any case; null if there is none.</summary>
    public static Aggregate? FromKeyword(ReadOnlySpan<char> keyword)
    {
        for (var i = 0; i < s_names.Length; i++)
            if (keyword.Equals(s_names[i], StringComparison.OrdinalIgnoreCase)) return (Aggregate)i;
        return null;
    }

    /// <summary>How the aggregate is written.</summary>
    public static string NameOf(Aggregate aggregate) => s_names[(int)aggregate];
}
