namespace Reasoner.Knowledge;

/// <summary>What was read from a JSON case.</summary>
/// <param name="Roots">The term ids of its root objects' nodes, in document order.</param>
/// <param name="Diagnostics">What was left out because nothing says what it means; empty after a strict reading.</param>
public sealed record JsonCase(IReadOnlyList<int> Roots, IReadOnlyList<CaseDiagnostic> Diagnostics);
