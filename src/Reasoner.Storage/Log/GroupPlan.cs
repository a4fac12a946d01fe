namespace Reasoner.Storage;

/// <summary>
/// What a group adds to the chain: decides for each append whether it is new, and chains the new ones. It runs within the
/// transaction, when the head and the earlier entries are known and nobody else can add any.
/// </summary>
internal sealed class GroupPlan
{
    private GroupPlan(KeptDecision[] outcomes, List<LogEntry> entries, LogHead head)
    {
        Outcomes = outcomes;
        Entries = entries;
        Head = head;
    }

    /// <summary>What became of each append, in their order.</summary>
    public KeptDecision[] Outcomes { get; }

    /// <summary>The entries to write.</summary>
    public List<LogEntry> Entries { get; }

    /// <summary>The head after them.</summary>
    public LogHead Head { get; }

    /// <summary>Makes the plan.</summary>
    /// <param name="group">The appends.</param>
    /// <param name="head">The log's head.</param>
    /// <param name="earlier">The entries that have an id or a key of the group.</param>
    public static GroupPlan Make(IReadOnlyList<PendingAppend> group, LogHead head, IEnumerable<LogEntry> earlier)
    {
        var byId = new Dictionary<string, KeptDecision>(StringComparer.Ordinal);
        var byKey = new Dictionary<(string Domain, string Key), KeptDecision>();
        foreach (var entry in earlier)
        {
            var kept = entry.ToKept();
            byId[entry.Id] = kept;
            if (entry.IdempotencyKey is { } key) byKey[(entry.Domain, key)] = kept;
        }

        var outcomes = new KeptDecision[group.Count];
        var entries = new List<LogEntry>(group.Count);
        var timeUs = (DateTimeOffset.UtcNow - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;
        for (var i = 0; i < group.Count; i++)
        {
            var append = group[i];
            if ((append.Key is { } key && byKey.TryGetValue((key.Domain, key.Key), out var there)) || byId.TryGetValue(append.Decision.Id, out there))
            {
                outcomes[i] = there;
                continue;
            }

            var entry = EntryOf(append, head, timeUs);
            entries.Add(entry);
            head = new LogHead(entry.Sequence, entry.Hash);
            outcomes[i] = new KeptDecision(append.Decision, append.Key?.Fingerprint, IsNew: true);
            byId[entry.Id] = outcomes[i] with { IsNew = false };
            if (append.Key is { } own) byKey[(own.Domain, own.Key)] = outcomes[i] with { IsNew = false };
        }

        return new GroupPlan(outcomes, entries, head);
    }

    private static LogEntry EntryOf(PendingAppend append, LogHead head, long timeUs)
    {
        var entry = new LogEntry(
            head.Sequence + 1, timeUs, LogEntry.DecisionKind, append.Decision.Id, append.Decision.Domain, append.Key?.Key, append.Key?.Fingerprint,
            append.Record, append.Digest, head.Hash, Hash: default);
        return entry with { Hash = entry.ComputeHash() };
    }
}

/// <summary>Entries as decisions.</summary>
internal static class LogEntryDecisions
{
    /// <summary>The decision of an entry.</summary>
    /// <exception cref="StorageException">Its record is damaged.</exception>
    public static KeptDecision ToKept(this LogEntry entry)
    {
        try
        {
            return new KeptDecision(new StoredDecision(entry.Id, entry.Domain, entry.ReadRecord()), entry.Fingerprint, IsNew: false);
        }
        catch (InvalidDataException damaged)
        {
            throw new StorageException(
                StorageProblem.Corrupt, $"Entry {entry.Sequence} of the decision log is damaged; 'reasoner log verify' names every such entry. Restore the store from a back-up.", damaged);
        }
    }
}
