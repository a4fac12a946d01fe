using Reasoner.Constraints.Solving;

namespace Reasoner.Constraints.Tests.Solving;

public sealed class ConflictTests
{
    public static TheoryData<SolverHost> Hosts => Solvers.HostData;

    [Theory, MemberData(nameof(Hosts))]
    public async Task Conflicts_of_random_systems_are_minimal(SolverHost host)
    {
        var conflicts = 0;
        for (var seed = 0; seed < 25; seed++)
        {
            var system = new RandomSystem(seed, variables: 5, constraints: 10, switched: true);
            var conflict = await MinimalConflict.FindAsync(Solvers.Of(host), system.Model, Groups(system), Solvers.Patient);
            if (system.IsFeasible(-1))
            {
                Assert.Equal((seed, ConflictOutcome.Feasible), (seed, conflict.Outcome));
                continue;
            }

            conflicts++;
            Assert.Equal((seed, ConflictOutcome.Minimal), (seed, conflict.Outcome));
            var mask = Mask(conflict.Groups);
            Assert.False(system.IsFeasible(mask), $"seed {seed}: the groups can be met together");
            Assert.All(conflict.Groups, group => Assert.True(system.IsFeasible(mask & ~(1 << group - 100)), $"seed {seed}: {group} is not needed"));
        }

        Assert.True(conflicts >= 10);
    }

    [Theory, MemberData(nameof(Hosts))]
    public async Task A_conflict_of_many_groups_is_found_whole(SolverHost host)
    {
        // A chain of implications from true to false, among as many groups that have nothing to do with it.
        const int links = 40;
        var model = new CpModel();
        var chain = Enumerable.Range(0, links + 1).Select(_ => model.NewBool()).ToArray();
        var groups = new List<ConstraintGroup>();
        for (var i = 0; i < links; i++)
        {
            var (link, bystander) = (model.NewBool(), model.NewBool());
            model.AddImplication(chain[i], chain[i + 1]).OnlyIf(link);
            model.AddAtMostOne(chain[i], model.NewBool()).OnlyIf(bystander);
            groups.Add(new ConstraintGroup(2 * i, link));
            groups.Add(new ConstraintGroup(2 * i + 1, bystander));
        }

        model.AddAll(chain[0], !chain[links]);
        var conflict = await MinimalConflict.FindAsync(Solvers.Of(host), model, groups, Solvers.Patient);
        Assert.Equal(ConflictOutcome.Minimal, conflict.Outcome);
        Assert.Equal(Enumerable.Range(0, links).Select(i => 2 * i), conflict.Groups);
    }

    [Theory, MemberData(nameof(Hosts))]
    public async Task A_model_that_is_infeasible_by_itself_needs_no_group(SolverHost host)
    {
        var model = new CpModel();
        var (x, group) = (model.NewBool(), model.NewBool());
        model.AddAll(x, !x);
        model.AddAtLeastOne(x).OnlyIf(group);
        var conflict = await MinimalConflict.FindAsync(Solvers.Of(host), model, [new ConstraintGroup(1, group)], Solvers.Patient);
        Assert.Equal(ConflictOutcome.Minimal, conflict.Outcome);
        Assert.Empty(conflict.Groups);
        var relaxation = await Relaxation.FindAsync(Solvers.Of(host), model, [new ConstraintGroup(1, group)], 2, Solvers.Patient);
        Assert.Empty(relaxation.WaysOut);
        Assert.True(relaxation.IsComplete);
    }

    [Theory, MemberData(nameof(Hosts))]
    public async Task A_limit_leaves_it_open_whether_there_is_a_conflict(SolverHost host)
    {
        var (model, options) = Solvers.Endless();
        var conflict = await MinimalConflict.FindAsync(
            Solvers.Of(host), model, [new ConstraintGroup(1, model.NewBool())], options with { DeterministicLimit = 0.01 });
        Assert.Equal(ConflictOutcome.Unknown, conflict.Outcome);
        var relaxation = await Relaxation.FindAsync(
            Solvers.Of(host), model, [new ConstraintGroup(1, model.NewBool())], 1, options with { DeterministicLimit = 0.01 });
        Assert.Empty(relaxation.WaysOut);
        Assert.False(relaxation.IsComplete);
    }

    [Theory, MemberData(nameof(Hosts))]
    public async Task A_conflict_that_a_limit_left_larger_is_not_called_minimal(SolverHost host)
    {
        // Infeasible at once by x and not x; without either, the rest takes forever, so neither can be shown to be needed.
        var (model, options) = Solvers.Endless();
        var (x, one, other) = (model.NewBool(), model.NewBool(), model.NewBool());
        model.AddAtLeastOne(x).OnlyIf(one);
        model.AddAtLeastOne(!x).OnlyIf(other);
        var conflict = await MinimalConflict.FindAsync(
            Solvers.Of(host), model, [new ConstraintGroup(1, one), new ConstraintGroup(2, other)], options with { DeterministicLimit = 0.01 });
        Assert.Equal(ConflictOutcome.Reduced, conflict.Outcome);
        Assert.Equal([1, 2], conflict.Groups.ToArray());
    }

    [Theory, MemberData(nameof(Hosts))]
    public async Task Ways_out_of_random_systems_are_the_cheapest(SolverHost host)
    {
        for (var seed = 0; seed < 12; seed++)
        {
            var system = new RandomSystem(seed, variables: 5, constraints: 9, switched: true);
            var random = new Random(seed);
            var groups = Groups(system).Select(group => group with { Weight = random.Next(1, 4), Priority = random.Next(0, 2) }).ToArray();
            var answer = await Relaxation.FindAsync(Solvers.Of(host), system.Model, groups, count: 3, Solvers.Patient);

            var all = (1 << groups.Length) - 1;
            var barred = new List<int>();
            foreach (var way in answer.WaysOut)
            {
                var best = Enumerable.Range(0, all + 1)
                    .Where(dropped => system.IsFeasible(all & ~dropped) && barred.TrueForAll(earlier => (dropped & earlier) != earlier))
                    .Min(dropped => Cost(groups, dropped));
                var chosen = Mask(way.Dropped);
                Assert.True(way.IsOptimal);
                Assert.True(system.IsFeasible(all & ~chosen), $"seed {seed}");
                Assert.Equal((seed, best), (seed, Cost(groups, chosen)));
                Assert.Equal(way.Costs.Sum(), Cost(groups, chosen).High + Cost(groups, chosen).Low);
                barred.Add(chosen);
            }

            var others = Enumerable.Range(0, all + 1)
                .Any(dropped => system.IsFeasible(all & ~dropped) && barred.TrueForAll(earlier => (dropped & earlier) != earlier));
            Assert.NotEmpty(answer.WaysOut);
            if (answer.WaysOut.Length < 3) Assert.True(answer.IsComplete && !others, $"seed {seed}");
            else if (answer.IsComplete) Assert.False(others, $"seed {seed}");
        }
    }

    [Fact]
    public async Task A_group_that_costs_nothing_is_refused()
    {
        var model = new CpModel();
        var group = new ConstraintGroup(4, model.NewBool()) { Weight = 0 };
        var refused = await Assert.ThrowsAsync<ArgumentException>(() => Relaxation.FindAsync(Solvers.Of(SolverHost.Node), model, [group]));
        Assert.Contains("Group 4", refused.Message, StringComparison.Ordinal);
    }

    private static ConstraintGroup[] Groups(RandomSystem system) => [.. system.Switches.Select((literal, i) => new ConstraintGroup(100 + i, literal))];

    private static int Mask(IEnumerable<int> indexes) => indexes.Sum(index => 1 << index - 100);

    private static (long High, long Low) Cost(ConstraintGroup[] groups, int dropped)
    {
        long Of(int priority) => groups.Where((group, i) => group.Priority == priority && (dropped >> i & 1) != 0).Sum(group => group.Weight);
        return (Of(1), Of(0));
    }
}
