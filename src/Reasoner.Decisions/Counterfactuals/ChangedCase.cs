using System.Collections.Immutable;
using Reasoner.Experts;
using Reasoner.Inference;
using Reasoner.Knowledge;
using Reasoner.Rdf;

namespace Reasoner.Decisions.Counterfactuals;

/// <summary>One case with everything that may change about it: makes overlays, features and verdicts of changed cases. Belongs to one thread.</summary>
internal sealed class ChangedCase
{
    private readonly DecisionPipeline _pipeline;
    private readonly ChangeDependencies _dependencies;
    private readonly Effort _effort;
    private readonly int _experts;
    private readonly CancellationToken _cancellation;
    private readonly KnowledgeGraph _unchanged;
    private readonly int _subject;
    private readonly ImmutableArray<Place?> _places;
    private readonly Dictionary<ChangePoint, FeatureValue[]>[] _features;

    public ChangedCase(DecisionPipeline pipeline, CaseInput input, Effort effort, CancellationToken cancellation)
    {
        (_pipeline, _effort, _cancellation) = (pipeline, effort, cancellation);
        _experts = pipeline.ExpertsFor(effort, 1);
        var catalogue = pipeline.Domain.Changes;
        _dependencies = catalogue.Dependencies;
        _features = [.. _dependencies.FeatureGroups.Select(_ => new Dictionary<ChangePoint, FeatureValue[]>())];
        var (overlay, subject) = pipeline.Read(input, cancellation);
        var found = Locate(catalogue, overlay, subject);
        var replaced = found.OfType<ChangePlace>().Where(place => place.Object != 0).Select(place => new Fact(place.Node, place.Property, place.Object)).ToHashSet();
        _unchanged = CaseChanges.Without(overlay, replaced);
        _subject = _unchanged.Terms.Add(overlay.Terms[subject]);
        _places = [.. found.Select((place, i) => place is { } at ? PlaceOf(catalogue.Properties[i], overlay, at) : null)];
        ProofPlaces = [.. found.Select((place, i) => place is { } at ? (overlay.Terms[at.Node], catalogue.Properties[i].Path.Property) : ((Term, Iri)?)null)];
    }

    /// <summary>For each property of the manifest the costs of its alternatives; none where the case has no place for it.</summary>
    public IReadOnlyList<IReadOnlyList<decimal>> Costs => [.. _places.Select(place => (IReadOnlyList<decimal>)[.. place?.Alternatives.Select(alternative => alternative.Cost) ?? []])];

    /// <summary>Where each property stands in the case; null where it stands nowhere.</summary>
    public IReadOnlyList<(Term Node, Iri Property)?> ProofPlaces { get; }

    /// <summary>The changes of a point, as the record keeps them.</summary>
    public ImmutableArray<ChangeRecord> Describe(ChangePoint point)
    {
        var changes = ImmutableArray.CreateBuilder<ChangeRecord>(point.Count);
        for (var i = 0; i < point.Count; i++)
        {
            var (property, alternative) = point[i];
            changes.Add(CounterfactualText.Describe(_pipeline.Domain, _pipeline.Domain.Changes.Properties[property], _places[property]!.From, _places[property]!.Alternatives[alternative]));
        }

        return changes.MoveToImmutable();
    }

    /// <summary>The scores of points, computed together.</summary>
    public IReadOnlyList<(FeatureRow? Row, Scores Scores)> Score(IReadOnlyList<ChangePoint> points)
    {
        List<FeatureRow?> rows = [.. points.Select(RowOf)];
        return [.. rows.Zip(_pipeline.ScoresOf(rows, _experts, _cancellation))];
    }

    /// <summary>Decides a point without explaining.</summary>
    public (int Answer, Materialization Facts) Try(ChangePoint point, FeatureRow? row, Scores scores) => _pipeline.Try(
        () => Overlay(point), _subject, _effort, experts => experts == _experts ? scores : _pipeline.ScoresOf(row, experts), _cancellation);

    /// <summary>Whether the changed case still has the shape that the domain asks for.</summary>
    public bool HasShape(ChangePoint point) => _pipeline.HasShape(Overlay(point), _cancellation);

    /// <summary>A property that another one of the manifest names too changes there; two places in one would be one change twice.</summary>
    private static ImmutableArray<ChangePlace?> Locate(ChangeCatalogue catalogue, KnowledgeGraph overlay, int subject)
    {
        var seen = new HashSet<(int, int)>();
        return [.. catalogue.Properties.Select(property => property.Path.Find(overlay, subject) is { } place && seen.Add((place.Node, place.Property)) ? place : (ChangePlace?)null)];
    }

    private Place PlaceOf(Changeable property, KnowledgeGraph overlay, ChangePlace place)
    {
        var from = place.Object == 0 ? null : overlay.Terms[place.Object];
        var alternatives = property.AlternativesTo(from);
        var terms = _unchanged.Terms;
        var source = default(FactSource);
        if (overlay.TryLocate(place.Node, place.Property, place.Object, out var relation, out var row)) source = overlay.SourceOf(relation.OriginOf(row), relation.StampOf(row));
        return new Place(
            terms.Add(overlay.Terms[place.Node]), terms.Add(property.Path.Property), from is null ? 0 : terms.Add(from), from, source,
            alternatives, [.. alternatives.Select(alternative => terms.Add(alternative.To))]);
    }

    private KnowledgeGraph Overlay(ChangePoint point)
    {
        var overlay = _unchanged.CopyAsserted();
        var changed = overlay.OriginOf(CaseChanges.Source);
        for (var property = 0; property < _places.Length; property++)
        {
            if (_places[property] is not { } place) continue;
            var alternative = point.AlternativeOf(property);
            if (alternative >= 0) overlay.Assert(place.Node, place.Property, place.To[alternative], changed, 0);
            else if (place.Object != 0) overlay.Assert(place.Node, place.Property, place.Object, place.Source);
        }

        return overlay;
    }

    /// <summary>
    /// The features of a point. What depends on some properties alone is known once these had their values in any point, so few
    /// combinations are ever derived.
    /// </summary>
    private FeatureRow? RowOf(ChangePoint point)
    {
        if (_pipeline.Domain.Features.Schema is not { } schema) return null;
        var groups = _dependencies.FeatureGroups;
        var values = new FeatureValue[schema.Count];
        for (var group = 0; group < groups.Length; group++)
        {
            if (!_features[group].TryGetValue(point.Within(groups[group].Mask), out var known)) return Derive(point);
            for (var i = 0; i < known.Length; i++) values[groups[group].Features[i]] = known[i];
        }

        return new FeatureRow(values);
    }

    private FeatureRow Derive(ChangePoint point)
    {
        var row = _pipeline.FeaturesOf(Overlay(point), _subject, _cancellation)!;
        for (var group = 0; group < _features.Length; group++)
        {
            var (mask, features) = (_dependencies.FeatureGroups[group].Mask, _dependencies.FeatureGroups[group].Features);
            _features[group][point.Within(mask)] = [.. features.Select(feature => row[feature])];
        }

        return row;
    }

    private sealed record Place(
        int Node, int Property, int Object, Term? From, FactSource Source, ImmutableArray<Alternative> Alternatives, ImmutableArray<int> To);
}
