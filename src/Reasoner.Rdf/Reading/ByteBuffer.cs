using System.Text;

namespace Reasoner.Rdf;

/// <summary>A growing run of bytes that is used over and over.</summary>
internal sealed class ByteBuffer
{
    private byte[] _bytes = new byte[256];
    private int _length;

    public int Length => _length;

    public ReadOnlySpan<byte> Written => new(_bytes, 0, _length);

    public void Clear() => _length = 0;

    public void Truncate(int length) => _length = length;

    public void Add(byte value)
    {
        if (_length == _bytes.Length) Grow(1);
        _bytes[_length++] = value;
    }

    public void Add(ReadOnlySpan<byte> value)
    {
        if (value.Length > _bytes.Length - _length) Grow(value.Length);
        value.CopyTo(_bytes.AsSpan(_length));
        _length += value.Length;
    }

    public void Add(Rune rune)
    {
        if (_bytes.Length - _length < 4) Grow(4);
        _length += rune.EncodeToUtf8(_bytes.AsSpan(_length));
    }

    private void Grow(int more) => Array.Resize(ref _bytes, Math.Max(_length + more, 2 * _bytes.Length));
}
