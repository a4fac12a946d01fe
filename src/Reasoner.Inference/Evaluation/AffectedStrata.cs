using System.Collections;
using System.Collections.Immutable;

namespace Reasoner.Inference;

/// <summary>Which strata have to do with which predicates' facts, read them or write them; made once for a program.</summary>
internal sealed class StrataByPredicate
{
    private readonly Dictionary<int, int[]> _byPredicate = [];
    private readonly int[] _ofAny;

    public StrataByPredicate(StratumPlan[] strata, Func<StratumPlan, ImmutableArray<int>> relationsOf, IReadOnlyList<int> predicates)
    {
        Count = strata.Length;
        _ofAny = [.. strata.Where(stratum => relationsOf(stratum).Contains(-1)).Select(stratum => stratum.Index)];
        var concerned = strata
            .SelectMany(stratum => relationsOf(stratum), (stratum, relation) => (relation, stratum.Index))
            .Where(pair => pair.relation >= 0)
            .GroupBy(pair => pair.relation, pair => pair.Index);
        foreach (var group in concerned) _byPredicate.Add(predicates[group.Key], [.. group]);
    }

    /// <summary>How many strata there are.</summary>
    public int Count { get; }

    /// <summary>The strata of the predicate.</summary>
    public ReadOnlySpan<int> Of(int predicate) => _byPredicate.TryGetValue(predicate, out var strata) ? strata : [];

    /// <summary>The strata of any predicate.</summary>
    public ReadOnlySpan<int> OfAny => _ofAny;
}

/// <summary>
/// The strata that an overlay's changes reach: the others hold what they hold in the base. A case changes few relations, so
/// most strata of a large rule set cost it nothing.
/// </summary>
internal sealed class AffectedStrata(StrataByPredicate readers, StrataByPredicate writers)
{
    private readonly BitArray _affected = new(readers.Count);
    private bool _any;

    public bool Contains(int stratum) => _affected[stratum];

    /// <summary>Facts of the predicate came or went.</summary>
    public void Add(int predicate)
    {
        foreach (var stratum in readers.Of(predicate)) _affected[stratum] = true;
        if (_any) return;
        _any = true;
        foreach (var stratum in readers.OfAny) _affected[stratum] = true;
    }

    /// <summary>Facts of the predicate went: rules of later strata may give them too, and must bring them back.</summary>
    public void AddRemovals(int predicate)
    {
        Add(predicate);
        foreach (var stratum in writers.Of(predicate)) _affected[stratum] = true;
        foreach (var stratum in writers.OfAny) _affected[stratum] = true;
    }
}
