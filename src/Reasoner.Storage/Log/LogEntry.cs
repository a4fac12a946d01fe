using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Reasoner.Storage;

/// <summary>
/// An entry of the decision log as the database has it. Each covers its predecessor: <see cref="Hash"/> is the SHA-256 of
/// everything else, so that no entry can be changed, left out or moved without those after it telling.
/// </summary>
/// <param name="Sequence">Its number, from 1, without gaps.</param>
/// <param name="TimeUs">When it was written: microseconds since 1970 in UTC.</param>
/// <param name="Kind">What it records; <see cref="DecisionKind"/> so far.</param>
/// <param name="Id">The id of what it records.</param>
/// <param name="Domain">The domain that it belongs to.</param>
/// <param name="IdempotencyKey">The client's key that led to it; null without one.</param>
/// <param name="Fingerprint">The fingerprint of the request with that key; null without one.</param>
/// <param name="Record">The record's bytes, compressed by Brotli.</param>
/// <param name="Digest">The SHA-256 of the record's bytes before compression.</param>
/// <param name="Previous">The hash of the entry before; 32 zero bytes for the first.</param>
/// <param name="Hash">The SHA-256 of the canonical bytes of the other fields.</param>
public sealed record LogEntry(
    long Sequence,
    long TimeUs,
    string Kind,
    string Id,
    string Domain,
    string? IdempotencyKey,
    string? Fingerprint,
    ReadOnlyMemory<byte> Record,
    ReadOnlyMemory<byte> Digest,
    ReadOnlyMemory<byte> Previous,
    ReadOnlyMemory<byte> Hash)
{
    /// <summary>The kind of entry that records a decision.</summary>
    public const string DecisionKind = "decision";

    /// <summary>Bytes of a hash.</summary>
    internal const int HashBytes = SHA256.HashSizeInBytes;

    /// <summary>When it was written.</summary>
    public DateTimeOffset Time => DateTimeOffset.UnixEpoch.AddMicroseconds(TimeUs);

    /// <summary>The record's bytes as they were given.</summary>
    /// <exception cref="InvalidDataException">They are damaged.</exception>
    public byte[] ReadRecord() => RecordBytes.Expand(Record);

    /// <summary>
    /// The hash that the other fields give: over <c>reasoner-log-1</c> and a line feed, the sequence and the time as 64-bit
    /// numbers, each text as a byte 1, its length in 32 bits and its UTF-8 (a single byte 0 where it is null), the digest, and the
    /// hash before. Numbers are big-endian. The record enters by its digest, so that a chain can be checked without it.
    /// </summary>
    public byte[] ComputeHash()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData("reasoner-log-1\n"u8);
        Span<byte> number = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(number, Sequence);
        hash.AppendData(number);
        BinaryPrimitives.WriteInt64BigEndian(number, TimeUs);
        hash.AppendData(number);
        foreach (var text in (ReadOnlySpan<string?>)[Kind, Id, Domain, IdempotencyKey, Fingerprint]) Append(hash, text);
        hash.AppendData(Digest.Span);
        hash.AppendData(Previous.Span);
        return hash.GetHashAndReset();
    }

    private static void Append(IncrementalHash hash, string? text)
    {
        if (text is null)
        {
            hash.AppendData([0]);
            return;
        }

        var bytes = Encoding.UTF8.GetBytes(text);
        Span<byte> start = stackalloc byte[1 + sizeof(int)];
        start[0] = 1;
        BinaryPrimitives.WriteInt32BigEndian(start[1..], bytes.Length);
        hash.AppendData(start);
        hash.AppendData(bytes);
    }
}
