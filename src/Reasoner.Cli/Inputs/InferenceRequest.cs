using Reasoner.Inference;

namespace Reasoner.Cli;

/// <summary>What to reason with.</summary>
/// <param name="Rules">Rule files.</param>
/// <param name="Data">Data files.</param>
/// <param name="Ontology">Ontology files.</param>
/// <param name="Options">Limits and threads.</param>
internal sealed record InferenceRequest(
    IReadOnlyList<string> Rules, IReadOnlyList<string> Data, IReadOnlyList<string> Ontology, EvaluationOptions Options);
