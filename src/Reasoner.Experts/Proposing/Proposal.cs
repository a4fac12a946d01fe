namespace Reasoner.Experts;

/// <summary>What a model thinks of a case.</summary>
/// <param name="Answers">Every answer with its probability, the likeliest first; equal ones in the order of their labels.</param>
/// <param name="Experts">The experts that ran, the weightiest first.</param>
public sealed record Proposal(IReadOnlyList<ScoredAnswer> Answers, IReadOnlyList<ConsultedExpert> Experts)
{
    /// <summary>How many experts ran.</summary>
    public int ExpertsRun => Experts.Count;

    /// <summary>The probability of an answer; 0 for one that the model does not know.</summary>
    public double ProbabilityOf(string answer)
    {
        foreach (var scored in Answers)
            if (scored.Answer == answer) return scored.Probability;
        return 0;
    }

    internal static Proposal Of(
        IReadOnlyList<string> classes, ReadOnlySpan<float> probabilities,
        IReadOnlyList<string> experts, ReadOnlySpan<long> chosen, ReadOnlySpan<float> weights)
    {
        var answers = new ScoredAnswer[probabilities.Length];
        for (var i = 0; i < answers.Length; i++)
        {
            // Inserting keeps equal answers in the classes' own order; there are few classes.
            var place = i;
            for (; place > 0 && answers[place - 1].Probability < probabilities[i]; place--) answers[place] = answers[place - 1];
            answers[place] = new(classes[i], probabilities[i]);
        }

        var consulted = new ConsultedExpert[chosen.Length];
        for (var i = 0; i < consulted.Length; i++) consulted[i] = new(experts[(int)chosen[i]], weights[i]);
        return new(answers, consulted);
    }
}

/// <summary>An answer and the probability that the model gives it.</summary>
/// <param name="Answer">The answer: the text of its IRI.</param>
/// <param name="Probability">A calibrated probability, 0 to 1; those of all answers sum to 1.</param>
public readonly record struct ScoredAnswer(string Answer, double Probability);

/// <summary>An expert that ran, and its say.</summary>
/// <param name="Name">The expert's name.</param>
/// <param name="Weight">The gate's weight, 0 to 1; those of the experts that ran sum to 1.</param>
public readonly record struct ConsultedExpert(string Name, double Weight);
