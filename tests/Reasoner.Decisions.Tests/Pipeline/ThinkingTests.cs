using System.Collections.Immutable;
using Reasoner.Testing;

namespace Reasoner.Decisions.Tests;

/// <summary>The rounds by themselves, over scripted scores and verdicts of six answers; the model only says how many experts there are: eight, two as a rule.</summary>
public sealed class ThinkingTests : IDisposable
{
    private static readonly double[] Falling = [0.4, 0.25, 0.15, 0.1, 0.06, 0.04];

    private readonly SmallDomain _files = new SmallDomain()
        .Write("ontologies/club/domain.json", SmallDomain.ManifestWith().Replace("\"c:Enter\", \"c:Leave\"", "\"c:A\", \"c:B\", \"c:C\", \"c:D\", \"c:E\", \"c:F\"", StringComparison.Ordinal))
        .AddOntology("c:A a rsn:Answer . c:B a rsn:Answer . c:C a rsn:Answer . c:D a rsn:Answer . c:E a rsn:Answer . c:F a rsn:Answer .");

    private readonly Domain _domain;

    public ThinkingTests() => _domain = _files.Load();

    public void Dispose()
    {
        _domain.Dispose();
        _files.Dispose();
    }

    [Fact]
    public void Low_effort_tries_one_answer_a_round_and_stops_at_the_first_that_stands()
    {
        var script = new Script(Falling) { Rejected = { [0] = ["x"] } };

        var thought = Run(Effort.Low, script);

        Assert.Equal((2, 2), (thought.Tried, thought.Rounds));
        Assert.Equal([0, 1, 2, 3, 4, 5], thought.Order.ToArray());
        Assert.Equal([0, 1], script.Asked.Order());
    }

    [Fact]
    public void An_answer_that_stands_at_once_ends_it_in_one_round()
    {
        var script = new Script([0.1, 0.1, 0.5, 0.1, 0.1, 0.1]);

        var thought = Run(Effort.Low, script);

        Assert.Equal((1, 1), (thought.Tried, thought.Rounds));
        Assert.Equal([2, 0, 1, 3, 4, 5], thought.Order.ToArray());
        Assert.Equal([2], script.Asked);
    }

    [Fact]
    public void The_last_round_tries_all_that_are_left()
    {
        var script = new Script(Falling) { Rejected = { [0] = ["x"], [1] = ["x"], [2] = ["x"] } };

        var thought = Run(Effort.Low, script);

        Assert.Equal((6, 3), (thought.Tried, thought.Rounds));
        // D stands, so the verdicts on E and F, tried in the same round, are the caller's to look up.
        Assert.Equal([0, 1, 2, 3], script.Asked.Order());
    }

    [Fact]
    public void Medium_effort_tries_four_answers_a_round()
    {
        Assert.Equal((4, 1), Spent(Run(Effort.Medium, new Script(Falling) { Rejected = { [0] = ["x"] } })));
        Assert.Equal((6, 2), Spent(Run(Effort.Medium, new Script(Falling) { Rejected = { [0] = ["x"], [1] = ["x"], [2] = ["x"], [3] = ["x"] } })));
    }

    [Theory]
    [InlineData(Effort.Low, 1, 2, 4)]
    [InlineData(Effort.Medium, 2, 4)]
    [InlineData(Effort.High, 8)]
    public void Every_round_runs_more_experts(Effort effort, params int[] experts)
    {
        var script = new Script(Falling);
        for (var answer = 0; answer < 6; answer++) script.Rejected[answer] = ["x"];

        var thought = Run(effort, script);

        Assert.Equal(experts, script.Experts);
        Assert.Equal((6, experts.Length), Spent(thought));
    }

    [Fact]
    public void High_effort_tries_all_answers_by_all_experts_at_once()
    {
        var script = new Script(Falling) { Rejected = { [0] = ["x"] } };

        Assert.Equal((6, 1), Spent(Run(Effort.High, script)));
        Assert.Equal([8], script.Experts);
    }

    [Fact]
    public void Where_rules_read_scores_more_experts_are_asked_although_all_was_tried()
    {
        var script = new Script(Falling[..6]);
        for (var answer = 0; answer < 6; answer++) script.Rejected[answer] = ["x"];

        Assert.Equal((6, 3), Spent(Run(Effort.Medium, script, rulesReadScores: true)));
        Assert.Equal([2, 4, 8], script.Experts);
    }

    [Fact]
    public void Without_a_model_no_expert_runs_and_the_scores_are_asked_for_once()
    {
        var script = new Script(Falling) { Rejected = { [0] = ["x"], [1] = ["x"] } };

        var thought = new Thinking(_domain, null, rulesReadScores: false).Run(Effort.Low, script.Propose, script.Validate);

        Assert.Equal((6, 3), Spent(thought));
        Assert.Equal([0], script.Experts);
    }

    [Fact]
    public void Equal_preferences_are_tried_in_the_manifests_order()
    {
        var script = new Script([0.1, 0.3, 0.3, 0.3, 0, 0]) { Rejected = { [1] = ["x"] } };

        Assert.Equal([1, 2, 3, 0, 4, 5], Run(Effort.Low, script).Order.ToArray());
        Assert.Equal([1, 2], script.Asked.Order());
    }

    [Fact]
    public void A_policy_says_what_is_tried_first_whatever_the_scores()
    {
        var script = new Script(Falling) { Policy = _ => [0, 0, 0, 0, 0.1, 0.9] };

        var thought = Run(Effort.Low, script);

        Assert.Equal([5, 4, 0, 1, 2, 3], thought.Order.ToArray());
        Assert.Equal([0, 0, 0, 0, 0.1, 0.9], thought.Preferences.ToArray());
        Assert.Equal([5], script.Asked);
    }

    [Fact]
    public void What_was_violated_shifts_what_the_next_round_prefers()
    {
        var heard = new List<string>();
        var script = new Script(Falling)
        {
            Rejected = { [0] = ["fee", "age"], [3] = ["late"] },
            Policy = violated =>
            {
                heard.Add(string.Join(' ', violated));
                return violated.Contains("late") ? [0, 0, 0, 0, 0, 1] : violated.Contains("fee") ? [0.2, 0.1, 0, 0.7, 0, 0] : [1, 0, 0, 0, 0, 0];
            },
        };

        var thought = Run(Effort.Low, script);

        // Nothing at first; then what the first answer violated; then what the second did too.
        Assert.Equal(["", "age fee", "age fee late"], heard);
        // The third round prefers F alone, but tries all that are left; those that were tried come first.
        Assert.Equal((6, 3), Spent(thought));
        Assert.Equal([5, 0, 1, 2, 3, 4], thought.Order.ToArray());
        Assert.Equal([0, 0, 0, 0, 0, 1], thought.Preferences.ToArray());
    }

    [Fact]
    public void Those_that_were_tried_come_before_others_that_are_preferred_by_now()
    {
        var script = new Script(Falling)
        {
            Rejected = { [0] = ["fee"] },
            Policy = violated => violated.Any() ? [0.1, 0.5, 0.4, 0, 0, 0] : [0.9, 0.1, 0, 0, 0, 0],
        };

        // B was tried second and stands; A, rejected, is shown before C, which is preferred to it but was not tried.
        Assert.Equal([1, 0, 2, 3, 4, 5], Run(Effort.Low, script).Order.ToArray());
    }

    private static (int, int) Spent(Thought thought) => (thought.Tried, thought.Rounds);

    private Thought Run(Effort effort, Script script, bool rulesReadScores = false) =>
        new Thinking(_domain, LendingDomain.Shared.Proposer, rulesReadScores).Run(effort, script.Propose, script.Validate);

    private sealed class Script(double[] scores)
    {
        /// <summary>By answer, the constraints that it violates.</summary>
        public Dictionary<int, string[]> Rejected { get; } = [];

        public Func<IReadOnlyCollection<string>, ImmutableArray<double>>? Policy { get; init; }

        /// <summary>How many experts each round asked for.</summary>
        public List<int> Experts { get; } = [];

        /// <summary>The answers whose verdicts were asked for.</summary>
        public HashSet<int> Asked { get; } = [];

        public Scores Propose(int experts)
        {
            Experts.Add(experts);
            return new Scores([.. scores], [], experts) { Policy = Policy is null ? null : violated => Policy([.. violated]) };
        }

        public Func<int, IReadOnlyCollection<string>> Validate(Scores _) => answer =>
        {
            Asked.Add(answer);
            return Rejected.GetValueOrDefault(answer) ?? [];
        };
    }
}
