using System.Collections.Immutable;
using Reasoner.Inference;
using Reasoner.Rdf;

namespace Reasoner.Decisions;

/// <summary>Proofs read back from a record: text into terms, names into shared steps.</summary>
public sealed class RecordedProofs
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
        catch (FormatException exception)
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
            if (top.Name is null) throw new FormatException("a premise is null; name a step.");
            if (_nodes.ContainsKey(top.Name)) continue;
            if (!_steps.TryGetValue(top.Name, out var step)) throw new FormatException($"there is no step {top.Name}.");
            if (top.Next == 0 && !begun.Add(top.Name)) throw new FormatException($"step {top.Name} rests on itself.");
            var premises = step?.Premises ?? [];
            if (top.Next < premises.Length)
            {
                open.Push((top.Name, top.Next + 1));
                open.Push((premises[top.Next], 0));
                continue;
            }

            _nodes.Add(top.Name, step is null ? throw Malformed(top.Name) : NodeOf(top.Name, step, premises));
        }
    }

    private ProofNode NodeOf(string name, ProofStep step, ImmutableArray<string> premises)
    {
        var source = step.Source is null ? null : SourceNames.Parse(step.Source);
        var isLeaf = step.Rule is null && source is not null && step.Label is null && step.Bindings is null && step.Premises is null;
        var isApplication = step.Rule is not null && step.Source is null && step.Bindings is not null;
        if (!isLeaf && !isApplication) throw Malformed(name);
        try
        {
            var fact = TripleOf(step.Fact);
            return isLeaf
                ? ProofNode.Asserted(fact, source!.Value)
                : ProofNode.Derived(
                    fact,
                    step.Rule!,
                    [.. step.Bindings!.Select(binding => new Binding(binding.Key, TermOf(binding.Value)))],
                    [.. premises.Select(premise => _nodes[premise])]);
        }
        catch (RdfSyntaxException)
        {
            throw Malformed(name);
        }
    }

    private static FormatException Malformed(string name) =>
        new($"step {name} is not written as a step: a rule with bindings and premises, or a source; terms in N-Triples.");

    private static Term TermOf(string text) => TripleOf($"<urn:s> <urn:p> {text}").Object;

    // As it is written, so it must read: a comment in it, say, could show a person another fact than the one that is checked.
    private static Triple TripleOf(string text)
    {
        var triples = RdfDocument.Parse(text + " .", RdfFormat.NTriples, _options).Triples;
        return triples.Count == 1 && triples[0].ToString() == text
            ? triples[0]
            : throw new RdfSyntaxException(new SourcePosition("record", 1, 1), "one fact in canonical N-Triples is wanted.");
    }
}
