using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Reasoner.Knowledge;

namespace Reasoner.Inference;

/// <summary>
/// Searches proofs of minimal height, from the fact backwards: is there one of height 2, 3, ... up to the one that is known?
/// A fact has a proof of height k where a rule gives it from facts that have proofs of height k - 1. What was found and what
/// was found impossible is kept, so each fact is looked at once for each height; lower bounds spare most facts the look. Belongs to one thread.
/// </summary>
internal sealed class ShortestProofs
{
    private readonly Materialization _materialization;
    private readonly KnowledgeGraph _graph;
    private readonly RuleNames _names;
    private readonly PlanRunner _runner;
    private readonly HeadBuilder _heads;
    private readonly CancellationToken _cancellation;
    private readonly Lazy<HeightBounds> _bounds;
    private readonly Dictionary<Fact, ProofNode> _proved = [];
    private readonly Dictionary<Fact, int> _impossible = [];
    private readonly Dictionary<Fact, List<Instance>> _instances = [];
    private int _effort;
    private bool _gaveUp;

    public ShortestProofs(Materialization materialization, KnowledgeGraph graph, RuleNames names, PlanRunner runner, HeadBuilder heads, CancellationToken cancellation)
    {
        (_materialization, _graph, _names, _runner, _heads, _cancellation) = (materialization, graph, names, runner, heads, cancellation);
        _bounds = new(() => new HeightBounds(materialization));
    }

    /// <summary>A proof of minimal height.</summary>
    /// <param name="fact">The fact.</param>
    /// <param name="known">A proof of it.</param>
    /// <param name="effort">How many applications of rules to look at.</param>
    /// <returns>The proof, and whether it is of minimal height; the known one where the effort did not suffice.</returns>
    public (ProofNode Proof, bool IsMinimal) Find(Fact fact, ProofNode known, int effort)
    {
        // Nothing but an asserted fact, or one that needs no premise, is lower than 2.
        if (known.Height <= 1) return (known, true);
        var lowest = LowestOf(fact);
        if (known.Height <= lowest) return (known, true);

        (_effort, _gaveUp) = (effort, false);
        for (var height = lowest; height < known.Height; height++)
        {
            if (HasProof(fact, height)) return (_proved[fact], true);
            if (_gaveUp) return (known, false);
        }

        return (known, true);
    }

    private bool HasProof(Fact fact, int height)
    {
        if (_proved.TryGetValue(fact, out var known) && known.Height <= height) return true;
        if (LowestOf(fact) is var lowest && lowest > height) return false;
        if (lowest == 1 && TryAssert(fact)) return true;
        if (_gaveUp || !RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            _gaveUp = true;
            return false;
        }

        foreach (var instance in InstancesOf(fact))
        {
            if (_gaveUp) return false;
            if (!Array.TrueForAll(instance.Premises, premise => LowestOf(premise) < height)) continue;
            if (!Array.TrueForAll(instance.Premises, premise => HasProof(premise, height - 1))) continue;
            _proved[fact] = NodeOf(fact, instance);
            return true;
        }

        if (!_gaveUp) _impossible[fact] = height;
        return false;
    }

    private int LowestOf(Fact fact)
    {
        if (_impossible.TryGetValue(fact, out var impossible)) return impossible + 1;
        if (!_graph.TryLocate(fact.Subject, fact.Predicate, fact.Object, out var relation, out var row))
            throw new InvalidOperationException($"The premise {_graph.ToTriple(fact)} does not hold.");
        var origin = relation.OriginOf(row);
        var lowest = KnowledgeGraph.IsDerived(origin) ? _bounds.Value.Of(fact, origin, relation.StampOf(row)) : 1;
        _impossible[fact] = lowest - 1;
        return lowest;
    }

    private bool TryAssert(Fact fact)
    {
        _graph.TryLocate(fact.Subject, fact.Predicate, fact.Object, out var relation, out var row);
        var origin = relation!.OriginOf(row);
        if (KnowledgeGraph.IsDerived(origin)) return false;
        _proved[fact] = ProofNode.Asserted(_graph.ToTriple(fact), _graph.SourceOf(origin, relation.StampOf(row)));
        return true;
    }

    private List<Instance> InstancesOf(Fact fact)
    {
        if (_instances.TryGetValue(fact, out var known)) return known;
        _cancellation.ThrowIfCancellationRequested();
        var found = new List<Instance>();
        _runner.RankLimit = int.MaxValue;
        foreach (var rule in _materialization.Program.PlansFor(fact.Predicate))
        {
            if (!HeadSearch.ForEach(_runner, _heads, rule, fact, runner => Take(rule, runner, found))) continue;
            _gaveUp = true;
            return found;
        }

        _instances.Add(fact, found);
        return found;
    }

    private bool Take(RulePlan rule, PlanRunner runner, List<Instance> found)
    {
        if (--_effort < 0) return true;
        int ValueOf(Operand operand) => operand.IsVariable ? runner.Slots[operand.Slot] : operand.Constant;
        found.Add(new Instance(
            rule.Number,
            [.. rule.Variables.Select(variable => runner.Slots[variable.Slot])],
            [
                .. rule.Patterns.Select(p => new Fact(ValueOf(p.Subject), ValueOf(p.Predicate), ValueOf(p.Object))),
                .. rule.SubSelects.SelectMany(runner.SubSelects.FactsOfRow),
            ]));

        // Groups may be large: their facts are looked at too.
        _effort -= found[^1].Premises.Length - rule.Patterns.Length;
        return false;
    }

    private ProofNode NodeOf(Fact fact, Instance instance)
    {
        var variables = _materialization.Program.Plans[instance.Rule].Variables;
        var bindings = ImmutableArray.CreateBuilder<Binding>(variables.Count);
        for (var i = 0; i < variables.Count; i++) bindings.Add(new Binding(variables[i].Name, _graph.Terms[instance.Values[i]]));
        return ProofNode.Derived(
            _graph.ToTriple(fact), _names[instance.Rule], bindings.MoveToImmutable(), [.. instance.Premises.Select(premise => _proved[premise])]);
    }

    /// <summary>An application of a rule that gives a fact.</summary>
    private sealed record Instance(int Rule, int[] Values, Fact[] Premises);
}
