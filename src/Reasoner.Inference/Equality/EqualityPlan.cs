using System.Collections.Immutable;
using Reasoner.Knowledge;
using Reasoner.Rdf;
using Reasoner.Rules;

namespace Reasoner.Inference;

/// <summary>
/// The part of a program that can be evaluated over representatives of equal terms: the stratum that holds the rules of
/// owl:sameAs. They read and derive facts of every predicate, so that all rules that read derived facts are in it; those
/// that read given facts only come before it and see no equality.
/// </summary>
internal sealed class EqualityPlan
{
    private readonly RulePlan[] _equality;
    private readonly Lazy<HashSet<int>> _constants;

    private EqualityPlan(StratumPlan stratum, RulePlan[] equality, int sameAs, TermDictionary terms)
    {
        Stratum = stratum;
        SameAs = sameAs;
        _equality = equality;
        Rules = [.. stratum.Rules.Where(rule => EqualityRules.KindOf(rule.Rule) is null)];
        _constants = new(() => ConstantsOf(Rules, terms));
    }

    /// <summary>The stratum.</summary>
    public StratumPlan Stratum { get; }

    /// <summary>Its rules without those of equality.</summary>
    public ImmutableArray<RulePlan> Rules { get; }

    /// <summary>The id of owl:sameAs.</summary>
    public int SameAs { get; }

    /// <summary>The IRIs that the rules name: facts with them must be seen, whatever represents them.</summary>
    public IReadOnlySet<int> Constants => _constants.Value;

    /// <summary>The plan of a rule of equality.</summary>
    public RulePlan this[EqualityRule rule] => _equality[(int)rule];

    /// <summary>
    /// The plan, where the rule set has all rules of equality and every rule beside them is alike for equal terms; else null,
    /// and the rules of equality are to be evaluated as the rules that they are.
    /// </summary>
    public static EqualityPlan? Create(RulePlan[] plans, StratumPlan[] strata, TermDictionary terms)
    {
        var equality = new RulePlan?[Enum.GetValues<EqualityRule>().Length];
        foreach (var plan in plans)
            if (EqualityRules.KindOf(plan.Rule) is { } kind) equality[(int)kind] ??= plan;
        if (equality.Contains(null)) return null;
        var stratum = strata[equality[0]!.Stratum];
        var isOneStratum = equality.All(plan => plan!.Stratum == stratum.Index);
        return isOneStratum && stratum.Rules.All(plan => AliasInvariance.Holds(plan.Rule))
            ? new EqualityPlan(stratum, equality!, terms.Add(EqualityRules.SameAs), terms)
            : null;
    }

    private static HashSet<int> ConstantsOf(IEnumerable<RulePlan> rules, TermDictionary terms)
    {
        var constants = new HashSet<int>();
        foreach (var rule in rules)
        {
            foreach (var (subject, predicate, @object) in rule.Patterns)
                foreach (var operand in (ReadOnlySpan<Operand>)[subject, predicate, @object]) Add(operand);
            foreach (var head in rule.Head)
                foreach (var place in (ReadOnlySpan<HeadPlace>)[head.Subject, head.Predicate, head.Object])
                    if (place.Made is null) Add(place.Operand);
        }

        return constants;

        void Add(Operand operand)
        {
            if (!operand.IsVariable && terms.KindOf(operand.Constant) == TermKind.Iri) constants.Add(operand.Constant);
        }
    }
}
