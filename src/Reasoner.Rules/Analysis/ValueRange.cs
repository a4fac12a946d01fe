using Reasoner.Rdf;

namespace Reasoner.Rules;

/// <summary>
/// The values that conditions leave to a variable or another operand: a family, an interval, a list of values, and values
/// left out. It errs on the wide side: what it calls empty is empty, what it does not may be.
/// </summary>
internal sealed class ValueRange
{
    private readonly List<Value> _excluded = [];
    private Bound? _lower;
    private Bound? _upper;
    private List<Value>? _only;
    private bool _excludesNaN;

    public ValueRange()
    {
    }

    private ValueRange(ValueRange other)
    {
        (Family, _lower, _upper, _excludesNaN) = (other.Family, other._lower, other._upper, other._excludesNaN);
        _excluded.AddRange(other._excluded);
        _only = other._only is null ? null : [.. other._only];
    }

    /// <summary>The family of the values.</summary>
    public ValueFamily Family { get; private set; }

    public ValueRange Copy() => new(this);

    /// <summary>Keeps the values of a family; false where none can be left.</summary>
    public bool Require(ValueFamily family)
    {
        if (Family == family) return true;
        if (Family != ValueFamily.Unknown) return false;
        Family = family;
        if (family == ValueFamily.Boolean) _only ??= [Value.FromBoolean(false), Value.FromBoolean(true)];
        return !IsEmpty;
    }

    /// <summary>Keeps the values that equal one of these.</summary>
    public bool RequireOneOf(IReadOnlyList<Value> values)
    {
        _excludesNaN = true;
        _only = _only is null ? [.. values] : [.. _only.Where(known => values.Any(value => Value.AreEqual(known, value) == true))];
        var families = values.Select(value => ValueFamilies.Of(value)).Distinct().ToList();
        if (families is [var family] && !family.IsDuration() && !Require(family)) return false;
        return !IsEmpty;
    }

    /// <summary>Leaves out what equals the value.</summary>
    public bool Exclude(in Value value)
    {
        _excluded.Add(value);
        return !IsEmpty;
    }

    /// <summary>Keeps the values that stand to the given one as an order operator says.</summary>
    /// <param name="comparison">One of &lt;, &lt;=, &gt; and &gt;=.</param>
    /// <param name="value">The value to their right.</param>
    /// <param name="mayBeNaN">Whether the condition is the failing of the opposite one, as which NaN passes too.</param>
    public bool Compare(Function comparison, in Value value, bool mayBeNaN)
    {
        var family = ValueFamilies.Of(value);
        if (!family.IsOrdered() || !Require(family)) return false;
        if (IsNaN(value)) return mayBeNaN;
        if (!mayBeNaN) _excludesNaN = true;
        Narrow(comparison, new Bound(value, comparison is Function.Less or Function.Greater));
        return !IsEmpty;
    }

    /// <summary>Takes over what follows where values of this range stand to those of another as an operator says.</summary>
    public bool Compare(Function comparison, ValueRange other)
    {
        if (comparison == Function.Equal)
        {
            if (!TakeFamily(other)) return false;
            if (other._only is { } values && !RequireOneOf(values)) return false;
            if (other._lower is { } least) Narrow(Function.GreaterOrEqual, least);
            if (other._upper is { } most) Narrow(Function.LessOrEqual, most);
            return !IsEmpty;
        }

        _excludesNaN = true;
        if (!TakeFamily(other) || (Family != ValueFamily.Unknown && !Family.IsOrdered())) return false;
        var isStrict = comparison is Function.Less or Function.Greater;
        var far = comparison is Function.Less or Function.LessOrEqual ? other.Highest : other.Lowest;
        if (far is { } bound) Narrow(comparison, bound with { IsOpen = bound.IsOpen || isStrict });
        return !IsEmpty;
    }

    /// <summary>Whether no value is left.</summary>
    public bool IsEmpty
    {
        get
        {
            if (_only is { } only) return !only.Exists(Passes);
            if (!_excludesNaN && Family is ValueFamily.Unknown or ValueFamily.Number) return false;
            if (_lower is not { } lower || _upper is not { } upper) return false;
            return Value.Compare(lower.Value, upper.Value) switch
            {
                ValueOrder.Greater => true,
                ValueOrder.Equal => AreExact(lower.Value, upper.Value)
                    && (lower.IsOpen || upper.IsOpen || _excluded.Exists(value => Value.AreEqual(value, lower.Value) == true && AreExact(value, lower.Value))),
                _ => false,
            };
        }
    }

    private Bound? Lowest => _lower ?? Extreme(ValueOrder.Less);

    private Bound? Highest => _upper ?? Extreme(ValueOrder.Greater);

    // The least or greatest of the listed values, where they have one order.
    private Bound? Extreme(ValueOrder wanted)
    {
        if (_only is not [var best, ..] || !ValueFamilies.Of(best).IsOrdered()) return null;
        foreach (var value in _only)
        {
            var order = Value.Compare(value, best);
            if (order is ValueOrder.Incomparable or ValueOrder.Unordered) return null;
            if (order == wanted) best = value;
        }

        return new Bound(best, false);
    }

    private bool TakeFamily(ValueRange other) =>
        other.Family == ValueFamily.Unknown || other.Family.IsDuration() || Family.IsDuration() || Require(other.Family);

    private void Narrow(Function comparison, Bound bound)
    {
        if (comparison is Function.Less or Function.LessOrEqual)
        {
            if (_upper is not { } upper || IsNearer(bound, upper, ValueOrder.Less)) _upper = bound;
        }
        else if (_lower is not { } lower || IsNearer(bound, lower, ValueOrder.Greater))
        {
            _lower = bound;
        }
    }

    private static bool IsNearer(Bound bound, Bound known, ValueOrder nearer)
    {
        var order = Value.Compare(bound.Value, known.Value);
        return order == nearer || (order == ValueOrder.Equal && bound.IsOpen && AreExact(bound.Value, known.Value));
    }

    private bool Passes(Value value)
    {
        var family = ValueFamilies.Of(value);
        if (Family != ValueFamily.Unknown && family != Family && !family.IsDuration()) return false;
        if (_excluded.Exists(other => Value.AreEqual(value, other) == true && AreExact(value, other))) return false;
        return !(_lower is { } lower && IsBeyond(value, lower, ValueOrder.Less)) && !(_upper is { } upper && IsBeyond(value, upper, ValueOrder.Greater));
    }

    private static bool IsBeyond(in Value value, Bound bound, ValueOrder beyond)
    {
        var order = Value.Compare(value, bound.Value);
        return order == beyond || (order == ValueOrder.Equal && bound.IsOpen && AreExact(value, bound.Value));
    }

    // Numbers are promoted before they are compared: a decimal beside the double that it rounds to may pass both < and =.
    private static bool AreExact(in Value a, in Value b) =>
        !a.IsNumeric || a.Kind == b.Kind || (a.Kind <= ValueKind.Decimal && b.Kind <= ValueKind.Decimal);

    private static bool IsNaN(in Value value) =>
        value.Kind is ValueKind.Float or ValueKind.Double && value.TryGetDouble(out var number) && double.IsNaN(number);

    private readonly record struct Bound(Value Value, bool IsOpen);
}
