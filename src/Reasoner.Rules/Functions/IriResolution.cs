namespace Reasoner.Rules;

/// <summary>
/// Resolution of IRI references (RFC 3986, 5.2), by text alone: nothing is normalised or encoded beyond the removal of
/// dot segments that the algorithm itself asks for.
/// </summary>
internal static class IriResolution
{
    public static bool TryResolve(string reference, string? baseIri, out string iri)
    {
        iri = reference;
        if (reference.AsSpan().ContainsAny("<>\"{}|^`\\")) return false;
        if (reference.AsSpan().ContainsAnyInRange('\0', ' ')) return false;
        var target = Parts.Of(reference);
        // An absolute IRI is kept as it is: IRIs compare by code point, so "normalising" one would change the term.
        if (target.Scheme is not null) return true;
        if (baseIri is null) return false;
        var origin = Parts.Of(baseIri);
        if (origin.Scheme is null) return false;
        iri = Resolve(origin, target).ToString();
        return true;
    }

    private static Parts Resolve(Parts origin, Parts target)
    {
        if (target.Authority is not null)
            return target with { Scheme = origin.Scheme, Path = RemoveDotSegments(target.Path) };
        var inherited = target with { Scheme = origin.Scheme, Authority = origin.Authority };
        if (target.Path.Length == 0)
            return inherited with { Path = origin.Path, Query = target.Query ?? origin.Query };
        var path = target.Path[0] == '/' ? target.Path : Merge(origin, target.Path);
        return inherited with { Path = RemoveDotSegments(path) };
    }

    private static string Merge(Parts origin, string path) => origin.Authority is not null && origin.Path.Length == 0
        ? "/" + path
        : origin.Path[..(origin.Path.LastIndexOf('/') + 1)] + path;

    private static string RemoveDotSegments(string path)
    {
        var isRooted = path.StartsWith('/');
        var kept = new List<string>();
        var segments = path.Split('/');
        for (var i = isRooted ? 1 : 0; i < segments.Length; i++)
        {
            var isDots = segments[i] is "." or "..";
            if (segments[i] == ".." && kept.Count > 0) kept.RemoveAt(kept.Count - 1);
            if (!isDots) kept.Add(segments[i]);
            // A path that ends in dots names a directory.
            else if (i == segments.Length - 1) kept.Add("");
        }

        return (isRooted ? "/" : "") + string.Join('/', kept);
    }

    private sealed record Parts(string? Scheme, string? Authority, string Path, string? Query, string? Fragment)
    {
        public static Parts Of(string text)
        {
            string? scheme = null, authority = null, query = null, fragment = null;
            var rest = text;
            if (rest.IndexOf('#') is >= 0 and var hash) (rest, fragment) = (rest[..hash], rest[(hash + 1)..]);
            if (rest.IndexOf('?') is >= 0 and var mark) (rest, query) = (rest[..mark], rest[(mark + 1)..]);
            if (SchemeLength(rest) is > 0 and var length) (scheme, rest) = (rest[..length], rest[(length + 1)..]);
            if (rest.StartsWith("//", StringComparison.Ordinal))
            {
                var end = rest.IndexOf('/', 2);
                if (end < 0) end = rest.Length;
                (authority, rest) = (rest[2..end], rest[end..]);
            }

            return new Parts(scheme, authority, rest, query, fragment);
        }

        public override string ToString() => string.Concat(
            Scheme + ":",
            Authority is null ? "" : "//" + Authority,
            Path,
            (Query is null ? "" : "?" + Query) + (Fragment is null ? "" : "#" + Fragment));

        private static int SchemeLength(string text)
        {
            var colon = text.IndexOf(':');
            if (colon <= 0 || !char.IsAsciiLetter(text[0])) return 0;
            foreach (var c in text.AsSpan(0, colon))
            {
                if (!char.IsAsciiLetterOrDigit(c) && c is not ('+' or '-' or '.')) return 0;
            }

            return colon;
        }
    }
}
