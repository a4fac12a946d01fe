using System.Collections.Immutable;
using Reasoner.Constraints.Solving;

namespace Reasoner.Constraints.Joint;

/// <summary>A joint problem as a solver's model: a Boolean variable for every candidate, in the problem's order.</summary>
internal sealed class JointModel
{
    private JointModel(CpModel model, ImmutableArray<CpLiteral> chosen, ImmutableArray<CpLiteral?> switches) =>
        (Model, Chosen, Switches) = (model, chosen, switches);

    public CpModel Model { get; }

    /// <summary>By candidate, that it is chosen.</summary>
    public ImmutableArray<CpLiteral> Chosen { get; }

    /// <summary>By constraint, that it is in force; null for one that always is.</summary>
    public ImmutableArray<CpLiteral?> Switches { get; }

    /// <summary>Makes the model, without objective.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="isSwitched">Which constraints, by their places, can be switched off; none where null.</param>
    public static JointModel Of(JointProblem problem, Func<int, bool>? isSwitched = null)
    {
        var model = new CpModel();
        var chosen = problem.Candidates.Select(_ => model.NewBool()).ToImmutableArray();
        var switches = ImmutableArray.CreateBuilder<CpLiteral?>(problem.Constraints.Length);
        // Constraints that can be switched off alone must stand alone.
        var isWhole = isSwitched is null;
        foreach (var constraint in problem.Constraints)
        {
            if (isSwitched?.Invoke(switches.Count) == true)
            {
                var inForce = model.NewBool();
                model.AddLinear(SumOf(constraint, chosen), constraint.AtLeast ?? long.MinValue, constraint.AtMost ?? long.MaxValue).OnlyIf(inForce);
                switches.Add(inForce);
                continue;
            }

            if (!isWhole || constraint.Kind != JointConstraintKind.Exclusion) Add(model, constraint, chosen);
            switches.Add(null);
        }

        foreach (var clique in isWhole ? ExclusionCliques.Of(problem) : []) model.AddAtMostOne([.. clique.Select(candidate => chosen[candidate])]);
        return new JointModel(model, chosen, switches.ToImmutable());
    }

    /// <summary>What a choice is worth, in thousandths.</summary>
    public CpSum ValueOf(JointProblem problem)
    {
        var sum = new CpSum();
        for (var candidate = 0; candidate < Chosen.Length; candidate++)
            if (problem.Candidates[candidate].Value is var value and not 0) sum.Add(Chosen[candidate], value);
        return sum;
    }

    /// <summary>
    /// What tells choices of equal worth apart: answers that come first in their slots are better, and then a number that each
    /// candidate has for good, so that one choice is left whichever way a solver goes.
    /// </summary>
    public CpSum OrderOf(JointProblem problem)
    {
        const long place = 1 << 20;
        var sum = new CpSum();
        for (var candidate = 0; candidate < Chosen.Length; candidate++)
        {
            var first = problem.Slots[problem.Candidates[candidate].Slot].Candidates.Start.Value;
            sum.Add(Chosen[candidate], ((candidate - first) * place) + Scatter(candidate));
        }

        return sum;
    }

    /// <summary>The chosen candidates of a solution, in order.</summary>
    public ImmutableArray<int> ChosenIn(CpSolution solution) =>
        [.. Enumerable.Range(0, Chosen.Length).Where(candidate => solution.Value(Chosen[candidate]))];

    /// <summary>Lets a search start from a choice.</summary>
    public void Hint(IEnumerable<int> choice)
    {
        var isChosen = choice.ToHashSet();
        for (var candidate = 0; candidate < Chosen.Length; candidate++) Model.Hint(Chosen[candidate], isChosen.Contains(candidate));
    }

    public static CpSum SumOf(JointConstraint constraint, ImmutableArray<CpLiteral> chosen)
    {
        var sum = new CpSum();
        foreach (var (candidate, coefficient) in constraint.Terms) sum.Add(chosen[candidate], coefficient);
        return sum;
    }

    /// <summary>Each constraint in the form that the solver knows best.</summary>
    private static void Add(CpModel model, JointConstraint constraint, ImmutableArray<CpLiteral> chosen)
    {
        CpLiteral[] literals = [.. constraint.Terms.Select(term => chosen[term.Candidate])];
        switch (constraint)
        {
            case { Kind: JointConstraintKind.Slot, AtLeast: 1, AtMost: 1 }:
                model.AddExactlyOne(literals);
                break;
            case { Kind: JointConstraintKind.Slot, AtLeast: 0, AtMost: 1 } or { Kind: JointConstraintKind.Exclusion }:
                model.AddAtMostOne(literals);
                break;
            case { Kind: JointConstraintKind.Violation }:
                model.AddAll([.. literals.Select(literal => !literal)]);
                break;
            case { Kind: JointConstraintKind.Requirement }:
                model.AddImplication(literals[0], literals[1]);
                break;
            default:
                model.AddLinear(SumOf(constraint, chosen), constraint.AtLeast ?? long.MinValue, constraint.AtMost ?? long.MaxValue);
                break;
        }
    }

    /// <summary>Twenty bits of a number, well mixed (the finaliser of MurmurHash3).</summary>
    private static long Scatter(int number)
    {
        unchecked
        {
            var bits = (uint)number + 0x9e3779b9;
            bits = (bits ^ (bits >> 16)) * 0x85ebca6b;
            bits = (bits ^ (bits >> 13)) * 0xc2b2ae35;
            return (bits ^ (bits >> 16)) & 0xfffff;
        }
    }
}
