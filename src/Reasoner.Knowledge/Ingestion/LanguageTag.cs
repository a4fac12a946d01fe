namespace Reasoner.Knowledge;

/// <summary>Language tags in the form that RDF takes: BCP 47's outer shape.</summary>
internal static class LanguageTag
{
    private const int LongestTag = 64;

    /// <summary>Whether the text is letters, then groups of letters and digits, each of at most eight, joined by hyphens.</summary>
    public static bool IsWellFormed(ReadOnlySpan<char> tag)
    {
        if (tag.Length > LongestTag) return false;
        var first = true;
        foreach (var range in tag.Split('-'))
        {
            var part = tag[range];
            if (part.Length is 0 or > 8) return false;
            foreach (var c in part)
                if (!(first ? char.IsAsciiLetter(c) : char.IsAsciiLetterOrDigit(c))) return false;
            first = false;
        }

        return true;
    }
}
