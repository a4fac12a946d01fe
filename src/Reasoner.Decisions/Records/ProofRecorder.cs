using System.Collections.Immutable;
using System.Globalization;
using Reasoner.Inference;

namespace Reasoner.Decisions;

/// <summary>Writes proofs down as named steps; proofs that share steps share them on paper too.</summary>
/// <param name="labelOf">A rule's label by its name in proofs; null where it has none.</param>
public sealed class ProofRecorder(Func<string, string?> labelOf)
{
    private readonly Dictionary<ProofNode, string> _names = new(ReferenceEqualityComparer.Instance);
    private readonly ImmutableSortedDictionary<string, ProofStep>.Builder _steps =
        ImmutableSortedDictionary.CreateBuilder<string, ProofStep>(StepNameOrder.Instance);

    /// <summary>All steps so far, in the order of their names.</summary>
    public ImmutableSortedDictionary<string, ProofStep> Steps => _steps.ToImmutable();

    /// <summary>The name of a step that was written down.</summary>
    public string this[ProofNode node] => _names[node];

    /// <summary>Writes down what of a proof is not there yet.</summary>
    /// <returns>The name of the step that proves its fact.</returns>
    public string Add(ProofNode proof)
    {
        if (_names.TryGetValue(proof, out var name)) return name;

        // Conclusions come before their premises: p1 is the first thing that a reader wants to know.
        var order = proof.Nodes.Where(node => !_names.ContainsKey(node)).Reverse().ToList();
        foreach (var node in order) _names.Add(node, "p" + (_names.Count + 1).ToString(CultureInfo.InvariantCulture));
        foreach (var node in order) _steps.Add(_names[node], StepOf(node));
        return _names[proof];
    }

    private ProofStep StepOf(ProofNode node) => node.Rule is null
        ? new ProofStep(node.Fact.ToString(), null, null, null, null, SourceNames.Describe(node.Source!.Value))
        : new ProofStep(
            node.Fact.ToString(),
            node.Rule,
            labelOf(node.Rule),
            node.Bindings.ToImmutableSortedDictionary(binding => binding.Variable, binding => binding.Value.ToString()!, StringComparer.Ordinal),
            [.. node.Premises.Select(premise => _names[premise])],
            null);
}
