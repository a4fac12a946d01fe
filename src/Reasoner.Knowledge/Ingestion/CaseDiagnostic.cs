using Reasoner.Rdf;

namespace Reasoner.Knowledge;

/// <summary>Something in a case that was not understood.</summary>
/// <param name="Position">Line and column in the case.</param>
/// <param name="Pointer">The place as a JSON Pointer (RFC 6901).</param>
/// <param name="Message">What is wrong and what to do.</param>
public sealed record CaseDiagnostic(SourcePosition Position, string Pointer, string Message)
{
    /// <summary><c>file:line:column: error: what is wrong (at /pointer)</c>.</summary>
    public override string ToString() =>
        Pointer.Length == 0 ? $"{Position}: error: {Message}" : $"{Position}: error: {Message} (at {Pointer})";
}
