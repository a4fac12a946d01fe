using System.Collections.Immutable;
using Reasoner.Knowledge;
using Reasoner.Rdf;

namespace Reasoner.Inference;

/// <summary>
/// Rebuilds proofs on demand. A derived fact keeps only the rule that first gave it and its rank; the premises are found
/// by searching a solution of that rule among facts of lower rank (Zhao, Subotic, Scholz: Debugging Large-scale Datalog, 2020).
/// A search ends at once as a rule: it starts from a bound head. Proofs so made are never higher than the ranks demand, and of
/// minimal height where one stratum reads asserted facts only; <see cref="ProveShortest(Triple, int)"/> makes them so
/// everywhere (see <see cref="HeightBounds"/> for the argument). Belongs to one thread.
/// </summary>
public sealed class ProofBuilder
{
    private readonly Materialization _materialization;
    private readonly KnowledgeGraph _graph;
    private readonly PlanRunner _runner;
    private readonly HeadBuilder _heads;
    private readonly RuleNames _names;
    private readonly Dictionary<Fact, ProofNode> _nodes = [];
    private readonly CancellationToken _cancellation;
    private ShortestProofs? _shortest;

    /// <summary>How many applications of rules the search of a shortest proof looks at, unless told otherwise.</summary>
    public const int DefaultEffort = 200_000;

    /// <summary>Makes a builder of proofs over a materialised graph or overlay.</summary>
    /// <exception cref="ArgumentException">The materialisation did not record what proofs are rebuilt from.</exception>
    public ProofBuilder(Materialization materialization, RuleNames names, CancellationToken cancellation = default)
    {
        if (!materialization.HasProofs) throw new ArgumentException("Nothing can be proved: the materialisation was made without recording proofs.", nameof(materialization));
        _materialization = materialization;

        // Searching makes terms: of solutions that come to nothing, values that nothing in the graph has.
        _graph = materialization.Graph is { Base: null, Terms.IsFrozen: true } frozen ? new KnowledgeGraph(frozen) : materialization.Graph;
        _names = names;
        _runner = new PlanRunner(_graph, materialization.Program.Relations, materialization.Context, cancellation.ThrowIfCancellationRequested);
        _heads = new HeadBuilder(_graph.Terms);
        _cancellation = cancellation;
    }

    /// <summary>A proof of the triple; null where it does not hold.</summary>
    public ProofNode? Prove(Triple triple) => Find(triple) is { } fact ? Prove(fact) : null;

    /// <summary>A proof of minimal height; null where the triple does not hold.</summary>
    /// <param name="triple">The triple.</param>
    /// <param name="effort">How many applications of rules the search may look at where the proof at hand may not be minimal.</param>
    /// <returns>The proof, and whether it is of minimal height: else the effort did not suffice, and it is the one of <see cref="Prove(Triple)"/>.</returns>
    public (ProofNode Proof, bool IsMinimal)? ProveShortest(Triple triple, int effort = DefaultEffort) => Find(triple) is { } fact ? ProveShortest(fact, effort) : null;

    /// <summary>As the other, of a fact.</summary>
    public (ProofNode Proof, bool IsMinimal)? ProveShortest(Fact fact, int effort = DefaultEffort) =>
        Prove(fact) is { } proof
            ? (_shortest ??= new ShortestProofs(_materialization, _graph, _names, _runner, _heads, _cancellation)).Find(fact, proof, effort)
            : null;

    /// <summary>A proof of the fact; null where it does not hold.</summary>
    public ProofNode? Prove(Fact fact)
    {
        if (!_graph.Contains(fact.Subject, fact.Predicate, fact.Object)) return null;

        // Depth first with a stack of our own: a proof may be as deep as the data has facts.
        var open = new Stack<Application>();
        if (!TryFinish(fact, open)) Complete(open);
        return _nodes[fact];
    }

    private Fact? Find(Triple triple)
    {
        var terms = _graph.Terms;
        var fact = new Fact(terms.Find(triple.Subject), terms.Find(triple.Predicate), terms.Find(triple.Object));
        return fact.Subject == 0 || fact.Predicate == 0 || fact.Object == 0 ? null : fact;
    }

    private void Complete(Stack<Application> open)
    {
        while (open.TryPeek(out var application))
        {
            if (application.Next < application.Premises.Length)
            {
                TryFinish(application.Premises[application.Next++], open);
                continue;
            }

            open.Pop();
            _nodes.Add(
                application.Fact,
                ProofNode.Derived(
                    _graph.ToTriple(application.Fact),
                    _names[application.Rule.Number],
                    application.Bindings,
                    [.. application.Premises.Select(premise => _nodes[premise])]));
        }
    }

    /// <summary>Adds the node of an asserted fact at once; opens an application for a derived one.</summary>
    private bool TryFinish(Fact fact, Stack<Application> open)
    {
        if (_nodes.ContainsKey(fact)) return true;
        if (!_graph.TryLocate(fact.Subject, fact.Predicate, fact.Object, out var relation, out var row))
            throw new InvalidOperationException($"The premise {_graph.ToTriple(fact)} does not hold.");
        var (origin, stamp) = (relation.OriginOf(row), relation.StampOf(row));
        if (!KnowledgeGraph.IsDerived(origin))
        {
            _nodes.Add(fact, ProofNode.Asserted(_graph.ToTriple(fact), _graph.SourceOf(origin, stamp)));
            return true;
        }

        open.Push(Apply(fact, _materialization.Program.Plans[origin], stamp));
        return false;
    }

    private Application Apply(Fact fact, RulePlan rule, int rank)
    {
        _runner.RankLimit = rank;
        if (!HeadSearch.HasSolution(_runner, _heads, rule, fact))
            throw new InvalidOperationException($"Rule {rule.Rule.DisplayName} has no solution below rank {rank} for {_graph.ToTriple(fact)}.");
        int ValueOf(Operand operand) => operand.IsVariable ? _runner.Slots[operand.Slot] : operand.Constant;
        return new Application(
            fact,
            rule,
            [.. rule.Variables.Select(variable => new Binding(variable.Name, _graph.Terms[_runner.Slots[variable.Slot]]))],
            [
                .. rule.Patterns.Select(p => new Fact(ValueOf(p.Subject), ValueOf(p.Predicate), ValueOf(p.Object))),
                .. rule.SubSelects.SelectMany(_runner.SubSelects.FactsOfRow),
            ]);
    }

    private sealed record Application(Fact Fact, RulePlan Rule, ImmutableArray<Binding> Bindings, ImmutableArray<Fact> Premises)
    {
        public int Next { get; set; }
    }
}
