namespace Reasoner.Knowledge;

/// <summary>
/// Where a relation's rows come from, in runs of rows that have it in common: what one rule derived in one round, or what came
/// from one document, whose rows each keep their place in it. So a derived row costs next to nothing.
/// </summary>
internal struct Origins
{
    private Run[] _runs;
    private int _runCount;
    private int[] _places;
    private int _placeCount;

    /// <summary>Makes room for a few rows.</summary>
    public Origins() => (_runs, _places) = (new Run[1], []);

    /// <summary>How many runs there are.</summary>
    public readonly int RunCount => _runCount;

    public readonly long MemoryBytes => (12L * _runs.Length) + (4L * _places.Length);

    /// <summary>The first row of a run, and its origin.</summary>
    public readonly (int FirstRow, int Origin) RunAt(int index) => (_runs[index].FirstRow, _runs[index].Origin);

    /// <summary>The origin of a row.</summary>
    public readonly int OriginOf(int row) => _runs[RunOf(row)].Origin;

    /// <summary>The stamp of a row: its rank if derived, else its place in its document.</summary>
    public readonly int StampOf(int row)
    {
        ref readonly var run = ref _runs[RunOf(row)];
        return run.Origin >= 0 ? run.Stamp : _places[run.Stamp + (row - run.FirstRow)];
    }

    /// <summary>Adds the next row.</summary>
    public void Append(int row, int origin, int stamp)
    {
        if (origin >= 0)
        {
            if (_runCount > 0 && _runs[_runCount - 1].Origin == origin && _runs[_runCount - 1].Stamp == stamp) return;
            Insert(_runCount, new Run(row, origin, stamp));
            return;
        }

        if (_runCount == 0 || _runs[_runCount - 1].Origin != origin || EndOfPlaces(_runCount - 1, row) != _placeCount)
            Insert(_runCount, new Run(row, origin, _placeCount));
        AddPlace(stamp);
    }

    /// <summary>Gives a row another origin, of an asserted fact.</summary>
    public void Set(int row, int count, int origin, int place)
    {
        var index = RunOf(row);
        var run = _runs[index];
        var end = index + 1 < _runCount ? _runs[index + 1].FirstRow : count;
        var replacement = new Run(row, origin, _placeCount);
        AddPlace(place);
        if (run.FirstRow == row) _runs[index] = replacement;
        else Insert(++index, replacement);
        if (row + 1 < end) Insert(index + 1, new Run(row + 1, run.Origin, run.Origin >= 0 ? run.Stamp : run.Stamp + (row + 1 - run.FirstRow)));
    }

    /// <summary>Gives back spare room.</summary>
    public void Trim()
    {
        Array.Resize(ref _runs, _runCount);
        Array.Resize(ref _places, _placeCount);
    }

    private readonly int EndOfPlaces(int index, int endRow) => _runs[index].Stamp + (endRow - _runs[index].FirstRow);

    private readonly int RunOf(int row)
    {
        var (low, high) = (0, _runCount - 1);
        while (low < high)
        {
            var middle = (low + high + 1) >>> 1;
            if (_runs[middle].FirstRow <= row) low = middle;
            else high = middle - 1;
        }

        return low;
    }

    private void AddPlace(int place)
    {
        if (_placeCount == _places.Length) Array.Resize(ref _places, Math.Max(4, checked(_placeCount * 2)));
        _places[_placeCount++] = place;
    }

    private void Insert(int index, Run run)
    {
        if (_runCount == _runs.Length) Array.Resize(ref _runs, Math.Max(4, checked(_runCount * 2)));
        _runs.AsSpan(index, _runCount - index).CopyTo(_runs.AsSpan(index + 1));
        _runs[index] = run;
        _runCount++;
    }

    /// <summary>Rows from one up to the next run's.</summary>
    /// <param name="FirstRow">The first row.</param>
    /// <param name="Origin">A rule's number, or the complement of a document's number.</param>
    /// <param name="Stamp">The rank of derived rows; for others, where the place of the first row stands.</param>
    private readonly record struct Run(int FirstRow, int Origin, int Stamp);
}
