namespace Reasoner.Experts;

/// <summary>How a policy is reinforced by the verifier's verdicts.</summary>
public sealed record ReinforcementOptions
{
    /// <summary>Passes over the rows.</summary>
    public int Epochs { get; init; } = 30;

    /// <summary>Proposals sampled of each case, whose rewards are held against each other.</summary>
    public int GroupSize { get; init; } = 16;

    /// <summary>Cases of one step.</summary>
    public int BatchSize { get; init; } = 64;

    /// <summary>Steps on each batch of samples.</summary>
    public int Updates { get; init; } = 2;

    /// <summary>Adam's step size.</summary>
    public double LearningRate { get; init; } = 1e-2;

    /// <summary>How far the chance of a sample may move from what it was sampled with before its pull ends (the clip of PPO and GRPO).</summary>
    public double ClipRange { get; init; } = 0.2;

    /// <summary>The weight of the divergence from the policy that reinforcement started from.</summary>
    public double DivergenceWeight { get; init; } = 0.3;

    /// <summary>The reward of an answer that violates nothing. Any other gets none, whatever else speaks for it.</summary>
    public double ValidReward { get; init; } = 1;

    /// <summary>What a valid answer gets on top where a rule supports it.</summary>
    public double SupportReward { get; init; } = 0.1;

    /// <summary>
    /// What a valid answer gets on top where it is the one that proved right. Which of two valid answers that was is partly
    /// luck, and the calibrated probabilities know more of it than a reward can teach: so it is small.
    /// </summary>
    public double AgreementReward { get; init; } = 0.3;

    /// <summary>What the reward of a second round counts, after the first proposal was rejected.</summary>
    public double SecondRoundDiscount { get; init; } = 0.5;

    /// <summary>The probability that an answer which no label teaches starts with.</summary>
    public double UntaughtPrior { get; init; } = 0.05;

    /// <summary>Decides the order of cases and the samples.</summary>
    public int Seed { get; init; } = 1;

    internal void Check()
    {
        var range = new OptionRange("reinforcement");
        range.Require(Epochs is >= 1 and <= 10_000, nameof(Epochs), "between 1 and 10000");
        range.Require(GroupSize is >= 2 and <= 1024, nameof(GroupSize), "between 2 and 1024");
        range.Require(BatchSize is >= 1 and <= 65_536, nameof(BatchSize), "between 1 and 65536");
        range.Require(Updates is >= 1 and <= 100, nameof(Updates), "between 1 and 100");
        range.Require(LearningRate is > 0 and < 1, nameof(LearningRate), "above 0 and below 1");
        range.Require(ClipRange is > 0 and < 1, nameof(ClipRange), "above 0 and below 1");
        range.Require(DivergenceWeight is >= 0 and < 100, nameof(DivergenceWeight), "between 0 and 100");
        range.Require(ValidReward is >= 0 and < 100, nameof(ValidReward), "between 0 and 100");
        range.Require(SupportReward is >= 0 and < 100, nameof(SupportReward), "between 0 and 100");
        range.Require(AgreementReward is >= 0 and < 100, nameof(AgreementReward), "between 0 and 100");
        range.Require(SecondRoundDiscount is >= 0 and <= 1, nameof(SecondRoundDiscount), "between 0 and 1");
        range.Require(UntaughtPrior is > 0 and < 1, nameof(UntaughtPrior), "above 0 and below 1");
    }
}
