using System.Collections.Immutable;

namespace Reasoner.Rules;

/// <summary>Finds what a rule set uses beyond SPARQL 1.2 RL, for who wants rules that any implementation reads.</summary>
public static class Extensions
{
    /// <summary>Each use, as an error, in the order of the rules.</summary>
    public static ImmutableArray<Diagnostic> Find(RuleSet ruleSet) =>
    [
        .. ruleSet.Rules.SelectMany(rule => rule.Body).OfType<SubSelectElement>().Select(select => new Diagnostic(
            select.Position,
            Severity.Error,
            DiagnosticCodes.Extension,
            "SELECT in a body is an extension and not part of SPARQL 1.2 RL; state the aggregate's result in the data, or read without strictness.")),
    ];
}
