using System.Collections.Immutable;
using Reasoner.Rdf;

namespace Reasoner.Rules;

/// <summary>What is known about the surroundings of a rule set; without it, what depends on it is not
/// checked.</summary>
public sealed record RuleSetSurroundings
{
    /// <summary>The predicates of the data that the rules will see, or null.</summary>
    public IReadOnlySet<Iri>? DataPredicates { get; init; }

    /// <summary>The terms that the ontology declares, or null.</summary>
    public IReadOnlySet<Iri>? KnownTerms { get; init; }

    /// <summary>Whether every rule should have a name, as in a domain, where names identify rules in proofs.</summary>
    public bool NamesExpected { get; init; }

    /// <summary>The rules' documentation, or null: a variable that a rule's rsn:because shows is used there.</summary>
    public RuleCatalogue? Catalogue { get; init; }
}

/// <summary>Finds what is probably a mistake in a rule set that is otherwise correct.</summary>
public static class RuleSetAnalyzer
{
    /// <summary>The warnings and remarks about a rule set, by position.</summary>
    public static ImmutableArray<Diagnostic> Analyze(
        RuleSet ruleSet, RuleSetSurroundings? surroundings = null, CancellationToken cancellation = default)
    {
        var diagnostics = new List<Diagnostic>();
        surroundings ??= new RuleSetSurroundings();
        var names = new NameWriter(ruleSet.Prefixes);
        CheckNames(ruleSet, names, surroundings, diagnostics);
        CheckSubsumption(ruleSet, names, diagnostics, cancellation);
        CheckVariables(ruleSet, names, surroundings.Catalogue, diagnostics);
        if (surroundings.DataPredicates is { } predicates) CheckReachability(ruleSet, names, predicates, diagnostics);
        if (surroundings.KnownTerms is { } terms) CheckTerms(ruleSet, names, terms, diagnostics);
        return
        [
            .. diagnostics
                .OrderBy(diagnostic => diagnostic.Position)
                .ThenBy(diagnostic => diagnostic.Code, StringComparer.Ordinal),
        ];
    }

    private static void CheckNames(
        RuleSet ruleSet, NameWriter names, RuleSetSurroundings surroundings, List<Diagnostic> diagnostics)
    {
        var first = new Dictionary<Iri, Rule>();
        foreach (var rule in ruleSet.Rules)
        {
            if (rule.Name is null)
            {
                if (surroundings.NamesExpected && rule.Origin.Length == 0)
                    Warn(diagnostics, rule.Position, DiagnosticCodes.UnnamedRule, "This rule has no name; give it one, RULE ex:name { ... }, so that proofs and reports can cite it.");
            }
            else if (!first.TryAdd(rule.Name, rule))
            {
                Warn(diagnostics, rule.Position, DiagnosticCodes.DuplicateRuleName,
                    $"The rule at {first[rule.Name].Position} has the name {names.Write(rule.Name)} too; give one of them another, or proofs cannot tell them apart.");
            }
        }
    }

    private static void CheckSubsumption(
        RuleSet ruleSet, NameWriter names, List<Diagnostic> diagnostics, CancellationToken cancellation)
    {
        foreach (var (rule, by) in RuleSubsumption.Find(ruleSet.Rules, cancellation))
        {
            Warn(diagnostics, rule.Position, DiagnosticCodes.SubsumedRule,
                $"All that {Describe(rule, names)} derives, the rule at {by.Position} derives already; remove it, or narrow the other.");
        }
    }

    private static string Describe(Rule rule, NameWriter names) =>
        rule.Name is null ? "this rule" : $"rule {names.Write(rule.Name)}";

    private static void CheckVariables(
        RuleSet ruleSet, NameWriter names, RuleCatalogue? catalogue, List<Diagnostic> diagnostics)
    {
        var uses = new Dictionary<string, (int Count, SourcePosition First)>(StringComparer.Ordinal);
        foreach (var rule in ruleSet.Rules.Where(rule => rule.Origin.Length == 0))
        {
            uses.Clear();
            foreach (var template in rule.Head) Count(template);
            CountElements(rule.Body);
            if (rule.Name is not null && catalogue?.Find(rule.Name)?.Because is { } because)
                foreach (var name in because.Placeholders) Use(name, rule.Position);
            Report(uses, rule);
            foreach (var select in rule.Body.OfType<SubSelectElement>())
            {
                uses.Clear();
                CountInside(select);
                Report(uses, rule);
            }
        }

        void Report(Dictionary<string, (int Count, SourcePosition First)> uses, Rule rule)
        {
            foreach (var (name, (count, position)) in uses)
            {
                if (count == 1)
                {
                    diagnostics.Add(new Diagnostic(position, Severity.Info, DiagnosticCodes.VariableUsedOnce,
                        $"?{name} stands only here in {Describe(rule, names)}; if any value will do, write [] instead, else check its spelling."));
                }
            }
        }

        // A SELECT's variables are its own. Those that it gives are used by that, in it and outside.
        void CountInside(SubSelectElement select)
        {
            CountElements(select.Inner);
            foreach (var variable in select.GroupBy) Use(variable.Name, variable.Position);
            foreach (var projection in select.Projections)
            {
                UseGiven(projection);
                if (projection.Expression is not null) CountExpression(projection.Expression);
            }

            foreach (var condition in select.Having) CountExpression(condition);
        }

        void CountElements(ImmutableArray<BodyElement> elements)
        {
            foreach (var element in elements)
            {
                switch (element)
                {
                    case PatternElement pattern:
                        Count(pattern.Pattern);
                        break;
                    case FilterElement filter:
                        CountExpression(filter.Expression);
                        break;
                    case AssignmentElement assignment:
                        Use(assignment.Variable, assignment.Position);
                        CountExpression(assignment.Expression);
                        break;
                    case NegationElement negation:
                        CountElements(negation.Inner);
                        break;
                    case SubSelectElement select:
                        foreach (var projection in select.Projections) UseGiven(projection);
                        break;
                }
            }
        }

        void Count(TriplePattern pattern)
        {
            foreach (var term in pattern.Terms)
            {
                if (term is Variable { IsHidden: false } variable) Use(variable.Name, pattern.Position);
                else if (term is TripleTermPattern triple) Count(triple.Pattern);
            }
        }

        void CountExpression(Expression expression)
        {
            foreach (var use in expression.VariableUses()) Use(use.Name, use.Position);
        }

        void UseGiven(Projection projection)
        {
            for (var i = 0; i < 2; i++) Use(projection.Variable, projection.Position);
        }

        void Use(string name, SourcePosition position) =>
            uses[name] = uses.TryGetValue(name, out var use) ? (use.Count + 1, use.First) : (1, position);
    }

    private static void CheckReachability(
        RuleSet ruleSet, NameWriter names, IReadOnlySet<Iri> dataPredicates, List<Diagnostic> diagnostics)
    {
        var index = new TemplateIndex(ruleSet.Rules);
        var blockPredicates = ruleSet.Data.Select(fact => fact.Triple.Predicate).ToHashSet();
        foreach (var rule in ruleSet.Rules)
        {
            var missing = Needed(rule.Body, rule.MatchesDataOnly).FirstOrDefault(needed =>
                needed.Pattern.Predicate is ConstantTerm { Term: Iri predicate }
                && !dataPredicates.Contains(predicate)
                && (needed.InDataOnly || !(blockPredicates.Contains(predicate) || IsDerived(needed.Pattern)))).Pattern;
            if (missing is null) continue;
            var pattern = RuleText.Write(missing, ruleSet.Prefixes);
            Warn(diagnostics, missing.Position, DiagnosticCodes.NeverFires,
                $"{Capital(Describe(rule, names))} never fires: no data and no rule gives {{ {pattern} }}; check the property's spelling, or add what derives it.");
        }

        // Of a SELECT with groups: without matches there is no group. One without has a group whatever matches.
        static IEnumerable<(TriplePattern Pattern, bool InDataOnly)> Needed(ImmutableArray<BodyElement> body, bool inDataOnly) =>
            body.SelectMany(element => element switch
            {
                PatternElement pattern => [(pattern.Pattern, inDataOnly)],
                SubSelectElement { GroupBy.IsEmpty: false } select => Needed(select.Inner, inDataOnly || select.MatchesDataOnly),
                _ => Enumerable.Empty<(TriplePattern, bool)>(),
            });

        bool IsDerived(TriplePattern pattern)
        {
            var (first, second, third) = index.Candidates(pattern);
            return first.Concat(second).Concat(third).Any(entry => PatternMatching.CanMatch(pattern, entry.Template));
        }
    }

    // Only terms in namespaces that the ontology declares something in: others are not its business.
    private static void CheckTerms(
        RuleSet ruleSet, NameWriter names, IReadOnlySet<Iri> knownTerms, List<Diagnostic> diagnostics)
    {
        var localNames = knownTerms.ToLookup(
            term => NamespaceOf(term.Value), term => term.Value[NamespaceOf(term.Value).Length..]);
        var ruleNames = ruleSet.Rules.Where(rule => rule.Name is not null).Select(rule => rule.Name!).ToHashSet();
        var seen = new HashSet<Iri>();
        foreach (var rule in ruleSet.Rules)
        {
            foreach (var pattern in rule.Head) Check(pattern);
            foreach (var pattern in rule.Body.Patterns()) Check(pattern);
        }

        void Check(TriplePattern pattern)
        {
            foreach (var term in pattern.Terms)
            {
                if (term is TripleTermPattern triple) Check(triple.Pattern);
                if (term is not ConstantTerm { Term: Iri iri } || knownTerms.Contains(iri)
                    || ruleNames.Contains(iri)) continue;
                var ns = NamespaceOf(iri.Value);
                if (!localNames.Contains(ns) || !seen.Add(iri)) continue;
                var advice = NearestName.Find(iri.Value[ns.Length..], localNames[ns]) is { } nearest
                    ? $"did you mean {names.Write(new Iri(ns + nearest))}?"
                    : "declare it there, or check its spelling.";
                Warn(diagnostics, pattern.Position, DiagnosticCodes.UnknownTerm,
                    $"The ontology does not declare {names.Write(iri)}; {advice}");
            }
        }
    }

    private static string NamespaceOf(string iri) => iri[..(iri.AsSpan().LastIndexOfAny('#', '/', ':') + 1)];

    private static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];

    private static void Warn(List<Diagnostic> diagnostics, SourcePosition position, string code, string message) =>
        diagnostics.Add(new Diagnostic(position, Severity.Warning, code, message));
}
