using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Reasoner.Rdf;

namespace Reasoner.Rules;

/// <summary>
/// What expressions may see beside their arguments: the time, the base IRI, fresh names, compiled patterns. The same
/// now, base, seed and solution keys give the same results bit for bit, in any process. Not for use by several threads
/// at once.
/// </summary>
public sealed class EvaluationContext
{
    private readonly string _seed;
    private readonly PatternCache _patterns = new();
    private readonly Dictionary<string, BlankNode> _labelled = new(StringComparer.Ordinal);
    private string _solutionKey = "";
    private long _fresh;

    /// <summary>A context for one evaluation.</summary>
    /// <param name="now">What NOW() gives, for the whole evaluation.</param>
    /// <param name="baseIri">What IRI() resolves relative references against; without one they are errors.</param>
    /// <param name="seed">What fresh blank nodes and UUIDs are derived from: whatever identifies the
    /// evaluation.</param>
    public EvaluationContext(DateTimeOffset now, Iri? baseIri = null, string seed = "")
    {
        Now = now;
        BaseIri = baseIri;
        _seed = seed;
    }

    /// <summary>What NOW() gives.</summary>
    public DateTimeOffset Now { get; }

    /// <summary>What IRI() resolves relative references against.</summary>
    public Iri? BaseIri { get; }

    internal PatternCache Patterns => _patterns;

    /// <summary>
    /// Starts the next solution: BNODE with a label gives the same node within a solution, another in the next. With a
    /// key of the solution's own (its rule and bindings, say) fresh names do not depend on the order of evaluation.
    /// </summary>
    public void BeginSolution(string key)
    {
        _solutionKey = key;
        _fresh = 0;
        _labelled.Clear();
    }

    /// <summary>A blank node that no other call gives.</summary>
    internal BlankNode FreshBlankNode() => new("b" + Convert.ToHexStringLower(NextHash().AsSpan(0, 16)));

    /// <summary>The blank node of a label within the current solution.</summary>
    internal BlankNode BlankNodeOf(string label)
    {
        if (!_labelled.TryGetValue(label, out var node))
        {
            node = new BlankNode("b" + Convert.ToHexStringLower(Hash("label", label).AsSpan(0, 16)));
            _labelled.Add(label, node);
        }

        return node;
    }

    /// <summary>A UUID of version 8 (RFC 9562, 5.8), whose bits a hash gives.</summary>
    internal Guid FreshUuid()
    {
        var bytes = NextHash().AsSpan(0, 16);
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x80);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes, bigEndian: true);
    }

    private byte[] NextHash() => Hash("fresh", (_fresh++).ToString(CultureInfo.InvariantCulture));

    private byte[] Hash(string purpose, string name)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> length = stackalloc byte[sizeof(int)];
        foreach (var part in (ReadOnlySpan<string>)[_seed, _solutionKey, purpose, name])
        {
            // The length first, so that no two lists of parts run together into the same bytes.
            var bytes = Encoding.UTF8.GetBytes(part);
            BinaryPrimitives.WriteInt32LittleEndian(length, bytes.Length);
            hash.AppendData(length);
            hash.AppendData(bytes);
        }

        return hash.GetHashAndReset();
    }
}
