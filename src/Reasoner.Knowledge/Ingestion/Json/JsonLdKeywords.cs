namespace Reasoner.Knowledge;

/// <summary>The keywords by name.</summary>
internal static class JsonLdKeywords
{
    private static readonly Dictionary<string, JsonLdKeyword> s_byName =
        Enum.GetValues<JsonLdKeyword>().Where(keyword => keyword != JsonLdKeyword.None).ToDictionary(NameOf, StringComparer.Ordinal);

    /// <summary>The keyword of a name, or none.</summary>
    public static JsonLdKeyword Of(string name) => name.StartsWith('@') ? s_byName.GetValueOrDefault(name) : JsonLdKeyword.None;

    /// <summary>Whether a name has the form that JSON-LD keeps for keywords: <c>@</c> and letters.</summary>
    public static bool HasKeywordForm(ReadOnlySpan<char> name) =>
        name.Length > 1 && name[0] == '@' && !name[1..].ContainsAnyExcept(s_letters);

    /// <summary>The names of the keywords.</summary>
    public static IEnumerable<string> Names => s_byName.Keys;

    private static readonly System.Buffers.SearchValues<char> s_letters =
        System.Buffers.SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ");

    private static string NameOf(JsonLdKeyword keyword)
    {
        var name = keyword == JsonLdKeyword.NoValue ? "None" : keyword.ToString();
        return "@" + char.ToLowerInvariant(name[0]) + name[1..];
    }
}
