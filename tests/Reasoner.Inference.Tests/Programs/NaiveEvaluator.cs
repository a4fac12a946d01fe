using Reasoner.Rdf;
using Reasoner.Rules;

namespace Reasoner.Inference.Tests;

/// <summary>
/// The specification's evaluation, word for word: strata in order, every rule over the whole graph again and again until
/// nothing is new. Nothing is shared with the engine but the syntax tree, the strata and the expressions.
/// </summary>
internal static class NaiveEvaluator
{
    public static HashSet<Triple> Evaluate(RuleSet rules, IReadOnlyCollection<Triple> baseGraph)
    {
        var ground = new HashSet<Triple>(baseGraph);
        var graph = new HashSet<Triple>(baseGraph);
        graph.UnionWith(rules.Data.Select(data => data.Triple));
        foreach (var stratum in Stratification.Create(rules).Stratification!.Strata)
        {
            bool changed;
            do
            {
                changed = false;
                foreach (var rule in stratum.Rules)
                {
                    var number = rules.Rules.IndexOf(rule);
                    var solutions = Solve(rule.Body, 0, [], rule.MatchesDataOnly ? ground : graph, ground).ToList();
                    foreach (var solution in solutions)
                        foreach (var template in rule.Head)
                            if (Instantiate(rule, number, template, solution) is { } triple) changed |= graph.Add(triple);
                }
            }
            while (changed && stratum.IsRecursive);
        }

        return graph;
    }

    /// <summary>Every application of a rule over a graph of all that holds: a fact and its premises.</summary>
    public static IEnumerable<(Triple Fact, List<Triple> Premises)> Applications(RuleSet rules, Rule rule, HashSet<Triple> graph, HashSet<Triple> ground)
    {
        foreach (var solution in Solve(rule.Body, 0, [], rule.MatchesDataOnly ? ground : graph, ground))
        {
            var premises = rule.Body.OfType<PatternElement>()
                .Select(element => Instantiate(rule, 0, element.Pattern, solution)!.Value)
                .Concat(rule.Body.OfType<SubSelectElement>().SelectMany(select => GroupOf(select, rule, solution, graph, ground))).ToList();
            foreach (var template in rule.Head)
                if (Instantiate(rule, rules.Rules.IndexOf(rule), template, solution) is { } fact) yield return (fact, premises);
        }
    }

    private static IEnumerable<Triple> GroupOf(SubSelectElement select, Rule rule, Dictionary<string, Term> solution, HashSet<Triple> graph, HashSet<Triple> ground)
    {
        var inner = Solve(select.Inner, 0, [], rule.MatchesDataOnly || select.MatchesDataOnly ? ground : graph, ground);
        return NaiveAggregation.MembersOf(select, inner, solution).SelectMany(member =>
            select.Inner.OfType<PatternElement>().Select(element => Instantiate(rule, 0, element.Pattern, member)!.Value));
    }

    private static IEnumerable<Dictionary<string, Term>> Solve(
        IReadOnlyList<BodyElement> body, int index, Dictionary<string, Term> solution, HashSet<Triple> graph, HashSet<Triple> ground)
    {
        if (index == body.Count) return [solution];
        switch (body[index])
        {
            case PatternElement { Pattern: var pattern }:
                return graph.SelectMany(triple =>
                {
                    var extended = new Dictionary<string, Term>(solution);
                    return Bind(pattern.Subject, triple.Subject, extended)
                        && Bind(pattern.Predicate, triple.Predicate, extended)
                        && Bind(pattern.Object, triple.Object, extended)
                        ? Solve(body, index + 1, extended, graph, ground)
                        : [];
                });
            case FilterElement filter:
                return Evaluate(filter.Expression, solution).EffectiveBooleanValue == true ? Solve(body, index + 1, solution, graph, ground) : [];
            case AssignmentElement assignment:
                var value = Evaluate(assignment.Expression, solution);
                return value.IsError
                    ? []
                    : Solve(body, index + 1, new(solution) { [assignment.Variable] = value.ToTerm() }, graph, ground);
            case NegationElement negation:
                return Solve(negation.Inner, 0, solution, negation.MatchesDataOnly ? ground : graph, ground).Any()
                    ? []
                    : Solve(body, index + 1, solution, graph, ground);
            case SubSelectElement select:
                return NaiveAggregation.Rows(select, Solve(select.Inner, 0, [], select.MatchesDataOnly ? ground : graph, ground)).SelectMany(row =>
                    row.All(value => !solution.TryGetValue(value.Key, out var bound) || bound == value.Value)
                        ? Solve(body, index + 1, new(solution.Concat(row).DistinctBy(value => value.Key)), graph, ground)
                        : []);
            default:
                throw new NotSupportedException();
        }
    }

    public static Value Evaluate(Expression expression, Dictionary<string, Term> solution) =>
        ExpressionEvaluator.Evaluate(expression, name => Value.Of(solution[name]), World.Context);

    private static bool Bind(PatternTerm place, Term term, Dictionary<string, Term> solution)
    {
        switch (place)
        {
            case ConstantTerm constant:
                return constant.Term == term;
            case Variable variable when solution.TryGetValue(variable.Name, out var bound):
                return bound == term;
            case Variable variable:
                solution.Add(variable.Name, term);
                return true;
            case TripleTermPattern { Pattern: var inner }:
                return term is TripleTerm { Triple: var triple }
                    && Bind(inner.Subject, triple.Subject, solution)
                    && Bind(inner.Predicate, triple.Predicate, solution)
                    && Bind(inner.Object, triple.Object, solution);
            default:
                throw new NotSupportedException();
        }
    }

    private static Triple? Instantiate(Rule rule, int number, TriplePattern template, Dictionary<string, Term> solution)
    {
        Term Fill(PatternTerm place) => place switch
        {
            // Which blank node it is does not matter; that it is one for each solution does.
            ConstantTerm { Term: BlankNode node } =>
                HeadBlankNodes.Make(rule, number, node.Label, solution.Select(binding => (binding.Key, binding.Value))),
            ConstantTerm constant => constant.Term,
            Variable variable => solution[variable.Name],
            TripleTermPattern { Pattern: var p } => new TripleTerm(new Triple(Fill(p.Subject), Fill(p.Predicate), Fill(p.Object))),
            _ => throw new NotSupportedException(),
        };
        var (s, p, o) = (Fill(template.Subject), Fill(template.Predicate), Fill(template.Object));
        return s is Iri or BlankNode && p is Iri ? new Triple(s, p, o) : null;
    }
}
