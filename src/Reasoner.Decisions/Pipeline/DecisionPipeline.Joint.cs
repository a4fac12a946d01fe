using System.Collections.Immutable;
using System.Diagnostics;
using Reasoner.Constraints.Joint;
using Reasoner.Experts;
using Reasoner.Knowledge;
using Reasoner.Rdf;

namespace Reasoner.Decisions;

/// <summary>Deciding cases that ask several questions at once.</summary>
public sealed partial class DecisionPipeline
{
    /// <summary>Decides a case that asks several questions: the solver finds the answers that go together best.</summary>
    private (DecisionRecord Record, string? Outcome) DecideJointly(SlotSetting slots, CaseInput input, DecisionOptions options, CancellationToken cancellation)
    {
        var started = Stopwatch.GetTimestamp();
        var (overlay, subject) = _reader.Read(input, trusted: false, cancellation);
        RefuseInvalid(overlay, cancellation);
        var materialization = Extend(overlay, cancellation);
        RefuseInconsistent(materialization);
        var proposing = Stopwatch.GetTimestamp();
        var proposal = ProposeJointly(materialization.Graph, options.Effort);
        var validating = Stopwatch.GetTimestamp();
        if (_rulesReadScores && !proposal.Scores.IsEmpty)
        {
            var scored = overlay.CopyAsserted();
            AssertScores(scored, proposal);
            materialization = Extend(scored, cancellation);
        }
        else
        {
            AssertScores(materialization.Graph, proposal);
        }

        var problem = JointProblemOf(slots, materialization.Graph, cancellation);
        var deciding = Stopwatch.GetTimestamp();
        var explainer = new JointExplainer(_domain, problem, materialization, options.Explanation, cancellation);
        var why = JointDecision.SlotsToExplain(problem, explainer.Names, options.Why);
        var decision = JointDecision.DecideAsync(_domain, problem, explainer.PriorityOf, why, options.Effort, cancellation).GetAwaiter().GetResult();
        var explaining = Stopwatch.GetTimestamp();
        var solution = decision.Solution;
        var candidates = explainer.Candidates(solution.Chosen);
        var joint = decision.Describe(problem, explainer);
        var answers = solution.IsThere ? explainer.Answers(solution.Chosen) : (ImmutableArray<SlotAnswer>?)null;
        var outcome = LabelledCases.OutcomeOf(_domain, materialization.Graph, subject);
        var record = new DecisionRecord
        {
            Id = NewId(),
            Domain = _domain.Name,
            Subject = Name(overlay.Terms[subject]),
            Status = solution.IsThere ? DecisionStatus.Decided : DecisionStatus.Infeasible,
            Answer = JointDecision.OnlyAnswer(answers),
            Answers = answers,
            Joint = joint,
            Candidates = candidates,
            Experts = proposal.Experts,
            Thinking = new ThinkingRecord(options.Effort.ToString().ToLowerInvariant(), 1, candidates.Length, proposal.ExpertsRun),
            Proofs = explainer.Steps,
            Labels = explainer.Labels,
            Conflict = [.. joint.Conflict.Select(limit => limit.About.Iri).Distinct().Order(StringComparer.Ordinal)],
            Versions = _domain.Versions,
            Case = input.ToRecord(),
            Timings = new TimingRecord(
                Microseconds(started, proposing), Microseconds(proposing, validating), Microseconds(validating, deciding), Microseconds(deciding, explaining), Microseconds(explaining)),
        };
        return (record, outcome is null ? null : _domain.LabelOf(outcome));
    }

    /// <summary>The model's scores of all candidates, each slot's by its own features.</summary>
    private JointProposal ProposeJointly(KnowledgeGraph graph, Effort effort) =>
        ProposeJointly(graph, effort, slot => _domain.Features.Read(graph, slot));

    /// <summary>The model's scores of all candidates, given the features of each slot.</summary>
    internal JointProposal ProposeJointly(KnowledgeGraph graph, Effort effort, Func<int, FeatureRow> featuresOf) => JointProposal.Of(
        JointProposal.CandidatesOf(graph, _domain.Terms),
        _domain.Terms.Answers,
        _proposer is null ? null : slot => ScoresOf(featuresOf(slot), ExpertsFor(effort, 1)));

    /// <summary>What the facts of a case ask, everything having been derived.</summary>
    /// <exception cref="CaseRefusedException">They make no sense together.</exception>
    internal JointProblem JointProblemOf(SlotSetting slots, KnowledgeGraph graph, CancellationToken cancellation)
    {
        var reading = new JointReading { AtLeast = slots.AtLeast, AtMost = slots.AtMost, ModelWeight = slots.ModelWeight, Answers = _domain.Answers };
        try
        {
            return JointProblemReader.Read(graph, reading, cancellation);
        }
        catch (JointProblemException problem)
        {
            throw new CaseRefusedException(
                "What the rules make of the case is no question that can be answered.", [.. problem.Problems.Select(each => new CaseProblem("", each))]);
        }
    }

    /// <summary>The asserted facts of a joint decision: the case, and the scores of candidates that rules conclude.</summary>
    internal (KnowledgeGraph Overlay, int Subject) RestateJointly(CaseInput input, IEnumerable<(Iri Candidate, double Score)> scores, CancellationToken cancellation)
    {
        var (overlay, subject) = _reader.Read(input, trusted: false, cancellation);
        if (_proposer is not null) AssertScores(overlay, new JointProposal([.. scores.Select(each => (overlay.Terms.Add(each.Candidate), each.Score))], [], 0));
        return (overlay, subject);
    }

    private static void AssertScores(KnowledgeGraph graph, JointProposal proposal)
    {
        var (origin, score) = (graph.OriginOf(Sources.Model), graph.Terms.Add(CoreVocabulary.Score));
        foreach (var (candidate, probability) in proposal.Scores)
            graph.Assert(candidate, score, graph.Terms.Add(Value.FromDouble(probability).ToTerm()), origin, 0);
    }
}
