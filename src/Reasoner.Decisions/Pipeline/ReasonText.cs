using Reasoner.Inference;
using Reasoner.Rdf;

namespace Reasoner.Decisions;

/// <summary>What rules say about themselves, filled with a proof's values.</summary>
internal static class ReasonText
{
    /// <summary>The reason code, the explanation and the law or policy of a proof's last rule.</summary>
    /// <param name="domain">The domain.</param>
    /// <param name="proof">The proof.</param>
    /// <param name="labelOf">The label of a value; as the domain's own graph has it where null.</param>
    public static (string? Code, string Because, string? Source) Of(Domain domain, ProofNode proof, Func<Term, string>? labelOf = null)
    {
        if (proof.Rule is null) return (null, $"stated in {proof.Source}", null);
        var documentation = domain.RuleNames.TryGetNumber(proof.Rule, out var number) && domain.Rules.Rules[number].Name is { } name
            ? domain.RuleCatalogue.Find(name)
            : null;
        var because = documentation?.Because?.Render(variable => proof.Bindings
            .Where(binding => binding.Variable == variable)
            .Select(binding => (labelOf ?? domain.LabelOf)(binding.Value))
            .FirstOrDefault());
        var source = documentation is { Sources.IsEmpty: false } ? DecisionPipeline.Name(documentation.Sources[0]) : null;
        return (documentation?.Code, because ?? documentation?.Label ?? CoreVocabulary.LocalName(proof.Rule), source);
    }

    /// <summary>The rule's label; null where it has none.</summary>
    public static string? LabelOfRule(Domain domain, string rule)
    {
        if (!domain.RuleNames.TryGetNumber(rule, out var number)) return null;
        var named = domain.Rules.Rules[number];
        return named.Name is null ? named.Origin : domain.RuleCatalogue.Find(named.Name)?.Label;
    }

    /// <summary>An answer with its label.</summary>
    public static AnswerReference AnswerOf(Domain domain, Iri answer) => new(answer.Value, domain.LabelOf(answer));
}
