namespace Reasoner.Rules;

/// <summary>Resolution of relative IRI references (RFC 3986, section 5.2), without any normalisation beyond it.</summary>
internal static class IriReference
{
    /// <summary>Whether the reference starts with a scheme.</summary>
    public static bool IsAbsolute(string reference)
    {
        if (reference.Length == 0 || !char.IsAsciiLetter(reference[0])) return false;
        for (var i = 1; i < reference.Length; i++)
        {
            if (reference[i] == ':') return true;
            if (!char.IsAsciiLetterOrDigit(reference[i]) && reference[i] is not ('+' or '-' or '.')) return false;
        }

        return false;
    }

    /// <summary>The reference resolved against an absolute base.</summary>
    public static string Resolve(string baseIri, string reference)
    {
        if (IsAbsolute(reference)) return reference;
        var b = Parts.Of(baseIri);
        if (reference.StartsWith("//", StringComparison.Ordinal)) return b.Scheme + reference;
        var r = Parts.OfRelative(reference);
        string path;
        string query;
        if (r.Path.Length == 0)
        {
            path = b.Path;
            query = r.Query.Length > 0 ? r.Query : b.Query;
        }
        else
        {
            path = RemoveDotSegments(r.Path[0] == '/' ? r.Path : Merge(b, r.Path));
            query = r.Query;
        }

        return b.Scheme + b.Authority + path + query + r.Fragment;
    }

    private static string Merge(Parts b, string path)
    {
        if (b.Authority.Length > 0 && b.Path.Length == 0) return "/" + path;
        return b.Path[..(b.Path.LastIndexOf('/') + 1)] + path;
    }

    private static string RemoveDotSegments(string path)
    {
        if (!path.Contains("./", StringComparison.Ordinal) && !path.EndsWith('.')) return path;
        var isRooted = path.StartsWith('/');
        var segments = new List<string>();
        var parts = (isRooted ? path[1..] : path).Split('/');
        for (var i = 0; i < parts.Length; i++)
        {
            var isLast = i == parts.Length - 1;
            if (parts[i] is "." or "..")
            {
                if (parts[i] == ".." && segments.Count > 0) segments.RemoveAt(segments.Count - 1);
                if (isLast) segments.Add("");
            }
            else
            {
                segments.Add(parts[i]);
            }
        }

        return (isRooted ? "/" : "") + string.Join('/', segments);
    }

    /// <summary>The parts of an IRI, each with its own mark: <c>http:</c>, <c>//host</c>, <c>/path</c>, <c>?query</c>, <c>#fragment</c>.</summary>
    private readonly record struct Parts(string Scheme, string Authority, string Path, string Query, string Fragment)
    {
        public static Parts Of(string iri)
        {
            var scheme = iri[..(iri.IndexOf(':') + 1)];
            var rest = iri[scheme.Length..];
            var authority = "";
            if (rest.StartsWith("//", StringComparison.Ordinal))
            {
                var end = rest.AsSpan(2).IndexOfAny('/', '?', '#');
                authority = end < 0 ? rest : rest[..(end + 2)];
            }

            return OfRelative(rest[authority.Length..]) with { Scheme = scheme, Authority = authority };
        }

        public static Parts OfRelative(string reference)
        {
            var fragmentStart = reference.IndexOf('#');
            var fragment = fragmentStart < 0 ? "" : reference[fragmentStart..];
            var rest = reference[..^fragment.Length];
            var queryStart = rest.IndexOf('?');
            var query = queryStart < 0 ? "" : rest[queryStart..];
            return new Parts("", "", rest[..^query.Length], query, fragment);
        }
    }
}
