using System.Collections.Immutable;
using System.Globalization;
using Reasoner.Rdf;

namespace Reasoner.Decisions;

/// <summary>The groups of a protected attribute, and which case is in which.</summary>
/// <param name="Grouping">How values became groups, in a sentence.</param>
/// <param name="Names">The groups' names, in the order of their values; last those of <paramref name="Unnamed"/>.</param>
/// <param name="OfCase">The group of each case.</param>
/// <param name="Unnamed">How many of the last groups are no groups of people: rare values together, and no value stated.</param>
internal sealed record ProtectedGroups(string Grouping, ImmutableArray<string> Names, int[] OfCase, int Unnamed)
{
    /// <summary>Numbers of no more different values than this are groups of their own.</summary>
    private const int MostSingleNumbers = 5;

    /// <summary>Of more values than this the most frequent are groups of their own, and the others one together.</summary>
    private const int MostGroups = 50;

    /// <summary>Groups of those in a protected class and those outside.</summary>
    public static ProtectedGroups OfMembers(IReadOnlyList<Term?> values) => new(
        "Cases in the class and others.", ["member", "not a member"], [.. values.Select(value => value is null ? 1 : 0)], Unnamed: 0);

    /// <summary>
    /// Groups by value: of numbers by the ontology's <c>rsn:groupBoundary</c>, else by the quartiles of these cases; of
    /// anything else each value.
    /// </summary>
    /// <param name="domain">The domain, whose labels name values.</param>
    /// <param name="attribute">The property.</param>
    /// <param name="values">Each case's value; null where it states none.</param>
    public static ProtectedGroups OfValues(Domain domain, Iri attribute, IReadOnlyList<Term?> values)
    {
        var numbers = values.Select(value => value is not null && Value.Of(value) is { IsNumeric: true } number && number.TryGetDouble(out var each) ? each : double.NaN).ToArray();
        var areNumbers = !values.Where((value, i) => value is not null && double.IsNaN(numbers[i])).Any();
        if (!areNumbers) return OfTerms(domain, values);
        double[] stated = [.. numbers.Where(number => !double.IsNaN(number)).Order()];
        if (Boundaries(domain, attribute) is { Length: > 0 } boundaries) return OfRanges("By the boundaries that the ontology declares.", boundaries, numbers);
        if (stated.Distinct().Count() <= MostSingleNumbers) return OfTerms(domain, values);
        double[] quartiles = [.. new[] { 0.25, 0.5, 0.75 }.Select(share => Bootstrap.Quantile(stated, share)).Distinct()];
        return OfRanges("By the quartiles of these cases.", quartiles, numbers);
    }

    private static double[] Boundaries(Domain domain, Iri attribute)
    {
        var graph = domain.Baseline.Graph;
        var property = graph.Terms.Find(CoreVocabulary.GroupBoundary);
        var subject = graph.Terms.Find(attribute);
        if (property == 0 || subject == 0) return [];
        var boundaries = new SortedSet<double>();
        foreach (var value in graph.ObjectsOf(subject, property))
            if (graph.Terms.ValueOf(value).TryGetDouble(out var boundary)) boundaries.Add(boundary);
        return [.. boundaries];
    }

    private static ProtectedGroups OfRanges(string grouping, double[] boundaries, double[] numbers)
    {
        List<string> names = [$"under {Text(boundaries[0])}"];
        for (var i = 1; i < boundaries.Length; i++) names.Add($"{Text(boundaries[i - 1])} to under {Text(boundaries[i])}");
        names.Add($"{Text(boundaries[^1])} and over");
        return Make(grouping, names, [.. numbers.Select(number => double.IsNaN(number) ? -1 : boundaries.Count(boundary => number >= boundary))]);
    }

    private static ProtectedGroups OfTerms(Domain domain, IReadOnlyList<Term?> values)
    {
        // What is equal as a value is one group, however it is written.
        var byKey = values.OfType<Term>().GroupBy(Key, StringComparer.Ordinal).ToList();
        var groups = byKey
            .OrderByDescending(group => group.Count()).ThenBy(group => group.Key, StringComparer.Ordinal).Take(MostGroups)
            .Select(group => (group.Key, Term: group.First(), Label: domain.LabelOf(group.First())))
            .OrderBy(group => Value.Of(group.Term).TryGetDouble(out var number) ? number : double.NegativeInfinity)
            .ThenBy(group => group.Label, StringComparer.Ordinal).ThenBy(group => group.Key, StringComparer.Ordinal).ToList();
        var names = groups.Select(group => groups.Count(other => other.Label == group.Label) > 1 ? $"{group.Label} ({group.Key})" : group.Label).ToList();
        var places = groups.Select((group, place) => (group.Key, place)).ToDictionary(StringComparer.Ordinal);
        var hasRare = byKey.Count > groups.Count;
        if (hasRare) names.Add("other values");
        return Make(
            hasRare ? "The most frequent values each, others together." : "Each value.",
            names,
            [.. values.Select(value => value is null ? -1 : places.GetValueOrDefault(Key(value), groups.Count))],
            hasRare ? 1 : 0);
    }

    private static ProtectedGroups Make(string grouping, List<string> names, int[] ofCase, int unnamed = 0)
    {
        if (!ofCase.Contains(-1)) return new(grouping, [.. names], ofCase, unnamed);
        return new(grouping, [.. names, "not stated"], [.. ofCase.Select(group => group < 0 ? names.Count : group)], unnamed + 1);
    }

    private static string Key(Term term) => (term is Literal ? Value.Of(term).CanonicalText : null) ?? DecisionPipeline.Name(term);

    private static string Text(double number) => number.ToString("0.###", CultureInfo.InvariantCulture);
}
