using Reasoner.Rdf;

namespace Reasoner.Rules;

/// <summary>How bad a diagnostic is.</summary>
public enum Severity
{
    /// <summary>Worth knowing; nothing need change.</summary>
    Info,

    /// <summary>Probably a mistake; the rule set still runs.</summary>
    Warning,

    /// <summary>The rule set cannot be used.</summary>
    Error,
}

/// <summary>Something to tell an author about a rule set.</summary>
/// <param name="Position">Where.</param>
/// <param name="Severity">How bad.</param>
/// <param name="Code">A stable code, <c>SRLnnnn</c>.</param>
/// <param name="Message">What is wrong, and what to do.</param>
public sealed record Diagnostic(SourcePosition Position, Severity Severity, string Code, string Message)
{
    /// <summary><c>file:line:column: error SRL0012: what is wrong, and what to do</c>.</summary>
    public override string ToString() =>
        $"{Position}: {Severity.ToString().ToLowerInvariant()} {Code}: {Message}";
}
