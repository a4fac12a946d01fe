using Google.Protobuf;
using Reasoner.Constraints.Solving.Protocol;

namespace Reasoner.Constraints.Solving;

/// <summary>
/// A constraint model in the making: Boolean and integer variables, constraints over them, and an objective. It is CP-SAT's
/// own message underneath; the same calls in the same order give the same bytes. Not for use by several threads at once.
/// </summary>
/// <param name="limits">How large it may become; <see cref="CpModelLimits.Default"/> where null.</param>
public sealed class CpModel(CpModelLimits? limits = null)
{
    private readonly CpModelLimits _limits = limits ?? CpModelLimits.Default;
    private readonly CpModelProto _model = new();
    private CpSum? _objective;
    private long _objectiveTerms;
    // Where in the hint a variable stands: CP-SAT refuses one that is hinted at twice.
    private readonly Dictionary<int, int> _hinted = [];

    private CpModel(CpModel other)
        : this(other._limits)
    {
        _model = other._model.Clone();
        _hinted = new Dictionary<int, int>(other._hinted);
        (_objective, _objectiveTerms, TermCount) = (other._objective, other._objectiveTerms, other.TermCount);
    }

    /// <summary>How many variables there are.</summary>
    public int VariableCount => _model.Variables.Count;

    /// <summary>How many constraints there are.</summary>
    public int ConstraintCount => _model.Constraints.Count;

    /// <summary>How many literals and weighted variables the constraints and the objective have.</summary>
    public long TermCount { get; private set; }

    /// <summary>Whether there is something to minimise or maximise.</summary>
    public bool HasObjective => _objective is not null;

    /// <summary>Whether the objective is maximised.</summary>
    internal bool Maximizes { get; private set; }

    // ---- variables ----

    /// <summary>A new Boolean variable.</summary>
    /// <exception cref="SolverException">The model is too large.</exception>
    public CpLiteral NewBool(string name = "") => CpLiteral.FromCode(NewVariable(0, 1, name));

    /// <summary>A new integer variable between two bounds, which are allowed values.</summary>
    /// <exception cref="SolverException">The model is too large.</exception>
    /// <exception cref="ArgumentException">The lower bound is above the upper one.</exception>
    public CpInteger NewInteger(long lower, long upper, string name = "") => new(NewVariable(lower, upper, name));

    /// <summary>The name that a variable was given.</summary>
    public string NameOf(CpLiteral literal) => _model.Variables[Known(literal.Variable)].Name;

    // ---- constraints ----

    /// <summary>At least one of the literals holds. With none, nothing can hold: the model becomes infeasible.</summary>
    /// <exception cref="SolverException">The model is too large.</exception>
    public CpConstraint AddAtLeastOne(params ReadOnlySpan<CpLiteral> literals) =>
        AddConstraint(new ConstraintProto { BoolOr = Literals(literals) }, literals.Length);

    /// <summary>All of the literals hold.</summary>
    /// <exception cref="SolverException">The model is too large.</exception>
    public CpConstraint AddAll(params ReadOnlySpan<CpLiteral> literals) =>
        AddConstraint(new ConstraintProto { BoolAnd = Literals(literals) }, literals.Length);

    /// <summary>At most one of the literals holds.</summary>
    /// <exception cref="SolverException">The model is too large.</exception>
    public CpConstraint AddAtMostOne(params ReadOnlySpan<CpLiteral> literals) =>
        AddConstraint(new ConstraintProto { AtMostOne = Literals(literals) }, literals.Length);

    /// <summary>Exactly one of the literals holds.</summary>
    /// <exception cref="SolverException">The model is too large.</exception>
    public CpConstraint AddExactlyOne(params ReadOnlySpan<CpLiteral> literals) =>
        AddConstraint(new ConstraintProto { ExactlyOne = Literals(literals) }, literals.Length);

    /// <summary>Where the first literal holds, the second does.</summary>
    /// <exception cref="SolverException">The model is too large.</exception>
    public CpConstraint AddImplication(CpLiteral premise, CpLiteral conclusion) => AddAtLeastOne(!premise, conclusion);

    /// <summary>The sum is between two bounds, which are allowed values; long.MinValue and long.MaxValue mean no bound.</summary>
    /// <exception cref="SolverException">The model is too large, or a bound is beyond 64 bits once the constant is taken off.</exception>
    public CpConstraint AddLinear(CpSum sum, long lower, long upper)
    {
        ArgumentNullException.ThrowIfNull(sum);
        var linear = new LinearConstraintProto();
        foreach (var (variable, weight) in sum.Terms)
        {
            linear.Vars.Add(Known(variable));
            linear.Coeffs.Add(weight);
        }

        // An empty range would be an invalid message; as a constraint, it is one that nothing meets.
        if (lower > upper) return AddAtLeastOne();
        linear.Domain.Add(Without(lower, sum.Constant));
        linear.Domain.Add(Without(upper, sum.Constant));
        return AddConstraint(new ConstraintProto { Linear = linear }, linear.Vars.Count);
    }

    /// <summary>The sum is at most a bound.</summary>
    /// <exception cref="SolverException">The model is too large.</exception>
    public CpConstraint AddAtMost(CpSum sum, long upper) => AddLinear(sum, long.MinValue, upper);

    /// <summary>The sum is at least a bound.</summary>
    /// <exception cref="SolverException">The model is too large.</exception>
    public CpConstraint AddAtLeast(CpSum sum, long lower) => AddLinear(sum, lower, long.MaxValue);

    /// <summary>The sum is a value.</summary>
    /// <exception cref="SolverException">The model is too large.</exception>
    public CpConstraint AddEqual(CpSum sum, long value) => AddLinear(sum, value, value);

    // ---- objective, hint, assumptions ----

    /// <summary>Minimises a sum, in place of any objective so far.</summary>
    /// <exception cref="SolverException">The model is too large.</exception>
    public void Minimize(CpSum sum) => Optimise(sum, maximise: false);

    /// <summary>Maximises a sum, in place of any objective so far.</summary>
    /// <exception cref="SolverException">The model is too large.</exception>
    public void Maximize(CpSum sum) => Optimise(sum, maximise: true);

    /// <summary>Any solution will do.</summary>
    public void ClearObjective()
    {
        _model.Objective = null;
        TermCount -= _objectiveTerms;
        (_objective, _objectiveTerms, Maximizes) = (null, 0, false);
    }

    /// <summary>Suggests where the search may start. A suggestion that turns out wrong costs time, not correctness.</summary>
    public void Hint(CpLiteral literal, bool holds = true) => HintVariable(literal.Variable, holds != literal.IsNegated ? 1 : 0);

    /// <summary>Suggests where the search may start.</summary>
    public void Hint(CpInteger variable, long value) => HintVariable(variable.Variable, value);

    /// <summary>Suggests a solution of this model, or of one that had the first variables of this one, in place of earlier hints.</summary>
    /// <exception cref="ArgumentException">The solution has no values.</exception>
    public void Hint(CpSolution solution)
    {
        ArgumentNullException.ThrowIfNull(solution);
        if (!solution.HasValues) throw new ArgumentException("The solution has no values to hint at.", nameof(solution));
        ClearHints();
        for (var variable = 0; variable < Math.Min(solution.Values.Length, VariableCount); variable++)
            HintVariable(variable, solution.Values[variable]);
    }

    /// <summary>Takes all hints back.</summary>
    public void ClearHints()
    {
        _model.SolutionHint = null;
        _hinted.Clear();
    }

    /// <summary>Takes literals to hold. Where the model is infeasible with them, the solution names some that suffice for it.</summary>
    public void Assume(params ReadOnlySpan<CpLiteral> literals)
    {
        foreach (var literal in literals) _model.Assumptions.Add(Known(literal).Code);
    }

    /// <summary>Takes all assumptions back.</summary>
    public void ClearAssumptions() => _model.Assumptions.Clear();

    /// <summary>A model of its own with all that this one has.</summary>
    public CpModel Copy() => new(this) { Maximizes = Maximizes };

    /// <summary>The model as CP-SAT's message.</summary>
    internal byte[] ToBytes() => _model.ToByteArray();

    /// <summary>The part of the objective that CP-SAT is not told of.</summary>
    internal long ObjectiveConstant => _objective?.Constant ?? 0;

    /// <summary>What the objective comes to, exactly; null without one.</summary>
    internal long? ObjectiveOf(IReadOnlyList<long> values) => _objective?.In(values);

    internal void Enforce(int constraint, ReadOnlySpan<CpLiteral> literals)
    {
        var message = _model.Constraints[constraint];
        // CP-SAT switches clauses and linear constraints alone.
        if (message.ConstraintCase is ConstraintProto.ConstraintOneofCase.AtMostOne) message.Linear = Counting(message.AtMostOne, 0);
        if (message.ConstraintCase is ConstraintProto.ConstraintOneofCase.ExactlyOne) message.Linear = Counting(message.ExactlyOne, 1);
        Grow(literals.Length);
        foreach (var literal in literals) message.EnforcementLiteral.Add(Known(literal).Code);
    }

    internal void Name(int constraint, string name) => _model.Constraints[constraint].Name = name;

    private static LinearConstraintProto Counting(BoolArgumentProto literals, long lower)
    {
        var sum = new CpSum();
        foreach (var code in literals.Literals) sum.Add(CpLiteral.FromCode(code));
        var linear = new LinearConstraintProto { Domain = { lower - sum.Constant, 1 - sum.Constant } };
        foreach (var (variable, weight) in sum.Terms)
        {
            linear.Vars.Add(variable);
            linear.Coeffs.Add(weight);
        }

        return linear;
    }

    private static long Without(long bound, long constant) =>
        bound is long.MinValue or long.MaxValue ? bound : CpSum.Exact(bound, constant, static (a, b) => checked(a - b));

    private int NewVariable(long lower, long upper, string name)
    {
        if (lower > upper) throw new ArgumentException($"The lower bound {lower} is above the upper bound {upper}.", nameof(lower));
        if (VariableCount >= _limits.Variables) throw TooLarge("variables", _limits.Variables);
        _model.Variables.Add(new IntegerVariableProto { Name = name, Domain = { lower, upper } });
        return VariableCount - 1;
    }

    private CpConstraint AddConstraint(ConstraintProto constraint, int terms)
    {
        if (ConstraintCount >= _limits.Constraints) throw TooLarge("constraints", _limits.Constraints);
        Grow(terms);
        _model.Constraints.Add(constraint);
        return new CpConstraint(this, ConstraintCount - 1);
    }

    private void Optimise(CpSum sum, bool maximise)
    {
        ArgumentNullException.ThrowIfNull(sum);
        ClearObjective();
        // CP-SAT minimises; its offset is a double, so the constant is added to the result here, exactly.
        var objective = new CpObjectiveProto { ScalingFactor = maximise ? -1 : 1 };
        foreach (var (variable, weight) in sum.Terms)
        {
            objective.Vars.Add(Known(variable));
            objective.Coeffs.Add(maximise ? CpSum.Exact(weight, -1, static (a, b) => checked(a * b)) : weight);
        }

        Grow(objective.Vars.Count);
        (_model.Objective, _objective, _objectiveTerms, Maximizes) = (objective, sum.Copy(), objective.Vars.Count, maximise);
    }

    private void HintVariable(int variable, long value)
    {
        var hint = _model.SolutionHint ??= new PartialVariableAssignment();
        if (_hinted.TryGetValue(variable, out var place))
        {
            hint.Values[place] = value;
            return;
        }

        _hinted.Add(Known(variable), hint.Vars.Count);
        hint.Vars.Add(variable);
        hint.Values.Add(value);
    }

    private BoolArgumentProto Literals(ReadOnlySpan<CpLiteral> literals)
    {
        var message = new BoolArgumentProto();
        foreach (var literal in literals) message.Literals.Add(Known(literal).Code);
        return message;
    }

    private CpLiteral Known(CpLiteral literal)
    {
        Known(literal.Variable);
        return literal;
    }

    private int Known(int variable) => (uint)variable < (uint)VariableCount
        ? variable
        : throw new ArgumentException($"The model has no variable {variable}: it has {VariableCount}.", nameof(variable));

    private void Grow(int terms)
    {
        if (TermCount + terms > _limits.Terms) throw TooLarge("terms", _limits.Terms);
        TermCount += terms;
    }

    private static SolverException TooLarge(string what, long limit) =>
        new($"The constraint model has more than {limit} {what}.", "Ask for fewer slots or candidates at a time, or raise CpModelLimits.");
}
