using System.Collections.Immutable;
using Reasoner.Rdf;

namespace Reasoner.Rules;

/// <summary>How an expression is wanted to end: SPARQL's logic has errors beside true and false.</summary>
internal enum Outcome : byte
{
    True,
    False,

    /// <summary>False or an error.</summary>
    NotTrue,

    /// <summary>True or an error.</summary>
    NotFalse,
}

/// <summary>
/// Whether conditions can hold together. Comparisons narrow the ranges of what they compare; <c>||</c> is tried branch by
/// branch; whatever it does not understand may hold. It errs on that side: what it refuses is impossible.
/// </summary>
internal sealed class ConditionSolver
{
    private const int MaximumBranches = 512;
    private const int MaximumRounds = 16;
    private static readonly EvaluationContext _context = new(DateTimeOffset.UnixEpoch);
    private static readonly ImmutableSortedDictionary<string, string> _noPrefixes = ImmutableSortedDictionary<string, string>.Empty;
    private readonly Dictionary<Expression, string> _keys = new(ReferenceEqualityComparer.Instance);
    private int _branches;

    /// <summary>Whether some solution may meet all conditions.</summary>
    /// <param name="known">What is known of variables beside the conditions.</param>
    /// <param name="conditions">The conditions; those that may end in an error come last.</param>
    public bool MayHold(IEnumerable<KeyValuePair<string, ValueRange>> known, IEnumerable<(Expression Expression, Outcome Wanted)> conditions)
    {
        _branches = 0;
        var state = new State();
        foreach (var (variable, range) in known) state.Ranges["?" + variable] = range.Copy();
        var pending = ImmutableStack<(Expression, Outcome)>.Empty;
        foreach (var condition in conditions.Reverse()) pending = pending.Push(condition);
        return MayHold(pending, state);
    }

    private bool MayHold(ImmutableStack<(Expression, Outcome)> pending, State state)
    {
        if (++_branches > MaximumBranches) return true;
        while (!pending.IsEmpty)
        {
            pending = pending.Pop(out var next);
            var (expression, wanted) = next;
            if (expression is not CallExpression call)
            {
                if (expression is ConstantExpression constant && !Fits(Value.Of(constant.Term).EffectiveBooleanValue, wanted)) return false;
                continue;
            }

            var (first, second) = (call.Arguments.Length > 0 ? call.Arguments[0] : null, call.Arguments.Length > 1 ? call.Arguments[1] : null);
            switch (call.Function)
            {
                case Function.Not:
                    pending = pending.Push((first!, Opposite(wanted)));
                    break;
                case Function.And or Function.Or:
                    // An && that is to be true, or an || that is to be false, needs both; else one is enough.
                    var needsBoth = (call.Function == Function.And) == (wanted is Outcome.True or Outcome.NotFalse);
                    if (!needsBoth) return MayHold(pending.Push((first!, wanted)), state.Copy()) || MayHold(pending.Push((second!, wanted)), state);
                    pending = pending.Push((second!, wanted)).Push((first!, wanted));
                    break;
                default:
                    if (!Narrow(call, wanted, state)) return false;
                    break;
            }
        }

        return state.Settle();
    }

    private bool Narrow(CallExpression call, Outcome wanted, State state)
    {
        switch (call.Function)
        {
            case Function.Equal or Function.NotEqual or Function.Less or Function.Greater or Function.LessOrEqual or Function.GreaterOrEqual:
                return Compare(call.Function, call.Arguments[0], call.Arguments[1], wanted, state);
            case Function.In or Function.NotIn:
                return Membership(call, wanted, state);
            case Function.SameTerm when wanted == Outcome.True:
                return SameTerm(call.Arguments[0], call.Arguments[1], state);
            case Function.IsIri or Function.IsBlank when wanted == Outcome.True && KeyOf(call.Arguments[0]) is { } key:
                return state.RangeOf(key).Require(ValueFamily.Resource);
            case Function.IsNumeric when wanted == Outcome.True && KeyOf(call.Arguments[0]) is { } key:
                return state.RangeOf(key).Require(ValueFamily.Number);
            default:
                return ConstantOf(call) is not { } constant || Fits(constant.EffectiveBooleanValue, wanted);
        }
    }

    private bool Compare(Function comparison, Expression left, Expression right, Outcome wanted, State state)
    {
        if (ConstantOf(left) is { } a)
        {
            if (ConstantOf(right) is { } b) return Fits(OperatorFunctions.Compare(comparison, a, b), wanted);
            return KeyOf(right) is not { } key || Compare(Mirrored(comparison), key, a, wanted, state);
        }

        if (KeyOf(left) is not { } first) return true;
        if (ConstantOf(right) is { } constant) return Compare(comparison, first, constant, wanted, state);
        return KeyOf(right) is not { } second || Compare(comparison, first, second, wanted, state);
    }

    private static bool Compare(Function comparison, string key, in Value constant, Outcome wanted, State state)
    {
        var range = state.RangeOf(key);
        if (wanted is Outcome.NotTrue or Outcome.NotFalse)
        {
            // Beside the false outcome there is the error, unless the types are known to fit.
            var family = ValueFamilies.Of(constant);
            var cannotFail = comparison is Function.Equal or Function.NotEqual
                ? IsPlain(range.Family) && IsPlain(family)
                : range.Family == family && family.IsOrdered();
            if (!cannotFail) return true;
            wanted = wanted == Outcome.NotTrue ? Outcome.False : Outcome.True;
        }

        var isNegated = wanted == Outcome.False;
        switch (isNegated ? Negated(comparison) : comparison)
        {
            case Function.Equal:
                return range.RequireOneOf([constant]);
            case Function.NotEqual:
                return range.Exclude(constant);
            case var order:
                return range.Compare(order, constant, mayBeNaN: isNegated);
        }
    }

    private static bool Compare(Function comparison, string first, string second, Outcome wanted, State state)
    {
        if (wanted is Outcome.NotTrue or Outcome.NotFalse) return true;
        if (wanted == Outcome.False)
        {
            // The failing of an order lets NaN pass; only = and != have an opposite that says more.
            if (comparison is not (Function.Equal or Function.NotEqual)) return true;
            comparison = Negated(comparison);
        }

        if (comparison != Function.NotEqual) state.Relations.Add((first, comparison, second));
        return true;
    }

    private bool Membership(CallExpression call, Outcome wanted, State state)
    {
        if (KeyOf(call.Arguments[0]) is not { } key) return ConstantOf(call) is not { } constant || Fits(constant.EffectiveBooleanValue, wanted);
        if (wanted is Outcome.NotTrue or Outcome.NotFalse)
        {
            var range = state.RangeOf(key);
            if (!IsPlain(range.Family) || !call.Arguments.Skip(1).All(each => ConstantOf(each) is { } value && IsPlain(ValueFamilies.Of(value)))) return true;
            wanted = wanted == Outcome.NotTrue ? Outcome.False : Outcome.True;
        }

        var isMember = (call.Function == Function.In) == (wanted == Outcome.True);
        var values = call.Arguments.Skip(1).Select(ConstantOf).ToList();
        if (isMember) return values.Contains(null) || state.RangeOf(key).RequireOneOf([.. values.Select(value => value!.Value)]);
        foreach (var value in values)
            if (value is { } known && !state.RangeOf(key).Exclude(known)) return false;
        return true;
    }

    private bool SameTerm(Expression left, Expression right, State state)
    {
        if (ConstantOf(left) is not null) (left, right) = (right, left);
        return KeyOf(left) is not { } key || ConstantOf(right) is not { } constant
            || ValueFamilies.Of(constant) is ValueFamily.Unordered || state.RangeOf(key).RequireOneOf([constant]);
    }

    // Equality of two values of such families is never an error.
    private static bool IsPlain(ValueFamily family) => family is not (ValueFamily.Unknown or ValueFamily.Unordered);

    private static bool Fits(bool? truth, Outcome wanted) => wanted switch
    {
        Outcome.True => truth == true,
        Outcome.False => truth == false,
        Outcome.NotTrue => truth != true,
        _ => truth != false,
    };

    private static Outcome Opposite(Outcome outcome) => outcome switch
    {
        Outcome.True => Outcome.False,
        Outcome.False => Outcome.True,
        Outcome.NotTrue => Outcome.NotFalse,
        _ => Outcome.NotTrue,
    };

    private static Function Negated(Function comparison) => comparison switch
    {
        Function.Equal => Function.NotEqual,
        Function.NotEqual => Function.Equal,
        Function.Less => Function.GreaterOrEqual,
        Function.Greater => Function.LessOrEqual,
        Function.LessOrEqual => Function.Greater,
        _ => Function.Less,
    };

    private static Function Mirrored(Function comparison) => comparison switch
    {
        Function.Less => Function.Greater,
        Function.Greater => Function.Less,
        Function.LessOrEqual => Function.GreaterOrEqual,
        Function.GreaterOrEqual => Function.LessOrEqual,
        _ => comparison,
    };

    /// <summary>The value of an expression that is the same in every solution; null where it is not, or an error.</summary>
    private static Value? ConstantOf(Expression expression)
    {
        if (expression is ConstantExpression constant) return Value.Of(constant.Term);
        if (expression is not CallExpression || expression.VariableUses().Any() || expression.Calls(IsFickle)) return null;
        var value = ExpressionEvaluator.Evaluate(expression, _ => Value.Error, _context);
        return value.IsError ? null : value;
    }

    /// <summary>What tells whether two operands are the same: their text. Null for a constant and for what changes.</summary>
    private string? KeyOf(Expression expression)
    {
        if (expression is VariableExpression variable) return "?" + variable.Name;
        if (expression is not CallExpression || !expression.VariableUses().Any() || expression.Calls(IsFickle)) return null;
        if (!_keys.TryGetValue(expression, out var key)) _keys.Add(expression, key = RuleText.Write(expression, _noPrefixes));
        return key;
    }

    private static bool IsFickle(Function function) => function is Function.Now or Function.Uuid or Function.StrUuid or Function.BNode;

    /// <summary>What the conditions so far leave.</summary>
    private sealed class State
    {
        public Dictionary<string, ValueRange> Ranges { get; private init; } = new(StringComparer.Ordinal);

        public List<(string First, Function Comparison, string Second)> Relations { get; private init; } = [];

        public ValueRange RangeOf(string key)
        {
            if (!Ranges.TryGetValue(key, out var range)) Ranges.Add(key, range = new ValueRange());
            return range;
        }

        public State Copy() => new()
        {
            Ranges = Ranges.ToDictionary(pair => pair.Key, pair => pair.Value.Copy(), StringComparer.Ordinal),
            Relations = [.. Relations],
        };

        /// <summary>Hands bounds on along the comparisons between operands; false where a range ends up empty.</summary>
        public bool Settle()
        {
            if (Relations.Count == 0) return true;
            if (HasStrictCycle()) return false;
            for (var round = 0; round < Math.Min(Relations.Count, MaximumRounds); round++)
            {
                foreach (var (first, comparison, second) in Relations)
                {
                    var (a, b) = (RangeOf(first), RangeOf(second));
                    if (!a.Compare(comparison, b) || !b.Compare(Mirrored(comparison), a)) return false;
                }
            }

            return true;
        }

        // ?a < ?b with ?b <= ?a, over however many operands.
        private bool HasStrictCycle()
        {
            var less = Relations.SelectMany(relation => relation.Comparison switch
            {
                Function.Less or Function.LessOrEqual => [(From: relation.First, To: relation.Second)],
                Function.Greater or Function.GreaterOrEqual => [(From: relation.Second, To: relation.First)],
                _ => new[] { (From: relation.First, To: relation.Second), (From: relation.Second, To: relation.First) },
            }).ToLookup(edge => edge.From, edge => edge.To);
            return Relations.Exists(relation => relation.Comparison switch
            {
                Function.Less => Reaches(relation.Second, relation.First),
                Function.Greater => Reaches(relation.First, relation.Second),
                _ => false,
            });

            bool Reaches(string from, string to)
            {
                var seen = new HashSet<string>(StringComparer.Ordinal) { from };
                var waiting = new Queue<string>([from]);
                while (waiting.TryDequeue(out var next))
                {
                    if (next == to) return true;
                    foreach (var after in less[next])
                        if (seen.Add(after)) waiting.Enqueue(after);
                }

                return false;
            }
        }
    }
}
