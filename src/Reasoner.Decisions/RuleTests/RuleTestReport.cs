using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Reasoner.Rdf;
using Reasoner.Rules;

namespace Reasoner.Decisions;

/// <summary>What came of a domain's rule test cases. Triples are written as in the rules, with the domain's prefixes.</summary>
/// <param name="Domain">The domain's name.</param>
/// <param name="Cases">The cases, in ordinal order of their names.</param>
/// <param name="Coverage">The domain's own rules that have a name, in the order of the files.</param>
/// <param name="Problems">What is wrong with the files of the cases, by position.</param>
public sealed record RuleTestReport(
    string Domain,
    ImmutableArray<RuleTestResult> Cases,
    ImmutableArray<RuleCoverage> Coverage,
    ImmutableArray<Diagnostic> Problems)
{
    /// <summary>How many cases passed.</summary>
    public int Passed => Cases.Count(result => result.Passed);

    /// <summary>How many cases did not pass.</summary>
    public int Failed => Cases.Length - Passed;

    /// <summary>How many of the rules fired.</summary>
    public int RulesFired => Coverage.Count(rule => rule.HasFired);

    /// <summary>The share of the rules that fired, in per cent; 100 where there are no rules.</summary>
    public double CoveragePercent => Coverage.IsEmpty ? 100 : Math.Round(100.0 * RulesFired / Coverage.Length, 1);

    /// <summary>The rules that fired nowhere.</summary>
    [JsonIgnore]
    public IEnumerable<RuleCoverage> Unfired => Coverage.Where(rule => !rule.HasFired);

    /// <summary>Whether every case passed and no file is wrong.</summary>
    public bool Succeeded => Failed == 0 && !Problems.Any(problem => problem.Severity == Severity.Error);
}

/// <summary>What came of one case.</summary>
/// <param name="Name">The name that its files share.</param>
/// <param name="Description">The first comment of the file of what must follow; null where it has none.</param>
/// <param name="Missing">What must follow and does not.</param>
/// <param name="Unexpected">What must not follow and does.</param>
/// <param name="Problems">Why the case could not be evaluated; empty where it could.</param>
public sealed record RuleTestResult(
    string Name,
    string? Description,
    ImmutableArray<MissingTriples> Missing,
    ImmutableArray<UnexpectedTriples> Unexpected,
    ImmutableArray<Diagnostic> Problems)
{
    /// <summary>Whether everything is as it must be.</summary>
    public bool Passed => Missing.IsEmpty && Unexpected.IsEmpty && Problems.IsEmpty;
}

/// <summary>What must follow and does not.</summary>
/// <param name="Pattern">The triple; several where they share a blank node, which stands for anything.</param>
/// <param name="Position">Where it is asked for.</param>
/// <param name="WhyNot">A line for each rule that could have given it: what stops the rule.</param>
public sealed record MissingTriples(string Pattern, SourcePosition Position, ImmutableArray<string> WhyNot);

/// <summary>What must not follow and does.</summary>
/// <param name="Pattern">The triple; several where they share a blank node, which stands for anything.</param>
/// <param name="Position">Where it is forbidden.</param>
/// <param name="Found">The facts that match.</param>
/// <param name="Because">For each fact the rules of its proof, what they need first; or where it is stated.</param>
public sealed record UnexpectedTriples(
    string Pattern, SourcePosition Position, ImmutableArray<string> Found, ImmutableArray<string> Because);

/// <summary>Where a rule fired: where it gave a fact, or would have, had not another rule given the same fact first.</summary>
/// <param name="Rule">The rule's name, with the domain's prefixes.</param>
/// <param name="Code">Its reason code; null where it has none.</param>
/// <param name="Position">Where it stands.</param>
/// <param name="Cases">The cases in which it fired.</param>
/// <param name="FiresOnBackground">Whether it fires on the domain's background data, whatever the case.</param>
public sealed record RuleCoverage(
    string Rule, string? Code, SourcePosition Position, ImmutableArray<string> Cases, bool FiresOnBackground)
{
    /// <summary>Whether it fired anywhere.</summary>
    public bool HasFired => FiresOnBackground || !Cases.IsEmpty;
}
