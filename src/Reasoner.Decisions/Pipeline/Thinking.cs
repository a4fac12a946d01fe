using System.Collections.Immutable;
using Reasoner.Experts;

namespace Reasoner.Decisions;

/// <summary>
/// The rounds in which answers are tried. Each round proposes the answers that the model's policy prefers, or, without a
/// policy, those with the highest scores; the rules then say which of them stand. Where none does, another round tries
/// others with more experts, and what was violated so far shifts the policy. Of those that stand the likeliest is given:
/// the policy says what is worth trying, the calibrated probabilities what is right. The pipeline and the verifier of
/// records both think by this, over verdicts of their own.
/// </summary>
/// <param name="domain">The domain.</param>
/// <param name="proposer">The model; null where there is none.</param>
/// <param name="rulesReadScores">Whether more experts, and so other scores, can change a verdict.</param>
internal sealed class Thinking(Domain domain, MixtureProposer? proposer, bool rulesReadScores)
{
    /// <summary>Thinks.</summary>
    /// <param name="effort">How much may be spent.</param>
    /// <param name="propose">The scores by so many experts.</param>
    /// <param name="validate">Given scores, the constraints that an answer violates: the texts of their IRIs.</param>
    public Thought Run(Effort effort, Func<int, Scores> propose, Func<Scores, Func<int, IReadOnlyCollection<string>>> validate)
    {
        var (perRound, mostRounds) = BudgetOf(effort);
        var tried = new List<int>();
        var violated = new SortedSet<string>(StringComparer.Ordinal);
        var experts = ExpertsFor(effort, 1);
        var scores = propose(experts);
        var verdicts = validate(scores);
        for (var round = 1; ; round++)
        {
            var preferences = scores.PreferencesAfter(violated);
            var untried = Order(Enumerable.Range(0, domain.Answers.Length).Except(tried), preferences);
            tried.AddRange(round < mostRounds ? untried.Take(perRound) : untried);
            var isSettled = tried.Any(answer => verdicts(answer).Count == 0) || round == mostRounds;
            var more = ExpertsFor(effort, round + 1);
            if (isSettled || (tried.Count == domain.Answers.Length && !(rulesReadScores && more > experts)))
                return new Thought(scores, preferences, [.. Order(tried, preferences), .. Order(Enumerable.Range(0, domain.Answers.Length).Except(tried), preferences)], tried.Count, round);
            foreach (var answer in tried) violated.UnionWith(verdicts(answer));
            if (more == experts) continue;
            experts = more;
            scores = propose(experts);
            verdicts = validate(scores);
        }
    }

    /// <summary>How many experts run in a round.</summary>
    public int ExpertsFor(Effort effort, int round)
    {
        if (proposer is null) return 0;
        var wanted = effort switch
        {
            Effort.Low => (long)Math.Max(1, proposer.TopK / 2) << (round - 1),
            Effort.Medium => (long)proposer.TopK << (round - 1),
            _ => proposer.ExpertCount,
        };
        return (int)Math.Min(wanted, proposer.ExpertCount);
    }

    /// <summary>How many answers a round tries, and how many rounds there are at most; the last tries all that are left.</summary>
    private static (int PerRound, int MostRounds) BudgetOf(Effort effort) => effort switch
    {
        Effort.Low => (1, 3),
        Effort.Medium => (4, 3),
        _ => (int.MaxValue, 2),
    };

    /// <summary>Those preferred most first; of equals the manifest's first.</summary>
    private static IEnumerable<int> Order(IEnumerable<int> answers, ImmutableArray<double> preferences) =>
        answers.Order().OrderByDescending(answer => preferences[answer]).ToList();
}

/// <summary>What thinking came to.</summary>
/// <param name="Scores">The scores of the last round.</param>
/// <param name="Preferences">By answer, how much the last round preferred it.</param>
/// <param name="Order">The answers: those that were tried and then the others, each the most preferred first.</param>
/// <param name="Tried">How many were tried.</param>
/// <param name="Rounds">How many rounds it took.</param>
internal sealed record Thought(Scores Scores, ImmutableArray<double> Preferences, ImmutableArray<int> Order, int Tried, int Rounds);

/// <summary>Scores of the answers, in the manifest's order, and the experts behind them.</summary>
/// <param name="ByAnswer">The model's calibrated probabilities, the manifest's score where the model knows none.</param>
/// <param name="Experts">The experts: those that ran, and the narrow ones that had no say, with weight 0.</param>
/// <param name="ExpertsRun">How many ran.</param>
internal sealed record Scores(ImmutableArray<double> ByAnswer, ImmutableArray<ExpertShare> Experts, int ExpertsRun)
{
    /// <summary>What the policy makes of the case after such violations; null where there is no policy.</summary>
    public Func<IEnumerable<string>, ImmutableArray<double>>? Policy { get; init; }

    /// <summary>How much each answer is preferred after others were rejected for violating these constraints.</summary>
    public ImmutableArray<double> PreferencesAfter(IEnumerable<string> violated) => Policy?.Invoke(violated) ?? ByAnswer;
}
