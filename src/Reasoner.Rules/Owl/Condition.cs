using System.Collections.Immutable;
using Reasoner.Rdf;

namespace Reasoner.Rules;

/// <summary>What must hold for a rule to fire: patterns, filters, and variables that can have one value only.</summary>
/// <param name="Patterns">Triple patterns.</param>
/// <param name="Filters">Conditions on their variables.</param>
/// <param name="Values">Variables to be replaced by constants (owl:oneOf).</param>
/// <param name="Origins">The OWL 2 RL rules that the condition comes from.</param>
internal sealed record Condition(
    ImmutableArray<TriplePattern> Patterns,
    ImmutableArray<Expression> Filters,
    ImmutableArray<(string Variable, Term Value)> Values,
    ImmutableArray<string> Origins)
{
    public static Condition Always { get; } = new([], [], [], []);

    public static Condition Of(params ImmutableArray<TriplePattern> patterns) => Always with { Patterns = patterns };

    public Condition From(string origin) =>
        Origins.Contains(origin) ? this : this with { Origins = [origin, .. Origins] };

    public Condition And(Condition other) => new(
        [.. Patterns, .. other.Patterns],
        [.. Filters, .. other.Filters],
        [.. Values, .. other.Values],
        [.. Origins.Union(other.Origins)]);

    /// <summary>The values by variable; false where a variable would have two, so that the condition never
    /// holds.</summary>
    public bool TryGetValues(out IReadOnlyDictionary<string, Term> values)
    {
        var byName = new Dictionary<string, Term>(StringComparer.Ordinal);
        values = byName;
        foreach (var (variable, value) in Values)
        {
            if (!byName.TryAdd(variable, value) && byName[variable] != value) return false;
        }

        return true;
    }

    public static ImmutableArray<Condition> And(ImmutableArray<Condition> left, ImmutableArray<Condition> right) =>
        [.. left.SelectMany(_ => right, (l, r) => l.And(r))];
}

/// <summary>What follows for an instance of a class: under a further condition, triples.</summary>
/// <param name="When">The further condition.</param>
/// <param name="Head">The triples.</param>
internal sealed record Consequence(Condition When, ImmutableArray<TriplePattern> Head)
{
    public Consequence From(string origin) => this with { When = When.From(origin) };
}

/// <summary>A property or its inverse.</summary>
internal readonly record struct PropertyExpression(Iri Property, bool IsInverse);
