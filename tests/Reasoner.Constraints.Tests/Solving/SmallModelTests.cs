using Reasoner.Constraints.Solving;

namespace Reasoner.Constraints.Tests.Solving;

public sealed class SmallModelTests
{
    public static TheoryData<SolverHost> Hosts => Solvers.HostData;

    [Theory, MemberData(nameof(Hosts))]
    public async Task Finds_the_cheapest_assignment(SolverHost host)
    {
        long[,] cost = { { 9, 2, 7 }, { 6, 4, 3 }, { 5, 8, 1 } };
        var model = new CpModel();
        var sum = new CpSum().Add(100);
        var cells = new CpLiteral[3, 3];
        for (var row = 0; row < 3; row++)
        {
            for (var column = 0; column < 3; column++) sum.Add(cells[row, column] = model.NewBool($"{row}-{column}"), cost[row, column]);
        }

        for (var i = 0; i < 3; i++)
        {
            model.AddExactlyOne(cells[i, 0], cells[i, 1], cells[i, 2]);
            model.AddExactlyOne(cells[0, i], cells[1, i], cells[2, i]);
        }

        model.Minimize(sum);
        var solution = await Solvers.Of(host).SolveAsync(model, Solvers.Patient);
        Assert.Equal(CpStatus.Optimal, solution.Status);
        Assert.Equal(109, solution.Objective);
        Assert.Equal(109, solution.Bound);
        Assert.Equal(109, solution.Value(sum));
        Assert.True(solution.Value(cells[0, 1]) && solution.Value(cells[1, 0]) && solution.Value(cells[2, 2]));
        Assert.True(solution.Value(!cells[0, 0]));
        Assert.Equal("0-1", model.NameOf(cells[0, 1]));
    }

    [Theory, MemberData(nameof(Hosts))]
    public async Task Maximises_integers_under_bounds(SolverHost host)
    {
        var model = new CpModel();
        var desks = model.NewInteger(0, 4);
        var tables = model.NewInteger(0, 3);
        model.AddAtMost(new CpSum().Add(desks, 3).Add(tables, 4), 12);
        model.Maximize(new CpSum().Add(desks, 20).Add(tables, 30).Add(-5));
        var solution = await Solvers.Of(host).SolveAsync(model, Solvers.Patient);
        Assert.Equal(85, solution.Objective);
        Assert.Equal(85, solution.Bound);
        Assert.Equal((0L, 3L), (solution.Value(desks), solution.Value(tables)));
    }

    [Theory, MemberData(nameof(Hosts))]
    public async Task Enforced_constraints_apply_only_with_their_literals(SolverHost host)
    {
        foreach (var on in (bool[])[true, false])
        {
            var model = new CpModel();
            var (x, y, z, switched) = (model.NewBool(), model.NewBool(), model.NewBool(), model.NewBool());
            model.AddAtMostOne(x, !y, z).OnlyIf(switched).Named("one");
            model.AddExactlyOne(x, y).OnlyIf(switched);
            model.AddAll(on ? switched : !switched);
            model.Maximize(CpSum.Of(x, !y, z));
            var solution = await Solvers.Of(host).SolveAsync(model, Solvers.Patient);
            // x+!y = 1+(x-y) and x+y = 1: with the switch either x and !y hold (two), or y alone leaves z.
            Assert.Equal(on ? 1 : 3, solution.Objective);
        }
    }

    [Theory, MemberData(nameof(Hosts))]
    public async Task Names_assumptions_that_cannot_hold_together(SolverHost host)
    {
        var model = new CpModel();
        var (x, y, bystander) = (model.NewBool(), model.NewBool(), model.NewBool());
        model.AddAtMostOne(x, y);
        model.Assume(x, y, bystander);
        var solution = await Solvers.Of(host).SolveAsync(model, Solvers.Patient);
        Assert.Equal(CpStatus.Infeasible, solution.Status);
        Assert.False(solution.HasValues);
        Assert.Null(solution.Objective);
        Assert.Equal([x, y], solution.Core.OrderBy(literal => literal.Variable).Where(literal => literal != bystander));
        Assert.Throws<InvalidOperationException>(() => solution.Value(x));
    }

    [Theory, MemberData(nameof(Hosts))]
    public async Task Says_so_when_a_limit_comes_first(SolverHost host)
    {
        var (model, options) = Solvers.Endless();
        var solution = await Solvers.Of(host).SolveAsync(model, options with { DeterministicLimit = 0.05 });
        Assert.Equal(CpStatus.Unknown, solution.Status);
        Assert.Empty(solution.Values);
    }

    [Theory, MemberData(nameof(Hosts))]
    public async Task An_invalid_model_is_refused_with_the_solvers_words(SolverHost host)
    {
        var model = new CpModel();
        var vast = model.NewInteger(0, long.MaxValue / 2);
        model.AddAtMost(new CpSum().Add(vast, long.MaxValue / 2), 5);
        var refused = await Assert.ThrowsAsync<SolverException>(() => Solvers.Of(host).SolveAsync(model, Solvers.Patient));
        Assert.Contains("invalid", refused.Message, StringComparison.Ordinal);
        Assert.EndsWith(refused.Advice, refused.Message, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Hosts))]
    public async Task The_solvers_log_comes_with_the_answer(SolverHost host)
    {
        var model = new CpModel();
        model.AddAtLeastOne(model.NewBool());
        var solution = await Solvers.Of(host).SolveAsync(model, Solvers.Patient with { Log = true });
        Assert.Equal(CpStatus.Optimal, solution.Status);
        Assert.Contains("CpSolverResponse", solution.Log, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Hosts))]
    public async Task An_empty_model_and_an_empty_clause_are_answered(SolverHost host)
    {
        var model = new CpModel();
        Assert.Equal(CpStatus.Optimal, (await Solvers.Of(host).SolveAsync(model, Solvers.Patient)).Status);
        model.AddAtLeastOne();
        Assert.Equal(CpStatus.Infeasible, (await Solvers.Of(host).SolveAsync(model, Solvers.Patient)).Status);
    }
}
