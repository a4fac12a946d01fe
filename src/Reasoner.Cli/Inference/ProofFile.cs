using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text.Json.Serialization;
using Reasoner.Decisions;
using Reasoner.Inference;
using Reasoner.Rules;

namespace Reasoner.Cli;

/// <summary>A proof as <c>prove --format json</c> writes it and <c>verify</c> reads it: the steps, and what they stand on.</summary>
/// <param name="Fact">What is proved, in N-Triples.</param>
/// <param name="Proof">The name of the step that proves it.</param>
/// <param name="Now">What NOW() gave.</param>
/// <param name="Inputs">The files that the proof stands on.</param>
/// <param name="Proofs">The steps by name.</param>
internal sealed record ProofFile(
    [property: JsonRequired] string Fact,
    [property: JsonRequired] string Proof,
    [property: JsonRequired] DateTimeOffset Now,
    [property: JsonRequired] ProofInputs Inputs,
    [property: JsonRequired] ImmutableSortedDictionary<string, ProofStep> Proofs)
{
    /// <summary>Writes a proof down; conclusions come before their premises, p1 is the proved fact.</summary>
    public static ProofFile Of(ProofNode proof, ProofInputs inputs, DateTimeOffset now)
    {
        var recorder = new ProofRecorder(_ => null);
        return new ProofFile(proof.Fact.ToString(), recorder.Add(proof), now, inputs, recorder.Steps);
    }

    /// <summary>The proof that the steps make up; null and the reason where they make up none.</summary>
    public ProofNode? ToProof(out string problem)
    {
        var (proofs, unreadable) = RecordedProofs.Read(Proofs);
        var proof = proofs?.Find(Proof);
        problem = unreadable
            ?? (proof is null ? $"there is no step {Proof}."
            : proofs!.Unused([proof]).FirstOrDefault() is { } unused ? $"step {unused} is no part of the proof."
            : proof.Fact.ToString() != Fact ? $"step {Proof} proves another fact."
            : Proofs.FirstOrDefault(step => step.Value.Label is not null) is { Key: { } labelled } ? $"step {labelled} has a label, which nothing vouches for."
            : "");
        return problem.Length == 0 ? proof : null;
    }
}

/// <summary>The files that a proof stands on.</summary>
/// <param name="Rules">Rule files as they were named.</param>
/// <param name="Imports">Rule files that those import.</param>
/// <param name="Data">Data files.</param>
/// <param name="Ontology">Ontology files.</param>
internal sealed record ProofInputs(
    [property: JsonRequired] ImmutableArray<HashedFile> Rules,
    [property: JsonRequired] ImmutableArray<HashedFile> Imports,
    [property: JsonRequired] ImmutableArray<HashedFile> Data,
    [property: JsonRequired] ImmutableArray<HashedFile> Ontology)
{
    /// <summary>All files.</summary>
    [JsonIgnore]
    public IEnumerable<HashedFile> All => [.. Rules, .. Imports, .. Data, .. Ontology];

    /// <summary>The files of a request, with the hashes of what they hold now.</summary>
    public static ProofInputs Of(InferenceRequest request, RuleSet ruleSet) => new(
        Hash(request.Rules),
        Hash(ruleSet.Rules.Where(rule => rule.Origin.Length == 0).Select(rule => rule.Position.File)
            .Concat(ruleSet.Data.Select(data => data.Position.File))
            .Distinct().Except(request.Rules).Order(StringComparer.Ordinal)),
        Hash(request.Data),
        Hash(request.Ontology));

    private static ImmutableArray<HashedFile> Hash(IEnumerable<string> files) => [.. files.Select(HashedFile.Of)];
}

/// <summary>A file and the hash of its bytes.</summary>
/// <param name="Name">The file's path as the user gave it; relative to the folder that the command runs in.</param>
/// <param name="Sha256">SHA-256, hexadecimal.</param>
internal sealed record HashedFile([property: JsonRequired] string Name, [property: JsonRequired] string Sha256)
{
    /// <summary>Hashes a file.</summary>
    public static HashedFile Of(string name)
    {
        using var file = InputFile.Open(name);
        return new HashedFile(name, Convert.ToHexStringLower(SHA256.HashData(file)));
    }
}
