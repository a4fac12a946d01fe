namespace Reasoner.Knowledge;

/// <summary>
/// The facts of one predicate, in columns that only grow. Row numbers are the order of arrival, so that "what was known
/// before", "what is new" and "what is known now" are ranges of rows. Both indexes give a key's rows newest first; that by
/// subject also tells what is there already, that by object is built when first asked for and kept up from then on.
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
    private readonly SubjectIndex _bySubject = new();
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
    public int Find(int subject, int @object) => _bySubject.Find(subject, @object, _objects);

    /// <summary>The newest row with the subject, or -1; go on with <see cref="NextBySubject"/>.</summary>
    public int FirstBySubject(int subject) => _bySubject.First(subject);

    /// <summary>The next older row with the same subject, or -1.</summary>
    public int NextBySubject(int row) => _bySubject.Next(row);

    /// <summary>The newest row with the object, or -1; go on with <see cref="NextByObject"/>.</summary>
    public int FirstByObject(int @object) => (_byObject ?? BuildByObject()).First(@object);

    /// <summary>The next older row with the same object, or -1.</summary>
    public int NextByObject(int row) => _byObject!.Next(row);

    /// <summary>How many distinct subjects there are.</summary>
    public int DistinctSubjects => _bySubject.DistinctKeys;

    /// <summary>How many distinct objects there are; builds the index by object.</summary>
    public int DistinctObjects => (_byObject ?? BuildByObject()).DistinctKeys;

    /// <summary>The bytes that the columns and indexes hold.</summary>
    public long MemoryBytes =>
        (16L * _subjects.Length) + _bySubject.MemoryBytes + (_byObject?.MemoryBytes ?? 0);

    /// <summary>Adds a fact; false where it was there already (its first origin stays).</summary>
    internal bool Add(int subject, int @object, int origin, int stamp)
    {
        var row = Count;
        if (!_bySubject.TryAdd(subject, @object, row, _objects)) return false;
        if (row == _subjects.Length) Grow();
        _subjects[row] = subject;
        _objects[row] = @object;
        _origins[row] = origin;
        _stamps[row] = stamp;
        Count = row + 1;
        _byObject?.Append(@object, row);
        return true;
    }

    /// <summary>Gives a row another origin: a derived fact that is now asserted.</summary>
    internal void SetOrigin(int row, int origin, int stamp) => (_origins[row], _stamps[row]) = (origin, stamp);

    /// <summary>Builds the index that is still missing, so that threads may share the relation.</summary>
    internal void BuildIndexes() => _ = _byObject ?? BuildByObject();

    private RowChains BuildByObject() => _byObject = RowChains.Over(Objects);

    private void Grow()
    {
        var size = checked(_subjects.Length * 2);
        Array.Resize(ref _subjects, size);
        Array.Resize(ref _objects, size);
        Array.Resize(ref _origins, size);
        Array.Resize(ref _stamps, size);
    }
}
