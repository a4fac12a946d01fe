
using static Reasoner.Rdf.CharacterClasses;

namespace Reasoner.Rdf;

/// <summary>
/// Resolves IRI references against a base by RFC 3986, section 5.2 (strict), without any further normalisation, as the
/// Turtle family demands. An absolute IRI is left as it is.
/// </summary>
internal sealed class IriResolver
{
    private readonly ByteBuffer _result = new();
    private readonly ByteBuffer _path = new();

    private byte[] _base = [];
    private int _schemeEnd;     // after the colon
    private int _authorityEnd;  // where the path starts
    private int _pathEnd;
    private int _queryEnd;      // where the fragment starts

    public bool HasBase => _base.Length > 0;

    /// <summary>Sets an absolute IRI as the base.</summary>
    public void SetBase(ReadOnlySpan<byte> iri)
    {
        _base = iri.ToArray();
        _schemeEnd = SchemeLength(iri);
        _authorityEnd = AuthorityEnd(iri, _schemeEnd);
        _pathEnd = PathEnd(iri, _authorityEnd);
        _queryEnd = QueryEnd(iri, _pathEnd);
    }

    /// <summary>The length of an IRI's scheme with its colon; 0 for a relative reference.</summary>
    public static int SchemeLength(ReadOnlySpan<byte> iri)
    {
        if (iri.StartsWith("http"u8))
        {
            if (iri.Length > 4 && iri[4] == ':') return 5;
            if (iri.Length > 5 && iri[4] == 's' && iri[5] == ':') return 6;
        }

        for (var i = 0; i < iri.Length; i++)
        {
            var b = iri[i];
            if (IsAsciiLetter(b)) continue;
            if (i == 0) return 0;
            if (b == ':') return i + 1;
            if (!IsDigit(b) && b is not ((byte)'+' or (byte)'-' or (byte)'.')) return 0;
        }

        return 0;
    }

    /// <summary>
    /// Resolves a relative reference. The base must be set. The result is good until the next call.
    /// </summary>
    public ReadOnlySpan<byte> Resolve(ReadOnlySpan<byte> reference)
    {
        _result.Clear();
        var baseIri = _base.AsSpan();
        var authorityEnd = AuthorityEnd(reference, 0);
        var pathEnd = PathEnd(reference, authorityEnd);
        var queryEnd = QueryEnd(reference, pathEnd);
        var path = reference[authorityEnd..pathEnd];
        if (authorityEnd > 0)
        {
            _result.Add(baseIri[.._schemeEnd]);
            _result.Add(reference[..authorityEnd]);
            AddWithoutDotSegments(path);
            _result.Add(reference[pathEnd..]);
        }
        else if (path.IsEmpty)
        {
            _result.Add(baseIri[..(queryEnd > pathEnd ? _pathEnd : _queryEnd)]);
            _result.Add(reference);
        }
        else
        {
            _result.Add(baseIri[.._authorityEnd]);
            _path.Clear();
            if (path[0] != '/')
            {
                var basePath = baseIri[_authorityEnd.._pathEnd];
                if (basePath.IsEmpty && _authorityEnd > _schemeEnd) _path.Add((byte)'/');
                else _path.Add(basePath[..(basePath.LastIndexOf((byte)'/') + 1)]);
            }

            _path.Add(path);
            AddWithoutDotSegments(_path.Written);
            _result.Add(reference[pathEnd..]);
        }

        return _result.Written;
    }

    // RFC 3986, section 5.2.4
    private void AddWithoutDotSegments(ReadOnlySpan<byte> path)
    {
        var start = _result.Length;
        while (!path.IsEmpty)
        {
            if (path.StartsWith("../"u8)) path = path[3..];
            else if (path.StartsWith("./"u8) || path.StartsWith("/./"u8)) path = path[2..];
            else if (path.SequenceEqual("/."u8)) path = "/"u8;
            else if (path.StartsWith("/../"u8))
            {
                path = path[3..];
                DropLastSegment(start);
            }
            else if (path.SequenceEqual("/.."u8))
            {
                path = "/"u8;
                DropLastSegment(start);
            }
            else if (path.SequenceEqual("."u8) || path.SequenceEqual(".."u8)) path = [];
            else
            {
                var end = path[1..].IndexOf((byte)'/') + 1;
                if (end == 0) end = path.Length;
                _result.Add(path[..end]);
                path = path[end..];
            }
        }
    }

    private void DropLastSegment(int start) =>
        _result.Truncate(start + Math.Max(0, _result.Written[start..].LastIndexOf((byte)'/')));

    private static int AuthorityEnd(ReadOnlySpan<byte> iri, int start)
    {
        if (!iri[start..].StartsWith("//"u8)) return start;
        var length = iri[(start + 2)..].IndexOfAny("/?#"u8);
        return length < 0 ? iri.Length : start + 2 + length;
    }

    private static int PathEnd(ReadOnlySpan<byte> iri, int start)
    {
        var length = iri[start..].IndexOfAny("?#"u8);
        return length < 0 ? iri.Length : start + length;
    }

    private static int QueryEnd(ReadOnlySpan<byte> iri, int start)
    {
        var length = iri[start..].IndexOf((byte)'#');
        return length < 0 ? iri.Length : start + length;
    }

}
