using System.Collections.Immutable;

namespace Reasoner.Rules;

/// <summary>
/// Finds rules that another makes needless: under some renaming of the other's variables, all its body's elements stand
/// in the needless rule's body or, for a filter, follow from it, and all the needless rule's templates in its head
/// (theta-subsumption).
/// </summary>
internal static class RuleSubsumption
{
    // Subsumption is NP-complete in theory; rules are small in practice, and a warning is not worth more.
    private const int MaximumSteps = 10_000;
    private const int StepsOfCondition = 100;
    private const int MaximumCandidates = 200;

    /// <summary>Each needless rule once, with the first rule that makes it so; of equal rules, the later are
    /// needless.</summary>
    public static IEnumerable<(Rule Rule, Rule By)> Find(ImmutableArray<Rule> rules, CancellationToken cancellation)
    {
        var index = new TemplateIndex(rules);
        for (var i = 0; i < rules.Length; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            if (rules[i].Head.IsEmpty || MakesNewTerms(rules[i])) continue;
            foreach (var candidate in Candidates(index, rules[i].Head[0], i))
            {
                if (!Subsumes(rules[candidate], rules[i])) continue;
                if (candidate > i && Subsumes(rules[i], rules[candidate])) continue;
                yield return (rules[i], rules[candidate]);
                break;
            }
        }
    }

    private static IEnumerable<int> Candidates(TemplateIndex index, TriplePattern template, int except)
    {
        var (first, second, third) = index.Candidates(template);
        return first.Concat(second).Concat(third)
            .Select(entry => entry.Rule)
            .Where(rule => rule != except)
            .Distinct()
            .Take(MaximumCandidates)
            .Order();
    }

    /// <summary>Whether whatever the specific rule derives, the general one does too.</summary>
    public static bool Subsumes(Rule general, Rule specific)
    {
        if (MakesNewTerms(general) || MakesNewTerms(specific)
            || general.MatchesDataOnly != specific.MatchesDataOnly) return false;
        return new Search(general.Head, general.Body, specific.Head, specific.Body).Heads(0);
    }

    /// <summary>
    /// Whether elements have a solution wherever a body has one, with the same values for the variables that both name: all
    /// stand in the body, under some renaming of the variables that are the elements' own.
    /// </summary>
    public static bool Covers(ImmutableArray<BodyElement> elements, ImmutableArray<BodyElement> body)
    {
        var search = new Search([], elements, [], body);
        search.Share();
        return search.Heads(0);
    }

    // Two rules that make blank nodes, or ask for fresh names, never make the same.
    private static bool MakesNewTerms(Rule rule) =>
        (rule.IsRunOnce && !rule.Body.Any(element => element is AssignmentElement))
        || rule.Head.Any(template => template.Terms.Any(HasBlankNode))
        || rule.Body.Expressions().Any(expression => expression.Calls(function => function is Function.BNode or Function.Uuid or Function.StrUuid));

    private static bool HasBlankNode(PatternTerm term) => term switch
    {
        ConstantTerm { Term: Rdf.BlankNode } => true,
        TripleTermPattern triple => triple.Pattern.Terms.Any(HasBlankNode),
        _ => false,
    };

    private sealed class Search(
        ImmutableArray<TriplePattern> generalHead, ImmutableArray<BodyElement> generalBody, ImmutableArray<TriplePattern> specificHead, ImmutableArray<BodyElement> specificBody)
    {
        private readonly Dictionary<string, PatternTerm> _values = new(StringComparer.Ordinal);
        private readonly Stack<string> _trail = new();
        private readonly HashSet<string> _bound = BoundVariables(generalBody);
        private readonly HashSet<string> _boundInSpecific = BoundVariables(specificBody);
        private RuleConditions? _conditions;
        private int _steps;

        /// <summary>Variables of the specific body keep their values in the general one.</summary>
        public void Share()
        {
            foreach (var name in _boundInSpecific) _values.Add(name, new Variable(name));
        }

        // Every template of the specific rule is one of the general rule's.
        public bool Heads(int next)
        {
            if (next == specificHead.Length) return Elements(0);
            foreach (var template in generalHead)
            {
                if (Attempt(() => Match(template, specificHead[next]) && Heads(next + 1))) return true;
            }

            return false;
        }

        // Every element of the general rule's body is one of the specific rule's. Filters come last, so that patterns
        // have given their variables values.
        private bool Elements(int next)
        {
            if (next == generalBody.Length) return true;
            foreach (var element in specificBody)
            {
                if (Attempt(() => Match(generalBody[next], element) && Elements(next + 1))) return true;
            }

            return generalBody[next] is FilterElement filter && Follows(filter.Expression) && Elements(next + 1);
        }

        // A wider limit follows from a narrower one.
        private bool Follows(Expression condition)
        {
            _steps += StepsOfCondition;
            if (_steps > MaximumSteps || Renamed(condition) is not { } renamed) return false;
            _conditions ??= RuleConditions.Of(specificBody);
            return _conditions?.Filters.Count > 0 && _conditions.Imply(_conditions.Filters, renamed);
        }

        private Expression? Renamed(Expression expression)
        {
            switch (expression)
            {
                case VariableExpression variable:
                    return _values.GetValueOrDefault(variable.Name) switch
                    {
                        Variable { Name: var name } => variable with { Name = name },
                        ConstantTerm { Term: var term } => new ConstantExpression(term, variable.Position),
                        _ => null,
                    };
                case CallExpression call:
                    var arguments = ImmutableArray.CreateBuilder<Expression>(call.Arguments.Length);
                    foreach (var argument in call.Arguments)
                    {
                        if (Renamed(argument) is not { } renamed) return null;
                        arguments.Add(renamed);
                    }

                    return call with { Arguments = arguments.MoveToImmutable() };
                default:
                    return expression;
            }
        }

        private bool Attempt(Func<bool> step)
        {
            if (++_steps > MaximumSteps) return false;
            var mark = _trail.Count;
            if (step()) return true;
            while (_trail.Count > mark) _values.Remove(_trail.Pop());
            return false;
        }

        private bool Match(BodyElement left, BodyElement right) => (left, right) switch
        {
            (PatternElement a, PatternElement b) => Match(a.Pattern, b.Pattern),
            (FilterElement a, FilterElement b) => Match(a.Expression, b.Expression),
            (AssignmentElement a, AssignmentElement b) => Match(a.Expression, b.Expression) && Bind(a.Variable, new Variable(b.Variable)),
            (NegationElement a, NegationElement b) => a.MatchesDataOnly == b.MatchesDataOnly
                && a.Inner.Length == b.Inner.Length
                && a.Inner.Zip(b.Inner).All(pair => Match(pair.First, pair.Second)),
            (SubSelectElement a, SubSelectElement b) => SubSelectEquality.AreEqual(a, b)
                && a.Projections.Zip(b.Projections).All(pair => Bind(pair.First.Variable, new Variable(pair.Second.Variable))),
            _ => false,
        };

        private bool Match(TriplePattern left, TriplePattern right) =>
            Match(left.Subject, right.Subject) && Match(left.Predicate, right.Predicate)
                && Match(left.Object, right.Object);

        private bool Match(PatternTerm left, PatternTerm right) => (left, right) switch
        {
            (Variable variable, _) => Bind(variable.Name, right),
            (TripleTermPattern a, TripleTermPattern b) => Match(a.Pattern, b.Pattern),
            (ConstantTerm a, ConstantTerm b) => a.Term == b.Term,
            _ => false,
        };

        private bool Match(Expression left, Expression right) => (left, right) switch
        {
            (VariableExpression a, VariableExpression b) => Bind(a.Name, new Variable(b.Name)),
            (VariableExpression a, ConstantExpression b) => Bind(a.Name, new ConstantTerm(b.Term)),
            (ConstantExpression a, ConstantExpression b) => a.Term == b.Term,
            (CallExpression a, CallExpression b) => a.Function == b.Function
                && a.Arguments.Length == b.Arguments.Length
                && a.Arguments.Zip(b.Arguments).All(pair => Match(pair.First, pair.Second)),
            _ => false,
        };

        private bool Bind(string name, PatternTerm value)
        {
            if (_values.TryGetValue(name, out var known)) return known == value || SamePattern(known, value);
            if (!_bound.Contains(name) && !IsFreshLocal(value)) return false;
            _values.Add(name, value);
            _trail.Push(name);
            return true;
        }

        // A variable that stands only inside a NOT means "any": it matches only another such, and each its own.
        private bool IsFreshLocal(PatternTerm value) =>
            value is Variable variable && !_boundInSpecific.Contains(variable.Name)
            && !_values.Any(pair => !_bound.Contains(pair.Key) && pair.Value == value);

        private static HashSet<string> BoundVariables(ImmutableArray<BodyElement> body) => body.BoundVariables().ToHashSet(StringComparer.Ordinal);

        // Records compare positions too; a triple term's position does not matter.
        private static bool SamePattern(PatternTerm left, PatternTerm right) =>
            left is TripleTermPattern && right is TripleTermPattern && left.ToString() == right.ToString();
    }
}
