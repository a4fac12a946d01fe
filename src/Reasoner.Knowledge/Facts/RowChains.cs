namespace Reasoner.Knowledge;

/// <summary>An index of rows by one column: for each key its newest row, for each row the next older one with the same key.</summary>
internal sealed class RowChains
{
    private int[] _keys;
    private int[] _heads;
    private int[] _next;

    private RowChains(int capacity)
    {
        var size = 8;
        while (size < capacity) size *= 2;
        _keys = new int[size];
        _heads = new int[size];
        _next = new int[Math.Max(4, capacity)];
    }

    public int DistinctKeys { get; private set; }

    public long MemoryBytes => (8L * _keys.Length) + (4L * _next.Length);

    public static RowChains Over(ReadOnlySpan<int> column)
    {
        var chains = new RowChains(column.Length);
        for (var row = 0; row < column.Length; row++) chains.Append(column[row], row);
        return chains;
    }

    public int First(int key)
    {
        var mask = (uint)_keys.Length - 1;
        for (var slot = HashOf(key) & mask; ; slot = (slot + 1) & mask)
        {
            if (_keys[slot] == key) return _heads[slot];
            if (_keys[slot] == 0) return -1;
        }
    }

    public int Next(int row) => _next[row];

    public void Append(int key, int row)
    {
        if (row >= _next.Length) Array.Resize(ref _next, Math.Max(row + 1, _next.Length * 2));
        var slot = SlotOf(key);
        if (_keys[slot] == 0)
        {
            if ((DistinctKeys + 1) * 3L > _keys.Length * 2L)
            {
                Rehash();
                slot = SlotOf(key);
            }

            _keys[slot] = key;
            _heads[slot] = -1;
            DistinctKeys++;
        }

        _next[row] = _heads[slot];
        _heads[slot] = row;
    }

    private uint SlotOf(int key)
    {
        var mask = (uint)_keys.Length - 1;
        var slot = HashOf(key) & mask;
        while (_keys[slot] != 0 && _keys[slot] != key) slot = (slot + 1) & mask;
        return slot;
    }

    private void Rehash()
    {
        var (keys, heads) = (_keys, _heads);
        _keys = new int[keys.Length * 2];
        _heads = new int[keys.Length * 2];
        for (var i = 0; i < keys.Length; i++)
        {
            if (keys[i] == 0) continue;
            var slot = SlotOf(keys[i]);
            (_keys[slot], _heads[slot]) = (keys[i], heads[i]);
        }
    }

    private static uint HashOf(int key) => (uint)(((ulong)(uint)key * 0x9E3779B97F4A7C15) >> 32);
}
