using System.Collections;

namespace Reasoner.Inference;

/// <summary>Which strata read which predicates' facts; made once for a program.</summary>
internal sealed class StratumReaders
{
    private readonly Dictionary<int, int[]> _byPredicate = [];
    private readonly int[] _ofAny;

    public StratumReaders(StratumPlan[] strata, IReadOnlyList<int> predicates)
    {
        Count = strata.Length;
        _ofAny = [.. strata.Where(stratum => stratum.ReadRelations.Contains(-1)).Select(stratum => stratum.Index)];
        var readers = strata
            .SelectMany(stratum => stratum.ReadRelations, (stratum, relation) => (relation, stratum.Index))
            .Where(pair => pair.relation >= 0)
            .GroupBy(pair => pair.relation, pair => pair.Index);
        foreach (var group in readers) _byPredicate.Add(predicates[group.Key], [.. group]);
    }

    /// <summary>How many strata there are.</summary>
    public int Count { get; }

    /// <summary>The strata that have a pattern for the predicate.</summary>
    public ReadOnlySpan<int> Of(int predicate) => _byPredicate.TryGetValue(predicate, out var strata) ? strata : [];

    /// <summary>The strata that have a pattern for any predicate.</summary>
    public ReadOnlySpan<int> OfAny => _ofAny;
}

/// <summary>
/// The strata that an overlay's changes reach: the others hold what they hold in the base. A case changes few relations, so
/// most strata of a large rule set cost it nothing.
/// </summary>
internal sealed class AffectedStrata(StratumReaders readers)
{
    private readonly BitArray _affected = new(readers.Count);
    private bool _any;

    public bool Contains(int stratum) => _affected[stratum];

    /// <summary>A stratum that may derive again what was taken back.</summary>
    public void AddStratum(int stratum) => _affected[stratum] = true;

    /// <summary>Facts of the predicate came or went.</summary>
    public void Add(int predicate)
    {
        foreach (var stratum in readers.Of(predicate)) _affected[stratum] = true;
        if (_any) return;
        _any = true;
        foreach (var stratum in readers.OfAny) _affected[stratum] = true;
    }
}
