using System.Buffers.Text;

namespace Reasoner.Rdf;

/// <summary>
/// The labels of one document's blank nodes. Those that a reader makes up are g0, g1 and so on. A document's own label of
/// the form g...g0 gets one more g, so that no two nodes ever share a label.
/// </summary>
internal sealed class BlankNodeLabels
{
    private readonly ByteBuffer _escaped = new();
    private readonly byte[] _fresh = new byte[24];
    private long _made;

    /// <summary>A label that no other node has. It is good until the next call.</summary>
    public ReadOnlySpan<byte> Fresh()
    {
        _fresh[0] = (byte)'g';
        Utf8Formatter.TryFormat(_made++, _fresh.AsSpan(1), out var digits);
        return _fresh.AsSpan(0, digits + 1);
    }

    /// <summary>The label to use for one that stands in the document.</summary>
    public ReadOnlySpan<byte> OfDocument(ReadOnlySpan<byte> label)
    {
        if (label[0] != 'g') return label;
        var digits = label.IndexOfAnyExcept((byte)'g');
        if (digits < 0 || label[digits..].ContainsAnyExceptInRange((byte)'0', (byte)'9')) return label;
        _escaped.Clear();
        _escaped.Add((byte)'g');
        _escaped.Add(label);
        return _escaped.Written;
    }
}
