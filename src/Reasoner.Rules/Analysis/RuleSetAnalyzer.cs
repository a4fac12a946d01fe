using System.Collections.Immutable;
using Reasoner.Rdf;

namespace Reasoner.Rules;

/// <summary>
/// Finds what is probably a mistake in a rule set that is otherwise correct. Each check takes time in proportion to the
/// rules and the dependencies between them.
/// </summary>
public static class RuleSetAnalyzer
{
    /// <summary>The warnings and remarks about a rule set, by position.</summary>
    /// <param name="ruleSet">The rules; those that axioms became take part, and nothing is said about them.</param>
    /// <param name="surroundings">What is known about the rest.</param>
    /// <param name="cancellation">Cancels.</param>
    public static ImmutableArray<Diagnostic> Analyze(
        RuleSet ruleSet, RuleSetSurroundings? surroundings = null, CancellationToken cancellation = default)
    {
        surroundings ??= new RuleSetSurroundings();
        var findings = new Findings(ruleSet, cancellation);
        var variables = new VariableCheck(findings);
        var joins = new JoinCheck(findings);
        var conditions = new ConditionCheck(findings);
        var first = new Dictionary<Iri, Rule>();
        var blocked = new HashSet<Rule>(ReferenceEqualityComparer.Instance);
        foreach (var rule in ruleSet.Rules)
        {
            findings.ThrowIfCancelled();
            CheckName(rule, first, surroundings, findings);
            if (rule.Origin.Length > 0) continue;
            variables.Check(rule, surroundings.Catalogue);
            joins.Check(rule);
            if (!conditions.Check(rule)) blocked.Add(rule);
        }

        foreach (var (rule, by) in RuleSubsumption.Find(ruleSet.Rules, cancellation))
        {
            findings.Warn(rule.Position, DiagnosticCodes.SubsumedRule,
                $"All that {findings.This(rule)} derives, {findings.Other(by)} derives already; remove it, or narrow the other.");
        }

        FiringCheck.Run(ruleSet, surroundings, blocked, findings);
        if (surroundings.Outputs is { } outputs) UseCheck.Run(ruleSet, outputs, findings, cancellation);
        if (surroundings.KnownTerms is { } terms) TermCheck.Run(ruleSet, terms, findings);
        return findings.Sorted;
    }

    private static void CheckName(
        Rule rule, Dictionary<Iri, Rule> first, RuleSetSurroundings surroundings, Findings findings)
    {
        if (rule.Name is null)
        {
            if (surroundings.NamesExpected && rule.Origin.Length == 0)
                findings.Warn(rule.Position, DiagnosticCodes.UnnamedRule, "This rule has no name; give it one, RULE ex:name { ... }, so that proofs and reports can cite it.");
        }
        else if (!first.TryAdd(rule.Name, rule))
        {
            findings.Warn(rule.Position, DiagnosticCodes.DuplicateRuleName,
                $"The rule at {first[rule.Name].Position} has the name {findings.Names.Write(rule.Name)} too; give one of them another, or proofs cannot tell them apart.");
        }
    }
}
