namespace Reasoner.Knowledge;

/// <summary>
/// A relation's rows by subject: for each subject its newest row, for each row the next older one with the same subject,
/// and a set of the objects of a subject that has many. It answers which rows a subject has and whether a fact is there.
/// </summary>
/// <remarks>
/// Derivations come in runs with the same subject. One set a subject keeps the lookups of a run within a few cache lines,
/// where one table over all facts would miss the cache at each.
/// </remarks>
internal sealed class SubjectIndex
{
    /// <summary>Up to so many rows of a subject, walking them is cheaper than a set.</summary>
    private const int LongestWalk = 6;

    // A subject's value is its newest row plus one, or, where it has a set, the complement of the set's number.
    private readonly IdMap _subjects;
    private int[] _next;
    private ObjectSet[] _sets = [];
    private int _setCount;
    private int _lastSubject;
    private ObjectSet? _lastSet;

    /// <summary>Makes an index over the columns' first rows.</summary>
    public SubjectIndex(int[] subjects, int[] objects, int count)
    {
        _subjects = new IdMap(count);
        _next = new int[subjects.Length];
        for (var row = 0; row < count; row++) TryAdd(subjects[row], objects[row], row, objects);
    }

    /// <summary>How many subjects there are.</summary>
    public int DistinctKeys => _subjects.Count;

    public long MemoryBytes
    {
        get
        {
            var bytes = _subjects.MemoryBytes + (4L * _next.Length) + (8L * _sets.Length);
            for (var i = 0; i < _setCount; i++) bytes += _sets[i].MemoryBytes;
            return bytes;
        }
    }

    /// <summary>The newest row with the subject, or -1.</summary>
    public int First(int subject)
    {
        var value = _subjects.Find(subject);
        return value >= 0 ? value - 1 : _sets[~value].NewestRow;
    }

    /// <summary>The next older row with the same subject, or -1.</summary>
    public int Next(int row) => _next[row];

    /// <summary>The row of the fact, or -1.</summary>
    public int Find(int subject, int @object, int[] objects)
    {
        var value = _subjects.Find(subject);
        return value >= 0 ? Walk(value - 1, @object, objects, out _) : _sets[~value].Find(@object, objects, _next);
    }

    /// <summary>Whether the fact is there.</summary>
    public bool Contains(int subject, int @object, int[] objects)
    {
        var value = _subjects.Find(subject);
        return value >= 0 ? Walk(value - 1, @object, objects, out _) >= 0 : _sets[~value].Contains(@object);
    }

    /// <summary>Adds a row that is the next in the object column; false where the fact is there already.</summary>
    public bool TryAdd(int subject, int @object, int row, int[] objects)
    {
        if (subject == _lastSubject) return TryAdd(_lastSet!, @object, row, objects);
        ref var value = ref _subjects.ValueOf(subject);
        if (value < 0)
        {
            (_lastSubject, _lastSet) = (subject, _sets[~value]);
            return TryAdd(_lastSet, @object, row, objects);
        }

        if (Walk(value - 1, @object, objects, out var length) >= 0) return false;
        SetNext(row, value - 1);
        value = row + 1;
        if (length == LongestWalk) value = ~MakeSet(row, @object, objects);
        return true;
    }

    /// <summary>Makes what later reading would make, so that threads may share the index, and gives back spare room.</summary>
    public void Freeze(int[] objects, int count)
    {
        _subjects.Trim();
        Array.Resize(ref _next, count);
        Array.Resize(ref _sets, _setCount);
        foreach (var set in _sets) set.Freeze(objects, _next);
    }

    private bool TryAdd(ObjectSet set, int @object, int row, int[] objects)
    {
        var newest = set.NewestRow;
        if (!set.TryAdd(@object, row, objects, _next)) return false;
        SetNext(row, newest);
        return true;
    }

    private void SetNext(int row, int older)
    {
        if (row >= _next.Length) Array.Resize(ref _next, checked(Math.Max(row + 1, _next.Length * 2)));
        _next[row] = older;
    }

    private int Walk(int row, int @object, int[] objects, out int length)
    {
        for (length = 0; row >= 0; row = _next[row], length++)
            if (objects[row] == @object) return row;
        return -1;
    }

    // The newest row may not stand in the column yet.
    private int MakeSet(int row, int @object, int[] objects)
    {
        var set = new ObjectSet(_next[row], objects, _next);
        set.TryAdd(@object, row, objects, _next);
        if (_setCount == _sets.Length) Array.Resize(ref _sets, Math.Max(4, _setCount * 2));
        _sets[_setCount] = set;
        return _setCount++;
    }
}
