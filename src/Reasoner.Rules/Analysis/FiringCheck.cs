using System.Collections.Immutable;
using Reasoner.Rdf;

namespace Reasoner.Rules;

/// <summary>
/// Finds rules that cannot fire because a pattern of theirs never matches: no given fact is like it, and every rule that
/// derives such facts cannot fire either (the least fixpoint of "may fire"), or derives only values that the rule's
/// conditions refuse.
/// </summary>
internal sealed class FiringCheck
{
    private const int MaximumPasses = 8;
    private const int MaximumValues = 64;

    private readonly RuleSet _ruleSet;
    private readonly RuleSetSurroundings _surroundings;
    private readonly Findings _findings;
    private readonly TemplateIndex _index;
    private readonly HashSet<Iri> _blockPredicates;
    private readonly HashSet<Iri> _blockClasses;
    private readonly Dictionary<Rule, string> _refused = new(ReferenceEqualityComparer.Instance);
    private readonly HashSet<Rule> _blocked;
    private bool[] _fires = [];

    private FiringCheck(RuleSet ruleSet, RuleSetSurroundings surroundings, HashSet<Rule> blocked, Findings findings)
    {
        (_ruleSet, _surroundings, _blocked, _findings) = (ruleSet, surroundings, blocked, findings);
        _index = new TemplateIndex(ruleSet.Rules);
        _blockPredicates = [.. ruleSet.Data.Select(fact => (Iri)fact.Triple.Predicate)];
        _blockClasses = [.. ruleSet.Data.Where(fact => fact.Triple.Predicate == RdfVocabulary.Type).Select(fact => fact.Triple.Object).OfType<Iri>()];
    }

    /// <summary>Reports the rules that cannot fire.</summary>
    /// <param name="ruleSet">The rules.</param>
    /// <param name="surroundings">Without its data's predicates nothing is said: any pattern may match.</param>
    /// <param name="blocked">Rules that cannot fire for another reason, which was reported.</param>
    /// <param name="findings">Receives the findings.</param>
    public static void Run(RuleSet ruleSet, RuleSetSurroundings surroundings, HashSet<Rule> blocked, Findings findings)
    {
        if (surroundings.DataPredicates is null) return;
        var check = new FiringCheck(ruleSet, surroundings, blocked, findings);
        check.Find();
        check.Report();
    }

    private void Find()
    {
        for (var pass = 0; pass < MaximumPasses; pass++)
        {
            _fires = Fixpoint();
            if (!RefuseByValues()) return;
        }
    }

    /// <summary>Which rules may fire, found from those that given facts suffice for.</summary>
    private bool[] Fixpoint()
    {
        var rules = _ruleSet.Rules;
        var fires = new bool[rules.Length];
        var missing = new int[rules.Length];
        var waiting = new Queue<int>();
        var needs = new Dictionary<int, List<Need>>();
        for (var rule = 0; rule < rules.Length; rule++)
        {
            _findings.ThrowIfCancelled();
            if (_blocked.Contains(rules[rule]))
            {
                missing[rule] = int.MaxValue;
                continue;
            }

            foreach (var (pattern, dataOnly) in Needed(rules[rule].Body, rules[rule].MatchesDataOnly))
            {
                if (IsGiven(dataOnly, pattern)) continue;
                missing[rule]++;
                var need = new Need(rule);
                if (dataOnly) continue;
                foreach (var source in Sources(pattern))
                {
                    if (!needs.TryGetValue(source, out var list)) needs.Add(source, list = []);
                    list.Add(need);
                }
            }

            if (missing[rule] == 0) Fire(rule);
        }

        while (waiting.TryDequeue(out var rule))
        {
            foreach (var need in needs.GetValueOrDefault(rule) ?? [])
            {
                if (need.IsMet) continue;
                need.IsMet = true;
                if (--missing[need.Rule] == 0) Fire(need.Rule);
            }
        }

        return fires;

        void Fire(int rule)
        {
            fires[rule] = true;
            waiting.Enqueue(rule);
        }
    }

    /// <summary>
    /// The patterns without whose matches a body has no solution, and whether they match given facts only. Of a SELECT with
    /// groups: without matches there is no group; one without has a group whatever matches.
    /// </summary>
    private static IEnumerable<(TriplePattern Pattern, bool DataOnly)> Needed(ImmutableArray<BodyElement> body, bool dataOnly) =>
        body.SelectMany(element => element switch
        {
            PatternElement pattern => [(pattern.Pattern, dataOnly)],
            SubSelectElement { GroupBy.IsEmpty: false } select => Needed(select.Inner, dataOnly || select.MatchesDataOnly),
            _ => Enumerable.Empty<(TriplePattern, bool)>(),
        });

    /// <summary>Takes out rules whose conditions fit none of the values that rules derive; false where there are none.</summary>
    private bool RefuseByValues()
    {
        var found = false;
        for (var i = 0; i < _ruleSet.Rules.Length; i++)
        {
            var rule = _ruleSet.Rules[i];
            if (!_fires[i] || rule.Origin.Length > 0 || !rule.Body.Any(element => element is FilterElement)) continue;
            _findings.ThrowIfCancelled();
            var values = new Dictionary<string, List<Value>>(StringComparer.Ordinal);
            TriplePattern? last = null;
            foreach (var element in rule.Body.OfType<PatternElement>())
            {
                if (element.Pattern.Object is not Variable variable || values.ContainsKey(variable.Name) || ValuesOf(rule, element.Pattern) is not { } some) continue;
                values.Add(variable.Name, some);
                last = element.Pattern;
            }

            if (last is null || RuleConditions.Of(rule.Body) is not { } conditions || conditions.MayHold(values)) continue;
            var shown = values.Select(pair => $"?{pair.Key} is {string.Join(" or ", pair.Value.Select(value => _findings.Names.Write(value.ToTerm())))}");
            _refused.Add(rule, $"its conditions fit none of the values that rules derive, {string.Join(", ", shown)}");
            _blocked.Add(rule);
            found = true;
        }

        return found;
    }

    /// <summary>The values of a pattern's object where only rules give them, and each is a constant; else null.</summary>
    private List<Value>? ValuesOf(Rule rule, TriplePattern pattern)
    {
        if (rule.MatchesDataOnly || pattern.Predicate is not ConstantTerm || IsGiven(rule.MatchesDataOnly, pattern)) return null;
        var values = new HashSet<Term>();
        foreach (var entry in Entries(pattern))
        {
            if (!_fires[entry.Rule] || !PatternMatching.CanMatch(pattern, entry.Template)) continue;
            if (entry.Template.Object is not ConstantTerm { Term: not BlankNode } constant) return null;
            if (values.Add(constant.Term) && values.Count > MaximumValues) return null;
        }

        return [.. values.Select(value => Value.Of(value))];
    }

    private void Report()
    {
        for (var i = 0; i < _ruleSet.Rules.Length; i++)
        {
            var rule = _ruleSet.Rules[i];
            if (_refused.TryGetValue(rule, out var reason))
            {
                _findings.Warn(rule.Position, DiagnosticCodes.NeverFires,
                    $"{Findings.Capital(_findings.This(rule))} never fires: {reason}; correct the condition, or derive what it asks for.");
            }

            if (_blocked.Contains(rule) || rule.Origin.Length > 0) continue;
            if (!_fires[i]) ReportPattern(rule);
            ReportNegations(rule, rule.Body, rule.MatchesDataOnly);
        }
    }

    private void ReportPattern(Rule rule)
    {
        foreach (var (needed, dataOnly) in Needed(rule.Body, rule.MatchesDataOnly))
        {
            if (IsGiven(dataOnly, needed)) continue;
            var sources = dataOnly ? [] : Sources(needed).Distinct().ToList();
            if (sources.Exists(source => _fires[source])) continue;
            var pattern = _findings.Write(needed);
            var problem = sources.Count == 0 ? $"no data and no rule gives {{ {pattern} }}; check the property's spelling, or add what derives it"
                : sources.TrueForAll(source => _ruleSet.Rules[source] == rule) ? $"only the rule itself gives {{ {pattern} }}; add what starts it"
                : $"{{ {pattern} }} comes only from {Named(sources, rule)}, which never fires either; mend that first";
            _findings.Warn(needed.Position, DiagnosticCodes.NeverFires, $"{Findings.Capital(_findings.This(rule))} never fires: {problem}.");
            return;
        }
    }

    private string Named(List<int> sources, Rule except)
    {
        var others = sources.Select(source => _ruleSet.Rules[source]).Where(source => source != except).ToList();
        return others.Count == 1 ? _findings.Other(others[0]) : $"{_findings.Other(others[0])} and {others.Count - 1} more";
    }

    // A NOT of what nothing gives says nothing; often its property is misspelt.
    private void ReportNegations(Rule rule, ImmutableArray<BodyElement> body, bool inDataOnly)
    {
        foreach (var select in body.OfType<SubSelectElement>()) ReportNegations(rule, select.Inner, inDataOnly || select.MatchesDataOnly);
        foreach (var negation in body.OfType<NegationElement>())
        {
            var dataOnly = inDataOnly || negation.MatchesDataOnly;
            var missing = negation.Inner.OfType<PatternElement>().FirstOrDefault(element =>
                !IsGiven(dataOnly, element.Pattern) && (dataOnly || !Sources(element.Pattern).Any(source => _fires[source])));
            if (missing is null) continue;
            _findings.Remark(negation.Position, DiagnosticCodes.AlwaysTrue,
                $"This NOT is always true in {_findings.This(rule)}: no data and no rule that can fire gives {{ {_findings.Write(missing.Pattern)} }}; check the property's spelling, or leave the NOT out.");
        }
    }

    private bool IsGiven(bool dataOnly, TriplePattern pattern)
    {
        if (pattern.Predicate is not ConstantTerm { Term: Iri predicate }) return true;
        if (!dataOnly && _blockPredicates.Contains(predicate) && (predicate != RdfVocabulary.Type || ClassIn(_blockClasses))) return true;
        return _surroundings.DataPredicates!.Contains(predicate)
            && (predicate != RdfVocabulary.Type || _surroundings.DataClasses is not { } classes || ClassIn(classes));

        bool ClassIn(IReadOnlySet<Iri> classes) => pattern.Object is not ConstantTerm { Term: Iri type } || classes.Contains(type);
    }

    /// <summary>The rules that have a template like the pattern.</summary>
    private IEnumerable<int> Sources(TriplePattern pattern) =>
        Entries(pattern).Where(entry => PatternMatching.CanMatch(pattern, entry.Template)).Select(entry => entry.Rule);

    private IEnumerable<HeadTemplate> Entries(TriplePattern pattern)
    {
        var (first, second, third) = _index.Candidates(pattern);
        return first.Concat(second).Concat(third);
    }

    /// <summary>A pattern that waits for a rule to fire.</summary>
    private sealed class Need(int rule)
    {
        public int Rule { get; } = rule;

        public bool IsMet { get; set; }
    }
}
