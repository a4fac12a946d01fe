using System.Collections.Immutable;
using Reasoner.Rdf;

namespace Reasoner.Rules;

/// <summary>What the checks of a rule set find, and the words that they share.</summary>
internal sealed class Findings(RuleSet ruleSet, CancellationToken cancellation)
{
    private readonly List<Diagnostic> _diagnostics = [];
    private int _steps;

    public NameWriter Names { get; } = new(ruleSet.Prefixes);

    /// <summary>The findings, by position.</summary>
    public ImmutableArray<Diagnostic> Sorted =>
    [
        .. _diagnostics
            .OrderBy(diagnostic => diagnostic.Position)
            .ThenBy(diagnostic => diagnostic.Code, StringComparer.Ordinal)
            .ThenBy(diagnostic => diagnostic.Message, StringComparer.Ordinal),
    ];

    public void Warn(SourcePosition position, string code, string message) => Add(position, Severity.Warning, code, message);

    public void Remark(SourcePosition position, string code, string message) => Add(position, Severity.Info, code, message);

    /// <summary>Called once a rule by every check.</summary>
    public void ThrowIfCancelled()
    {
        if (++_steps % 64 == 0) cancellation.ThrowIfCancellationRequested();
    }

    /// <summary>The rule, where the message stands beside its position.</summary>
    public string This(Rule rule) => rule.Name is null ? "this rule" : $"rule {Names.Write(rule.Name)}";

    /// <summary>The rule and its place, where the message stands elsewhere.</summary>
    public string Other(Rule rule) => rule switch
    {
        { Name: not null } => $"rule {Names.Write(rule.Name)} ({rule.Position})",
        { Origin.Length: > 0 } => $"the axiom at {rule.Position} ({rule.Origin})",
        _ => $"the rule at {rule.Position}",
    };

    public string Write(TriplePattern pattern) => RuleText.Write(pattern, ruleSet.Prefixes);

    public string Write(Expression expression) => RuleText.Write(expression, ruleSet.Prefixes);

    public static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];

    private void Add(SourcePosition position, Severity severity, string code, string message) =>
        _diagnostics.Add(new Diagnostic(position, severity, code, message));
}
