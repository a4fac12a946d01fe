using System.Collections.Immutable;
using Reasoner.Rdf;

namespace Reasoner.Rules;

/// <summary>What a rule set says about one of its rules.</summary>
/// <param name="Rule">The rule's name.</param>
/// <param name="Label">rdfs:label: one without a language, else the English, else the first.</param>
/// <param name="Because">rsn:because: the reason in words.</param>
/// <param name="Sources">dcterms:source: the laws or policies that it implements.</param>
/// <param name="Code">rsn:code: the reason code.</param>
/// <param name="Status">rsn:status.</param>
public sealed record RuleDocumentation(
    Iri Rule, string? Label, BecauseTemplate? Because, ImmutableArray<Term> Sources, string? Code, Term? Status);

/// <summary>The documentation of a rule set's named rules, from its DATA blocks.</summary>
public sealed class RuleCatalogue
{
    private const string Namespace = "urn:reasoner:ns#";

    private static readonly Iri _label = new("http://www.w3.org/2000/01/rdf-schema#label");
    private static readonly Iri _source = new("http://purl.org/dc/terms/source");
    private static readonly Iri _because = new(Namespace + "because");
    private static readonly Iri _code = new(Namespace + "code");
    private static readonly Iri _status = new(Namespace + "status");

    private readonly Dictionary<Iri, RuleDocumentation> _byRule = [];

    private RuleCatalogue()
    {
    }

    /// <summary>The entries, in the order of the rules.</summary>
    public IReadOnlyCollection<RuleDocumentation> Entries => _byRule.Values;

    /// <summary>A rule's entry: empty where the rule set says nothing; null for a name of no rule.</summary>
    public RuleDocumentation? Find(Iri rule) => _byRule.GetValueOrDefault(rule);

    /// <summary>Collects the catalogue, and what is wrong with it.</summary>
    public static (RuleCatalogue Catalogue, ImmutableArray<Diagnostic> Diagnostics) Create(RuleSet ruleSet)
    {
        var catalogue = new RuleCatalogue();
        var diagnostics = ImmutableArray.CreateBuilder<Diagnostic>();
        var names = new NameWriter(ruleSet.Prefixes);
        var about = ruleSet.Data.Where(fact => fact.Triple.Subject is Iri).ToLookup(fact => (Iri)fact.Triple.Subject);
        foreach (var rules in ruleSet.Rules.Where(rule => rule.Name is not null).GroupBy(rule => rule.Name!))
        {
            var variables = rules.SelectMany(rule => rule.Body.BoundVariables()).ToHashSet(StringComparer.Ordinal);
            catalogue._byRule[rules.Key] = Read(rules.Key, about[rules.Key], variables, names, diagnostics);
        }

        foreach (var fact in ruleSet.Data)
        {
            if (fact.Triple.Predicate != _because
                || (fact.Triple.Subject is Iri name && catalogue._byRule.ContainsKey(name))) continue;
            var subject = names.Write(fact.Triple.Subject);
            diagnostics.Add(new Diagnostic(fact.Position, Severity.Warning, DiagnosticCodes.EntryWithoutRule,
                $"rsn:because describes {subject}, but no rule has that name; name the rule: RULE {subject} {{ ... }}."));
        }

        return (catalogue, diagnostics.DrainToImmutable());
    }

    private static RuleDocumentation Read(
        Iri rule,
        IEnumerable<PositionedTriple> facts,
        HashSet<string> variables,
        NameWriter names,
        ImmutableArray<Diagnostic>.Builder diagnostics)
    {
        var byPredicate = facts.ToLookup(fact => fact.Triple.Predicate);
        var label = byPredicate[_label].Select(fact => fact.Triple.Object).OfType<Literal>()
            .OrderBy(literal => literal.Language switch { null => 0, "en" => 1, _ => 2 })
            .FirstOrDefault();
        var because = Single(_because) is { } fact ? Template(fact, names.Write(rule), variables, diagnostics) : null;
        return new RuleDocumentation(
            rule,
            label?.LexicalForm,
            because,
            [.. byPredicate[_source].Select(source => source.Triple.Object)],
            (Single(_code)?.Triple.Object as Literal)?.LexicalForm,
            Single(_status)?.Triple.Object);

        PositionedTriple? Single(Iri predicate)
        {
            var values = byPredicate[predicate].ToArray();
            foreach (var extra in values.Skip(1).Where(extra => extra.Triple.Object != values[0].Triple.Object))
            {
                diagnostics.Add(
                    new Diagnostic(extra.Position, Severity.Warning, DiagnosticCodes.DuplicateCatalogueEntry,
                    $"{names.Write(rule)} has {names.Write(predicate)} already, at {values[0].Position}; keep one of the two (the first is used)."));
            }

            return values.Length > 0 ? values[0] : null;
        }
    }

    private static BecauseTemplate? Template(
        PositionedTriple fact, string rule, HashSet<string> variables, ImmutableArray<Diagnostic>.Builder diagnostics)
    {
        if (fact.Triple.Object is not Literal { LexicalForm: var text })
        {
            Report(DiagnosticCodes.MalformedTemplate, "rsn:because needs a string.");
            return null;
        }

        if (!BecauseTemplate.TryParse(text, out var template, out var problem))
        {
            Report(DiagnosticCodes.MalformedTemplate, problem + ".");
            return null;
        }

        foreach (var name in template!.Placeholders.Where(name => !variables.Contains(name)))
        {
            Report(DiagnosticCodes.UnknownPlaceholder,
                $"{{{name}}} is no variable that the rule's body binds{NearestName.Advice(name, variables)}");
        }

        return template;

        void Report(string code, string problem) => diagnostics.Add(new Diagnostic(
            fact.Position, Severity.Error, code, $"The template of {rule}: {problem}"));
    }
}
