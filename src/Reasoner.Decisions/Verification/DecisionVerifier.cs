using Reasoner.Decisions.Counterfactuals;
using Reasoner.Inference;
using Reasoner.Knowledge;
using Reasoner.Rdf;
using Reasoner.Rules;

namespace Reasoner.Decisions;

/// <summary>
/// Checks decision records without trusting whoever made them. The case is read again, the model is asked again, every
/// proof is checked step by step by the independent checker, and what the rules conclude about each candidate is searched
/// backwards from the rules, so that nothing can be left out either. The evaluator has no part in it.
/// </summary>
public sealed class DecisionVerifier
{
    private readonly Domain _domain;
    private readonly DecisionPipeline _pipeline;

    /// <summary>Makes a verifier of a domain's decisions.</summary>
    public DecisionVerifier(Domain domain)
    {
        _domain = domain;
        _pipeline = new DecisionPipeline(domain);
    }

    /// <summary>What is wrong with a record, in reading order; empty where it stands.</summary>
    public IReadOnlyList<string> Verify(DecisionRecord record, CancellationToken cancellation = default)
    {
        var problems = CheckVersions(record).ToList();
        if (problems.Count > 0) return problems;
        try
        {
            var decision = _domain.Manifest.Slots is { } slots
                ? new JointVerification(_domain, _pipeline, slots, record, cancellation).Problems()
                : new Run(this, record, cancellation).Problems();
            return [.. decision, .. CheckCounterfactuals(record, cancellation)];
        }
        catch (Exception exception) when (exception is CaseRefusedException or CaseFormatException or RdfSyntaxException or CaseTooLargeException or TableFormatException)
        {
            return [$"The record's case cannot be read: {exception.Message}"];
        }
    }

    private IEnumerable<string> CheckCounterfactuals(DecisionRecord record, CancellationToken cancellation) => record.Counterfactuals is null
        ? []
        : new CounterfactualCheck(_domain, changed => Verify(changed, cancellation))
            .Problems(record, () => _pipeline.Read(CaseInput.Of(record.Case, _domain), cancellation));

    private IEnumerable<string> CheckVersions(DecisionRecord record)
    {
        if (record.Domain != _domain.Name)
        {
            yield return $"The record is of the domain {record.Domain}, not {_domain.Name}.";
            yield break;
        }

        var (theirs, ours) = (record.Versions, _domain.Versions);
        foreach (var (part, their, our) in new[]
        {
            ("engine", theirs.Engine, ours.Engine), ("rules", theirs.Rules, ours.Rules), ("ontology", theirs.Ontology, ours.Ontology),
            ("shapes", theirs.Shapes, ours.Shapes), ("data", theirs.Data, ours.Data), ("model", theirs.Model, ours.Model),
        })
        {
            if (their != our) yield return $"The record was made with other {part} ({their ?? "none"}) than are loaded ({our ?? "none"}).";
        }
    }

    /// <summary>The check of one record.</summary>
    private sealed class Run
    {
        private readonly Domain _domain;
        private readonly DecisionPipeline _pipeline;
        private readonly DecisionRecord _record;
        private readonly CancellationToken _cancellation;
        private readonly KnowledgeGraph _facts;
        private readonly Iri _subject;
        private readonly ProofChecker _checker;

        public Run(DecisionVerifier verifier, DecisionRecord record, CancellationToken cancellation)
        {
            (_domain, _pipeline, _record, _cancellation) = (verifier._domain, verifier._pipeline, record, cancellation);
            var scores = record.Candidates
                .Select(candidate => (Answer: _domain.Answers.IndexOf(new Iri(candidate.Answer.Iri)), candidate.Score))
                .Where(candidate => candidate.Answer >= 0);
            var (overlay, subject) = _pipeline.Restate(CaseInput.Of(record.Case, _domain), scores, cancellation);
            _facts = overlay;
            _subject = overlay.Terms[subject] as Iri ?? new Iri(DecisionPipeline.Name(overlay.Terms[subject]));
            SubjectTerm = overlay.Terms[subject];
            _checker = new ProofChecker(_domain.RuleNames, overlay, new EvaluationContext(DateTimeOffset.UnixEpoch), cancellation);
        }

        private Term SubjectTerm { get; }

        public IEnumerable<string> Problems() =>
            CheckCandidates().Concat(CheckScores()).Concat(CheckProofs()).Concat(CheckOutcome());

        private IEnumerable<string> CheckCandidates()
        {
            if (_record.Subject != _subject.Value) yield return $"The case is about {_subject.Value}, not {_record.Subject}.";
            var answers = _record.Candidates.Select(candidate => candidate.Answer.Iri).Order(StringComparer.Ordinal);
            if (!answers.SequenceEqual(_domain.Answers.Select(answer => answer.Value).Order(StringComparer.Ordinal)))
                yield return "The candidates are not the domain's answers, each once.";
            for (var i = 0; i < _record.Candidates.Length; i++)
            {
                var candidate = _record.Candidates[i];
                if (candidate.Rank != i + 1) yield return $"The candidate {candidate.Answer.Label} is not at its place.";
                var answer = new Iri(candidate.Answer.Iri);
                if (candidate.Candidate != DomainTerms.CandidateOf(answer).Value) yield return $"The candidate {candidate.Candidate} does not stand for {answer.Value}.";
                if (candidate.Answer != ReasonText.AnswerOf(_domain, answer)) yield return $"The answer {answer.Value} has another label.";
            }
        }

        private IEnumerable<string> CheckScores()
        {
            var (asked, unknown) = ModelChecks.EffortOf(_record);
            if (asked is not { } effort)
            {
                yield return unknown!;
                yield break;
            }

            var row = _domain.Features.Schema is null ? null : _domain.Features.Read(SubjectTerm, (s, p, o) => _checker.Follows(s, p, o));
            var thought = _pipeline.Think(effort, row, Search);
            var scores = thought.Scores;
            foreach (var candidate in _record.Candidates)
            {
                var answer = _domain.Answers.IndexOf(new Iri(candidate.Answer.Iri));
                if (answer < 0) continue;
                if (Math.Abs(scores.ByAnswer[answer] - candidate.Score) > 1e-6)
                    yield return $"The model gives {candidate.Answer.Label} the score {scores.ByAnswer[answer]}, not {candidate.Score}.";
                double? preference = scores.Policy is null ? null : thought.Preferences[answer];
                if ((preference is null) != (candidate.Preference is null) || Math.Abs((preference - candidate.Preference) ?? 0) > 1e-6)
                    yield return $"The model's preference for {candidate.Answer.Label} is {preference?.ToString() ?? "none"}, not {candidate.Preference?.ToString() ?? "none"}.";
                if ((candidate.Verdict == Verdict.NotTried) != (thought.Order.IndexOf(answer) >= thought.Tried))
                    yield return $"Whether {candidate.Answer.Label} is tried does not fit the effort.";
            }

            if (!_record.Candidates.Select(candidate => candidate.Answer.Iri).SequenceEqual(thought.Order.Select(answer => _domain.Answers[answer].Value)))
                yield return "The candidates are not in the order in which they are preferred.";
            if (ModelChecks.ProblemOfExperts(_record, scores.Experts) is { } strangers) yield return strangers;
            if (_record.Thinking != DecisionPipeline.ThinkingOf(effort, thought))
                yield return "What the record says of its thinking does not fit its effort and rounds.";
        }

        /// <summary>The constraints that answers violate under some scores, searched backwards from the rules.</summary>
        private Func<int, IReadOnlyCollection<string>> Search(Scores scores)
        {
            var isRecorded = _record.Candidates.All(candidate =>
                _domain.Answers.IndexOf(new Iri(candidate.Answer.Iri)) is >= 0 and var answer && scores.ByAnswer[answer] == candidate.Score);
            var checker = isRecorded
                ? _checker
                : new ProofChecker(
                    _domain.RuleNames,
                    _pipeline.Restate(CaseInput.Of(_record.Case, _domain), scores.ByAnswer.Select((score, answer) => (answer, score)), _cancellation).Overlay,
                    new EvaluationContext(DateTimeOffset.UnixEpoch),
                    _cancellation);
            return answer => [.. checker.Follows(DomainTerms.CandidateOf(_domain.Answers[answer]), CoreVocabulary.Violates, null).Select(triple => DecisionPipeline.Name(triple.Object))];
        }

        private IEnumerable<string> CheckProofs()
        {
            var (proofs, problem) = RecordedProofs.Read(_record.Proofs);
            if (proofs is null)
            {
                yield return $"The proofs cannot be read: {problem}";
                yield break;
            }

            var reasons = new ReasonCheck(_domain, _checker, proofs, _domain.LabelOf);
            foreach (var candidate in _record.Candidates)
            {
                if (candidate.Verdict == Verdict.NotTried)
                {
                    if (!candidate.Violations.IsEmpty || !candidate.Supports.IsEmpty) yield return $"{candidate.Answer.Label} was not tried, and yet has reasons.";
                    continue;
                }

                foreach (var each in reasons.OfViolations(candidate).Concat(reasons.OfSupports(candidate))) yield return each;
                if (candidate.Verdict != Verdict.NotTried && candidate.Verdict != (candidate.Violations.IsEmpty ? Verdict.Accepted : Verdict.Rejected))
                    yield return $"The verdict on {candidate.Answer.Label} does not follow from its violations.";
            }

            foreach (var each in reasons.OfSteps(_record, _domain.GivenLabelOf)) yield return each;
        }

        private IEnumerable<string> CheckOutcome()
        {
            var accepted = _record.Candidates.Where(candidate => candidate.Verdict == Verdict.Accepted).ToList();
            var choice = accepted.OrderBy(candidate => _domain.Answers.IndexOf(new Iri(candidate.Answer.Iri))).MaxBy(candidate => candidate.Score);
            if (_record.Answer != choice?.Answer) yield return "The answer is not the best accepted candidate.";
            if (_record.Status != _pipeline.StatusOf(choice is null ? null : new Iri(choice.Answer.Iri))) yield return "The status does not fit the answer.";
            var confidence = choice is null ? (double?)null : DecisionPipeline.ConfidenceOf(choice.Score, accepted.Select(candidate => candidate.Score));
            if (_record.Confidence != confidence) yield return $"The confidence is {confidence}, not {_record.Confidence}.";
            var violations = _record.Candidates.Select(candidate => candidate.Violations.Select(violation => _facts.Terms.Find(new Iri(violation.Constraint))).ToHashSet()).ToList();
            var conflict = choice is null ? Conflicts.Smallest(violations) : [];
            if (!_record.Conflict.SequenceEqual(conflict.Select(id => DecisionPipeline.Name(_facts.Terms[id])).Order(StringComparer.Ordinal)))
                yield return "The conflict is not the smallest set of constraints that rejects every candidate.";
        }
    }
}
