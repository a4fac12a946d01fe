using System.Numerics;

namespace Reasoner.Knowledge;

/// <summary>
/// The facts of one predicate, in columns that only grow. Row numbers are the order of arrival, so that "what was known
/// before", "what is new" and "what is known now" are ranges of rows. Membership is a hash table over rows; the indexes by
/// subject and by object are chains through the rows, newest first, built when first asked for and kept up from then on.
/// </summary>
/// <remarks>
/// A row that nobody derived holds where it comes from: its origin is the complement of a document's number and its
/// stamp the place in that document. A derived row holds the number of the rule that first derived it and, as stamp, its rank.
/// </remarks>
public sealed class Relation
{
    private int[] _subjects = new int[4];
    private int[] _objects = new int[4];
    private int[] _origins = new int[4];
    private int[] _stamps = new int[4];
    private int[] _rows = new int[8];
    private RowChains? _bySubject;
    private RowChains? _byObject;

    internal Relation(int predicate) => Predicate = predicate;

    /// <summary>The predicate's term id.</summary>
    public int Predicate { get; }

    /// <summary>How many rows there are.</summary>
    public int Count { get; private set; }

    /// <summary>The subject column.</summary>
    public ReadOnlySpan<int> Subjects => _subjects.AsSpan(0, Count);

    /// <summary>The object column.</summary>
    public ReadOnlySpan<int> Objects => _objects.AsSpan(0, Count);

    /// <summary>The origin of a row: a rule's number, or the complement of a document's number.</summary>
    public int OriginOf(int row) => _origins[row];

    /// <summary>The stamp of a row: its rank if derived, else its place in its document.</summary>
    public int StampOf(int row) => _stamps[row];

    /// <summary>The row of a fact, or -1.</summary>
    public int Find(int subject, int @object)
    {
        var mask = (uint)_rows.Length - 1;
        for (var slot = HashOf(subject, @object) & mask; ; slot = (slot + 1) & mask)
        {
            var row = _rows[slot] - 1;
            if (row < 0) return -1;
            if (_subjects[row] == subject && _objects[row] == @object) return row;
        }
    }

    /// <summary>The newest row with the subject, or -1; go on with <see cref="NextBySubject"/>.</summary>
    public int FirstBySubject(int subject) => (_bySubject ?? BuildBySubject()).First(subject);

    /// <summary>The next older row with the same subject, or -1.</summary>
    public int NextBySubject(int row) => _bySubject!.Next(row);

    /// <summary>The newest row with the object, or -1; go on with <see cref="NextByObject"/>.</summary>
    public int FirstByObject(int @object) => (_byObject ?? BuildByObject()).First(@object);

    /// <summary>The next older row with the same object, or -1.</summary>
    public int NextByObject(int row) => _byObject!.Next(row);

    /// <summary>How many distinct subjects there are; builds the index by subject.</summary>
    public int DistinctSubjects => (_bySubject ?? BuildBySubject()).DistinctKeys;

    /// <summary>How many distinct objects there are; builds the index by object.</summary>
    public int DistinctObjects => (_byObject ?? BuildByObject()).DistinctKeys;

    /// <summary>The bytes that the columns and indexes hold.</summary>
    public long MemoryBytes =>
        (16L * _subjects.Length) + (4L * _rows.Length) + (_bySubject?.MemoryBytes ?? 0) + (_byObject?.MemoryBytes ?? 0);

    /// <summary>Adds a fact; false where it was there already (its first origin stays).</summary>
    internal bool Add(int subject, int @object, int origin, int stamp)
    {
        var mask = (uint)_rows.Length - 1;
        var slot = HashOf(subject, @object) & mask;
        for (; _rows[slot] != 0; slot = (slot + 1) & mask)
        {
            var existing = _rows[slot] - 1;
            if (_subjects[existing] == subject && _objects[existing] == @object) return false;
        }

        var row = Count;
        if (row == _subjects.Length) Grow();
        (_subjects[row], _objects[row], _origins[row], _stamps[row]) = (subject, @object, origin, stamp);
        Count = row + 1;
        _rows[slot] = Count;
        if (Count * 3L > _rows.Length * 2L) Rehash();
        _bySubject?.Append(subject, row);
        _byObject?.Append(@object, row);
        return true;
    }

    /// <summary>Gives a row another origin: a derived fact that is now asserted.</summary>
    internal void SetOrigin(int row, int origin, int stamp) => (_origins[row], _stamps[row]) = (origin, stamp);

    /// <summary>Builds both indexes now, so that threads may share the relation.</summary>
    internal void BuildIndexes()
    {
        _ = _bySubject ?? BuildBySubject();
        _ = _byObject ?? BuildByObject();
    }

    /// <summary>Forgets every row and keeps the columns' memory.</summary>
    internal void Clear()
    {
        if (Count == 0) return;
        Count = 0;
        Array.Clear(_rows);
        _bySubject = null;
        _byObject = null;
    }

    private RowChains BuildBySubject() => _bySubject = RowChains.Over(Subjects);

    private RowChains BuildByObject() => _byObject = RowChains.Over(Objects);

    private void Grow()
    {
        var size = checked(_subjects.Length * 2);
        Array.Resize(ref _subjects, size);
        Array.Resize(ref _objects, size);
        Array.Resize(ref _origins, size);
        Array.Resize(ref _stamps, size);
    }

    private void Rehash()
    {
        _rows = new int[checked(_rows.Length * 2)];
        var mask = (uint)_rows.Length - 1;
        for (var row = 0; row < Count; row++)
        {
            var slot = HashOf(_subjects[row], _objects[row]) & mask;
            while (_rows[slot] != 0) slot = (slot + 1) & mask;
            _rows[slot] = row + 1;
        }
    }

    private static uint HashOf(int subject, int @object)
    {
        var key = ((ulong)(uint)subject << 32) | (uint)@object;
        return (uint)((key * 0x9E3779B97F4A7C15) >> 32) ^ BitOperations.RotateLeft((uint)@object * 0x85EBCA6B, 13);
    }
}
