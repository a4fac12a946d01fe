using Reasoner.Rules;

namespace Reasoner.Inference;

/// <content>The stratum of the rules of owl:sameAs, evaluated by representatives.</content>
internal sealed partial class Evaluation : EqualityRewriting.IDerivation
{
    private const int FactsBetweenChecks = 4096;
    private int _ranksOfEquality;
    private int _factsToCheck = FactsBetweenChecks;

    /// <summary>
    /// Runs the rules to their fixpoint over the facts that they see: those about representatives. The rules of equality are
    /// not run; in their place what a round derived is brought to representatives before the next.
    /// </summary>
    private void MaterializeByRepresentatives(EqualityPlan plan)
    {
        var rewriting = new EqualityRewriting(plan, _graph.Terms, _runner, this);
        var forValues = plan[EqualityRule.ObjectReplacement];
        _rule = forValues;
        Rewrite(rewriting);
        Each(plan.Stratum, static state => state.MarkAllNew());
        _rank++;
        foreach (var rule in plan.Rules) Run(rule, rule.Full, this);
        if (rewriting.HasEqualValues) Run(forValues, forValues.Full, this);
        while (true)
        {
            var hadEqualValues = rewriting.HasEqualValues;
            Rewrite(rewriting);
            Each(plan.Stratum, static state => state.Advance());
            if (!AnyWritten(plan.Stratum, static state => state.HasDelta)) break;
            _rank++;
            foreach (var rule in plan.Rules) RunOnDelta(plan.Stratum, rule);
            if (hadEqualValues) RunOnDelta(plan.Stratum, forValues);
            else if (rewriting.HasEqualValues) Run(forValues, forValues.Full, this);
        }

        var last = _rank;
        _rank = rewriting.Expand(_rank);
        _ranksOfEquality += _rank - last;
    }

    private void Rewrite(EqualityRewriting rewriting)
    {
        var last = _rank;
        _rank = rewriting.Update(_rank);
        _ranksOfEquality += _rank - last;
    }

    /// <inheritdoc />
    void EqualityRewriting.IDerivation.Derive(RulePlan rule, RelationState relation, int subject, int @object, int rank)
    {
        _rule = rule;
        if (--_factsToCheck <= 0)
        {
            _factsToCheck = FactsBetweenChecks;
            Check();
        }

        Count(Add(relation, subject, @object, rank));
    }
}
