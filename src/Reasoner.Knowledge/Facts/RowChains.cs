namespace Reasoner.Knowledge;

/// <summary>An index of rows by one column: for each key its newest row, for each row the next older one with the same key.</summary>
internal sealed class RowChains
{
    // A key's value is its newest row plus one.
    private readonly IdMap _keys;
    private int[] _next;

    public RowChains(ReadOnlySpan<int> column)
    {
        _keys = new IdMap(column.Length / 2);
        _next = new int[column.Length];
        for (var row = 0; row < column.Length; row++) Append(column[row], row);
    }

    /// <summary>How many keys there are.</summary>
    public int DistinctKeys => _keys.Count;

    public long MemoryBytes => _keys.MemoryBytes + (4L * _next.Length);

    /// <summary>The newest row with the key, or -1.</summary>
    public int First(int key) => _keys.Find(key) - 1;

    /// <summary>The next older row with the same key, or -1.</summary>
    public int Next(int row) => _next[row];

    /// <summary>Adds a row, the next in the column.</summary>
    public void Append(int key, int row)
    {
        if (row >= _next.Length) Array.Resize(ref _next, checked(Math.Max(row + 1, _next.Length * 2)));
        ref var newest = ref _keys.ValueOf(key);
        _next[row] = newest - 1;
        newest = row + 1;
    }

    /// <summary>Gives back spare room.</summary>
    public void Trim(int count)
    {
        _keys.Trim();
        Array.Resize(ref _next, count);
    }
}
