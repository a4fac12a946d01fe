namespace Reasoner.Experts;

/// <summary>
/// Reinforces a mixture's proposals by rewards that can be verified: group-relative policy optimisation (Shao et al. 2024,
/// as in DeepSeek-R1), with rewards held against the group's mean alone (Liu et al. 2025). Of each case a group of proposals is sampled, the reasoner's own verdicts reward them, and each is
/// made likelier or less likely by how its reward compares with its group's, within a clip and at a cost for departing
/// from the calibrated model. A proposal that is rejected gets a second round, in which the constraints that it violated
/// shift the policy: so it also learns what to make of a rejection.
/// </summary>
public static class PolicyOptimisation
{
    /// <summary>Teaches a policy. The same mixture, rows and options give the same policy, bit for bit.</summary>
    /// <param name="reference">The mixture; its probabilities stay as they are.</param>
    /// <param name="answers">All possible answers, among them the mixture's classes.</param>
    /// <param name="rows">Past cases with the verifier's verdicts.</param>
    /// <param name="options">How to train; the defaults when left out.</param>
    /// <param name="progress">Told after every epoch.</param>
    /// <param name="cancellation">Stops the run between two steps.</param>
    /// <returns>The mixture with the policy.</returns>
    /// <exception cref="ModelException">The rows, answers or options cannot be used; the message says why and what to do.</exception>
    /// <exception cref="OperationCanceledException">The run was cancelled.</exception>
    public static TrainedMixture Train(
        TrainedMixture reference, IReadOnlyList<string> answers, IReadOnlyList<VerifiedRow> rows, ReinforcementOptions? options = null,
        IProgress<ReinforcementProgress>? progress = null, CancellationToken cancellation = default)
    {
        options ??= new();
        options.Check();
        Check(reference, answers, rows);
        return new PolicyDescent(reference, answers, rows, options).Run(progress, cancellation);
    }

    /// <summary>How a mixture's proposals fare before the verifier: its first one of each case, and the next after a rejection.</summary>
    /// <param name="mixture">The mixture, with or without a policy.</param>
    /// <param name="answers">The answers that the verdicts are of, in their order.</param>
    /// <param name="rows">Cases with verdicts, at least one.</param>
    /// <param name="options">What rewards are worth; the defaults when left out.</param>
    /// <exception cref="ModelException">A row does not fit the mixture or the answers.</exception>
    public static ProposalRecord Judge(
        TrainedMixture mixture, IReadOnlyList<string> answers, IReadOnlyList<VerifiedRow> rows, ReinforcementOptions? options = null)
    {
        options ??= new();
        if (rows.Count == 0) throw new ModelException("There are no cases to judge proposals by.", "Give past cases with verdicts.");
        int survivors = 0, secondSurvivors = 0, taught = 0, right = 0, decided = 0, decidedRight = 0;
        double reward = 0;
        foreach (var row in rows)
        {
            Check(answers, row);
            var proposal = mixture.Propose(row.Row);
            var first = proposal.Preferences[0].Answer;
            var verdict = VerdictOn(first);
            reward += Rewards.Of(first, row, verdict, options);
            if (verdict.IsValid) survivors++;
            if (mixture.Classes.Contains(first))
            {
                taught++;
                if (first == row.Label) right++;
            }

            var left = (mixture.Policy?.Reconsider(proposal, verdict.Violated) ?? proposal.Preferences)
                .Select(scored => scored.Answer).Concat(answers).Where(answer => answer != first).ToList();
            if (verdict.IsValid || VerdictOn(left[0]).IsValid) secondSurvivors++;
            var choice = verdict.IsValid ? first : left.Find(answer => VerdictOn(answer).IsValid);
            if (choice is null || !mixture.Classes.Contains(choice)) continue;
            decided++;
            if (choice == row.Label) decidedRight++;

            AnswerVerdict VerdictOn(string answer) => row.Verdicts[IndexOf(answers, answer)];
        }

        return new(
            (double)survivors / rows.Count, (double)secondSurvivors / rows.Count,
            taught == 0 ? double.NaN : (double)right / taught, decided == 0 ? double.NaN : (double)decidedRight / decided, reward / rows.Count);
    }

    internal static int IndexOf(IReadOnlyList<string> answers, string answer)
    {
        for (var i = 0; i < answers.Count; i++)
            if (answers[i] == answer) return i;
        throw new ModelException($"There is no verdict on the answer \"{answer}\".", $"Give one for each of {string.Join(", ", answers)}.");
    }

    private static void Check(TrainedMixture reference, IReadOnlyList<string> answers, IReadOnlyList<VerifiedRow> rows)
    {
        if (reference.Policy is not null)
            throw new ModelException("The model has learned a policy already.", "Reinforce the model as training left it.");
        if (answers.Distinct(StringComparer.Ordinal).Count() != answers.Count || answers.Count < 2)
            throw new ModelException("The answers of a policy must be two or more, each once.", "Name the domain's answers.");
        foreach (var known in reference.Classes) IndexOf(answers, known);
        if (rows.Count == 0) throw new ModelException("There are no cases to reinforce by.", "Give past cases with verdicts.");
        foreach (var row in rows)
        {
            reference.Schema.Check(row.Row, "A row");
            Check(answers, row);
        }

        if (rows.All(row => row.Verdicts.All(verdict => !verdict.IsValid)))
            throw new ModelException("The rules reject every answer of every case, so there is nothing to be rewarded for.", "Check the domain's rules against its past cases.");
    }

    private static void Check(IReadOnlyList<string> answers, VerifiedRow row)
    {
        if (row.Verdicts.Count != answers.Count)
            throw new ModelException($"A case has {row.Verdicts.Count} verdicts on {answers.Count} answers.", "Give one verdict for each answer, in their order.");
    }
}

/// <summary>Where a reinforcement stands after an epoch.</summary>
/// <param name="Epoch">Epochs done.</param>
/// <param name="Epochs">All epochs.</param>
/// <param name="Reward">The mean reward of the epoch's samples, second rounds included.</param>
/// <param name="Survival">The share of sampled first proposals that violate nothing.</param>
/// <param name="Accuracy">The share of right ones among the sampled first proposals that are answers a label teaches.</param>
/// <param name="Divergence">The mean divergence from the policy that it began with, in nats.</param>
public readonly record struct ReinforcementProgress(int Epoch, int Epochs, double Reward, double Survival, double Accuracy, double Divergence);

/// <summary>What a proposal earns.</summary>
internal static class Rewards
{
    public static double Of(string answer, VerifiedRow row, AnswerVerdict verdict, ReinforcementOptions options) =>
        !verdict.IsValid ? 0
        : options.ValidReward + (verdict.IsSupported ? options.SupportReward : 0) + (answer == row.Label ? options.AgreementReward : 0);
}
