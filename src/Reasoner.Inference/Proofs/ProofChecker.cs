using Reasoner.Knowledge;
using Reasoner.Rdf;
using Reasoner.Rules;

namespace Reasoner.Inference;

/// <summary>Why a proof is refused.</summary>
/// <param name="Fact">The fact of the step at fault.</param>
/// <param name="Problem">What is wrong with it.</param>
public sealed record ProofRefusal(Triple Fact, string Problem)
{
    /// <inheritdoc />
    public override string ToString() => $"{Fact}: {Problem}";
}

/// <summary>
/// Checks proofs without trusting whoever made them: every leaf must be asserted where it says, every step must be an
/// instance of a rule, its premises exactly the rule's patterns under its bindings and the facts that its SELECTs aggregate, its
/// filters true, its assignments and aggregates right, and nothing that its NOTs exclude may follow. It shares no code with the evaluator beyond terms, expressions and the
/// rules' syntax tree. Belongs to one thread.
/// </summary>
public sealed class ProofChecker
{
    private readonly RuleNames _names;
    private readonly KnowledgeGraph _graph;
    private readonly EvaluationContext _context;
    private readonly GoalSolver _solver;

    // A checker may see many proofs that share steps: each step object is checked once.
    private readonly HashSet<ProofNode> _accepted = new(ReferenceEqualityComparer.Instance);

    /// <summary>Makes a checker.</summary>
    /// <param name="names">The rules and their names.</param>
    /// <param name="graph">The graph; only its asserted facts are looked at.</param>
    /// <param name="context">What NOW() and the like gave.</param>
    /// <param name="cancellation">Cancels.</param>
    public ProofChecker(RuleNames names, KnowledgeGraph graph, EvaluationContext? context = null, CancellationToken cancellation = default)
    {
        _names = names;
        _graph = graph;
        _context = context ?? new EvaluationContext(DateTimeOffset.UtcNow);
        _solver = new GoalSolver(names.RuleSet.Rules, graph, _context, cancellation);
    }

    /// <summary>Checks a proof; null where it stands.</summary>
    public ProofRefusal? Check(ProofNode proof)
    {
        foreach (var node in proof.Nodes)
        {
            if (_accepted.Contains(node)) continue;
            var problem = node.Rule is null ? CheckLeaf(node) : CheckStep(node);
            if (problem is not null) return new ProofRefusal(node.Fact, problem);
            _accepted.Add(node);
        }

        return null;
    }

    /// <summary>Every triple that follows and has the given terms (null: any), found from the rules without the evaluator.</summary>
    public IEnumerable<Triple> Follows(Term? subject, Term? predicate, Term? @object) => _solver.Solve(subject, predicate, @object);

    private string? CheckLeaf(ProofNode node)
    {
        if (!node.Premises.IsEmpty || !node.Bindings.IsEmpty) return "a leaf has neither premises nor bindings.";
        var terms = _graph.Terms;
        var (s, p, o) = (terms.Find(node.Fact.Subject), terms.Find(node.Fact.Predicate), terms.Find(node.Fact.Object));
        if (s == 0 || p == 0 || o == 0 || !_graph.TryLocate(s, p, o, out var relation, out var row)) return "is not asserted.";
        var origin = relation.OriginOf(row);
        if (KnowledgeGraph.IsDerived(origin)) return "is not asserted.";
        var source = _graph.SourceOf(origin, relation.StampOf(row));
        return node.Source is null || node.Source == source ? null : $"is asserted in {source}, not in {node.Source}.";
    }

    private string? CheckStep(ProofNode node)
    {
        if (!_names.TryGetNumber(node.Rule!, out var number)) return $"there is no rule {node.Rule}.";
        var rule = _names.RuleSet.Rules[number];
        var bindings = Solution.Empty;
        foreach (var binding in node.Bindings)
        {
            if (bindings.TryGet(binding.Variable, out _)) return $"binds ?{binding.Variable} twice.";
            bindings = bindings.With(binding.Variable, binding.Value);
        }

        var patterns = rule.Body.OfType<PatternElement>().Select(element => element.Pattern).ToList();
        var variables = rule.Body.BoundVariables().ToHashSet();
        if (!variables.SetEquals(node.Bindings.Select(binding => binding.Variable))) return $"its bindings are not those of the variables of {rule.DisplayName}.";
        if (node.Premises.Length < patterns.Count) return $"{rule.DisplayName} has {patterns.Count} patterns, the step {node.Premises.Length} premises.";
        for (var i = 0; i < patterns.Count; i++)
            if (Substitution.Match(patterns[i], node.Premises[i].Fact, bindings) is null)
                return $"premise {i + 1} ({node.Premises[i].Fact}) does not match the pattern {patterns[i]} under the bindings.";
        if (rule.MatchesDataOnly && node.Premises.Any(premise => !IsGround(premise.Fact))) return "WHERE DATA matches asserted facts only.";
        return CheckConditions(rule, bindings)
            ?? CheckSubSelects(rule, bindings, [.. node.Premises.Skip(patterns.Count).Select(premise => premise.Fact)])
            ?? (rule.Head.Any(template => Substitution.Instantiate(rule, number, template, bindings) == node.Fact)
                ? null
                : $"{rule.DisplayName} does not give this fact under the bindings.");
    }

    private string? CheckConditions(Rule rule, Solution bindings)
    {
        for (var i = 0; i < rule.Body.Length; i++)
        {
            switch (rule.Body[i])
            {
                case FilterElement filter when Evaluate(filter.Expression, bindings).EffectiveBooleanValue != true:
                    return $"the filter at {filter.Position} is not true under the bindings.";
                case AssignmentElement assignment:
                    var value = Evaluate(assignment.Expression, bindings);
                    if (value.IsError || value.ToTerm() != bindings[assignment.Variable])
                        return $"the assignment at {assignment.Position} does not give ?{assignment.Variable} its value.";
                    break;
                case NegationElement negation when _solver.HasSolution(negation.Inner, Substitution.Before(rule.Body, i, bindings), rule.MatchesDataOnly || negation.MatchesDataOnly):
                    return $"what the NOT at {negation.Position} excludes does follow.";
            }
        }

        return null;
    }

    /// <summary>The premises behind those of the patterns must be the facts of each SELECT's group, all of them and no others.</summary>
    private string? CheckSubSelects(Rule rule, Solution bindings, Triple[] premises)
    {
        var next = 0;
        foreach (var select in rule.Body.OfType<SubSelectElement>())
        {
            if (_solver.Groups(select, bindings, rule.MatchesDataOnly).FirstOrDefault(group => group.Join(bindings) is not null) is not { } group)
                return $"the SELECT at {select.Position} does not give what the bindings say.";
            foreach (var fact in group.Facts)
                if (next == premises.Length || premises[next++] != fact) return $"{fact}, which the SELECT at {select.Position} reads, is not the premise in its place.";
        }

        return next == premises.Length ? null : $"{rule.DisplayName} does not use the premise {premises[next]}.";
    }

    private bool IsGround(Triple triple) => _solver.Asserted(triple.Subject, triple.Predicate, triple.Object, groundOnly: true).Any();

    private Value Evaluate(Expression expression, Solution bindings) =>
        ExpressionEvaluator.Evaluate(expression, name => Value.Of(bindings[name]), _context);
}
