using System.Buffers.Binary;

namespace Reasoner.Constraints.Solving;

/// <summary>What a frame between a solver's process and its owner says.</summary>
internal enum WorkerFrameKind : byte
{
    /// <summary>From the worker, once: the protocol's version (four bytes), then what it runs (UTF-8).</summary>
    Hello = 1,

    /// <summary>To the worker: the length of the model (four bytes), the model, the parameters; both as CP-SAT's messages.</summary>
    Solve = 2,

    /// <summary>From the worker: CP-SAT's response.</summary>
    Solved = 3,

    /// <summary>From the worker: why there is no response (UTF-8).</summary>
    Failed = 4,
}

/// <summary>
/// A message between a solver's process and its owner, over the process's standard input and output: "RSNW", the kind (one
/// byte), the payload's length (four bytes), the payload. Numbers are little endian.
/// </summary>
internal readonly record struct WorkerFrame(WorkerFrameKind Kind, byte[] Payload)
{
    /// <summary>The version of the protocol.</summary>
    public const int Protocol = 1;

    private const int HeaderLength = 9;

    private static ReadOnlySpan<byte> Magic => "RSNW"u8;

    /// <summary>Writes a frame of a payload in parts.</summary>
    public static async Task WriteAsync(Stream stream, WorkerFrameKind kind, CancellationToken cancellation, params ReadOnlyMemory<byte>[] parts)
    {
        var header = new byte[HeaderLength];
        Magic.CopyTo(header);
        header[4] = (byte)kind;
        BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(5), checked((uint)parts.Sum(part => (long)part.Length)));
        await stream.WriteAsync(header, cancellation).ConfigureAwait(false);
        foreach (var part in parts) await stream.WriteAsync(part, cancellation).ConfigureAwait(false);
        await stream.FlushAsync(cancellation).ConfigureAwait(false);
    }

    /// <summary>Reads a frame; null where the stream ends before one.</summary>
    /// <exception cref="InvalidDataException">It is no frame, or longer than the limit in bytes.</exception>
    /// <exception cref="EndOfStreamException">The stream ends within it.</exception>
    public static async Task<WorkerFrame?> ReadAsync(Stream stream, int limit, CancellationToken cancellation)
    {
        var header = new byte[HeaderLength];
        // What does not start as a frame is refused at once: more of it may never come.
        var read = await stream.ReadAtLeastAsync(header, Magic.Length, throwOnEndOfStream: false, cancellation).ConfigureAwait(false);
        if (read == 0) return null;
        if (!header.AsSpan(0, Math.Min(read, Magic.Length)).SequenceEqual(Magic[..Math.Min(read, Magic.Length)]))
            throw new InvalidDataException("it does not start as a frame does");
        await stream.ReadExactlyAsync(header.AsMemory(read), cancellation).ConfigureAwait(false);
        var length = BinaryPrimitives.ReadUInt32LittleEndian(header.AsSpan(5));
        if (length > limit) throw new InvalidDataException($"it is {length} bytes long, and {limit} are allowed");
        var payload = new byte[length];
        await stream.ReadExactlyAsync(payload, cancellation).ConfigureAwait(false);
        return new WorkerFrame((WorkerFrameKind)header[4], payload);
    }
}
