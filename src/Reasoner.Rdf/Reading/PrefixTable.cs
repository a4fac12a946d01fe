using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Reasoner.Rdf;

/// <summary>The prefixes that a document has declared so far.</summary>
internal sealed class PrefixTable
{
    private readonly Dictionary<byte[], byte[]> _iris = new(Utf8Comparer.Instance);
    private readonly Dictionary<byte[], byte[]>.AlternateLookup<ReadOnlySpan<byte>> _lookup;

    private byte[] _lastPrefix = [];
    private byte[]? _lastIri;

    public PrefixTable() => _lookup = _iris.GetAlternateLookup<ReadOnlySpan<byte>>();

    public void Declare(ReadOnlySpan<byte> prefix, ReadOnlySpan<byte> iri)
    {
        _lookup[prefix] = iri.ToArray();
        _lastIri = null;
    }

    public bool TryGet(ReadOnlySpan<byte> prefix, [NotNullWhen(true)] out byte[]? iri)
    {
        iri = _lastIri;
        if (iri is not null && prefix.SequenceEqual(_lastPrefix)) return true;
        if (!_lookup.TryGetValue(prefix, out var declared, out iri)) return false;
        _lastPrefix = declared;
        _lastIri = iri;
        return true;
    }

    /// <summary>What to do about a prefix that is not declared: the nearest declared one, where one is near.</summary>
    public string AdviceFor(ReadOnlySpan<byte> prefix)
    {
        var wanted = Encoding.UTF8.GetString(prefix);
        var nearest = _iris.Keys
            .Select(Encoding.UTF8.GetString)
            .Select(name => (Name: name, Distance: EditDistance(name, wanted)))
            .Where(candidate => candidate.Distance <= Math.Max(1, wanted.Length / 2))
            .OrderBy(candidate => candidate.Distance)
            .ThenBy(candidate => candidate.Name, StringComparer.Ordinal)
            .Select(candidate => candidate.Name)
            .FirstOrDefault();
        return nearest is null ? $"declare it: PREFIX {wanted}: <...>" : $"did you mean '{nearest}:'?";
    }

    // Levenshtein distance, of names cut to a length at which it is cheap.
    private static int EditDistance(string left, string right)
    {
        const int longest = 64;
        left = left.Length > longest ? left[..longest] : left;
        right = right.Length > longest ? right[..longest] : right;
        var row = Enumerable.Range(0, right.Length + 1).ToArray();
        for (var i = 1; i <= left.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= right.Length; j++)
            {
                var substitution = diagonal + (left[i - 1] == right[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(substitution, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[right.Length];
    }
}
