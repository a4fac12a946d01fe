using Reasoner.Constraints.Solving;

namespace Reasoner.Constraints.Tests.Solving;

/// <summary>A random 0/1 model with few variables, in two forms: for the solver, and as a predicate to try every assignment on.</summary>
internal sealed class RandomSystem
{
    private readonly List<Func<int, bool>> _constraints = [];
    private readonly Random _random;
    private readonly bool _switched;

    public RandomSystem(int seed, int variables, int constraints, bool switched)
    {
        (_random, _switched) = (new Random(seed), switched);
        Literals = [.. Enumerable.Range(0, variables).Select(_ => Model.NewBool())];
        Switches = [.. Enumerable.Range(0, switched ? constraints : 0).Select(_ => Model.NewBool())];
        for (var i = 0; i < constraints; i++) AddRandom();
        foreach (var literal in Literals) Weights.Add(_random.Next(-5, 6));
    }

    public CpModel Model { get; } = new();

    public CpLiteral[] Literals { get; }

    /// <summary>For each constraint the literal that switches it on; none where they always apply.</summary>
    public CpLiteral[] Switches { get; }

    public List<long> Weights { get; } = [];

    public CpSum Objective()
    {
        var sum = new CpSum().Add(3);
        for (var i = 0; i < Literals.Length; i++) sum.Add(i % 2 == 0 ? Literals[i] : !Literals[i], Weights[i]);
        return sum;
    }

    public long ObjectiveOf(int assignment) =>
        3 + Weights.Select((weight, i) => Bit(assignment, i) == (i % 2 == 0) ? weight : 0).Sum();

    /// <summary>Whether an assignment, a bit for each variable, meets the constraints that a mask picks.</summary>
    public bool IsMet(int assignment, int mask = -1)
    {
        for (var i = 0; i < _constraints.Count; i++)
        {
            if ((mask >> i & 1) != 0 && !_constraints[i](assignment)) return false;
        }

        return true;
    }

    public IEnumerable<int> Assignments => Enumerable.Range(0, 1 << Literals.Length);

    public bool IsFeasible(int mask) => Assignments.Any(assignment => IsMet(assignment, mask));

    private static bool Bit(int assignment, int variable) => (assignment >> variable & 1) != 0;

    private void AddRandom()
    {
        var size = _random.Next(1, 4);
        var picked = Enumerable.Range(0, Literals.Length).OrderBy(_ => _random.Next()).Take(size)
            .Select(variable => (Variable: variable, Negated: _random.Next(2) == 0)).ToArray();
        CpLiteral[] literals = [.. picked.Select(pick => pick.Negated ? !Literals[pick.Variable] : Literals[pick.Variable])];
        int Count(int assignment) => picked.Count(pick => Bit(assignment, pick.Variable) != pick.Negated);
        CpConstraint constraint;
        switch (_random.Next(5))
        {
            case 0:
                constraint = Model.AddAtLeastOne(literals);
                _constraints.Add(assignment => Count(assignment) >= 1);
                break;
            case 1:
                constraint = Model.AddAtMostOne(literals);
                _constraints.Add(assignment => Count(assignment) <= 1);
                break;
            case 2:
                constraint = Model.AddExactlyOne(literals);
                _constraints.Add(assignment => Count(assignment) == 1);
                break;
            case 3:
                constraint = Model.AddAll(literals);
                _constraints.Add(assignment => Count(assignment) == size);
                break;
            default:
                var sum = new CpSum().Add(_random.Next(-2, 3));
                var weights = literals.Select(_ => _random.Next(-3, 4)).ToArray();
                for (var i = 0; i < size; i++) sum.Add(literals[i], weights[i]);
                var constant = sum.Constant - picked.Select((pick, i) => pick.Negated ? weights[i] : 0).Sum();
                var lower = _random.Next(-3, 3);
                var upper = lower + _random.Next(0, 3);
                constraint = Model.AddLinear(sum, lower, upper);
                _constraints.Add(assignment =>
                {
                    var total = constant + picked.Select((pick, i) => Bit(assignment, pick.Variable) != pick.Negated ? weights[i] : 0).Sum();
                    return total >= lower && total <= upper;
                });
                break;
        }

        if (_switched) constraint.OnlyIf(Switches[_constraints.Count - 1]);
    }
}
