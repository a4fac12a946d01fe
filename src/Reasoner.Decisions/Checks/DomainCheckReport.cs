using System.Collections.Immutable;
using Reasoner.Rules;

namespace Reasoner.Decisions;

/// <summary>What there is to say about a domain.</summary>
/// <param name="Domain">The domain's name; null where not even the manifest could be read.</param>
/// <param name="Rules">How many rules of its own it has.</param>
/// <param name="Diagnostics">Everything, by position.</param>
/// <param name="ProtectedAttributes">The ways by which protected attributes are read; among the diagnostics too.</param>
public sealed record DomainCheckReport(
    string? Domain, int Rules, ImmutableArray<Diagnostic> Diagnostics, ImmutableArray<ProtectedAttributeFinding> ProtectedAttributes)
{
    /// <summary>How many errors there are.</summary>
    public int Errors => Count(Severity.Error);

    /// <summary>How many warnings there are.</summary>
    public int Warnings => Count(Severity.Warning);

    /// <summary>How many remarks there are.</summary>
    public int Remarks => Count(Severity.Info);

    /// <summary>Whether there are no errors.</summary>
    public bool Succeeded => Errors == 0;

    private int Count(Severity severity) => Diagnostics.Count(diagnostic => diagnostic.Severity == severity);
}
