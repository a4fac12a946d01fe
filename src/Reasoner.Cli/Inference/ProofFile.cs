using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json.Serialization;
using Reasoner.Decisions;
using Reasoner.Inference;
using Reasoner.Knowledge;
using Reasoner.Rdf;
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
    private static readonly (SourceKind Kind, string Name)[] _kinds =
    [
        (SourceKind.File, "file"), (SourceKind.Table, "table"), (SourceKind.Request, "request"), (SourceKind.RuleData, "rules"), (SourceKind.Pipeline, "pipeline"),
    ];

    /// <summary>Writes a proof down; conclusions come before their premises, p1 is the proved fact.</summary>
    public static ProofFile Of(ProofNode proof, ProofInputs inputs, DateTimeOffset now)
    {
        var names = NamesOf(proof);
        return new ProofFile(
            proof.Fact.ToString(),
            names[proof],
            now,
            inputs,
            names.ToImmutableSortedDictionary(pair => pair.Value, pair => StepOf(pair.Key, names), StepOrder.Instance));
    }

    /// <summary>A name for each step, p1 for the conclusion.</summary>
    public static Dictionary<ProofNode, string> NamesOf(ProofNode proof)
    {
        var names = new Dictionary<ProofNode, string>(ReferenceEqualityComparer.Instance);
        foreach (var node in proof.Nodes.Reverse()) names.Add(node, "p" + (names.Count + 1).ToString(CultureInfo.InvariantCulture));
        return names;
    }

    /// <summary>The proof that the steps make up; null and the reason where they make up none.</summary>
    public ProofNode? ToProof(out string problem)
    {
        problem = "";
        var nodes = new Dictionary<string, ProofNode>(StringComparer.Ordinal);
        var unfinished = new HashSet<string>(StringComparer.Ordinal);
        var open = new Stack<string?>([Proof]);
        while (open.TryPeek(out var name))
        {
            if (name is null || !Proofs.TryGetValue(name, out var step) || step is null)
            {
                problem = $"there is no step {name}.";
                return null;
            }

            var premises = step.Premises ?? [];
            if (!nodes.ContainsKey(name) && unfinished.Add(name))
            {
                // Seen for the first time: its premises come first, those that are known already excepted.
                foreach (var premise in premises)
                {
                    if (premise is not null && unfinished.Contains(premise))
                    {
                        problem = $"step {premise} rests on itself.";
                        return null;
                    }

                    if (premise is null || !nodes.ContainsKey(premise)) open.Push(premise);
                }

                continue;
            }

            open.Pop();
            if (!unfinished.Remove(name)) continue;
            if (TryMakeNode(step, [.. premises.Select(premise => nodes[premise])]) is not { } node)
            {
                problem = $"step {name} is not written as a step: a rule with bindings and premises, or a source; terms in N-Triples.";
                return null;
            }

            nodes.Add(name, node);
        }

        if (nodes.Count < Proofs.Count)
        {
            problem = $"step {Proofs.Keys.First(name => !nodes.ContainsKey(name))} is no part of the proof.";
            return null;
        }

        if (nodes[Proof].Fact.ToString() == Fact) return nodes[Proof];
        problem = $"step {Proof} proves another fact.";
        return null;
    }

    private static ProofStep StepOf(ProofNode node, Dictionary<ProofNode, string> names) => node.Rule is null
        ? new ProofStep(node.Fact.ToString(), null, null, null, null, Describe(node.Source!.Value))
        : new ProofStep(
            node.Fact.ToString(),
            node.Rule,
            null,
            node.Bindings.ToImmutableSortedDictionary(binding => binding.Variable, binding => binding.Value.ToString()!, StringComparer.Ordinal),
            [.. node.Premises.Select(premise => names[premise])],
            null);

    private static ProofNode? TryMakeNode(ProofStep step, ImmutableArray<ProofNode> premises)
    {
        try
        {
            var fact = ReadTriple(step.Fact);
            if (step.Rule is null)
            {
                return step.Source is { } source && step.Bindings is null && premises.IsEmpty && KindOf(source.Kind) is { } kind
                    ? ProofNode.Asserted(fact, new FactSource(new SourceDocument(kind, source.Name), source.Place))
                    : null;
            }

            if (step.Source is not null || step.Bindings is null) return null;
            return ProofNode.Derived(fact, step.Rule, [.. step.Bindings.Select(binding => new Binding(binding.Key, ReadTerm(binding.Value)))], premises);
        }
        catch (Exception problem) when (problem is RdfSyntaxException or InvalidOperationException)
        {
            return null;
        }
    }

    private static SourceRecord Describe(FactSource source) =>
        new(_kinds.First(pair => pair.Kind == source.Document.Kind).Name, source.Document.Name, source.Place);

    private static SourceKind? KindOf(string name)
    {
        foreach (var pair in _kinds)
            if (pair.Name == name) return pair.Kind;
        return null;
    }

    private static Triple ReadTriple(string text) => RdfDocument.Parse(text + " .", RdfFormat.NTriples).Triples.Single();

    private static Term ReadTerm(string text) => ReadTriple("<urn:s> <urn:p> " + text).Object;

    /// <summary>p2 before p10.</summary>
    private sealed class StepOrder : IComparer<string>
    {
        public static readonly StepOrder Instance = new();

        public int Compare(string? x, string? y) => x!.Length != y!.Length ? x.Length.CompareTo(y.Length) : string.CompareOrdinal(x, y);
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
