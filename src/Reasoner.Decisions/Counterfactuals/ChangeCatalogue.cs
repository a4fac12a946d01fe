using System.Collections.Immutable;
using System.Globalization;
using Reasoner.Rdf;
using Reasoner.Rules;

namespace Reasoner.Decisions.Counterfactuals;

/// <summary>The changes that a domain's manifest allows, checked against its ontology and rules.</summary>
internal sealed class ChangeCatalogue
{
    /// <summary>The most properties that a manifest may list: a set of them is one machine word.</summary>
    public const int MostProperties = 64;

    private readonly Lazy<ChangeDependencies> _dependencies;

    private ChangeCatalogue(Domain domain, ImmutableArray<Changeable> properties)
    {
        Properties = properties;
        _dependencies = new(() => new ChangeDependencies(domain, properties));
    }

    /// <summary>The properties that may change, in the manifest's order; empty where it lists none.</summary>
    public ImmutableArray<Changeable> Properties { get; }

    /// <summary>What depends on which of them.</summary>
    public ChangeDependencies Dependencies => _dependencies.Value;

    /// <summary>The catalogue of a domain.</summary>
    /// <exception cref="RuleSetException">The manifest allows what may not change, or says it in a way that has no meaning.</exception>
    public static ChangeCatalogue Of(Domain domain)
    {
        var settings = domain.Manifest.Counterfactuals?.Changes ?? [];
        if (settings.IsDefaultOrEmpty) return new ChangeCatalogue(domain, []);
        var check = new ChangeCheck(domain);
        var problems = check.Problems(settings).ToImmutableArray();
        return problems.IsEmpty
            ? new ChangeCatalogue(domain, [.. settings.Select((setting, i) => new Changeable(domain, i, setting))])
            : throw new RuleSetException(problems);
    }
}

/// <summary>A property that may change, and how.</summary>
internal sealed class Changeable
{
    private readonly ImmutableArray<(Term Value, decimal Cost, ImmutableArray<Term> From)> _categories;

    public Changeable(Domain domain, int index, ChangeSetting setting)
    {
        (Index, Setting) = (index, setting);
        Path = ChangePath.TryParse(domain.Manifest, setting.Path)!;
        Label = domain.LabelOf(Path.Property);
        _categories = [.. setting.To.Select(value => (ValueOf(domain.Manifest, value.Value)!, value.Cost, (ImmutableArray<Term>)[.. value.From.Select(from => ValueOf(domain.Manifest, from)!)]))];
    }

    /// <summary>Its place in the manifest.</summary>
    public int Index { get; }

    /// <summary>What the manifest says.</summary>
    public ChangeSetting Setting { get; }

    /// <summary>The path to it.</summary>
    public ChangePath Path { get; }

    /// <summary>The property's label.</summary>
    public string Label { get; }

    /// <summary>A value of a category as the manifest writes it; null where it is none.</summary>
    public static Term? ValueOf(DomainManifest manifest, string text) =>
        text is "true" or "false" ? Value.FromBoolean(text == "true").ToTerm()
        : text.IndexOf(':', StringComparison.Ordinal) is > 0 and var colon && colon < text.Length - 1 && manifest.Prefixes.ContainsKey(text[..colon]) ? manifest.Expand(text)
        : null;

    /// <summary>The values that may come instead of one, the cheapest first; of equals the manifest's order, smaller changes and then falling ones first.</summary>
    /// <param name="current">What the case says; null where it says nothing.</param>
    public ImmutableArray<Alternative> AlternativesTo(Term? current) => Setting.Step is null
        ? [.. _categories
            .Where(category => !category.Value.Equals(current) && (category.From.IsEmpty || (current is not null && category.From.Contains(current))))
            .Select(category => new Alternative(category.Value, category.Cost))
            .OrderBy(alternative => alternative.Cost)]
        : current is Literal number && Value.Of(current).TryGetDecimal(out var value)
            ? [.. Numbers(value).Where(next => IsOfDatatype(next.Value, number)).Select(next => new Alternative(Write(next.Value, number), next.Cost)).OrderBy(alternative => alternative.Cost)]
            : [];

    private IEnumerable<(decimal Value, decimal Cost)> Numbers(decimal current)
    {
        var step = Setting.Step!.Value;
        for (var taken = 1; taken <= (Setting.Steps ?? ChangeSetting.DefaultSteps); taken++)
        {
            var cost = taken * Setting.Cost!.Value;
            if (Setting.Direction != ChangeDirection.Up && TryGo(-1, taken, out var below)) yield return (below, cost);
            if (Setting.Direction != ChangeDirection.Down && TryGo(1, taken, out var above)) yield return (above, cost);
        }

        // The first step leads to the next multiple: people offer round numbers.
        bool TryGo(int sign, int taken, out decimal next)
        {
            next = 0;
            try
            {
                var multiple = sign < 0 ? Math.Ceiling(current / step) : Math.Floor(current / step);
                next = (multiple + (sign * taken)) * step;
            }
            catch (OverflowException)
            {
                return false;
            }

            return !(next < Setting.Minimum) && !(next > Setting.Maximum);
        }
    }

    /// <summary>A whole number stays one.</summary>
    private static bool IsOfDatatype(decimal value, Literal like) =>
        decimal.IsInteger(value) || Value.Of(like).Kind != ValueKind.Integer;

    private static Literal Write(decimal value, Literal like) => new((value / 1.0000000000000000000000000000m).ToString(CultureInfo.InvariantCulture), like.Datatype);
}

/// <summary>A value that a property may take instead of its own.</summary>
/// <param name="To">The value.</param>
/// <param name="Cost">What the change costs.</param>
internal sealed record Alternative(Term To, decimal Cost);
