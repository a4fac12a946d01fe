namespace Reasoner.Experts;

/// <summary>What a model thinks of a case.</summary>
/// <param name="Answers">Every answer with its probability, the likeliest first; equal ones in the order of their labels.</param>
/// <param name="Experts">The experts that ran, the weightiest first.</param>
public sealed record Proposal(IReadOnlyList<ScoredAnswer> Answers, IReadOnlyList<ConsultedExpert> Experts)
{
    /// <summary>
    /// Every answer with the policy's preference for it, the one to try first in front: how likely it is to stand before the
    /// verifier and to prove right. Where the model has no policy, <see cref="Answers"/>.
    /// </summary>
    public IReadOnlyList<ScoredAnswer> Preferences { get; init; } = Answers;

    /// <summary>How many experts ran.</summary>
    public int ExpertsRun => Experts.Count;

    /// <summary>The probability of an answer; 0 for one that the model does not know.</summary>
    public double ProbabilityOf(string answer) => Find(Answers, answer);

    /// <summary>The policy's preference for an answer; 0 for one that it does not know.</summary>
    public double PreferenceFor(string answer) => Find(Preferences, answer);

    internal static Proposal Of(
        IReadOnlyList<string> classes, ReadOnlySpan<float> probabilities, IReadOnlyList<string> experts, ReadOnlySpan<long> chosen,
        ReadOnlySpan<float> weights, IReadOnlyList<string>? policyAnswers = null, ReadOnlySpan<float> preferences = default)
    {
        var consulted = new ConsultedExpert[chosen.Length];
        for (var i = 0; i < consulted.Length; i++) consulted[i] = new(experts[(int)chosen[i]], weights[i]);
        var proposal = new Proposal(ScoredAnswer.Ranked(classes, probabilities), consulted);
        return policyAnswers is null ? proposal : proposal with { Preferences = ScoredAnswer.Ranked(policyAnswers, preferences) };
    }

    private static double Find(IReadOnlyList<ScoredAnswer> answers, string answer)
    {
        for (var i = 0; i < answers.Count; i++)
            if (answers[i].Answer == answer) return answers[i].Probability;
        return 0;
    }
}

/// <summary>An answer and the probability that the model gives it.</summary>
/// <param name="Answer">The answer: the text of its IRI.</param>
/// <param name="Probability">A calibrated probability, 0 to 1; those of all answers sum to 1.</param>
public readonly record struct ScoredAnswer(string Answer, double Probability)
{
    /// <summary>The answers, the likeliest first.</summary>
    internal static ScoredAnswer[] Ranked(IReadOnlyList<string> answers, ReadOnlySpan<float> probabilities)
    {
        var ranked = new ScoredAnswer[probabilities.Length];
        for (var i = 0; i < ranked.Length; i++)
        {
            // Inserting keeps equal answers in their own order; there are few of them.
            var place = i;
            for (; place > 0 && ranked[place - 1].Probability < probabilities[i]; place--) ranked[place] = ranked[place - 1];
            ranked[place] = new(answers[i], probabilities[i]);
        }

        return ranked;
    }
}

/// <summary>An expert that ran, and its say.</summary>
/// <param name="Name">The expert's name.</param>
/// <param name="Weight">The gate's weight, 0 to 1; those of the experts that ran sum to 1.</param>
public readonly record struct ConsultedExpert(string Name, double Weight);
