using Reasoner.Knowledge;

namespace Reasoner.Inference;

/// <summary>
/// Heights that no proof of a fact can be below, without searching one.
/// </summary>
/// <remarks>
/// By rules alone: a rule's conclusion is one higher than the lowest facts that each of its patterns may match; those are 1
/// where any are asserted, else as high as the lowest rule that derives them. The facts of a SELECT's group can only raise
/// that, and a group may be empty.
/// By ranks: a stratum's rules are run in rounds, each on what held before it. A fact that is new in round j (from 0) of its
/// stratum rests, whichever of the stratum's rules gives it, on one that is new in round j - 1, and so on down to round 0, whose
/// facts are as high as the lowest of the stratum's rules. Earlier strata do not give it, for they were finished; what the
/// stratum's rules read, no later stratum gives, for it would not be later. So only a later stratum's rule that gives the
/// fact itself may be lower. Where a stratum reads asserted facts only, this bound is the height that proofs of falling
/// rank reach: in a rule set of one stratum they are of minimal height. What a SELECT or a NOT reads is finished in earlier strata, so
/// neither lets a fact wait for a round. Ranks do not count rounds in an overlay, nor in a base that one was merged into, nor
/// where owl:sameAs is evaluated by representatives: facts get ranks of their own between rounds, and aliases at the end.
/// </remarks>
internal sealed class HeightBounds
{
    private readonly RuleProgram _program;
    private readonly KnowledgeGraph _graph;
    private readonly bool _ranksCountRounds;
    private readonly int[] _ofRules;
    private readonly Dictionary<int, int> _ofPredicates = [];
    private readonly Lazy<(int FirstRank, int Lowest)[]> _strata;

    public HeightBounds(Materialization materialization)
    {
        (_program, _graph, _ranksCountRounds) = (materialization.Program, materialization.Graph, materialization.RanksCountRounds);
        _ofRules = new int[_program.Plans.Length];
        Array.Fill(_ofRules, int.MaxValue);
        BoundRules();
        _strata = new(BoundStrata);
    }

    /// <summary>A height that no proof of the derived fact is below.</summary>
    public int Of(Fact fact, int origin, int rank)
    {
        var byRules = int.MaxValue;
        var byLaterRules = int.MaxValue;
        var stratum = _program.Plans[origin].Stratum;
        foreach (var rule in _program.PlansFor(fact.Predicate))
        {
            if (!MayGive(rule, fact)) continue;
            byRules = Math.Min(byRules, _ofRules[rule.Number]);
            if (rule.Stratum > stratum) byLaterRules = Math.Min(byLaterRules, _ofRules[rule.Number]);
        }

        if (!_ranksCountRounds || _program.Equality?.Stratum.Index == stratum) return byRules;
        var (first, lowest) = _strata.Value[stratum];
        return Math.Max(byRules, Math.Min(byLaterRules, rank - first + lowest));
    }

    private void BoundRules()
    {
        // Strata are in the order in which they read each other: one pass settles all but recursion.
        for (var changed = true; changed;)
        {
            changed = false;
            foreach (var rule in _program.Strata.SelectMany(stratum => stratum.Rules))
            {
                var bound = BoundOf(rule);
                if (bound >= _ofRules[rule.Number]) continue;
                _ofRules[rule.Number] = bound;
                changed = true;
                foreach (var head in rule.Head)
                {
                    // -1 stands for any predicate.
                    var predicate = head.Relation < 0 ? -1 : _program.Relations.Predicates[head.Relation];
                    _ofPredicates[predicate] = Math.Min(LowestOf(predicate), bound);
                }
            }
        }
    }

    private int BoundOf(RulePlan rule)
    {
        if (rule.Patterns.Length == 0) return 1;
        var highest = 1;
        foreach (var relation in rule.PatternRelations)
        {
            if (relation < 0 || rule.Rule.MatchesDataOnly) continue;
            var lowest = Math.Min(LowestOf(_program.Relations.Predicates[relation]), LowestOf(-1));
            if (lowest == int.MaxValue) return int.MaxValue;
            highest = Math.Max(highest, lowest);
        }

        return highest + 1;
    }

    private int LowestOf(int predicate)
    {
        if (_ofPredicates.TryGetValue(predicate, out var lowest)) return lowest;
        lowest = predicate >= 0 && (HasAsserted(_graph.OwnRelation(predicate)) || HasAsserted(_graph.BaseRelation(predicate))) ? 1 : int.MaxValue;
        _ofPredicates.Add(predicate, lowest);
        return lowest;
    }

    private static bool HasAsserted(Relation? relation)
    {
        for (var row = 0; row < (relation?.Count ?? 0); row++)
            if (!KnowledgeGraph.IsDerived(relation!.OriginOf(row))) return true;
        return false;
    }

    private (int FirstRank, int Lowest)[] BoundStrata()
    {
        var strata = _program.Strata.Select(stratum => (FirstRank: int.MaxValue, Lowest: stratum.Rules.Min(rule => _ofRules[rule.Number]))).ToArray();
        foreach (var relation in _graph.OwnRelations)
        {
            for (var row = 0; row < relation.Count; row++)
            {
                var origin = relation.OriginOf(row);
                if (!KnowledgeGraph.IsDerived(origin)) continue;
                ref var first = ref strata[_program.Plans[origin].Stratum].FirstRank;
                first = Math.Min(first, relation.StampOf(row));
            }
        }

        return strata;
    }

    private static bool MayGive(RulePlan rule, Fact fact)
    {
        foreach (var head in rule.Head)
            if (Fits(head.Subject, fact.Subject) && Fits(head.Predicate, fact.Predicate) && Fits(head.Object, fact.Object)) return true;
        return false;
    }

    private static bool Fits(HeadPlace place, int id) => place.Made is not null || place.Operand.IsVariable || place.Operand.Constant == id;
}
