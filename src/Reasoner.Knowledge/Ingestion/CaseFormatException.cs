using Reasoner.Rdf;

namespace Reasoner.Knowledge;

/// <summary>A case, a context or table metadata in JSON cannot be used as it stands.</summary>
public sealed class CaseFormatException : Exception
{
    /// <summary>Makes the error of one place.</summary>
    /// <param name="position">Line and column.</param>
    /// <param name="pointer">The place as a JSON Pointer (RFC 6901); empty for the whole document.</param>
    /// <param name="problem">What is wrong and what to do.</param>
    public CaseFormatException(SourcePosition position, string pointer, string problem)
        : this(new CaseDiagnostic(position, pointer, problem), [])
    {
    }

    internal CaseFormatException(CaseDiagnostic first, IReadOnlyList<CaseDiagnostic> all)
        : base(all.Count > 1 ? $"{first} ({all.Count - 1} more)" : first.ToString())
    {
        (Position, Pointer, Problem) = (first.Position, first.Pointer, first.Message);
        Diagnostics = all.Count == 0 ? [first] : all;
    }

    /// <summary>Where: the first place, if there are several.</summary>
    public SourcePosition Position { get; }

    /// <summary>The place as a JSON Pointer (RFC 6901).</summary>
    public string Pointer { get; }

    /// <summary>What is wrong and what to do, without the position.</summary>
    public string Problem { get; }

    /// <summary>Whether the text is not well-formed JSON, or beyond a limit of reading; else it is JSON that says what is not understood.</summary>
    public bool IsSyntax { get; internal init; }

    /// <summary>Everything that was found wrong; at least one.</summary>
    public IReadOnlyList<CaseDiagnostic> Diagnostics { get; }
}
