using Reasoner.Experts;
using Reasoner.Inference;
using Reasoner.Knowledge;

namespace Reasoner.Decisions;

/// <summary>Deciding overlays that are made up, without explanation: what a search among changed cases is made of.</summary>
public sealed partial class DecisionPipeline
{
    /// <summary>A case as it is read, nothing concluded.</summary>
    internal (KnowledgeGraph Overlay, int Subject) Read(CaseInput input, CancellationToken cancellation) => _reader.Read(input, trusted: false, cancellation);

    /// <summary>Whether a case has the shape that the domain asks for.</summary>
    internal bool HasShape(KnowledgeGraph overlay, CancellationToken cancellation) =>
        _shapes.Validate(overlay, new Shapes.ValidationOptions { Scope = Shapes.ValidationScope.OwnFacts }, cancellation).HasNoViolation;

    /// <summary>The features of a case; null where the domain has none.</summary>
    internal FeatureRow? FeaturesOf(KnowledgeGraph overlay, int subject, CancellationToken cancellation) =>
        _domain.Features.Schema is null ? null : _domain.Features.Read(Extend(overlay, cancellation).Graph, subject);

    /// <summary>The scores of many feature rows by so many experts, each as it would be alone.</summary>
    internal IReadOnlyList<Scores> ScoresOf(IReadOnlyList<FeatureRow?> rows, int experts, CancellationToken cancellation) =>
        _proposer is null || rows.Count == 0 || rows[0] is null
            ? [.. rows.Select(_ => ScoresOf(proposal: null))]
            : [.. _proposer.Propose([.. rows.Select(row => row!)], experts, cancellation).Select(ScoresOf)];

    /// <summary>Decides a case that nobody needs an explanation of.</summary>
    /// <param name="restate">Makes an overlay of the case's facts; it is called once for each round that needs one.</param>
    /// <param name="subject">The subject's id in it.</param>
    /// <param name="effort">How much may be spent.</param>
    /// <param name="propose">The scores by so many experts.</param>
    /// <param name="cancellation">Cancels.</param>
    /// <returns>The place of the answer, -1 where every one is rejected or the case contradicts the ontology; and all that follows in the last round.</returns>
    internal (int Answer, Materialization Facts) Try(
        Func<KnowledgeGraph> restate, int subject, Effort effort, Func<int, Scores> propose, CancellationToken cancellation)
    {
        Materialization? facts = null;
        var thought = _thinking.Run(effort, propose, scores =>
        {
            if (facts is null || _rulesReadScores)
            {
                var overlay = restate();
                AssertCandidates(overlay, subject);
                if (_rulesReadScores) AssertScores(overlay, scores.ByAnswer.Select((score, answer) => (answer, score)));
                facts = Extend(overlay, cancellation);
            }

            return answer => ViolatedBy(facts.Graph, answer);
        });
        var graph = facts!.Graph;
        if (graph.OwnRelation(_domain.Terms.Inconsistency) is { Count: > 0 }) return (-1, facts);
        var choice = thought.Order.Take(thought.Tried)
            .Where(answer => !graph.ObjectsOf(_domain.Terms.Candidates[answer], _domain.Terms.Violates).Any())
            .Order().Select(answer => (Answer: answer, Score: thought.Scores.ByAnswer[answer]))
            .DefaultIfEmpty((Answer: -1, Score: 0)).MaxBy(choice => choice.Score).Answer;
        return (choice, facts);
    }
}
