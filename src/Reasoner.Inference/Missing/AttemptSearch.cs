using System.Collections.Immutable;
using Reasoner.Knowledge;
using Reasoner.Rdf;
using Reasoner.Rules;

namespace Reasoner.Inference;

/// <summary>The attempt of a rule that lacks least.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Bindings">The variables that have a value.</param>
/// <param name="Obstacles">The conditions that are not met.</param>
/// <param name="Misses">How many of them fail.</param>
/// <param name="Open">How many depend on values that are not known.</param>
/// <param name="Progress">The share of the body before the first obstacle.</param>
/// <param name="GivesWanted">Whether the head gives the wanted fact once the body holds.</param>
/// <param name="IsComplete">Whether the whole body was looked at.</param>
internal sealed record Attempt(
    Rule Rule, ImmutableArray<Binding> Bindings, ImmutableArray<Obstacle> Obstacles, int Misses, int Open, double Progress, bool GivesWanted, bool IsComplete);

/// <summary>
/// Searches the attempt of a rule that meets all but the fewest conditions: with none, one, two, ... that may fail. Of
/// attempts that lack as much the one counts that leaves fewer conditions open, fewer unknown values, and whose first
/// obstacle comes latest in the author's order, so that the answer reads along the rule.
/// </summary>
/// <param name="materialization">What holds.</param>
/// <param name="rule">The rule.</param>
/// <param name="template">The template of its head that gives the wanted fact.</param>
/// <param name="asked">The fact that was asked for: that it is missing is no answer.</param>
/// <param name="maximumSteps">How many triples to try.</param>
/// <param name="cancellation">Cancels.</param>
internal sealed class AttemptSearch(
    Materialization materialization, Rule rule, TriplePattern template, Triple asked, int maximumSteps, CancellationToken cancellation)
{
    private readonly KnowledgeGraph _graph = materialization.Graph;
    private readonly HashSet<string>[] _boundBefore = BoundBefore(rule.Body);
    private readonly BodySolutions _solutions = new(materialization, rule, cancellation);
    private int _allowed;
    private int _furthest = -1;
    private Solution _furthestBindings = Solution.Empty;
    private (int Open, int Unknown, int Progress) _bestRank;
    private (Solution Bindings, Obstruction? Last)? _best;

    public Attempt Run(Solution wanted)
    {
        for (_allowed = 0; _allowed <= rule.Body.Length && _best is null && _solutions.Steps <= maximumSteps; _allowed++) Extend(0, wanted, null);
        return _best is { } best ? Complete(best.Bindings, best.Last) : Furthest();
    }

    private Attempt Complete(Solution bindings, Obstruction? last)
    {
        _solutions.Steps = 0;
        var obstructions = Obstruction.InOrder(last);
        var obstacles = obstructions.Select(each => Describe(each, bindings)).ToImmutableArray();
        return new Attempt(
            rule,
            Bindings(bindings),
            obstacles,
            obstacles.Count(obstacle => obstacle.Kind != ObstacleKind.IsOpen),
            obstacles.Count(obstacle => obstacle.Kind == ObstacleKind.IsOpen),
            obstructions.Count == 0 ? 1 : (double)obstructions[0].Index / rule.Body.Length,
            template.Variables.All(name => bindings.TryGet(name, out _)) && !template.Terms.Any(HasBlankNode),
            IsComplete: true);
    }

    private Attempt Furthest()
    {
        var obstruction = new Obstruction(_furthest, KindOf(rule.Body[_furthest], _furthestBindings), null);
        return new Attempt(
            rule, Bindings(_furthestBindings), [Describe(obstruction, _furthestBindings)], 1, 0, (double)_furthest / rule.Body.Length, GivesWanted: false, IsComplete: false);
    }

    private void Extend(int index, Solution bindings, Obstruction? last)
    {
        cancellation.ThrowIfCancellationRequested();
        if (_allowed == 0 && index < rule.Body.Length && index > _furthest) (_furthest, _furthestBindings) = (index, bindings);
        if (_solutions.Steps > maximumSteps) return;
        if (index == rule.Body.Length)
        {
            Consider(bindings, last);
            return;
        }

        switch (rule.Body[index])
        {
            case PatternElement { Pattern: var pattern }:
                foreach (var triple in _solutions.Matches(pattern, bindings, rule.MatchesDataOnly))
                {
                    if (_solutions.Steps > maximumSteps) return;
                    if (Substitution.Match(pattern, triple, bindings) is { } extended) Extend(index + 1, extended, last);
                }

                if (CanBeFact(pattern, bindings)) Miss(index, bindings, last, ObstacleKind.NothingMatches);
                break;
            case AssignmentElement assignment when Knows(assignment.Expression, bindings):
                var value = Evaluate(assignment.Expression, bindings);
                if (value.IsError) Miss(index, bindings, last, ObstacleKind.IsError);
                else if (!bindings.TryGet(assignment.Variable, out var wanted)) Extend(index + 1, bindings.With(assignment.Variable, value.ToTerm()), last);
                else if (wanted == value.ToTerm()) Extend(index + 1, bindings, last);
                else Miss(index, bindings, last, ObstacleKind.OtherValue);
                break;
            case SubSelectElement select:
                if (_solutions.Groups(select, bindings, maximumSteps) is not { } groups) return;
                foreach (var group in groups)
                {
                    if (++_solutions.Steps > maximumSteps) return;
                    if (group.Join(bindings) is { } joined) Extend(index + 1, joined, last);
                }

                Miss(index, bindings, last, KindOf(groups));
                break;
            case var element:
                var kind = KindOf(element, bindings);
                if (kind is null) Extend(index + 1, bindings, last);
                else if (kind == ObstacleKind.IsOpen) Extend(index + 1, bindings, new Obstruction(index, kind, last));
                else Miss(index, bindings, last, kind);
                break;
        }
    }

    private void Miss(int index, Solution bindings, Obstruction? last, ObstacleKind? kind)
    {
        if ((last?.Misses ?? 0) < _allowed) Extend(index + 1, bindings, new Obstruction(index, kind, last));
    }

    /// <summary>How a condition obstructs; null where it is met.</summary>
    private ObstacleKind? KindOf(BodyElement element, Solution bindings)
    {
        switch (element)
        {
            case FilterElement filter when Knows(filter.Expression, bindings):
                var value = Evaluate(filter.Expression, bindings);
                return value.EffectiveBooleanValue == true ? null : value.IsError ? ObstacleKind.IsError : ObstacleKind.IsFalse;
            case NegationElement negation when KnowsOuter(negation, bindings):
                return _solutions.FindInside(negation, Outer(negation, bindings)) is null ? null : ObstacleKind.IsExcluded;
            case PatternElement:
                return ObstacleKind.NothingMatches;
            case SubSelectElement select when _solutions.Groups(select, bindings, maximumSteps) is { } groups:
                return KindOf(groups);
            case FilterElement or AssignmentElement or NegationElement or SubSelectElement:
                return ObstacleKind.IsOpen;
            default:
                throw new NotSupportedException($"{element.Position}: an element of an unknown kind, {element.GetType().Name}.");
        }
    }

    private static ObstacleKind KindOf(IReadOnlyList<SolvedGroup> groups) => groups.Count == 1 ? ObstacleKind.OtherGroup : ObstacleKind.NoGroup;

    private void Consider(Solution bindings, Obstruction? last)
    {
        var obstructions = Obstruction.InOrder(last);
        foreach (var each in obstructions)
        {
            // What was passed over must not hold: else its attempt is another one, and what fails there is said.
            if (rule.Body[each.Index] is PatternElement { Pattern: var pattern } && (IsAsked(pattern, bindings) || HasMatch(pattern, bindings))) return;
            if (rule.Body[each.Index] is SubSelectElement select && _solutions.Groups(select, bindings, maximumSteps)?.Any(group => group.Join(bindings) is not null) == true) return;
        }

        var unknown = obstructions
            .Where(each => each.Kind == ObstacleKind.NothingMatches)
            .SelectMany(each => ((PatternElement)rule.Body[each.Index]).Pattern.Variables)
            .Distinct().Count(name => !bindings.TryGet(name, out _));
        var rank = (
            obstructions.Count(each => each.Kind == ObstacleKind.IsOpen),
            unknown,
            obstructions.Count == 0 ? 0 : -obstructions[0].Index);
        if (_best is not null && rank.CompareTo(_bestRank) >= 0) return;
        (_best, _bestRank) = ((bindings, last), rank);
    }

    private bool HasMatch(TriplePattern pattern, Solution bindings) =>
        _solutions.Matches(pattern, bindings, rule.MatchesDataOnly).Any(triple => Substitution.Match(pattern, triple, bindings) is not null);

    private bool IsAsked(TriplePattern pattern, Solution bindings) =>
        Substitution.Apply(pattern.Subject, bindings) == asked.Subject
        && Substitution.Apply(pattern.Predicate, bindings) == asked.Predicate
        && Substitution.Apply(pattern.Object, bindings) == asked.Object;

    private Obstacle Describe(Obstruction obstruction, Solution bindings)
    {
        var element = rule.Body[obstruction.Index];
        var obstacle = new Obstacle { Element = element, Kind = obstruction.Kind ?? ObstacleKind.OtherValue };
        switch (element)
        {
            case PatternElement { Pattern: var pattern }:
                return obstacle with { Missing = Fill(pattern, bindings) };
            case FilterElement filter:
                var failing = Failing(filter.Expression, bindings);
                return obstacle with { Expression = failing, Values = ValuesOf(failing, bindings), Reason = Knows(failing, bindings) ? Evaluate(failing, bindings).ErrorReason : null };
            case AssignmentElement assignment:
                var value = Knows(assignment.Expression, bindings) ? Evaluate(assignment.Expression, bindings) : Value.Error;
                return obstacle with
                {
                    Expression = assignment.Expression,
                    Values = ValuesOf(assignment.Expression, bindings),
                    Actual = value.IsError ? null : value.ToTerm(),
                    Reason = value.ErrorReason,
                };
            case NegationElement negation when obstruction.Kind == ObstacleKind.IsExcluded:
                return obstacle with { Found = [.. _solutions.FindInside(negation, Outer(negation, bindings))!.Select(Locate)] };
            case SubSelectElement select:
                var values = ValuesOf(select.Variables, bindings);
                return _solutions.Groups(select, bindings, maximumSteps) is { } groups
                    ? obstacle with { Kind = KindOf(groups), Values = values, Group = groups is [var only] ? [.. only.Values] : [] }
                    : obstacle with { Values = values };
            default:
                return obstacle;
        }
    }

    private FoundFact Locate(Triple triple)
    {
        var terms = _graph.Terms;
        _graph.TryLocate(terms.Find(triple.Subject), terms.Find(triple.Predicate), terms.Find(triple.Object), out var relation, out var row);
        var origin = relation!.OriginOf(row);
        return KnowledgeGraph.IsDerived(origin)
            ? new FoundFact(triple, materialization.Program.RuleSet.Rules[origin], null)
            : new FoundFact(triple, null, _graph.SourceOf(origin, relation.StampOf(row)));
    }

    // Of a conjunction the first part that is not true says most.
    private Expression Failing(Expression expression, Solution bindings)
    {
        while (expression is CallExpression { Function: Function.And } conjunction && Knows(expression, bindings))
            expression = Evaluate(conjunction.Arguments[0], bindings).EffectiveBooleanValue == true ? conjunction.Arguments[1] : conjunction.Arguments[0];
        return expression;
    }

    /// <summary>The values that a NOT sees: a variable that only later elements bind, or the wanted fact, is its own inside.</summary>
    private Solution Outer(NegationElement negation, Solution bindings) => bindings.Of(_boundBefore[rule.Body.IndexOf(negation)]);

    private static bool CanBeFact(TriplePattern pattern, Solution bindings) =>
        Substitution.Apply(pattern.Subject, bindings) is null or Iri or BlankNode && Substitution.Apply(pattern.Predicate, bindings) is null or Iri;

    private static bool Knows(Expression expression, Solution bindings) => expression.Variables().All(name => bindings.TryGet(name, out _));

    private bool KnowsOuter(NegationElement negation, Solution bindings)
    {
        var before = _boundBefore[rule.Body.IndexOf(negation)];
        return negation.Variables().All(name => !before.Contains(name) || bindings.TryGet(name, out _));
    }

    private static HashSet<string>[] BoundBefore(ImmutableArray<BodyElement> body)
    {
        var bound = new HashSet<string>(StringComparer.Ordinal);
        var before = new HashSet<string>[body.Length];
        for (var i = 0; i < body.Length; i++)
        {
            before[i] = [.. bound];
            bound.UnionWith(body[i].BoundVariables());
        }

        return before;
    }

    private Value Evaluate(Expression expression, Solution bindings) => _solutions.Evaluate(expression, bindings);

    private static ImmutableArray<Binding> ValuesOf(Expression expression, Solution bindings) => ValuesOf(expression.Variables(), bindings);

    private static ImmutableArray<Binding> ValuesOf(IEnumerable<string> variables, Solution bindings) =>
    [
        .. variables.Distinct().Where(name => bindings.TryGet(name, out _)).Select(name => new Binding(name, bindings[name])),
    ];

    private static ImmutableArray<Binding> Bindings(Solution solution) =>
        [.. solution.Bindings.OrderBy(binding => binding.Variable, StringComparer.Ordinal).Select(binding => new Binding(binding.Variable, binding.Value))];

    private static TriplePattern Fill(TriplePattern pattern, Solution bindings) => pattern with
    {
        Subject = Fill(pattern.Subject, bindings),
        Predicate = Fill(pattern.Predicate, bindings),
        Object = Fill(pattern.Object, bindings),
    };

    private static PatternTerm Fill(PatternTerm place, Solution bindings) =>
        Substitution.Apply(place, bindings) is { } term ? new ConstantTerm(term) : place is TripleTermPattern inner ? new TripleTermPattern(Fill(inner.Pattern, bindings)) : place;

    private static bool HasBlankNode(PatternTerm place) =>
        place is ConstantTerm { Term: BlankNode } || (place is TripleTermPattern { Pattern: var inner } && inner.Terms.Any(HasBlankNode));

    /// <summary>A condition that is not met, after those before it.</summary>
    private sealed record Obstruction(int Index, ObstacleKind? Kind, Obstruction? Before)
    {
        public int Misses { get; } = (Before?.Misses ?? 0) + (Kind == ObstacleKind.IsOpen ? 0 : 1);

        public static List<Obstruction> InOrder(Obstruction? last)
        {
            var all = new List<Obstruction>();
            for (; last is not null; last = last.Before) all.Add(last);
            all.Reverse();
            return all;
        }
    }
}
