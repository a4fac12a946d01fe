namespace Reasoner.Decisions;

/// <summary>The rates of a protected attribute's groups, and the ratio between two of them.</summary>
internal sealed class GroupTable : IResampled
{
    private const int FiguresOfGroup = 2 * (int)GroupFigure.Count;

    private readonly ProtectedGroups _groups;
    private readonly int[] _cases;
    private readonly int[] _favourableOutcomes;
    private readonly int _smallest;
    private readonly bool _hasFavourable;
    // By case, for the answers given and then for the model's: whether favourable, and whether left to a person.
    private readonly bool[] _isDeserved;
    private readonly bool[][] _isFavourable;
    private readonly bool[][] _isReferred;
    private readonly (int Lowest, int Highest)?[] _extremes = new (int, int)?[2];

    /// <summary>A table.</summary>
    /// <param name="groups">The groups.</param>
    /// <param name="favourable">The places of the favourable answers; none where the domain does not say.</param>
    /// <param name="fallback">The place of the answer that leaves a case to a person; -1 where there is none.</param>
    /// <param name="cases">The cases.</param>
    /// <param name="smallest">The smallest group that counts.</param>
    public GroupTable(ProtectedGroups groups, int[] favourable, int fallback, IReadOnlyList<ProtectedCase> cases, int smallest)
    {
        (_groups, _smallest, _hasFavourable) = (groups, smallest, favourable.Length > 0);
        _isDeserved = [.. cases.Select(each => favourable.Contains(each.Outcome))];
        _isFavourable = [[.. cases.Select(each => favourable.Contains(each.Answer))], [.. cases.Select(each => each.Model is { } model && favourable.Contains(model))]];
        _isReferred = [[.. cases.Select(each => fallback >= 0 && each.Answer == fallback)], new bool[cases.Count]];
        HasModel = cases.All(each => each.Model is not null);
        _cases = [.. groups.Names.Select((_, group) => groups.OfCase.Count(each => each == group))];
        _favourableOutcomes = [.. groups.Names.Select((_, group) => groups.OfCase.Where((each, i) => each == group && _isDeserved[i]).Count())];
        var figures = Bootstrap.Measure(cases.Count, this);
        for (var side = 0; side < 2; side++)
        {
            // The two are chosen once: a draw that chose its own would make any difference look larger.
            var counted = Enumerable.Range(0, _cases.Length).Where(IsCounted).ToList();
            if (counted.Count < 2 || !_hasFavourable || (side == 1 && !HasModel)) continue;
            double RateOf(int group) => figures[Place(group, GroupFigure.Favourable, side == 1)];
            _extremes[side] = (counted.MinBy(RateOf), counted.MaxBy(RateOf));
        }
    }

    /// <summary>How many cases there are.</summary>
    public int Cases => _isDeserved.Length;

    /// <summary>Whether a model answered too.</summary>
    public bool HasModel { get; }

    public int Figures => (_cases.Length * FiguresOfGroup) + 2;

    /// <summary>The cases in a group.</summary>
    public int CasesOf(int group) => _cases[group];

    /// <summary>Those of them for which a favourable answer would have been right.</summary>
    public int FavourableOutcomesOf(int group) => _favourableOutcomes[group];

    /// <summary>Whether ratios count a group.</summary>
    public bool IsCounted(int group) => _cases[group] >= _smallest && group < _cases.Length - _groups.Unnamed;

    /// <summary>The groups with the lowest and the highest rate; null where there is nothing to compare.</summary>
    public (int Lowest, int Highest)? ExtremesOf(bool byModel) => _extremes[byModel ? 1 : 0];

    /// <summary>Where a group's figure stands.</summary>
    public int Place(int group, GroupFigure figure, bool byModel) => (group * FiguresOfGroup) + (byModel ? (int)GroupFigure.Count : 0) + (int)figure;

    /// <summary>Where the ratio stands.</summary>
    public int RatioPlace(bool byModel) => (_cases.Length * FiguresOfGroup) + (byModel ? 1 : 0);

    public void Measure(ReadOnlySpan<int> counts, Span<double> figures)
    {
        Span<long> all = stackalloc long[_cases.Length];
        Span<long> deserved = stackalloc long[_cases.Length];
        all.Clear();
        deserved.Clear();
        figures.Clear();
        for (var i = 0; i < counts.Length; i++)
        {
            var (group, count) = (_groups.OfCase[i], counts[i]);
            if (count == 0) continue;
            all[group] += count;
            if (_isDeserved[i]) deserved[group] += count;
            for (var side = 0; side < 2; side++)
            {
                if (_isFavourable[side][i])
                {
                    figures[Place(group, GroupFigure.Favourable, side == 1)] += count;
                    if (_isDeserved[i]) figures[Place(group, GroupFigure.TruePositive, side == 1)] += count;
                }

                if (_isReferred[side][i]) figures[Place(group, GroupFigure.Referred, side == 1)] += count;
            }
        }

        for (var side = 0; side < 2; side++)
        {
            var byModel = side == 1;
            for (var group = 0; group < _cases.Length; group++)
            {
                Divide(figures, Place(group, GroupFigure.Favourable, byModel), _hasFavourable ? all[group] : 0);
                Divide(figures, Place(group, GroupFigure.TruePositive, byModel), _hasFavourable ? deserved[group] : 0);
                Divide(figures, Place(group, GroupFigure.Referred, byModel), all[group]);
            }

            var ratio = double.NaN;
            if (_extremes[side] is var (lowest, highest) && figures[Place(highest, GroupFigure.Favourable, byModel)] is > 0 and var top)
                ratio = figures[Place(lowest, GroupFigure.Favourable, byModel)] / top;
            figures[RatioPlace(byModel)] = ratio;
        }
    }

    private static void Divide(Span<double> figures, int place, long by) => figures[place] = by == 0 ? double.NaN : figures[place] / by;
}

/// <summary>The figures of a group.</summary>
internal enum GroupFigure
{
    Favourable,
    TruePositive,
    Referred,
    Count,
}
