using System.Numerics;

namespace Reasoner.Knowledge;

/// <summary>
/// The objects of one subject that has many, and their rows. Where ids lie close together, as the nodes of a closure do, it is
/// a set of bits, an eighth of a byte for an id of the range; a table of the rows in the order of the bits is made when
/// rows are asked for. Else it is a map from object to row.
/// </summary>
internal sealed class ObjectSet
{
    /// <summary>A range of so many ids for each object costs bits as much memory as a map.</summary>
    private const int LargestSpread = 64;

    private IdMap? _map;
    private ulong[] _bits = [];
    private int _firstId;
    private int _lowest = int.MaxValue;
    private int _highest;
    private int _count;
    private int _countToReview;
    private RowTable? _rows;
    private bool _isAskedForRows;

    /// <summary>Makes a set of the objects in the rows, of which there is at least one; each row's next older one is given by a chain.</summary>
    public ObjectSet(int newestRow, int[] objects, int[] next)
    {
        NewestRow = newestRow;
        for (var row = newestRow; row >= 0; row = next[row], _count++) Include(objects[row]);
        if (IsDense) MakeBits(objects, next);
        else MakeMap(objects, next);
    }

    /// <summary>The newest row of the subject.</summary>
    public int NewestRow { get; private set; }

    /// <summary>The bytes that the set holds.</summary>
    public long MemoryBytes => (_map?.MemoryBytes ?? 0) + (8L * _bits.Length) + (_rows?.MemoryBytes ?? 0);

    /// <summary>The row of an object, or -1.</summary>
    public int Find(int @object, int[] objects, int[] next)
    {
        if (_map is not null) return _map.Find(@object) - 1;
        if (!Has(@object)) return -1;
        if (_rows?.Count != _count)
        {
            // Rows asked for between additions would make the table again each time: then a map serves better.
            if (_rows is not null && _count < _rows.Count * 2L)
            {
                _isAskedForRows = true;
                MakeMap(objects, next);
                return _map!.Find(@object) - 1;
            }

            MakeRows(objects, next);
        }

        return _rows![@object - _firstId, _bits];
    }

    /// <summary>Adds an object in a row that is newer than all before; false where the object is there already.</summary>
    public bool TryAdd(int @object, int row, int[] objects, int[] next)
    {
        if (_count == _countToReview) Review(objects, next);
        if (_map is null && (uint)(@object - _firstId) >= (uint)_bits.Length * 64 && !TryWiden(@object)) MakeMap(objects, next);
        if (_map is null)
        {
            ref var word = ref _bits[(@object - _firstId) >>> 6];
            var bit = 1UL << (@object - _firstId);
            if ((word & bit) != 0) return false;
            word |= bit;
        }
        else
        {
            ref var value = ref _map.ValueOf(@object);
            if (value != 0) return false;
            value = row + 1;
            Include(@object);
        }

        _count++;
        NewestRow = row;
        return true;
    }

    /// <summary>Makes what later reading would make, so that threads may share the set, and gives back spare room.</summary>
    public void Freeze(int[] objects, int[] next)
    {
        _map?.Trim();
        if (_map is null && _rows?.Count != _count) MakeRows(objects, next);
    }

    private bool IsDense => _highest - (long)_lowest < (long)_count * LargestSpread;

    private void Include(int @object) => (_lowest, _highest) = (Math.Min(_lowest, @object), Math.Max(_highest, @object));

    /// <summary>Whether the object is there. Changes nothing, as <see cref="Find"/> may: threads may ask side by side.</summary>
    public bool Contains(int @object) => _map is not null ? _map.Find(@object) != 0 : Has(@object);

    private bool Has(int @object)
    {
        var offset = (uint)(@object - _firstId);
        var word = offset / 64;
        return word < (uint)_bits.Length && (_bits[word] & (1UL << (int)(offset % 64))) != 0;
    }

    /// <summary>Looks, each time a map has doubled, whether bits would serve better by now.</summary>
    private void Review(int[] objects, int[] next)
    {
        _countToReview = checked(_count * 2);
        if (_map is not null && IsDense && !_isAskedForRows) MakeBits(objects, next);
    }

    private void MakeBits(int[] objects, int[] next)
    {
        _firstId = _lowest & ~63;
        _bits = new ulong[((_highest - _firstId) / 64) + 1];
        for (var row = NewestRow; row >= 0; row = next[row]) _bits[(objects[row] - _firstId) / 64] |= 1UL << (objects[row] - _firstId);
        _map = null;
    }

    /// <summary>Widens the range to hold the object, by as much again so that a growing range costs little; false where it would be too wide.</summary>
    private bool TryWiden(int @object)
    {
        var (firstWord, endWord) = (_firstId / 64, (_firstId / 64) + _bits.Length);
        var first = Math.Min(firstWord, @object / 64);
        var end = Math.Max(endWord, (@object / 64) + 1);
        if (end - first > _count + 1) return false;
        var spare = Math.Min(_bits.Length, _count + 1 - (end - first));
        if (first < firstWord) first = Math.Max(0, first - spare);
        else end += spare;
        var bits = new ulong[end - first];
        _bits.CopyTo(bits, firstWord - first);
        (_bits, _firstId) = (bits, first * 64);
        _rows = null;
        return true;
    }

    private void MakeMap(int[] objects, int[] next)
    {
        _map = new IdMap(_count * 2);
        for (var row = NewestRow; row >= 0; row = next[row])
        {
            _map.ValueOf(objects[row]) = row + 1;
            Include(objects[row]);
        }

        (_bits, _rows) = ([], null);
        _countToReview = checked(_count * 2);
    }

    private void MakeRows(int[] objects, int[] next)
    {
        var rows = new RowTable(_bits, _count);
        for (var row = NewestRow; row >= 0; row = next[row]) rows.Set(objects[row] - _firstId, _bits, row);
        _rows = rows;
    }

    /// <summary>Rows in the order of a set's bits: a bit's place is how many bits are set before it.</summary>
    private sealed class RowTable
    {
        private readonly int[] _before;
        private readonly int[] _rows;

        public RowTable(ulong[] bits, int count)
        {
            _before = new int[bits.Length];
            _rows = new int[count];
            var before = 0;
            for (var word = 0; word < bits.Length; word++)
            {
                _before[word] = before;
                before += BitOperations.PopCount(bits[word]);
            }
        }

        public int Count => _rows.Length;

        public long MemoryBytes => 4L * (_before.Length + _rows.Length);

        public int this[int offset, ulong[] bits] => _rows[PlaceOf(offset, bits)];

        public void Set(int offset, ulong[] bits, int row) => _rows[PlaceOf(offset, bits)] = row;

        private int PlaceOf(int offset, ulong[] bits) =>
            _before[offset / 64] + BitOperations.PopCount(bits[offset / 64] & ((1UL << (offset % 64)) - 1));
    }
}
