using System.Collections.Immutable;

namespace Reasoner.Rules;

/// <summary>
/// Whether two SELECTs give the same rows: they are the same but for positions and the names of their variables, which
/// stand for each other one to one.
/// </summary>
internal static class SubSelectEquality
{
    public static bool AreEqual(SubSelectElement left, SubSelectElement right) => new Renaming().Same(left, right);

    private sealed class Renaming
    {
        private readonly Dictionary<string, string> _there = new(StringComparer.Ordinal);
        private readonly Dictionary<string, string> _back = new(StringComparer.Ordinal);

        public bool Same(SubSelectElement left, SubSelectElement right) =>
            left.MatchesDataOnly == right.MatchesDataOnly
            && All(left.Inner, right.Inner, Same)
            && All(left.GroupBy, right.GroupBy, (a, b) => Same(a, b))
            && All(left.Projections, right.Projections, (a, b) => Same(a.Variable, b.Variable) && Same(a.Expression, b.Expression))
            && All(left.Having, right.Having, Same);

        private bool Same(BodyElement left, BodyElement right) => (left, right) switch
        {
            (PatternElement a, PatternElement b) => Same(a.Pattern, b.Pattern),
            (FilterElement a, FilterElement b) => Same(a.Expression, b.Expression),
            (AssignmentElement a, AssignmentElement b) => Same(a.Variable, b.Variable) && Same(a.Expression, b.Expression),
            (NegationElement a, NegationElement b) => a.MatchesDataOnly == b.MatchesDataOnly && All(a.Inner, b.Inner, Same),
            _ => false,
        };

        private bool Same(TriplePattern left, TriplePattern right) =>
            Same(left.Subject, right.Subject) && Same(left.Predicate, right.Predicate) && Same(left.Object, right.Object);

        private bool Same(PatternTerm left, PatternTerm right) => (left, right) switch
        {
            (Variable a, Variable b) => Same(a.Name, b.Name),
            (TripleTermPattern a, TripleTermPattern b) => Same(a.Pattern, b.Pattern),
            (ConstantTerm a, ConstantTerm b) => a.Term == b.Term,
            _ => false,
        };

        private bool Same(Expression? left, Expression? right) => (left, right) switch
        {
            (null, null) => true,
            (VariableExpression a, VariableExpression b) => Same(a.Name, b.Name),
            (ConstantExpression a, ConstantExpression b) => a.Term == b.Term,
            (CallExpression a, CallExpression b) => a.Function == b.Function && All(a.Arguments, b.Arguments, Same),
            (AggregateExpression a, AggregateExpression b) =>
                a.Aggregate == b.Aggregate && a.IsDistinct == b.IsDistinct && Same(a.Argument, b.Argument),
            _ => false,
        };

        private bool Same(string left, string right)
        {
            if (_there.TryGetValue(left, out var known)) return known == right;
            if (!_back.TryAdd(right, left)) return false;
            _there.Add(left, right);
            return true;
        }

        private static bool All<T>(ImmutableArray<T> left, ImmutableArray<T> right, Func<T, T, bool> same) =>
            left.Length == right.Length && left.Zip(right).All(pair => same(pair.First, pair.Second));
    }
}
