using System.Collections.Immutable;
using Reasoner.Inference;
using Reasoner.Rdf;

namespace Reasoner.Decisions;

/// <summary>Proofs read back from a record: text into terms, names into shared steps.</summary>
internal sealed class RecordedProofs
{
    private static readonly RdfReaderOptions _options = new() { FileName = "record" };
    private readonly IReadOnlyDictionary<string, ProofStep> _steps;
    private readonly Dictionary<string, ProofNode> _nodes = [];

    private RecordedProofs(IReadOnlyDictionary<string, ProofStep> steps) => _steps = steps;

    /// <summary>Reads all steps; a problem where a step is malformed, missing or part of a circle.</summary>
    public static (RecordedProofs? Proofs, string? Problem) Read(IReadOnlyDictionary<string, ProofStep> steps)
    {
        var proofs = new RecordedProofs(steps);
        try
        {
            foreach (var name in steps.Keys) proofs.Build(name);
            return (proofs, null);
        }
        catch (Exception exception) when (exception is RdfSyntaxException or FormatException)
        {
            return (null, exception.Message);
        }
    }

    /// <summary>The step of a name; null where there is none.</summary>
    public ProofNode? Find(string name) => _nodes.GetValueOrDefault(name);

    /// <summary>The names of the steps that no given proof uses.</summary>
    public IEnumerable<string> Unused(IEnumerable<ProofNode> proofs)
    {
        var used = new HashSet<ProofNode>(proofs.SelectMany(proof => proof.Nodes), ReferenceEqualityComparer.Instance);
        return _nodes.Where(node => !used.Contains(node.Value)).Select(node => node.Key);
    }

    private void Build(string first)
    {
        // Depth first with a stack of our own; a step that is met again before it is finished closes a circle.
        var open = new Stack<(string Name, int Next)>([(first, 0)]);
        var begun = new HashSet<string>();
        while (open.TryPop(out var top))
        {
            if (_nodes.ContainsKey(top.Name)) continue;
            if (!_steps.TryGetValue(top.Name, out var step)) throw new FormatException($"there is no step {top.Name}, which another names as a premise.");
            if (top.Next == 0 && !begun.Add(top.Name)) throw new FormatException($"the step {top.Name} rests on itself.");
            var premises = step.Premises ?? [];
            if (top.Next < premises.Length)
            {
                open.Push((top.Name, top.Next + 1));
                if (!_nodes.ContainsKey(premises[top.Next])) open.Push((premises[top.Next], 0));
                continue;
            }

            _nodes.Add(top.Name, NodeOf(top.Name, step, premises));
        }
    }

    private ProofNode NodeOf(string name, ProofStep step, ImmutableArray<string> premises)
    {
        var fact = TripleOf(step.Fact);
        if (step.Rule is null)
        {
            var source = step.Source is null ? null : SourceNames.Parse(step.Source);
            if (source is null || !premises.IsEmpty || step.Bindings is { Count: > 0 } || step.Label is not null)
                throw new FormatException($"the step {name} has no rule, and so needs a source and nothing else.");
            return ProofNode.Asserted(fact, source.Value);
        }

        if (step.Source is not null) throw new FormatException($"the step {name} has both a rule and a source.");
        return ProofNode.Derived(
            fact,
            step.Rule,
            [.. (step.Bindings ?? ImmutableSortedDictionary<string, string>.Empty).Select(binding => new Binding(binding.Key, TermOf(binding.Value)))],
            [.. premises.Select(premise => _nodes[premise])]);
    }

    private static Term TermOf(string text) => TripleOf($"<urn:s> <urn:p> {text}").Object;

    private static Triple TripleOf(string text)
    {
        var triples = RdfDocument.Parse(text + " .", RdfFormat.NTriples, _options).Triples;
        return triples.Count == 1 && !text.Contains('\n', StringComparison.Ordinal) ? triples[0] : throw new FormatException($"\"{text}\" is not one fact.");
    }
}
