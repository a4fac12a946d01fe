using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Reasoner.Rdf;
using Reasoner.Rules;

namespace Reasoner.Decisions.Counterfactuals;

/// <summary>Checks the changes that a manifest allows: that they mean something, and that none touches what is protected.</summary>
internal sealed partial class ChangeCheck
{
    private readonly Domain _domain;
    private readonly ManifestPositions _positions;
    private readonly HashSet<Iri> _declared;
    private readonly HashSet<Iri?> _concluded;
    private readonly List<(Iri Attribute, FactKind Kind, PositionedTriple? Axiom)> _protected;
    private readonly FactFlow _axioms;

    public ChangeCheck(Domain domain)
    {
        _domain = domain;
        _positions = ManifestPositions.Of(File.ReadAllBytes(domain.ManifestPath), domain.ManifestName);
        _declared = [.. domain.Ontology
            .Where(fact => fact.Triple.Predicate == RdfVocabulary.Type && fact.Triple.Object is Iri type && type.Value.EndsWith("Property", StringComparison.Ordinal))
            .Select(fact => fact.Triple.Subject).OfType<Iri>()];
        _concluded = [.. domain.Rules.Rules.Where(rule => rule.Origin.Length == 0).SelectMany(rule => rule.Head).Select(template => FactKind.Of(template).Predicate)];
        _protected = ProtectedAttributeCheck.Roots(domain);
        _axioms = new FactFlow(domain.Rules.Rules.Where(rule => rule.Origin.Length > 0), Enumerable.Empty<Iri>().ToLookup(iri => iri));
    }

    /// <summary>What is wrong, with its place in the manifest.</summary>
    public IEnumerable<Diagnostic> Problems(ImmutableArray<ChangeSetting> settings)
    {
        if (settings.Length > ChangeCatalogue.MostProperties)
            yield return At("", $"{settings.Length} properties may change; list at most {ChangeCatalogue.MostProperties}.");
        for (var i = 0; i < settings.Length; i++)
        {
            foreach (var problem in PathProblems(i, settings[i].Path)) yield return problem;
            foreach (var problem in ChangeProblems(i, settings[i])) yield return problem;
            for (var other = 0; other < settings.Length; other++)
            {
                if (other < i && settings[other].Path == settings[i].Path)
                    yield return At($"/{i}/path", $"{settings[i].Path} is listed twice; say in one place how it may change.");
                else if (other != i && settings[other].Path.StartsWith(settings[i].Path + "/", StringComparison.Ordinal))
                    yield return At($"/{i}/path", $"{settings[i].Path} may change, and {settings[other].Path} passes through it; list one of the two.");
            }
        }
    }

    private IEnumerable<Diagnostic> PathProblems(int index, string text)
    {
        var pointer = $"/{index}/path";
        if (ChangePath.TryParse(_domain.Manifest, text) is not { } path)
        {
            yield return At(pointer, $"\"{text}\" is no path that a change can follow: curies of declared prefixes ({string.Join(", ", _domain.Manifest.Prefixes.Keys)}), joined by '/', the last one walked forwards.");
            yield break;
        }

        foreach (var (property, _) in path.Steps)
        {
            if (ProtectedBy(property) is { } attribute)
            {
                yield return new Diagnostic(_positions[$"/counterfactuals/changes{pointer}"], Severity.Error, DomainDiagnosticCodes.ChangeOfProtected,
                    $"the change of {text} {(property == path.Property ? "is one" : "passes through one")} of {Short(property)}, {(property == attribute ? "which is protected" : $"which states the protected {Short(attribute)}")}; nobody may be asked to change it: leave it out.");
            }
            else if (_concluded.Contains(property))
            {
                yield return At(pointer, $"{Short(property)} is for the rules to conclude; list the properties that they conclude it from.");
            }
            else if (!_declared.Contains(property))
            {
                yield return new Diagnostic(_positions[$"/counterfactuals/changes{pointer}"], Severity.Error, DomainDiagnosticCodes.UndeclaredTerm,
                    $"the change of {text} reads {Short(property)}, which the ontology does not declare{NearestName.Advice(CoreVocabulary.LocalName(property.Value), _declared.Select(each => CoreVocabulary.LocalName(each.Value)))}");
            }
        }
    }

    private IEnumerable<Diagnostic> ChangeProblems(int index, ChangeSetting setting)
    {
        var isNumber = setting.Direction is not null || setting.Step is not null || setting.Cost is not null || setting.Steps is not null || setting.Minimum is not null || setting.Maximum is not null;
        if (isNumber && !setting.To.IsEmpty)
            yield return At($"/{index}", $"{setting.Path} is changed as a number and as a category; give either direction, step and cost, or to.");
        else if (!isNumber && setting.To.IsEmpty)
            yield return At($"/{index}", $"nothing says how {setting.Path} may change; give direction, step and cost for a number, or to for a category.");
        else if (isNumber && (setting.Direction is null || setting.Step is null || setting.Cost is null))
            yield return At($"/{index}", $"{setting.Path} is changed as a number; give direction, step and cost together.");
        foreach (Match unknown in Placeholder().Matches(setting.Phrase ?? ""))
            yield return At($"/{index}/phrase", $"a phrase has no place for {unknown.Value}; it may name {{from}}, {{to}} and {{label}}.");
        if (setting.Step is <= 0) yield return At($"/{index}/step", "a step is above 0; direction says which way it goes.");
        if (setting.Cost is <= 0) yield return At($"/{index}/cost", "a step costs more than 0, or every case would be changed for nothing.");
        if (setting.Steps is < 1 or > ChangeSetting.MostSteps) yield return At($"/{index}/steps", $"steps are from 1 to {ChangeSetting.MostSteps}.");
        if (setting.Minimum > setting.Maximum) yield return At($"/{index}/minimum", $"the minimum {setting.Minimum} is above the maximum {setting.Maximum}.");
        for (var i = 0; i < setting.To.Length; i++)
        {
            var value = setting.To[i];
            if (value.Cost <= 0) yield return At($"/{index}/to/{i}/cost", "a change costs more than 0, or every case would be changed for nothing.");
            foreach (var (text, place) in value.From.Select((from, at) => (from, $"/{index}/to/{i}/from/{at}")).Prepend((value.Value, $"/{index}/to/{i}/value")))
                if (Changeable.ValueOf(_domain.Manifest, text) is null)
                    yield return At(place, $"\"{text}\" is no value: write a curie of a declared prefix ({string.Join(", ", _domain.Manifest.Prefixes.Keys)}), true or false.");
            if (value.From.Contains(value.Value)) yield return At($"/{index}/to/{i}/from", $"a change from {value.Value} to itself is none.");
        }
    }

    /// <summary>The protected attribute that stating the property states, by itself or by axioms; null where there is none.</summary>
    private Iri? ProtectedBy(Iri property)
    {
        foreach (var (attribute, kind, _) in _protected)
            if (kind.Predicate == property) return attribute;
        var reach = _axioms.From(new FactKind(property)).Kinds.Keys;
        foreach (var (attribute, kind, _) in _protected)
            if (reach.Any(reached => reached.Predicate is not null && reached.Overlaps(kind))) return attribute;
        return null;
    }

    private Diagnostic At(string pointer, string problem) =>
        new(_positions["/counterfactuals/changes" + pointer], Severity.Error, DomainDiagnosticCodes.UnusableChange, problem);

    [GeneratedRegex(@"\{(?!(from|to|label)\})[^}]*\}?", RegexOptions.CultureInvariant)]
    private static partial Regex Placeholder();

    private string Short(Iri iri) => Names.Write(iri, _domain.Manifest.Prefixes);
}
