using System.Globalization;

namespace Reasoner.Storage;

/// <summary>The last entry of a log. Kept elsewhere, it is a checkpoint: it tells later whether the log still holds that entry.</summary>
/// <param name="Sequence">The entry's number; 0 for an empty log.</param>
/// <param name="Hash">Its hash; 32 zero bytes for an empty log.</param>
public sealed record LogHead(long Sequence, ReadOnlyMemory<byte> Hash)
{
    /// <summary>The head of an empty log.</summary>
    public static LogHead Empty { get; } = new(0, new byte[LogEntry.HashBytes]);

    /// <summary>Reads what <see cref="ToString"/> wrote.</summary>
    /// <exception cref="FormatException">It is something else.</exception>
    public static LogHead Parse(string text)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        if (colon < 0 || !long.TryParse(text.AsSpan(0, colon), NumberStyles.None, CultureInfo.InvariantCulture, out var sequence)
            || text.Length - colon - 1 != 2 * LogEntry.HashBytes)
            throw new FormatException($"'{text}' is no checkpoint; write NUMBER:HASH as 'reasoner log verify' shows it.");
        return new LogHead(sequence, Convert.FromHexString(text.AsSpan(colon + 1)));
    }

    /// <summary>Whether both are the same entry.</summary>
    public bool Equals(LogHead? other) => other is not null && Sequence == other.Sequence && Hash.Span.SequenceEqual(other.Hash.Span);

    /// <inheritdoc />
    public override int GetHashCode() => Sequence.GetHashCode();

    /// <summary>The number and the hash, as <c>7:0f3a…</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Sequence}:{Convert.ToHexStringLower(Hash.Span)}");
}
