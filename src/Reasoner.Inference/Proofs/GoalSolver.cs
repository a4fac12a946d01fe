using Reasoner.Knowledge;
using Reasoner.Rdf;
using Reasoner.Rules;

namespace Reasoner.Inference;

/// <summary>
/// Answers "what follows that looks like this?" straight from the rules' syntax tree and the asserted facts: from the goal
/// backwards, each goal's answers kept in a table and recomputed until nothing changes. It is slow and simple on purpose: the
/// checker uses it to confirm that nothing contradicts a NOT, and tests hold the engine against it. It shares no code with the
/// engine beyond terms, expressions and the syntax tree.
/// </summary>
internal sealed class GoalSolver
{
    private readonly IReadOnlyList<Rule> _rules;
    private readonly KnowledgeGraph _graph;
    private readonly EvaluationContext _context;
    private readonly CancellationToken _cancellation;
    private readonly Dictionary<Goal, HashSet<Triple>> _solved = [];

    public GoalSolver(IReadOnlyList<Rule> rules, KnowledgeGraph graph, EvaluationContext context, CancellationToken cancellation)
    {
        _rules = rules;
        _graph = graph;
        _context = context;
        _cancellation = cancellation;
    }

    /// <summary>Every triple that holds and has the given terms; null stands for any.</summary>
    public IEnumerable<Triple> Solve(Term? subject, Term? predicate, Term? @object)
    {
        var goal = new Goal(subject, predicate, @object);
        if (!_solved.ContainsKey(goal)) new Session(this).Run(goal);
        return _solved[goal];
    }

    /// <summary>The asserted triples that have the given terms.</summary>
    public IEnumerable<Triple> Asserted(Term? subject, Term? predicate, Term? @object, bool groundOnly)
    {
        var (s, p, o) = (IdOf(subject), IdOf(predicate), IdOf(@object));
        if (s < 0 || p < 0 || o < 0) yield break;
        foreach (var fact in _graph.Match(s, p, o))
        {
            _graph.TryLocate(fact.Subject, fact.Predicate, fact.Object, out var relation, out var row);
            var origin = relation!.OriginOf(row);
            if (groundOnly ? KnowledgeGraph.IsGround(origin) : !KnowledgeGraph.IsDerived(origin)) yield return _graph.ToTriple(fact);
        }
    }

    /// <summary>Whether the elements of a NOT, or of a body, have a solution that extends the bindings.</summary>
    public bool HasSolution(IReadOnlyList<BodyElement> elements, IReadOnlyDictionary<string, Term> bindings, bool groundOnly) =>
        Solutions(elements, 0, new Dictionary<string, Term>(bindings), groundOnly, Solve).Any();

    private IEnumerable<Dictionary<string, Term>> Solutions(
        IReadOnlyList<BodyElement> elements,
        int index,
        Dictionary<string, Term> bindings,
        bool groundOnly,
        Func<Term?, Term?, Term?, IEnumerable<Triple>> answers)
    {
        _cancellation.ThrowIfCancellationRequested();
        if (index == elements.Count) return [bindings];
        switch (elements[index])
        {
            case PatternElement { Pattern: var pattern }:
                var (s, p, o) = (Substitution.Apply(pattern.Subject, bindings), Substitution.Apply(pattern.Predicate, bindings), Substitution.Apply(pattern.Object, bindings));
                var candidates = groundOnly ? Asserted(s, p, o, groundOnly: true) : answers(s, p, o);
                return candidates.ToList().SelectMany(triple =>
                {
                    var extended = new Dictionary<string, Term>(bindings);
                    return Substitution.Match(pattern, triple, extended)
                        ? Solutions(elements, index + 1, extended, groundOnly, answers)
                        : [];
                });
            case FilterElement filter:
                return Value(filter.Expression, bindings).EffectiveBooleanValue == true
                    ? Solutions(elements, index + 1, bindings, groundOnly, answers)
                    : [];
            case AssignmentElement assignment:
                var value = Value(assignment.Expression, bindings);
                if (value.IsError) return [];
                var assigned = new Dictionary<string, Term>(bindings) { [assignment.Variable] = value.ToTerm() };
                return Solutions(elements, index + 1, assigned, groundOnly, answers);
            case NegationElement negation:
                // What a NOT reads is finished before the rules that negate it: stratification lets it be solved on its own.
                return HasSolution(negation.Inner, bindings, groundOnly || negation.MatchesDataOnly)
                    ? []
                    : Solutions(elements, index + 1, bindings, groundOnly, answers);
            default:
                throw new NotSupportedException($"{elements[index].Position}: the checker does not know {elements[index].GetType().Name}.");
        }
    }

    private Value Value(Expression expression, Dictionary<string, Term> bindings) =>
        ExpressionEvaluator.Evaluate(expression, name => Rdf.Value.Of(bindings[name]), _context);

    private int IdOf(Term? term)
    {
        if (term is null) return 0;
        var id = _graph.Terms.Find(term);
        return id == 0 ? -1 : id;
    }

    private readonly record struct Goal(Term? Subject, Term? Predicate, Term? Object);

    /// <summary>Solves a goal together with the goals that it depends on, all to one fixpoint.</summary>
    private sealed class Session(GoalSolver solver)
    {
        private readonly Dictionary<Goal, HashSet<Triple>> _tables = [];
        private readonly List<Goal> _goals = [];
        private bool _changed;

        public void Run(Goal goal)
        {
            Open(goal);
            do
            {
                _changed = false;
                for (var i = 0; i < _goals.Count; i++) Improve(_goals[i]);
            }
            while (_changed);

            foreach (var (each, answers) in _tables) solver._solved.TryAdd(each, answers);
        }

        private HashSet<Triple> Open(Goal goal)
        {
            if (solver._solved.TryGetValue(goal, out var solved)) return solved;
            if (_tables.TryGetValue(goal, out var table)) return table;
            table = [.. solver.Asserted(goal.Subject, goal.Predicate, goal.Object, groundOnly: false)];
            _tables.Add(goal, table);
            _goals.Add(goal);
            _changed = true;
            return table;
        }

        private void Improve(Goal goal)
        {
            var table = _tables[goal];
            for (var number = 0; number < solver._rules.Count; number++)
            {
                var rule = solver._rules[number];
                foreach (var template in rule.Head)
                {
                    var bindings = new Dictionary<string, Term>();
                    if (!Substitution.Fits(template.Subject, goal.Subject, bindings)
                        || !Substitution.Fits(template.Predicate, goal.Predicate, bindings)
                        || !Substitution.Fits(template.Object, goal.Object, bindings))
                        continue;
                    foreach (var solution in solver.Solutions(Ordered(rule, bindings), 0, bindings, rule.MatchesDataOnly, (s, p, o) => Open(new Goal(s, p, o))).ToList())
                    {
                        if (Substitution.Instantiate(rule, number, template, solution) is not { } triple) continue;
                        if (goal.Subject is not null && goal.Subject != triple.Subject) continue;
                        if (goal.Predicate is not null && goal.Predicate != triple.Predicate) continue;
                        if (goal.Object is not null && goal.Object != triple.Object) continue;
                        if (table.Add(triple)) _changed = true;
                    }
                }
            }
        }

        /// <summary>The body with the patterns that the goal binds first; an assignment to a bound variable becomes a comparison.</summary>
        private static List<BodyElement> Ordered(Rule rule, Dictionary<string, Term> bindings)
        {
            // Bindings of assigned variables would be overwritten by the assignment: the final comparison with the goal decides.
            foreach (var assignment in rule.Body.OfType<AssignmentElement>()) bindings.Remove(assignment.Variable);
            return [.. rule.Body];
        }
    }
}
