using System.Globalization;
using Reasoner.Rdf;

namespace Reasoner.Decisions.Counterfactuals;

/// <summary>Alternatives in words: by the phrases of the manifest and the labels of the ontology.</summary>
internal static class CounterfactualText
{
    private const string UsualPhrase = "with {label} {to} instead of {from}";
    private const string UsualPhraseFromNothing = "with {label} {to}";

    /// <summary>A change as the record keeps it.</summary>
    public static ChangeRecord Describe(Domain domain, Changeable property, Term? from, Alternative alternative) => new(
        property.Setting.Path,
        property.Label,
        from?.ToString(),
        from is null ? null : LabelOf(domain, from),
        alternative.To.ToString()!,
        LabelOf(domain, alternative.To),
        alternative.Cost);

    /// <summary>The alternative in a sentence: the answer, then a phrase for each change.</summary>
    public static string Sentence(Domain domain, AnswerReference answer, IReadOnlyList<ChangeRecord> changes)
    {
        var phrases = changes.Select(change => Phrase(domain, change)).ToList();
        var all = phrases.Count == 1 ? phrases[0] : $"{string.Join(", ", phrases.SkipLast(1))} and {phrases[^1]}";
        return $"{answer.Label} {all}";
    }

    private static string Phrase(Domain domain, ChangeRecord change)
    {
        var phrase = domain.Changes.Properties.FirstOrDefault(property => property.Setting.Path == change.Path)?.Setting.Phrase
            ?? (change.From is null ? UsualPhraseFromNothing : UsualPhrase);
        return phrase
            .Replace("{label}", change.Label, StringComparison.Ordinal)
            .Replace("{from}", change.FromLabel ?? "nothing", StringComparison.Ordinal)
            .Replace("{to}", change.ToLabel, StringComparison.Ordinal);
    }

    private static string LabelOf(Domain domain, Term term) => term switch
    {
        Literal when Value.Of(term) is { IsNumeric: true } value && value.TryGetDecimal(out var number) => number.ToString("#,0.##########", CultureInfo.InvariantCulture),
        Literal when Value.Of(term).Kind == ValueKind.Boolean => Value.Of(term).EffectiveBooleanValue == true ? "yes" : "no",
        _ => domain.LabelOf(term),
    };
}
