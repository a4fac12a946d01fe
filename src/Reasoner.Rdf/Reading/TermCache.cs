using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace Reasoner.Rdf;

/// <summary>
/// Remembers the receiver's handles of IRIs by the way that the document writes them, so that the receiver is not asked
/// anew for the few predicates and classes that most triples repeat. Direct-mapped: a newcomer replaces what was there.
/// </summary>
internal sealed class TermCache<TTerm>
{
    private const int Slots = 512;
    private const int LongestKey = 96;

    private readonly byte[] _keys = new byte[Slots * LongestKey];
    private readonly byte[] _lengths = new byte[Slots]; // plus one; 0 for an empty slot
    private readonly TTerm[] _terms = new TTerm[Slots];

    /// <summary>Finds a term, and the slot to give to <see cref="Set"/> where there is none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryGet(ReadOnlySpan<byte> key, out int slot, out TTerm term)
    {
        slot = SlotOf(key);
        term = _terms[slot];
        return key.Length + 1 == _lengths[slot] && key.SequenceEqual(_keys.AsSpan(slot * LongestKey, key.Length));
    }

    public void Set(int slot, ReadOnlySpan<byte> key, TTerm term)
    {
        if (key.Length > LongestKey) return;
        key.CopyTo(_keys.AsSpan(slot * LongestKey, LongestKey));
        _lengths[slot] = (byte)(key.Length + 1);
        _terms[slot] = term;
    }

    public void Clear() => Array.Clear(_lengths);

    // IRIs differ at their ends.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int SlotOf(ReadOnlySpan<byte> key)
    {
        ulong hash = (uint)key.Length;
        if (key.Length >= 8)
        {
            hash += BinaryPrimitives.ReadUInt64LittleEndian(key[^8..]);
        }
        else
        {
            foreach (var b in key) hash = (hash << 8) + b;
        }

        return (int)((hash * 0x9E3779B97F4A7C15) >> 55);
    }
}
