using System.Collections.Immutable;
using Reasoner.Inference;
using Reasoner.Rdf;
using Reasoner.Rules;

namespace Reasoner.Decisions.Counterfactuals;

/// <summary>
/// What may depend on which changeable property: features, and those parts of rules that a proof does not show, what they say NOT
/// to and what they count. It errs on the safe side. Sets of properties are bits by their place in the manifest.
/// </summary>
internal sealed class ChangeDependencies
{
    private readonly Domain _domain;
    private readonly ImmutableArray<ImmutableArray<FactKind>> _reach;
    private readonly ImmutableArray<FactKind> _reachOfScores;
    private readonly ulong?[] _unseen;
    private readonly Lock _lock = new();

    public ChangeDependencies(Domain domain, ImmutableArray<Changeable> properties)
    {
        _domain = domain;
        All = properties.Length == 64 ? ulong.MaxValue : (1UL << properties.Length) - 1;
        _unseen = new ulong?[domain.Rules.Rules.Length];

        // Where equals are rewritten, everything may depend on everything.
        HasEquality = domain.Baseline.Program.RewritesEquality;
        var flow = new FactFlow(domain.Rules.Rules, Enumerable.Empty<Iri>().ToLookup(iri => iri));
        _reach = [.. properties.Select(property => (ImmutableArray<FactKind>)[.. flow.From(new FactKind(property.Path.Property)).Kinds.Keys])];
        _reachOfScores = [.. flow.From(new FactKind(CoreVocabulary.Score)).Kinds.Keys];
        var masks = new ulong[domain.Manifest.Features.Length];
        for (var i = 0; i < masks.Length; i++)
        {
            foreach (var step in domain.Manifest.Features[i].Path.Split('/'))
                masks[i] |= ReachedBy(new FactKind(domain.Manifest.Expand(step.TrimStart('^'))));
        }

        FeatureGroups = [.. Enumerable.Range(0, masks.Length).GroupBy(i => masks[i]).OrderBy(group => group.Key).Select(group => new FeatureGroup(group.Key, [.. group]))];
    }

    /// <summary>All properties.</summary>
    public ulong All { get; }

    /// <summary>Features that depend on the same properties.</summary>
    public ImmutableArray<FeatureGroup> FeatureGroups { get; }

    private bool HasEquality { get; }

    /// <summary>
    /// The properties that a conclusion depends on: as long as these have the values that they have, the proof stands, whatever
    /// becomes of the others. By induction over its steps: facts of the case that it rests on are still there, and nothing that
    /// the others reach is among what its rules say NOT to or count. A proof that rests on a score depends on all, for scores
    /// come from features, and from which experts were asked.
    /// </summary>
    /// <param name="proof">The proof.</param>
    /// <param name="places">Where each property stands in the case; null where it stands nowhere.</param>
    public ulong Of(ProofNode proof, IReadOnlyList<(Term Node, Iri Property)?> places)
    {
        if (HasEquality) return All;
        var mask = 0UL;
        foreach (var node in proof.Nodes)
        {
            if (node.Rule is not null) mask |= _domain.RuleNames.TryGetNumber(node.Rule, out var number) ? UnseenBy(number) : All;
            else if (node.Fact.Predicate is Iri predicate && predicate == CoreVocabulary.Score) return All;
            else
            {
                for (var i = 0; i < places.Count; i++)
                    if (places[i] is { } place && place.Property.Equals(node.Fact.Predicate) && place.Node.Equals(node.Fact.Subject)) mask |= 1UL << i;
            }
        }

        return mask;
    }

    /// <summary>The properties that may change what a rule's NOT and SELECT see.</summary>
    private ulong UnseenBy(int number)
    {
        lock (_lock)
        {
            if (_unseen[number] is { } known) return known;
            var mask = 0UL;
            foreach (var element in _domain.Rules.Rules[number].Body)
            {
                if (element is PatternElement) continue;
                foreach (var kind in ImmutableArray.Create(element).Patterns().SelectMany(FactFlow.WithInner).Select(FactKind.Of))
                    mask |= _reachOfScores.Any(kind.Overlaps) ? All : ReachedBy(kind);
            }

            _unseen[number] = mask;
            return mask;
        }
    }

    private ulong ReachedBy(FactKind kind)
    {
        if (HasEquality) return All;
        var mask = 0UL;
        for (var i = 0; i < _reach.Length; i++)
            if (_reach[i].Any(kind.Overlaps)) mask |= 1UL << i;
        return mask;
    }
}

/// <summary>Features that depend on the same changeable properties.</summary>
/// <param name="Mask">The properties.</param>
/// <param name="Features">The places of the features.</param>
internal sealed record FeatureGroup(ulong Mask, ImmutableArray<int> Features);
