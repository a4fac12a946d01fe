namespace Reasoner.Decisions.Counterfactuals;

/// <summary>
/// Up to three changes: for each a property and which of its alternatives, packed in a number, in order of the properties; 0
/// where there are fewer. The default value changes nothing.
/// </summary>
internal readonly record struct ChangePoint(uint First, uint Second = 0, uint Third = 0)
{
    /// <summary>The most changes of a point.</summary>
    public const int Most = 3;

    private const int ChoiceBits = 20;

    /// <summary>How many changes there are.</summary>
    public int Count => First == 0 ? 0 : Second == 0 ? 1 : Third == 0 ? 2 : 3;

    /// <summary>The change at a place, below <see cref="Count"/>.</summary>
    public (int Property, int Alternative) this[int place] => Unpack(place switch { 0 => First, 1 => Second, _ => Third });

    /// <summary>The properties, as bits.</summary>
    public ulong Mask
    {
        get
        {
            var mask = 0UL;
            for (var i = 0; i < Count; i++) mask |= 1UL << this[i].Property;
            return mask;
        }
    }

    /// <summary>A point of changes in order of their properties.</summary>
    public static ChangePoint Of(ReadOnlySpan<(int Property, int Alternative)> changes) => new(
        changes.Length > 0 ? Pack(changes[0]) : 0, changes.Length > 1 ? Pack(changes[1]) : 0, changes.Length > 2 ? Pack(changes[2]) : 0);

    /// <summary>The changes of certain properties alone.</summary>
    public ChangePoint Within(ulong mask)
    {
        Span<(int, int)> kept = stackalloc (int, int)[Most];
        var count = 0;
        for (var i = 0; i < Count; i++)
            if ((mask >> this[i].Property & 1) != 0) kept[count++] = this[i];
        return Of(kept[..count]);
    }

    /// <summary>The place of a property's alternative; -1 where the property does not change.</summary>
    public int AlternativeOf(int property)
    {
        for (var i = 0; i < Count; i++)
            if (this[i] is var (changed, alternative) && changed == property) return alternative;
        return -1;
    }

    private static uint Pack((int Property, int Alternative) change) => ((uint)(change.Property + 1) << ChoiceBits) | (uint)change.Alternative;

    private static (int Property, int Alternative) Unpack(uint change) => ((int)(change >> ChoiceBits) - 1, (int)(change & ((1u << ChoiceBits) - 1)));
}

/// <summary>The points of a lattice of changes by rising cost: of equals those of fewer changes, then in the order of properties and alternatives.</summary>
internal sealed class ChangeLattice
{
    private readonly IReadOnlyList<IReadOnlyList<decimal>> _costs;
    private readonly PriorityQueue<ChangePoint, (decimal Cost, int Count, ChangePoint Point)> _open = new(new ByCost());

    /// <summary>A lattice.</summary>
    /// <param name="costs">For each property the costs of its alternatives, in rising order; at most 64 properties.</param>
    /// <param name="most">How many properties may change together.</param>
    public ChangeLattice(IReadOnlyList<IReadOnlyList<decimal>> costs, int most)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(most, ChangePoint.Most);
        _costs = costs;
        Start([], most, 0);
    }

    /// <summary>The next point whose set of properties is wanted; false at the end.</summary>
    /// <param name="isDead">Whether no point that changes exactly these properties is wanted from now on.</param>
    /// <param name="point">The point.</param>
    public bool TryNext(Func<ulong, bool> isDead, out ChangePoint point)
    {
        while (_open.TryDequeue(out point, out _))
        {
            if (isDead(point.Mask)) continue;

            // A point is reached by raising its last raised change, so each is reached once.
            for (var place = point.Count - 1; place >= 0; place--)
            {
                Raise(point, place);
                if (point[place].Alternative > 0) break;
            }

            return true;
        }

        return false;
    }

    /// <summary>What a point costs.</summary>
    public decimal CostOf(ChangePoint point)
    {
        var cost = 0m;
        for (var i = 0; i < point.Count; i++) cost += _costs[point[i].Property][point[i].Alternative];
        return cost;
    }

    /// <summary>Opens the cheapest point of each set of properties.</summary>
    private void Start(List<(int Property, int Alternative)> chosen, int most, int from)
    {
        if (chosen.Count > 0) Open(ChangePoint.Of([.. chosen]));
        if (chosen.Count == most) return;
        for (var property = from; property < _costs.Count; property++)
        {
            if (_costs[property].Count == 0) continue;
            chosen.Add((property, 0));
            Start(chosen, most, property + 1);
            chosen.RemoveAt(chosen.Count - 1);
        }
    }

    private void Raise(ChangePoint point, int place)
    {
        var (property, alternative) = point[place];
        if (alternative + 1 == _costs[property].Count) return;
        Span<(int, int)> changes = stackalloc (int, int)[point.Count];
        for (var i = 0; i < changes.Length; i++) changes[i] = i == place ? (property, alternative + 1) : point[i];
        Open(ChangePoint.Of(changes));
    }

    private void Open(ChangePoint point) => _open.Enqueue(point, (CostOf(point), point.Count, point));

    private sealed class ByCost : IComparer<(decimal Cost, int Count, ChangePoint Point)>
    {
        public int Compare((decimal Cost, int Count, ChangePoint Point) x, (decimal Cost, int Count, ChangePoint Point) y)
        {
            var byCost = x.Cost.CompareTo(y.Cost);
            if (byCost != 0) return byCost;
            var byCount = x.Count.CompareTo(y.Count);
            return byCount != 0 ? byCount : (x.Point.First, x.Point.Second, x.Point.Third).CompareTo((y.Point.First, y.Point.Second, y.Point.Third));
        }
    }
}

/// <summary>
/// What failed points teach: the values of a few properties that are enough for the wanted answer to be rejected, whatever the
/// others are.
/// </summary>
internal sealed class Nogoods
{
    private readonly Dictionary<ulong, HashSet<ChangePoint>> _byMask = [];
    private readonly List<ulong> _needed = [];

    /// <summary>Remembers that no point succeeds that agrees with another in some properties.</summary>
    /// <param name="mask">The properties.</param>
    /// <param name="point">The point that failed.</param>
    public void Add(ulong mask, ChangePoint point)
    {
        var values = point.Within(mask);
        if (!_byMask.TryGetValue(mask, out var known)) _byMask.Add(mask, known = []);
        if (known.Add(values) && values.Count == 0) _needed.Add(mask);
    }

    /// <summary>Whether a point agrees with one that failed.</summary>
    public bool Exclude(ChangePoint point)
    {
        foreach (var (mask, known) in _byMask)
            if (known.Contains(point.Within(mask))) return true;
        return false;
    }

    /// <summary>Whether every point that changes exactly these properties leaves alone what has to change.</summary>
    public bool ExcludeAll(ulong properties)
    {
        foreach (var mask in _needed)
            if ((mask & properties) == 0) return true;
        return false;
    }
}
