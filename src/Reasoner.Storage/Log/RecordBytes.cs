using System.IO.Compression;

namespace Reasoner.Storage;

/// <summary>
/// Records as the database keeps them. JSON of proofs is repetitive: Brotli at its fastest takes a tenth of a millisecond for a
/// record of 30 KB, and saves four fifths of what must reach the disk before an answer may.
/// </summary>
internal static class RecordBytes
{
    private const int Quality = 1;
    private const int WindowBits = 18;

    public static byte[] Compress(ReadOnlySpan<byte> bytes)
    {
        var buffer = new byte[BrotliEncoder.GetMaxCompressedLength(bytes.Length)];
        if (!BrotliEncoder.TryCompress(bytes, buffer, out var written, Quality, WindowBits))
            throw new InvalidOperationException("A record cannot be compressed.");
        return buffer.AsSpan(0, written).ToArray();
    }

    /// <exception cref="InvalidDataException">They are damaged.</exception>
    public static byte[] Expand(ReadOnlyMemory<byte> compressed)
    {
        try
        {
            using var source = new BrotliStream(new MemoryStream(compressed.ToArray()), CompressionMode.Decompress);
            using var bytes = new MemoryStream();
            source.CopyTo(bytes);
            return bytes.ToArray();
        }
        catch (Exception problem) when (problem is InvalidOperationException or IOException)
        {
            throw new InvalidDataException("The record's bytes are damaged.", problem);
        }
    }
}
