namespace Reasoner.Experts.Tests.Reinforcement;

public class PolicyOptimisationTests
{
    private static readonly string[] Answers = ["other", "same", "person"];

    private static readonly Lazy<TrainedMixture> Mixture = new(() => MixtureTrainer.Train(
        SyntheticCases.Plane, SyntheticCases.SameSign(1500, 1), new() { Rehearsals = 2, LearningRate = 5e-3 }));

    [Fact]
    public void First_proposals_survive_more_often_and_probabilities_stay_to_the_bit()
    {
        var (train, test) = (Verified(1500, 1), Verified(1000, 2));
        var before = PolicyOptimisation.Judge(Mixture.Value, Answers, test);
        var epochs = new List<ReinforcementProgress>();
        var reinforced = PolicyOptimisation.Train(Mixture.Value, Answers, train, new() { DivergenceWeight = 0.02, SecondRoundDiscount = 0, AgreementReward = 1 }, new Reports(epochs.Add));
        var after = PolicyOptimisation.Judge(reinforced, Answers, test);
        Assert.InRange(before.Survival, 0.6, 0.8);
        Assert.InRange(after.Survival, before.Survival + 0.15, 1);
        Assert.InRange(after.DecidedAccuracy, before.DecidedAccuracy - 0.01, 1);
        Assert.True(after.Reward > before.Reward);
        Assert.Equal(30, epochs.Count);
        Assert.True(epochs[^1].Reward > epochs[0].Reward);
        foreach (var row in test)
        {
            var (plain, taught) = (Mixture.Value.Propose(row.Row), reinforced.Propose(row.Row));
            Assert.Equal(plain.Answers, taught.Answers);
            Assert.Equal(plain.Experts, taught.Experts);
            Assert.Equal(1, taught.Preferences.Sum(scored => scored.Probability), 1e-5);
        }
    }

    [Fact]
    public void A_violated_constraint_shifts_what_is_tried_next()
    {
        // "same" is often right, so it is tried first. Where it is rejected, "other" or a person would do, as often the one as
        // the other: the features do not tell which, the violated constraint does.
        var random = new Random(5);
        AnswerVerdict valid = new([], false), idle = new(["urn:idle"], false);
        List<VerifiedRow> Cases(int count) => [.. Enumerable.Range(0, count).Select(_ =>
        {
            var row = SyntheticCases.SameSign(1, random.Next())[0];
            return random.Next(3) switch
            {
                0 => new VerifiedRow(row.Row, "same", [idle, valid, idle]),
                1 => new VerifiedRow(row.Row, "same", [valid, new(["urn:limit"], false), idle]),
                _ => new VerifiedRow(row.Row, "same", [idle, new(["urn:review"], false), valid]),
            };
        })];
        var reinforced = PolicyOptimisation.Train(Mixture.Value, Answers, Cases(1200), new() { DivergenceWeight = 0.02, AgreementReward = 1 });
        var proposal = reinforced.Propose(SyntheticCases.SameSign(1, 9)[0].Row);
        double Preference(string answer, params string[] violated) =>
            reinforced.Policy!.Reconsider(proposal, violated).Single(scored => scored.Answer == answer).Probability;
        double Odds(params string[] violated) => Preference("person", violated) / Preference("other", violated);
        Assert.True(Odds("urn:review") > 5 * Odds(), $"{Odds("urn:review")} after a review, {Odds()} before");
        Assert.True(Odds("urn:limit") < Odds() / 5, $"{Odds("urn:limit")} after a limit, {Odds()} before");
        Assert.Equal(Preference("person"), Preference("person", "urn:never-met"), 1e-6);
    }

    [Fact]
    public void The_same_seed_gives_the_same_policy()
    {
        var rows = Verified(200, 1);
        var (first, second) = (
            PolicyOptimisation.Train(Mixture.Value, Answers, rows, new() { Epochs = 3 }),
            PolicyOptimisation.Train(Mixture.Value, Answers, rows, new() { Epochs = 3 }));
        Assert.Equal(first.Network.Parameters, second.Network.Parameters);
        Assert.Equal(first.Policy!.Feedback["urn:limit"], second.Policy!.Feedback["urn:limit"]);
        Assert.NotEqual(first.Network.Parameters, PolicyOptimisation.Train(Mixture.Value, Answers, rows, new() { Epochs = 3, Seed = 2 }).Network.Parameters);
    }

    [Fact]
    public void A_heavy_divergence_weight_keeps_the_policy_where_it_began()
    {
        var rows = Verified(400, 1);
        double Divergence(double weight)
        {
            var last = default(ReinforcementProgress);
            PolicyOptimisation.Train(Mixture.Value, Answers, rows, new() { Epochs = 8, DivergenceWeight = weight }, new Reports(progress => last = progress));
            return last.Divergence;
        }

        Assert.InRange(Divergence(20), 0, Divergence(0) / 5);
    }

    [Fact]
    public void Verdicts_that_do_not_fit_are_refused()
    {
        var rows = Verified(50, 1);
        Assert.Throws<ModelException>(() => PolicyOptimisation.Train(Mixture.Value, ["other", "person"], rows));
        Assert.Throws<ModelException>(() => PolicyOptimisation.Train(Mixture.Value, Answers, []));
        Assert.Throws<ModelException>(() => PolicyOptimisation.Train(Mixture.Value, Answers, [rows[0] with { Verdicts = [] }]));
        AnswerVerdict rejected = new(["urn:limit"], false);
        Assert.Throws<ModelException>(() => PolicyOptimisation.Train(Mixture.Value, Answers, [rows[0] with { Verdicts = [rejected, rejected, rejected] }]));
        Assert.Throws<ModelException>(() => PolicyOptimisation.Train(Mixture.Value, Answers, rows, new() { LearningRate = 2 }));
        var reinforced = PolicyOptimisation.Train(Mixture.Value, Answers, rows, new() { Epochs = 1 });
        Assert.Throws<ModelException>(() => PolicyOptimisation.Train(reinforced, Answers, rows));
    }

    /// <summary>Where x is above a half, a limit forbids both answers, and a person is to decide; elsewhere a person is not to be bothered.</summary>
    private static List<VerifiedRow> Verified(int count, int seed) => [.. SyntheticCases.SameSign(count, seed).Select(row =>
    {
        var isLimited = row.Row[0].Number > 0.5;
        AnswerVerdict rejected = new(["urn:limit"], false), valid = new([], true);
        return new VerifiedRow(row.Row, row.Label, [isLimited ? rejected : valid, isLimited ? rejected : valid, isLimited ? valid : new(["urn:idle"], false)]);
    })];

    private sealed class Reports(Action<ReinforcementProgress> then) : IProgress<ReinforcementProgress>
    {
        public void Report(ReinforcementProgress value) => then(value);
    }
}
