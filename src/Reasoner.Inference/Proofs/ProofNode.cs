using System.Collections.Immutable;
using Reasoner.Knowledge;
using Reasoner.Rdf;

namespace Reasoner.Inference;

/// <summary>
/// A step of a proof: a fact that was asserted, with its source, or one that a rule gives from premises. Nodes are shared
/// where a fact is used more than once, so a proof is a directed acyclic graph.
/// </summary>
public sealed record ProofNode
{
    private ProofNode(
        Triple fact, FactSource? source, string? rule, ImmutableArray<Binding> bindings, ImmutableArray<ProofNode> premises)
    {
        Fact = fact;
        Source = source;
        Rule = rule;
        Bindings = bindings;
        Premises = premises;
        Height = premises.IsEmpty ? 1 : premises.Max(premise => premise.Height) + 1;
    }

    /// <summary>What is proved.</summary>
    public Triple Fact { get; }

    /// <summary>Where an asserted fact comes from; null for a derived one.</summary>
    public FactSource? Source { get; }

    /// <summary>The rule of a derived fact, as <see cref="RuleNames"/> names it; null for an asserted fact.</summary>
    public string? Rule { get; }

    /// <summary>The value of each variable of the rule's body outside NOT, and of those that a SELECT gives, in order of appearance.</summary>
    public ImmutableArray<Binding> Bindings { get; }

    /// <summary>
    /// Proofs of the rule's patterns outside NOT, in the order of its body; then, for each SELECT, of the facts that its group
    /// is made of, each once, in the order of triples.
    /// </summary>
    public ImmutableArray<ProofNode> Premises { get; }

    /// <summary>The length of the longest path to a leaf; 1 for a leaf.</summary>
    public int Height { get; }

    /// <summary>A leaf.</summary>
    public static ProofNode Asserted(Triple fact, FactSource source) => new(fact, source, null, [], []);

    /// <summary>An application of a rule.</summary>
    public static ProofNode Derived(Triple fact, string rule, ImmutableArray<Binding> bindings, ImmutableArray<ProofNode> premises) =>
        new(fact, null, rule, bindings, premises);

    /// <summary>Every node of the proof once, premises before what they prove.</summary>
    public IReadOnlyList<ProofNode> Nodes
    {
        get
        {
            var done = new HashSet<ProofNode>(ReferenceEqualityComparer.Instance);
            var order = new List<ProofNode>();
            var open = new Stack<(ProofNode Node, int Next)>([(this, 0)]);
            while (open.TryPop(out var top))
            {
                if (top.Next < top.Node.Premises.Length)
                {
                    open.Push((top.Node, top.Next + 1));
                    var premise = top.Node.Premises[top.Next];
                    if (!done.Contains(premise)) open.Push((premise, 0));
                }
                else if (done.Add(top.Node))
                {
                    order.Add(top.Node);
                }
            }

            return order;
        }
    }

    /// <summary>Nodes are compared by identity: structural comparison would unfold the sharing.</summary>
    public bool Equals(ProofNode? other) => ReferenceEquals(this, other);

    /// <inheritdoc />
    public override int GetHashCode() => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(this);

    /// <inheritdoc />
    public override string ToString() => Rule is null ? $"{Fact} [{Source}]" : $"{Fact} [{Rule}]";
}

/// <summary>A variable's value in a solution.</summary>
/// <param name="Variable">The variable's name, without question mark.</param>
/// <param name="Value">Its value.</param>
public readonly record struct Binding(string Variable, Term Value);
