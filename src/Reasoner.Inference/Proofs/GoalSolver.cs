using System.Runtime.CompilerServices;
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
    private readonly ILookup<Term, (Rule Rule, int Number, TriplePattern Template)> _templates;
    private readonly List<(Rule Rule, int Number, TriplePattern Template)> _openTemplates;
    private readonly KnowledgeGraph _graph;
    private readonly EvaluationContext _context;
    private readonly CancellationToken _cancellation;
    private readonly Dictionary<Goal, HashSet<Triple>> _solved = [];
    private readonly Dictionary<(SubSelectElement Select, string Keys), IReadOnlyList<SolvedGroup>> _groups = [];

    public GoalSolver(IReadOnlyList<Rule> rules, KnowledgeGraph graph, EvaluationContext context, CancellationToken cancellation)
    {
        var templates = rules.SelectMany((rule, number) => rule.Head.Select(template => (Rule: rule, Number: number, Template: template))).ToList();
        _templates = templates.Where(each => each.Template.Predicate is ConstantTerm).ToLookup(each => ((ConstantTerm)each.Template.Predicate).Term);
        _openTemplates = [.. templates.Where(each => each.Template.Predicate is not ConstantTerm)];
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

    /// <summary>Whether the elements of a NOT, or of a body, have a solution that extends the given one.</summary>
    public bool HasSolution(IReadOnlyList<BodyElement> elements, Solution solution, bool groundOnly) =>
        Solutions(elements, 0, solution, groundOnly, Solve).Any();

    /// <summary>The groups of a SELECT that the solution's values for its keys leave, in the order of their keys.</summary>
    public IReadOnlyList<SolvedGroup> Groups(SubSelectElement select, Solution solution, bool groundOnly)
    {
        var start = SolvedGroup.StartOf(select, solution);
        var keys = string.Join('\n', start.Bindings.Select(binding => $"{binding.Variable} {binding.Value}"));
        if (_groups.TryGetValue((select, keys), out var groups)) return groups;

        // What a SELECT reads is finished before the rules that hold it, as with NOT.
        groups = SolvedGroup.Make(select, Solutions(select.Inner, 0, start, groundOnly || select.MatchesDataOnly, Solve), _context);
        _groups.Add((select, keys), groups);
        return groups;
    }

    private IEnumerable<Solution> Solutions(
        IReadOnlyList<BodyElement> elements, int index, Solution solution, bool groundOnly, Func<Term?, Term?, Term?, IEnumerable<Triple>> answers)
    {
        if (index == elements.Count) return [solution];
        switch (elements[index])
        {
            case PatternElement { Pattern: var pattern }:
                return Match(pattern, elements, index, solution, groundOnly, answers);
            case FilterElement filter:
                return ValueOf(filter.Expression, solution).EffectiveBooleanValue == true
                    ? Solutions(elements, index + 1, solution, groundOnly, answers)
                    : [];
            case AssignmentElement assignment:
                var value = ValueOf(assignment.Expression, solution);
                return value.IsError
                    ? []
                    : Solutions(elements, index + 1, solution.With(assignment.Variable, value.ToTerm()), groundOnly, answers);
            case NegationElement negation:
                // What a NOT reads is finished before the rules that negate it: stratification lets it be solved on its own.
                return HasSolution(negation.Inner, Substitution.Before(elements, index, solution), groundOnly || negation.MatchesDataOnly)
                    ? []
                    : Solutions(elements, index + 1, solution, groundOnly, answers);
            case SubSelectElement select:
                return Groups(select, solution, groundOnly).SelectMany(group =>
                    group.Join(solution) is { } joined ? Solutions(elements, index + 1, joined, groundOnly, answers) : []);
            default:
                throw new NotSupportedException($"{elements[index].Position}: the checker does not know {elements[index].GetType().Name}.");
        }
    }

    private IEnumerable<Solution> Match(
        TriplePattern pattern,
        IReadOnlyList<BodyElement> elements,
        int index,
        Solution solution,
        bool groundOnly,
        Func<Term?, Term?, Term?, IEnumerable<Triple>> answers)
    {
        _cancellation.ThrowIfCancellationRequested();
        var (s, p, o) = (Substitution.Apply(pattern.Subject, solution), Substitution.Apply(pattern.Predicate, solution), Substitution.Apply(pattern.Object, solution));

        // The answers may grow while they are read: what is added then is for the next pass.
        foreach (var triple in (groundOnly ? Asserted(s, p, o, groundOnly: true) : answers(s, p, o)).ToArray())
        {
            if (Substitution.Match(pattern, triple, solution) is not { } extended) continue;
            foreach (var each in Solutions(elements, index + 1, extended, groundOnly, answers)) yield return each;
        }
    }

    private Value ValueOf(Expression expression, Solution solution) =>
        ExpressionEvaluator.Evaluate(expression, name => Value.Of(solution[name]), _context);

    private int IdOf(Term? term)
    {
        if (term is null) return 0;
        var id = _graph.Terms.Find(term);
        return id == 0 ? -1 : id;
    }

    /// <summary>The templates that may give triples with the predicate, and their rules.</summary>
    private IEnumerable<(Rule Rule, int Number, TriplePattern Template)> TemplatesFor(Term? predicate) => predicate is null
        ? _templates.SelectMany(group => group).Concat(_openTemplates)
        : _templates[predicate].Concat(_openTemplates);

    private readonly record struct Goal(Term? Subject, Term? Predicate, Term? Object)
    {
        public bool Fits(Triple triple) =>
            (Subject is null || Subject == triple.Subject)
            && (Predicate is null || Predicate == triple.Predicate)
            && (Object is null || Object == triple.Object);
    }

    /// <summary>A goal whose answers are not all known yet.</summary>
    private sealed class Table(Goal goal, int index)
    {
        public readonly Goal Goal = goal;
        public readonly HashSet<Triple> Answers = [];

        /// <summary>Its place among the open goals.</summary>
        public readonly int Index = index;

        /// <summary>The lowest place of an open goal that its answers depend on.</summary>
        public int Lowest = index;

        /// <summary>Whether a goal read its answers before all were known: then one pass is not enough.</summary>
        public bool IsReadWhileOpen;
    }

    /// <summary>
    /// Solves a goal depth first. Goals that depend on each other stay open together; the first of them to be opened improves
    /// them until nothing changes and closes them (the strongly connected components of the goals, after Tarjan).
    /// </summary>
    private sealed class Session(GoalSolver solver)
    {
        private readonly Dictionary<Goal, Table> _tables = [];
        private readonly List<Table> _open = [];
        private Table? _current;
        private bool _changed;

        public void Run(Goal goal) => Answers(goal);

        private HashSet<Triple> Answers(Goal goal)
        {
            if (solver._solved.TryGetValue(goal, out var solved)) return solved;
            if (_tables.TryGetValue(goal, out var table))
            {
                table.IsReadWhileOpen = true;
                DependOn(table.Lowest);
                return table.Answers;
            }

            table = new Table(goal, _open.Count);
            table.Answers.UnionWith(solver.Asserted(goal.Subject, goal.Predicate, goal.Object, groundOnly: false));
            _tables.Add(goal, table);
            _open.Add(table);
            _changed = true;
            if (!RuntimeHelpers.TryEnsureSufficientExecutionStack())
            {
                // Too deep to follow now: everything open waits for the first goal, which comes back to this one.
                table.Lowest = 0;
                _open[0].IsReadWhileOpen = true;
                DependOn(0);
                return table.Answers;
            }

            Improve(table);
            if (table.Lowest == table.Index) Close(table);
            else DependOn(table.Lowest);
            return table.Answers;
        }

        private void DependOn(int index)
        {
            if (_current is not null) _current.Lowest = Math.Min(_current.Lowest, index);
        }

        private void Close(Table first)
        {
            if (first.IsReadWhileOpen)
            {
                do
                {
                    _changed = false;
                    for (var i = first.Index; i < _open.Count; i++) Improve(_open[i]);
                }
                while (_changed);
            }

            for (var i = first.Index; i < _open.Count; i++)
            {
                solver._solved[_open[i].Goal] = _open[i].Answers;
                _tables.Remove(_open[i].Goal);
            }

            _open.RemoveRange(first.Index, _open.Count - first.Index);
        }

        private void Improve(Table table)
        {
            var outer = _current;
            _current = table;
            foreach (var (rule, number, template) in solver.TemplatesFor(table.Goal.Predicate))
            {
                if (Substitution.Fit(template, table.Goal.Subject, table.Goal.Predicate, table.Goal.Object) is not { } start) continue;

                // A variable that the body assigns gets its value there; the last comparison with the goal decides.
                if (rule.IsRunOnce && rule.Body.Any(element => element is AssignmentElement)) start = WithoutAssigned(rule, start);
                var solutions = solver.Solutions(rule.Body, 0, start, rule.MatchesDataOnly, (s, p, o) => Answers(new Goal(s, p, o)));
                foreach (var solution in solutions.ToList())
                {
                    if (Substitution.Instantiate(rule, number, template, solution) is not { } triple) continue;
                    if (table.Goal.Fits(triple) && table.Answers.Add(triple)) _changed = true;
                }
            }

            _current = outer;
        }

        private static Solution WithoutAssigned(Rule rule, Solution solution)
        {
            var assigned = rule.Body.OfType<AssignmentElement>().Select(assignment => assignment.Variable);
            return solution.Of(solution.Bindings.Select(binding => binding.Variable).Except(assigned).ToHashSet());
        }
    }
}
