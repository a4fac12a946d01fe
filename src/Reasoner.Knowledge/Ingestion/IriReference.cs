namespace Reasoner.Knowledge;

/// <summary>IRI references: what is absolute, what is well formed, and resolution against a base (RFC 3986, section 5.2).</summary>
internal static class IriReference
{
    /// <summary>Whether the text starts with a scheme.</summary>
    public static bool IsAbsolute(ReadOnlySpan<char> text)
    {
        var colon = text.IndexOf(':');
        if (colon <= 0 || !char.IsAsciiLetter(text[0])) return false;
        foreach (var c in text[..colon])
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('+' or '-' or '.')) return false;
        return true;
    }

    /// <summary>Whether the text has only characters that an IRI may have.</summary>
    public static bool HasOnlyIriCharacters(ReadOnlySpan<char> text)
    {
        foreach (var c in text)
            if (c <= ' ' || c is '<' or '>' or '"' or '{' or '}' or '|' or '^' or '`' or '\\' or '\u007f') return false;
        return true;
    }

    /// <summary>The absolute IRI that a reference stands for.</summary>
    /// <param name="baseIri">An absolute IRI.</param>
    /// <param name="reference">The reference; an absolute one comes back as it is.</param>
    public static string Resolve(string baseIri, string reference)
    {
        if (IsAbsolute(reference)) return reference;
        var colon = baseIri.IndexOf(':', StringComparison.Ordinal);
        var scheme = baseIri[..(colon + 1)];
        var (authority, path, query) = Split(baseIri[(colon + 1)..]);
        if (reference.StartsWith("//", StringComparison.Ordinal))
        {
            var (itsAuthority, itsPath, itsRest) = Split(reference);
            return scheme + itsAuthority + WithoutDotSegments(itsPath) + itsRest;
        }

        var cut = reference.AsSpan().IndexOfAny('?', '#');
        var referencePath = cut < 0 ? reference : reference[..cut];
        var rest = cut < 0 ? "" : reference[cut..];
        if (referencePath.Length == 0)
        {
            var fragment = query.IndexOf('#', StringComparison.Ordinal);
            var keptQuery = fragment < 0 ? query : query[..fragment];
            return scheme + authority + path + (rest.StartsWith('?') ? rest : keptQuery + rest);
        }

        if (referencePath[0] == '/') return scheme + authority + WithoutDotSegments(referencePath) + rest;
        var merged = authority.Length > 0 && path.Length == 0
            ? "/" + referencePath
            : path[..(path.LastIndexOf('/') + 1)] + referencePath;
        return scheme + authority + WithoutDotSegments(merged) + rest;
    }

    /// <summary>Splits what follows the scheme into authority with its slashes, path, and query with fragment.</summary>
    private static (string Authority, string Path, string Tail) Split(string text)
    {
        var cut = text.AsSpan().IndexOfAny('?', '#');
        var (hierarchy, rest) = cut < 0 ? (text, "") : (text[..cut], text[cut..]);
        if (!hierarchy.StartsWith("//", StringComparison.Ordinal)) return ("", hierarchy, rest);
        var slash = hierarchy.IndexOf('/', 2);
        return slash < 0 ? (hierarchy, "", rest) : (hierarchy[..slash], hierarchy[slash..], rest);
    }

    private static string WithoutDotSegments(string path)
    {
        if (!path.Contains('.', StringComparison.Ordinal)) return path;
        var kept = new List<string>();
        var segments = path.Split('/');
        for (var i = 0; i < segments.Length; i++)
        {
            var last = i == segments.Length - 1;
            if (segments[i] is "." or "..")
            {
                if (segments[i] == ".." && kept.Count > (path[0] == '/' ? 1 : 0)) kept.RemoveAt(kept.Count - 1);
                if (last) kept.Add("");
            }
            else
            {
                kept.Add(segments[i]);
            }
        }

        return string.Join('/', kept);
    }
}
