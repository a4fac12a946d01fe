using System.Collections.Immutable;

namespace Reasoner.Rules;

/// <summary>A rule set cannot be used; the diagnostics say why.</summary>
public sealed class RuleSetException(ImmutableArray<Diagnostic> diagnostics)
    : Exception(string.Join('\n', diagnostics))
{
    /// <summary>What is wrong.</summary>
    public ImmutableArray<Diagnostic> Diagnostics { get; } = diagnostics;
}
