using Reasoner.Constraints.Solving;

namespace Reasoner.Constraints.Tests.Solving;

public sealed class CpModelTests
{
    [Fact]
    public void A_model_does_not_grow_beyond_its_limits()
    {
        var model = new CpModel(new CpModelLimits(Variables: 2, Constraints: 2, Terms: 4));
        CpLiteral[] literals = [model.NewBool(), model.NewBool()];
        Assert.Contains("more than 2 variables", Assert.Throws<SolverException>(() => model.NewBool()).Message, StringComparison.Ordinal);
        model.AddAtMostOne(literals);
        Assert.Contains("more than 4 terms", Assert.Throws<SolverException>(() => model.AddAtMostOne([.. literals, literals[0]])).Message, StringComparison.Ordinal);
        model.AddAtLeastOne(literals);
        Assert.Contains("more than 2 constraints", Assert.Throws<SolverException>(() => model.AddAll()).Message, StringComparison.Ordinal);
        Assert.Equal((2, 2, 4L), (model.VariableCount, model.ConstraintCount, model.TermCount));
    }

    [Fact]
    public void Replacing_the_objective_frees_its_terms()
    {
        var model = new CpModel(new CpModelLimits(Terms: 2));
        var sum = CpSum.Of(model.NewBool(), model.NewBool());
        for (var i = 0; i < 3; i++) model.Minimize(sum);
        Assert.Equal(2, model.TermCount);
        model.ClearObjective();
        Assert.False(model.HasObjective);
        Assert.Equal(0, model.TermCount);
    }

    [Fact]
    public void A_variable_of_another_model_is_refused()
    {
        var stranger = new CpModel().NewBool();
        Assert.Throws<ArgumentException>(() => new CpModel().AddAll(stranger));
        Assert.Throws<ArgumentException>(() => new CpModel().Minimize(CpSum.Of(stranger)));
        Assert.Throws<ArgumentException>(() => new CpModel().NewInteger(2, 1));
    }

    [Fact]
    public void Sums_beyond_64_bits_are_refused()
    {
        var model = new CpModel();
        var x = model.NewBool();
        Assert.Throws<SolverException>(() => new CpSum().Add(x, long.MaxValue).Add(x));
        Assert.Throws<SolverException>(() => new CpSum().Add(!x, long.MinValue));
        Assert.Throws<SolverException>(() => model.AddAtMost(new CpSum().Add(-2).Add(x), long.MaxValue - 1));
    }

    [Fact]
    public void A_copy_goes_its_own_way()
    {
        var model = new CpModel();
        var x = model.NewBool();
        model.Hint(x);
        var copy = model.Copy();
        copy.Hint(x, holds: false);
        copy.AddAll(x);
        copy.Assume(x);
        Assert.Equal(0, model.ConstraintCount);
        Assert.NotEqual(model.ToBytes(), copy.ToBytes());
        Assert.Equal(model.ToBytes(), model.Copy().ToBytes());
    }

    [Fact]
    public void A_literal_and_its_negation_are_opposites()
    {
        var x = new CpModel().NewBool();
        Assert.Equal(x, !!x);
        Assert.NotEqual(x, !x);
        Assert.Equal((x.Variable, true), ((!x).Variable, (!x).IsNegated));
        Assert.Equal("x0 !x0", $"{x} {x.LogicalNot()}");
    }
}
