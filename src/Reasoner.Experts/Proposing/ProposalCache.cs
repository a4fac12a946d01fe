using System.Diagnostics.Metrics;
using System.Runtime.InteropServices;

namespace Reasoner.Experts;

/// <summary>
/// Keeps what a model proposed for the patterns of features that came last, so that a pattern seen again costs neither
/// gate nor experts. It is bounded: each pattern has one place, which the next pattern of that place takes over. It
/// belongs to one model, and goes with it when a domain gets another version.
/// </summary>
/// <param name="places">How many places there are: a power of two, or 0 to keep nothing.</param>
internal sealed class ProposalCache(int places)
{
    private static readonly Meter _meter = new("Reasoner.Experts");

    private static readonly Counter<long> _lookups = _meter.CreateCounter<long>(
        "reasoner.experts.cache.lookups", "{lookup}", "Proposals asked of the cache of feature patterns, by whether it had them.");

    private static readonly KeyValuePair<string, object?> _hit = new("result", "hit");
    private static readonly KeyValuePair<string, object?> _miss = new("result", "miss");

    private readonly Entry?[] _entries = new Entry?[places];
    private long _hits;
    private long _misses;

    public CacheUse Use => new(Volatile.Read(ref _hits), Volatile.Read(ref _misses), places);

    /// <summary>What was proposed for this pattern, if it is still kept.</summary>
    public bool TryGet(ReadOnlySpan<float> pattern, int topK, out Proposal proposal)
    {
        proposal = null!;
        if (places == 0) return false;
        if (Volatile.Read(ref _entries[PlaceOf(pattern, topK)]) is { } entry && entry.TopK == topK && pattern.SequenceEqual(entry.Pattern))
        {
            Interlocked.Increment(ref _hits);
            _lookups.Add(1, _hit);
            proposal = entry.Proposal;
            return true;
        }

        Interlocked.Increment(ref _misses);
        _lookups.Add(1, _miss);
        return false;
    }

    public void Keep(ReadOnlySpan<float> pattern, int topK, Proposal proposal)
    {
        if (places > 0) Volatile.Write(ref _entries[PlaceOf(pattern, topK)], new(pattern.ToArray(), topK, proposal));
    }

    private int PlaceOf(ReadOnlySpan<float> pattern, int topK)
    {
        // Which patterns displace each other differs between runs; what is proposed does not.
        var hash = new HashCode();
        hash.AddBytes(MemoryMarshal.AsBytes(pattern));
        hash.Add(topK);
        return hash.ToHashCode() & (places - 1);
    }

    private sealed record Entry(float[] Pattern, int TopK, Proposal Proposal);
}

/// <summary>How a proposer's cache of feature patterns was used.</summary>
/// <param name="Hits">Proposals that it had.</param>
/// <param name="Misses">Proposals that had to be computed.</param>
/// <param name="Places">How many it can keep.</param>
public readonly record struct CacheUse(long Hits, long Misses, int Places);
