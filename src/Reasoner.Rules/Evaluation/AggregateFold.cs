using Reasoner.Rdf;

namespace Reasoner.Rules;

/// <summary>
/// Computes an aggregate over values that come in any order (SPARQL 1.2 Query, "Aggregate Algebra"): the same values give
/// the same result bit for bit. An error among the values is one of the result, save for COUNT, which leaves it out.
/// </summary>
public sealed class AggregateFold
{
    private readonly Aggregate _aggregate;
    private readonly HashSet<Term>? _seen;
    private readonly HashSet<string>? _seenSolutions;

    // Numbers whose sum depends on the order of adding; integers that cannot run out of bits are added at once.
    private readonly List<Value> _others = [];
    private Value _integers = Value.FromInteger(0);
    private Value _best;
    private Value _error;
    private long _count;
    private bool _failed;

    /// <summary>A fold of no values yet.</summary>
    public AggregateFold(AggregateExpression aggregate)
    {
        _aggregate = aggregate.Aggregate;
        if (!aggregate.IsDistinct) return;
        if (aggregate.Argument is null) _seenSolutions = new(StringComparer.Ordinal);
        else _seen = [];
    }

    /// <summary>Adds the argument's value for one solution.</summary>
    public void Add(in Value value)
    {
        if (_aggregate != Aggregate.Count && value.IsError) Fail(value);
        if (value.IsError || _failed || _seen?.Add(value.ToTerm()) == false) return;
        _count++;
        switch (_aggregate)
        {
            case Aggregate.Sum or Aggregate.Avg when !value.IsNumeric:
                Fail(Value.Failure($"{Aggregates.NameOf(_aggregate)} needs numbers."));
                break;
            case Aggregate.Sum or Aggregate.Avg when value.TryGetInteger(out _):
                _integers = Value.Add(_integers, value);
                break;
            case Aggregate.Sum or Aggregate.Avg:
                _others.Add(value);
                break;
            case Aggregate.Min when _count == 1 || ValueSorting.Compare(value, _best) < 0:
            case Aggregate.Max when _count == 1 || ValueSorting.Compare(value, _best) > 0:
                _best = value;
                break;
        }
    }

    /// <summary>Counts one solution: <c>COUNT(*)</c>.</summary>
    /// <param name="solution">The values of the variables that tell solutions apart; looked at for DISTINCT only.</param>
    public void AddSolution(IEnumerable<Term> solution)
    {
        // No term's text has a line break.
        if (_seenSolutions?.Add(string.Join('\n', solution)) != false) _count++;
    }

    /// <summary>The aggregate of what was added.</summary>
    public Value Result()
    {
        if (_failed) return _error;
        return _aggregate switch
        {
            Aggregate.Count => Value.FromInteger(_count),
            Aggregate.Sum => Sum(),
            Aggregate.Avg => _count == 0 ? Value.FromInteger(0) : Value.Divide(Sum(), Value.FromInteger(_count)),
            _ => _count == 0 ? Value.Failure($"{Aggregates.NameOf(_aggregate)} of no values.") : _best,
        };
    }

    private void Fail(in Value error)
    {
        if (_failed) return;
        (_failed, _error) = (true, error);
        _others.Clear();
    }

    private Value Sum()
    {
        _others.Sort(ValueSorting.CompareForAdding);
        var sum = _integers;
        foreach (var value in _others) sum = Value.Add(sum, value);
        return sum;
    }
}
