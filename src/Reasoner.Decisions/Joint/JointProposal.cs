using System.Collections.Immutable;
using Reasoner.Constraints.Joint;
using Reasoner.Knowledge;

namespace Reasoner.Decisions;

/// <summary>The model's scores of all candidates of a joint decision: every slot is a question to it of its own.</summary>
/// <param name="Scores">Candidate to score; empty where the domain has no model.</param>
/// <param name="Experts">The experts, by their mean weight over the slots.</param>
/// <param name="ExpertsRun">How many ran for a slot.</param>
internal sealed record JointProposal(ImmutableArray<(int Candidate, double Score)> Scores, ImmutableArray<ExpertShare> Experts, int ExpertsRun)
{
    /// <summary>Asks the model.</summary>
    /// <param name="candidates">Candidate, slot and answer, as nodes.</param>
    /// <param name="answers">The answers' nodes, in the manifest's order.</param>
    /// <param name="propose">The scores for a slot; null where there is no model.</param>
    public static JointProposal Of(
        IEnumerable<(int Candidate, int Slot, int Answer)> candidates, int[] answers, Func<int, Scores>? propose)
    {
        if (propose is null) return new([], [], 0);
        var scores = ImmutableArray.CreateBuilder<(int, double)>();
        var weights = new Dictionary<string, double>(StringComparer.Ordinal);
        var (slots, run) = (0, 0);
        foreach (var slot in candidates.GroupBy(candidate => candidate.Slot))
        {
            var proposed = propose(slot.Key);
            slots++;
            run = Math.Max(run, proposed.ExpertsRun);
            foreach (var expert in proposed.Experts) weights[expert.Name] = weights.GetValueOrDefault(expert.Name) + expert.Weight;
            foreach (var (candidate, _, answer) in slot)
                if (Array.IndexOf(answers, answer) is >= 0 and var place) scores.Add((candidate, proposed.ByAnswer[place]));
        }

        var shares = weights.Select(pair => new ExpertShare(pair.Key, Math.Round(pair.Value / Math.Max(1, slots), 6)))
            .OrderByDescending(share => share.Weight).ThenBy(share => share.Name, StringComparer.Ordinal);
        return new(scores.ToImmutable(), [.. shares], run);
    }

    /// <summary>The candidates of a graph with their slots and answers, by slot and then candidate.</summary>
    public static IEnumerable<(int Candidate, int Slot, int Answer)> CandidatesOf(KnowledgeGraph graph, DomainTerms terms) =>
        graph.Terms.Find(JointVocabulary.Slot) is var slot and not 0
            ? graph.Match(0, slot)
                .Select(fact => (Candidate: fact.Subject, Slot: fact.Object, Answer: graph.ObjectsOf(fact.Subject, terms.Answer).FirstOrDefault()))
                .OrderBy(each => each.Slot).ThenBy(each => each.Candidate)
            : [];
}
