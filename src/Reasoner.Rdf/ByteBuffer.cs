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

    /// <summary>Adds text as UTF-8.</summary>
    public void Add(ReadOnlySpan<char> text)
    {
        var most = 3L * text.Length;
        if (most > _bytes.Length - _length) Grow(Encoding.UTF8.GetByteCount(text));
        _length += Encoding.UTF8.GetBytes(text, _bytes.AsSpan(_length));
    }

    public override string ToString() => Encoding.UTF8.GetString(Written);

    private void Grow(int more)
    {
        var needed = checked(_length + more);
        Array.Resize(ref _bytes, (int)Math.Min(Math.Max(needed, 2L * _bytes.Length), Array.MaxLength));
    }
}
