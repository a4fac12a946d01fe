namespace Reasoner.Constraints.Solving;

/// <summary>
/// A weighted sum of literals and integer variables, with a constant: what linear constraints bound and objectives optimise.
/// It is built up by <see cref="Add(CpLiteral, long)"/> and its overloads; a variable that is added again adds to its weight.
/// </summary>
public sealed class CpSum
{
    private readonly Dictionary<int, long> _weights = [];

    /// <summary>The constant.</summary>
    public long Constant { get; private set; }

    /// <summary>How many variables have been added.</summary>
    public int Count => _weights.Count;

    /// <summary>The number of literals that hold.</summary>
    public static CpSum Of(params ReadOnlySpan<CpLiteral> literals)
    {
        var sum = new CpSum();
        foreach (var literal in literals) sum.Add(literal);
        return sum;
    }

    /// <summary>Adds a weight that counts where the literal holds.</summary>
    /// <exception cref="SolverException">The sum is beyond 64 bits.</exception>
    public CpSum Add(CpLiteral literal, long weight = 1)
    {
        if (!literal.IsNegated) return AddVariable(literal.Variable, weight);
        // w * not x = w - w * x
        return Add(weight).AddVariable(literal.Variable, Exact(weight, -1, static (a, b) => checked(a * b)));
    }

    /// <summary>Adds a variable times a weight.</summary>
    /// <exception cref="SolverException">The sum is beyond 64 bits.</exception>
    public CpSum Add(CpInteger variable, long weight = 1) => AddVariable(variable.Variable, weight);

    /// <summary>Adds a constant.</summary>
    /// <exception cref="SolverException">The sum is beyond 64 bits.</exception>
    public CpSum Add(long constant)
    {
        Constant = Exact(Constant, constant, static (a, b) => checked(a + b));
        return this;
    }

    /// <summary>What the sum comes to in a solution.</summary>
    internal long In(IReadOnlyList<long> values)
    {
        var total = Constant;
        foreach (var (variable, weight) in _weights)
            total = Exact(total, Exact(weight, values[variable], static (a, b) => checked(a * b)), static (a, b) => checked(a + b));
        return total;
    }

    /// <summary>Variables and weights in the order of the variables: the same sum gives the same model.</summary>
    internal IEnumerable<(int Variable, long Weight)> Terms =>
        _weights.Where(term => term.Value != 0).OrderBy(term => term.Key).Select(term => (term.Key, term.Value));

    /// <summary>A sum of its own.</summary>
    internal CpSum Copy()
    {
        var copy = new CpSum { Constant = Constant };
        foreach (var (variable, weight) in _weights) copy._weights.Add(variable, weight);
        return copy;
    }

    internal static long Exact(long a, long b, Func<long, long, long> operation)
    {
        try
        {
            return operation(a, b);
        }
        catch (OverflowException overflow)
        {
            throw new SolverException("A sum of the model is beyond 64 bits.", "Use smaller weights and bounds.", overflow);
        }
    }

    private CpSum AddVariable(int variable, long weight)
    {
        _weights[variable] = Exact(_weights.GetValueOrDefault(variable), weight, static (a, b) => checked(a + b));
        return this;
    }
}
