using Reasoner.Constraints.Solving;

namespace Reasoner.Constraints.Tests.Solving;

/// <summary>The solver against trying everything.</summary>
public sealed class RandomModelTests
{
    public static TheoryData<SolverHost> Hosts => Solvers.HostData;

    [Theory, MemberData(nameof(Hosts))]
    public async Task Finds_the_best_of_all_assignments_or_that_there_is_none(SolverHost host)
    {
        var infeasible = 0;
        for (var seed = 0; seed < 60; seed++)
        {
            var system = new RandomSystem(seed, variables: 4 + seed % 6, constraints: 3 + seed % 7, switched: false);
            var maximize = seed % 2 == 0;
            if (maximize) system.Model.Maximize(system.Objective());
            else system.Model.Minimize(system.Objective());
            var options = new CpSolverOptions { Presolve = seed % 3 != 0, LinearizationLevel = seed % 3, TimeLimit = TimeSpan.FromMinutes(1) };
            var solution = await Solvers.Of(host).SolveAsync(system.Model, options);

            var met = system.Assignments.Where(assignment => system.IsMet(assignment)).Select(system.ObjectiveOf).ToArray();
            if (met.Length == 0)
            {
                infeasible++;
                Assert.Equal((seed, CpStatus.Infeasible), (seed, solution.Status));
                continue;
            }

            Assert.Equal((seed, CpStatus.Optimal), (seed, solution.Status));
            Assert.Equal((seed, maximize ? met.Max() : met.Min()), (seed, solution.Objective));
            var assignment = system.Literals.Select((literal, i) => solution.Value(literal) ? 1 << i : 0).Sum();
            Assert.True(system.IsMet(assignment), $"seed {seed}");
        }

        Assert.InRange(infeasible, 5, 55);
    }

    [Theory, MemberData(nameof(Hosts))]
    public async Task Several_objectives_in_order_are_as_good_as_can_be(SolverHost host)
    {
        for (var seed = 0; seed < 15; seed++)
        {
            var system = new RandomSystem(1000 + seed, variables: 8, constraints: 3, switched: false);
            // The number of the first half that hold, then the second half's in reverse, then the weights.
            var objectives = new[]
            {
                new CpObjective(CpSum.Of(system.Literals.AsSpan(0, 4)), Maximize: true),
                new CpObjective(CpSum.Of(system.Literals.AsSpan(4, 4))),
                new CpObjective(system.Objective(), Maximize: seed % 2 == 0),
            };
            var before = system.Model.ToBytes();
            var answer = await Solvers.Of(host).SolveLexicographicallyAsync(system.Model, objectives, new CpSolverOptions { TimeLimit = TimeSpan.FromMinutes(1) });
            Assert.Equal(before, system.Model.ToBytes());

            var sign = seed % 2 == 0 ? 1 : -1;
            var met = system.Assignments.Where(assignment => system.IsMet(assignment)).ToArray();
            if (met.Length == 0)
            {
                Assert.Equal(CpStatus.Infeasible, answer.Solution.Status);
                Assert.Empty(answer.Values);
                continue;
            }

            var best = met.Max(assignment => ((long)int.PopCount(assignment & 15), (long)-int.PopCount(assignment >> 4), sign * system.ObjectiveOf(assignment)));
            Assert.True(answer.IsOptimal);
            Assert.Equal((seed, best), (seed, (answer.Values[0], -answer.Values[1], sign * answer.Values[2])));
        }
    }

    [Theory, MemberData(nameof(Hosts))]
    public async Task Levels_that_a_limit_cut_short_are_not_called_proven(SolverHost host)
    {
        var (model, options) = Solvers.Endless();
        var answer = await Solvers.Of(host).SolveLexicographicallyAsync(
            model, [new CpObjective(new CpSum()), new CpObjective(new CpSum())], options with { DeterministicLimit = 0.01 });
        Assert.False(answer.IsOptimal);
        Assert.Equal([false, false], answer.Proven.ToArray());
        Assert.Equal(CpStatus.Unknown, answer.Solution.Status);
    }

    [Theory, MemberData(nameof(Hosts))]
    public async Task The_same_model_gives_the_same_bytes_and_the_same_answer(SolverHost host)
    {
        static RandomSystem Build()
        {
            var system = new RandomSystem(7, variables: 20, constraints: 4, switched: false);
            system.Model.Maximize(CpSum.Of(system.Literals));
            return system;
        }

        var (one, other) = (Build(), Build());
        Assert.Equal(one.Model.ToBytes(), other.Model.ToBytes());
        var first = await Solvers.Of(host).SolveAsync(one.Model);
        using var fresh = Solvers.New(host);
        var second = await fresh.SolveAsync(other.Model);
        Assert.Equal(first.Values, second.Values);
        Assert.Equal(first.DeterministicTime, second.DeterministicTime);
    }
}
