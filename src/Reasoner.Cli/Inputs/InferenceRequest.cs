namespace Reasoner.Cli;

/// <summary>What to reason with.</summary>
/// <param name="Rules">Rule files.</param>
/// <param name="Data">Data files.</param>
/// <param name="Ontology">Ontology files.</param>
/// <param name="MaxFacts">How many facts may be derived.</param>
/// <param name="Timeout">How long the evaluation may take.</param>
internal sealed record InferenceRequest(
    IReadOnlyList<string> Rules, IReadOnlyList<string> Data, IReadOnlyList<string> Ontology, long MaxFacts, TimeSpan Timeout);
