using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;

namespace Reasoner.Server;

/// <summary>A line of a batch.</summary>
/// <param name="Number">Its number, from 1.</param>
/// <param name="Text">Its bytes without the line's end; null where they were too many to keep.</param>
internal readonly record struct BatchLine(int Number, byte[]? Text)
{
    public bool IsBlank => Text is not null && Text.AsSpan().IndexOfAnyExcept(" \t\r"u8) < 0;
}

/// <summary>Reads the lines of a batch as they come.</summary>
internal static class BatchLines
{
    /// <summary>The lines. No more than one line is held at a time, and of a longer one than allowed nothing.</summary>
    public static async IAsyncEnumerable<BatchLine> ReadAsync(PipeReader input, int maxBytes, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var number = 0;
        var isTooLong = false;
        while (true)
        {
            var read = await input.ReadAsync(cancellation);
            var rest = read.Buffer;
            while (rest.PositionOf((byte)'\n') is { } end)
            {
                var line = rest.Slice(0, end);
                rest = rest.Slice(rest.GetPosition(1, end));
                yield return new BatchLine(++number, isTooLong || line.Length > maxBytes ? null : line.ToArray());
                isTooLong = false;
            }

            if (rest.Length > maxBytes)
            {
                isTooLong = true;
                rest = rest.Slice(rest.End);
            }

            if (read.IsCompleted)
            {
                if (isTooLong || !rest.IsEmpty) yield return new BatchLine(++number, isTooLong ? null : rest.ToArray());
                input.AdvanceTo(rest.End);
                yield break;
            }

            input.AdvanceTo(rest.Start, rest.End);
        }
    }
}
