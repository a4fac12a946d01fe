using Reasoner.Constraints.Joint;
using Reasoner.Constraints.Solving;
using Reasoner.Constraints.Tests.Solving;

namespace Reasoner.Constraints.Tests.Joint;

public sealed class JointSolverTests
{
    private static readonly JointOptions Patient = new() { TimeLimit = TimeSpan.FromMinutes(2) };

    public static TheoryData<SolverHost> Hosts => Solvers.HostData;

    [Theory, MemberData(nameof(Hosts))]
    public async Task Solutions_are_the_best_of_all_choices(SolverHost host)
    {
        var solver = new JointSolver(Solvers.Of(host), Patient);
        var feasible = 0;
        for (var seed = 0; seed < 40; seed++)
        {
            var problem = Problems.Read(Problems.Random(seed));
            var best = Problems.Choices(problem).Where(choice => !problem.Broken(choice).Any()).Select(choice => (long?)problem.ValueOf(choice)).Max();
            var solution = await solver.SolveAsync(problem);
            Assert.Equal((seed, best is null ? CpStatus.Infeasible : CpStatus.Optimal), (seed, solution.Status));
            if (best is null) continue;
            feasible++;
            Assert.Empty(problem.Broken(solution.Chosen));
            Assert.Equal((seed, best.Value, best.Value), (seed, solution.Value, problem.ValueOf(solution.Chosen)));
        }

        Assert.InRange(feasible, 10, 35);
    }

    [Fact]
    public async Task Hosts_choose_alike_among_choices_of_equal_worth()
    {
        for (var seed = 100; seed < 115; seed++)
        {
            var problem = Problems.Read(Problems.Random(seed).Replace("rsn:prefers -", "rsn:prefers ", StringComparison.Ordinal));
            var chosen = new List<string>();
            foreach (var host in Solvers.Hosts) chosen.Add(string.Join(' ', (await new JointSolver(Solvers.Of(host), Patient).SolveAsync(problem)).Chosen));
            Assert.Single(chosen.Distinct());
        }
    }

    [Theory, MemberData(nameof(Hosts))]
    public async Task Conflicts_need_each_of_their_constraints(SolverHost host)
    {
        var solver = new JointSolver(Solvers.Of(host), Patient);
        var conflicts = 0;
        for (var seed = 0; seed < 40; seed++)
        {
            var problem = Problems.Read(Problems.Random(seed));
            if (Problems.IsFeasible(problem))
            {
                if (seed % 5 == 0) Assert.Null(await solver.ConflictAsync(problem));
                continue;
            }

            conflicts++;
            var conflict = await solver.ConflictAsync(problem);
            Assert.NotNull(conflict);
            Assert.True(conflict.IsMinimal);
            Assert.False(Problems.IsFeasible(Problems.With(problem, conflict.Constraints)), $"seed {seed}: these can be kept together");
            Assert.All(conflict.Constraints, constraint =>
                Assert.True(Problems.IsFeasible(Problems.With(problem, conflict.Constraints.Remove(constraint))), $"seed {seed}: {constraint} is not needed"));
        }

        Assert.True(conflicts >= 5);
    }

    [Theory, MemberData(nameof(Hosts))]
    public async Task Ways_out_break_what_they_say_and_the_first_breaks_fewest_of_the_highest_priority(SolverHost host)
    {
        var solver = new JointSolver(Solvers.Of(host), Patient);
        var relaxed = 0;
        for (var seed = 0; seed < 40; seed++)
        {
            var problem = Problems.Read(Problems.Random(seed));
            if (Problems.IsFeasible(problem)) continue;
            static int Priority(JointConstraint constraint) => constraint.Kind switch { JointConstraintKind.Violation => 0, JointConstraintKind.Exclusion => 2, _ => 1 };
            var ways = await solver.RelaxAsync(problem, Priority);
            // Violations are firm, and so is how many answers a slot takes unless it is stated.
            bool MayBreak(int i) => Priority(problem.Constraints[i]) > 0 && (problem.Constraints[i].Kind != JointConstraintKind.Slot || !problem.Constraints[i].Facts.IsEmpty);
            var fewest = Problems.Choices(problem).Select(choice => problem.Broken(choice).ToList()).Where(broken => broken.All(MayBreak))
                .Select(broken => (int?)broken.Count(i => Priority(problem.Constraints[i]) == 2)).Min();
            Assert.Equal((seed, fewest is null), (seed, ways.IsEmpty));
            foreach (var way in ways)
            {
                relaxed++;
                Assert.Equal(way.Changes.Select(change => change.Constraint), problem.Broken(way.Chosen));
                Assert.All(way.Changes, change => Assert.True(MayBreak(change.Constraint)));
            }

            if (!ways.IsEmpty) Assert.Equal(fewest, ways[0].Changes.Count(change => Priority(problem.Constraints[change.Constraint]) == 2));
            // Another way is not this one and more.
            foreach (var (one, place) in ways.Select((way, place) => (way, place)))
                Assert.All(ways.Skip(place + 1), other => Assert.False(one.Changes.Select(change => change.Constraint).All(other.Changes.Select(change => change.Constraint).Contains)));
        }

        Assert.True(relaxed >= 5);
    }

    [Theory, MemberData(nameof(Hosts))]
    public async Task A_limit_is_missed_by_as_little_as_will_do(SolverHost host)
    {
        var problem = Problems.Read("""
            :a rsn:slot :s ; rsn:consumes [ rsn:resource :r ; rsn:amount 9 ] . :b rsn:slot :s ; rsn:consumes [ rsn:resource :r ; rsn:amount 7 ] .
            :c rsn:slot :t ; rsn:consumes [ rsn:resource :r ; rsn:amount 4 ] . :r rsn:capacity 5 .
            """);
        var ways = await new JointSolver(Solvers.Of(host), Patient).RelaxAsync(problem, _ => 1);
        var change = Assert.Single(ways[0].Changes);
        Assert.Equal((JointConstraintKind.Capacity, 11L), (problem.Constraints[change.Constraint].Kind, change.Sum));
        Assert.Equal("1 2", string.Join(" ", ways[0].Chosen));
    }

    [Theory, MemberData(nameof(Hosts))]
    public async Task Alternatives_say_what_they_violate_conflict_with_or_cost(SolverHost host)
    {
        var solver = new JointSolver(Solvers.Of(host), Patient);
        var (rejected, impossible, costlier) = (0, 0, 0);
        for (var seed = 0; seed < 25; seed++)
        {
            var problem = Problems.Read(Problems.Random(seed));
            var solution = await solver.SolveAsync(problem);
            if (!solution.IsThere) continue;
            for (var slot = 0; slot < problem.Slots.Length; slot++)
            {
                foreach (var other in await solver.ExplainAsync(problem, solution, slot))
                {
                    var best = Problems.Choices(problem).Where(choice => choice.Contains(other.Candidate) && !problem.Broken(choice).Any()).Select(choice => (long?)problem.ValueOf(choice)).Max();
                    switch (other.Reproach)
                    {
                        case JointReproach.Rejected:
                            rejected++;
                            Assert.Null(best);
                            Assert.All(other.Constraints, i => Assert.Contains(problem.Constraints[i].Terms, term => term.Candidate == other.Candidate));
                            break;
                        case JointReproach.Impossible:
                            impossible++;
                            Assert.Null(best);
                            Assert.False(Fits(Problems.With(problem, other.Constraints), other.Candidate));
                            Assert.All(other.Constraints, i => Assert.True(Fits(Problems.With(problem, other.Constraints.Remove(i)), other.Candidate)));
                            break;
                        default:
                            costlier++;
                            Assert.Equal((JointReproach.Costlier, solution.Value - best, true), (other.Reproach, other.Cost, other.IsExact));
                            Assert.Contains(other.Candidate, other.Chosen);
                            break;
                    }
                }
            }
        }

        Assert.True(Math.Min(rejected, Math.Min(impossible, costlier)) >= 3, $"{rejected} {impossible} {costlier}");

        static bool Fits(JointProblem problem, int candidate) => Problems.Choices(problem).Any(choice => choice.Contains(candidate) && !problem.Broken(choice).Any());
    }

    [Fact]
    public void Words_name_slots_and_answers()
    {
        var graph = Problems.Graph("""
            :a rsn:slot :s ; rsn:answer :x ; rsn:excludes :b ; rsn:violates :v . :b rsn:slot :t ; rsn:answer :y ; rsn:requires :a .
            :b rsn:consumes [ rsn:resource :r ; rsn:amount 1 ] . :r rsn:demand 2 . :t rsn:atLeast 0 .
            """);
        var problem = JointProblemReader.Read(graph, new JointReading());
        var words = new JointWords(problem, node => graph.Terms[node].ToString()!.Trim('<', '>').Replace("urn:x:", "", StringComparison.Ordinal));
        Assert.Equal(
            ["s takes exactly 1", "t takes from 0 to 1", "not s: x: because", "not both s: x and t: y (because)", "t: y only with s: x (because)", "r: at least 2 (because)"],
            problem.Constraints.Select((constraint, i) => words.Limit(i, constraint.Kind == JointConstraintKind.Slot ? null : "because")));
        Assert.Equal("r: 1 instead of at least 2", words.Change(new JointChange(5, 1), words.Limit(5)));
        Assert.Equal("without this: not both s: x and t: y", words.Change(new JointChange(3, 2), words.Limit(3)));
    }

    [Fact]
    public void Priorities_come_from_any_node_and_firmness_from_one()
    {
        var graph = Problems.Graph(":r rsn:priority 3 . :rule rsn:priority 5 . :law rsn:firm true .");
        int Node(string name) => graph.Terms.Find(new Reasoner.Rdf.Iri("urn:x:" + name));
        Assert.Equal(1, JointPriorities.Of(graph, []));
        Assert.Equal(5, JointPriorities.Of(graph, [Node("r"), Node("rule")]));
        Assert.Equal(JointPriorities.Never, JointPriorities.Of(graph, [Node("rule"), Node("law")]));
    }
}
