using System.Runtime.CompilerServices;

namespace Reasoner.Knowledge;

/// <summary>
/// Positive ids to values other than 0: open addressing with linear probing, at most three quarters full. Ids that follow
/// each other, as those of one document's terms do, share a line of eight entries; lines are spread by Fibonacci hashing, so
/// that neighbours cost one cache miss together. The size is any number of lines: a trimmed map is nearly full.
/// </summary>
internal sealed class IdMap
{
    private const int LineSize = 8;
    private Entry[] _entries;
    private uint _lines;

    /// <summary>Makes a map with room for so many ids before it grows.</summary>
    public IdMap(int capacity) => _entries = new Entry[(_lines = LinesFor(capacity)) * LineSize];

    /// <summary>How many ids there are.</summary>
    public int Count { get; private set; }

    /// <summary>The bytes that the map holds.</summary>
    public long MemoryBytes => 8L * _entries.Length;

    /// <summary>The value of an id, 0 where there is none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Find(int id)
    {
        var entries = _entries;
        for (var slot = HomeOf(id); (uint)slot < (uint)entries.Length;)
        {
            ref readonly var entry = ref entries[slot];
            if (entry.Id == id || entry.Id == 0) return entry.Value;
            if (++slot == entries.Length) slot = 0;
        }

        return 0;
    }

    /// <summary>The place of an id's value, which is 0 where the id is new; the caller sets it. Holds until the next call.</summary>
    public ref int ValueOf(int id)
    {
        var slot = SlotOf(id);
        if (_entries[slot].Id == id) return ref _entries[slot].Value;
        if ((Count + 1) * 4L > _entries.Length * 3L)
        {
            Resize(LinesFor(checked(Count * 2 + 1)));
            slot = SlotOf(id);
        }

        Count++;
        _entries[slot].Id = id;
        return ref _entries[slot].Value;
    }

    /// <summary>Gives back the room that growth has left.</summary>
    public void Trim()
    {
        if (LinesFor(Count) < _lines) Resize(LinesFor(Count));
    }

    private static uint LinesFor(int count) => (uint)(((count * 4L / 3) + LineSize) / LineSize);

    private void Resize(uint lines)
    {
        var entries = _entries;
        _lines = lines;
        _entries = new Entry[checked((int)(lines * LineSize))];
        foreach (ref readonly var entry in entries.AsSpan())
            if (entry.Id != 0) _entries[SlotOf(entry.Id)] = entry;
    }

    private int SlotOf(int id)
    {
        var entries = _entries;
        var slot = HomeOf(id);
        while (entries[slot].Id != id && entries[slot].Id != 0)
            if (++slot == entries.Length) slot = 0;
        return slot;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int HomeOf(int id)
    {
        var hash = ((uint)id / LineSize) * 0x9E3779B1u;
        return ((int)(((ulong)hash * _lines) >> 32) * LineSize) + (int)((uint)id % LineSize);
    }

    private struct Entry
    {
        public int Id;
        public int Value;
    }
}
