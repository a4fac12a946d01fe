using System.Collections.Immutable;
using System.Security.Cryptography;

namespace Reasoner.Storage;

/// <summary>Checks entries one after another. After a fault it goes on from what the entry itself says, so that each is named once.</summary>
internal sealed class ChainCheck(IReadOnlyCollection<LogHead> checkpoints)
{
    private readonly ImmutableArray<LogFault>.Builder _faults = ImmutableArray.CreateBuilder<LogFault>();
    private readonly ILookup<long, LogHead> _checkpoints = checkpoints.ToLookup(checkpoint => checkpoint.Sequence);
    private long _entries;

    /// <summary>The last entry that was taken.</summary>
    public LogHead Last { get; private set; } = LogHead.Empty;

    /// <summary>Takes the next entry.</summary>
    public void Take(LogEntry entry)
    {
        _entries++;
        var isNext = entry.Sequence == Last.Sequence + 1;
        if (!isNext) ReportMissing(Last.Sequence + 1, entry.Sequence - 1);
        foreach (var problem in ProblemsOf(entry)) Report(entry, problem);
        if (isNext && !entry.Previous.Span.SequenceEqual(Last.Hash.Span))
            Report(entry, $"does not follow from entry {Last.Sequence}: one of the two was changed, replaced or moved");
        foreach (var checkpoint in _checkpoints[entry.Sequence])
            if (!checkpoint.Hash.Span.SequenceEqual(entry.Hash.Span)) Report(entry, "is not the entry of the checkpoint: the log was rewritten since");
        Last = new LogHead(entry.Sequence, entry.Hash);
    }

    /// <summary>Ends the check.</summary>
    /// <param name="head">What the log holds as its last entry.</param>
    public LogVerification End(LogHead head)
    {
        if (head.Sequence > Last.Sequence) ReportMissing(Last.Sequence + 1, head.Sequence);
        else if (head.Sequence < Last.Sequence) _faults.Add(new LogFault(head.Sequence, null, $"is held for the last, and entries follow it up to {Last.Sequence}: the log's head was changed"));
        else if (head != Last) _faults.Add(new LogFault(head.Sequence, null, "is not what the log's head says: it was replaced, or the head was changed"));
        foreach (var checkpoint in checkpoints.Where(checkpoint => checkpoint.Sequence > Last.Sequence))
            _faults.Add(new LogFault(checkpoint.Sequence, null, "is missing, and the checkpoint has it: the log was cut or rolled back since"));
        return new LogVerification(_entries, Last, _faults.ToImmutable());
    }

    private static IEnumerable<string> ProblemsOf(LogEntry entry)
    {
        byte[]? digest = null;
        try
        {
            digest = SHA256.HashData(entry.ReadRecord());
        }
        catch (InvalidDataException)
        {
            // Damaged bytes have no digest.
        }

        if (digest is null) yield return "has a record that cannot be read: its bytes were changed";
        else if (!entry.Digest.Span.SequenceEqual(digest)) yield return "has another record than it was written with, or another digest of it";
        if (!entry.Hash.Span.SequenceEqual(entry.ComputeHash())) yield return "does not fit its hash: a field of it was changed";
    }

    private void ReportMissing(long first, long last) =>
        _faults.Add(new LogFault(first, null, first == last ? "is missing" : $"and all after it up to {last} are missing"));

    private void Report(LogEntry entry, string problem) => _faults.Add(new LogFault(entry.Sequence, entry.Id, problem));
}
