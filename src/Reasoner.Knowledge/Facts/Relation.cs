namespace Reasoner.Knowledge;

/// <summary>
/// The facts of one predicate, in columns that only grow. Row numbers are the order of arrival, so that "what was known
/// before", "what is new" and "what is known now" are ranges of rows. Both indexes give a key's rows newest first; that by
/// subject also tells what is there already, that by object is built when first asked for and kept up from then on. A few
/// rows have no index: they are looked through.
/// </summary>
/// <remarks>
/// A row that nobody derived holds where it comes from: its origin is the complement of a document's number and its
/// stamp the place in that document. A derived row holds the number of the rule that first derived it and, as stamp, its rank.
/// </remarks>
public sealed class Relation
{
    /// <summary>Up to so many rows, looking through them is cheaper than an index: most relations of a case are so small.</summary>
    private const int LongestScan = 8;

    private int[] _subjects = new int[4];
    private int[] _objects = new int[4];
    private Origins _origins = new();
    private SubjectIndex? _bySubject;
    private RowChains? _byObject;
    private bool _isFrozen;

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
    public int OriginOf(int row) => _origins.OriginOf(row);

    /// <summary>The stamp of a row: its rank if derived, else its place in its document.</summary>
    public int StampOf(int row) => _origins.StampOf(row);

    /// <summary>The row of a fact, or -1.</summary>
    public int Find(int subject, int @object)
    {
        if (_bySubject is not null) return _bySubject.Find(subject, @object, _objects);
        for (var row = Count - 1; row >= 0; row--)
            if (_subjects[row] == subject && _objects[row] == @object) return row;
        return -1;
    }

    /// <summary>Whether a fact is there. Unlike the other questions it may be asked by several threads while nothing is added.</summary>
    internal bool Contains(int subject, int @object) =>
        _bySubject is not null ? _bySubject.Contains(subject, @object, _objects) : Find(subject, @object) >= 0;

    /// <summary>Builds the index by object where rows are many, so that several threads may read by it while nothing is added.</summary>
    internal void IndexByObject()
    {
        if (_byObject is null && Count > LongestScan) _byObject = new RowChains(Objects);
    }

    /// <summary>The newest row with the subject, or -1; go on with <see cref="NextBySubject"/>.</summary>
    public int FirstBySubject(int subject) => _bySubject is not null ? _bySubject.First(subject) : Scan(_subjects, Count, subject);

    /// <summary>The next older row with the same subject, or -1.</summary>
    public int NextBySubject(int row) => _bySubject is not null ? _bySubject.Next(row) : Scan(_subjects, row, _subjects[row]);

    /// <summary>The newest row with the object, or -1; go on with <see cref="NextByObject"/>.</summary>
    public int FirstByObject(int @object)
    {
        IndexByObject();
        return _byObject is not null ? _byObject.First(@object) : Scan(_objects, Count, @object);
    }

    /// <summary>The next older row with the same object, or -1.</summary>
    public int NextByObject(int row) => _byObject is not null ? _byObject.Next(row) : Scan(_objects, row, _objects[row]);

    /// <summary>How many distinct subjects there are, as far as an index tells; else how many rows.</summary>
    internal int DistinctSubjects => _bySubject?.DistinctKeys ?? Count;

    /// <summary>How many distinct objects there are; 0 where no index tells.</summary>
    internal int DistinctObjects => _byObject?.DistinctKeys ?? 0;

    /// <summary>The bytes that the columns and indexes hold.</summary>
    public long MemoryBytes =>
        (8L * _subjects.Length) + _origins.MemoryBytes + (_bySubject?.MemoryBytes ?? 0) + (_byObject?.MemoryBytes ?? 0);

    /// <summary>How many runs of rows there are that have their origin, and if derived their rank, in common.</summary>
    internal int RunCount => _origins.RunCount;

    /// <summary>A run of rows of the same origin.</summary>
    internal (int Start, int End, int Origin) RunAt(int index)
    {
        var (first, origin) = _origins.RunAt(index);
        return (first, index + 1 < _origins.RunCount ? _origins.RunAt(index + 1).FirstRow : Count, origin);
    }

    /// <summary>Adds a fact; false where it was there already (its first origin stays).</summary>
    internal bool Add(int subject, int @object, int origin, int stamp)
    {
        var row = Count;
        if (_bySubject is not null)
        {
            if (!_bySubject.TryAdd(subject, @object, row, _objects)) return false;
        }
        else
        {
            if (Find(subject, @object) >= 0) return false;
            if (row == LongestScan)
            {
                _bySubject = new SubjectIndex(_subjects, _objects, row);
                _bySubject.TryAdd(subject, @object, row, _objects);
            }
        }

        if (row == _subjects.Length) Grow();
        _subjects[row] = subject;
        _objects[row] = @object;
        _origins.Append(row, origin, stamp);
        Count = row + 1;
        _byObject?.Append(@object, row);
        return true;
    }

    /// <summary>Gives a row another origin: a derived fact that is now asserted.</summary>
    internal void SetOrigin(int row, int origin, int stamp) => _origins.Set(row, Count, origin, stamp);

    /// <summary>A relation of this one's rows but for the hidden ones, and then of the other's.</summary>
    internal Relation Merge(Relation? other, HashSet<int>? hidden)
    {
        var merged = new Relation(Predicate);
        merged.AddRows(this, hidden);
        if (other is not null) merged.AddRows(other, null);
        return merged;
    }

    private void AddRows(Relation relation, HashSet<int>? hidden)
    {
        for (var i = 0; i < relation.RunCount; i++)
        {
            var (start, end, origin) = relation.RunAt(i);
            for (var row = start; row < end; row++)
                if (hidden?.Contains(row) != true) Add(relation._subjects[row], relation._objects[row], origin, relation.StampOf(row));
        }
    }

    /// <summary>Ends growth: builds what reading would build, so that threads may share the relation, and gives back spare room.</summary>
    internal void Freeze()
    {
        if (_isFrozen) return;
        _isFrozen = true;
        Array.Resize(ref _subjects, Count);
        Array.Resize(ref _objects, Count);
        _origins.Trim();
        _bySubject?.Freeze(_objects, Count);
        IndexByObject();
        _byObject?.Trim(Count);
    }

    /// <summary>The last row before the end that holds the id, or -1.</summary>
    private static int Scan(int[] column, int end, int id)
    {
        for (var row = end - 1; row >= 0; row--)
            if (column[row] == id) return row;
        return -1;
    }

    private void Grow()
    {
        var size = checked(_subjects.Length * 2);
        Array.Resize(ref _subjects, size);
        Array.Resize(ref _objects, size);
    }
}
