using Reasoner.Rdf;

namespace Reasoner.Rules;

/// <summary>Ends the reading of one rule or declaration; the parser reports it and goes on with the next.</summary>
internal sealed class SrlSyntaxError(SourcePosition position, string code, string message) : Exception(message)
{
    public Diagnostic Diagnostic { get; } = new(position, Severity.Error, code, message);
}
