using System.Collections.Immutable;
using Reasoner.Constraints.Joint;
using Reasoner.Inference;
using Reasoner.Knowledge;
using Reasoner.Rdf;
using Reasoner.Rules;

namespace Reasoner.Decisions;

/// <summary>
/// The check of one record of a joint decision. What the problem is, is searched backwards from the rules by the independent
/// checker; that the answers keep every limit and are worth what the record says is then a matter of adding up. That nothing is
/// worth more, that a conflict is minimal, and what another answer would cost, remain the solver's word.
/// </summary>
internal sealed class JointVerification
{
    private static readonly SourceDocument _searched = new(SourceKind.Pipeline, "checker");
    private readonly Domain _domain;
    private readonly DecisionPipeline _pipeline;
    private readonly DecisionRecord _record;
    private readonly ProofChecker _checker;
    private readonly KnowledgeGraph _facts;
    private readonly JointProblem _problem;
    private readonly JointNames _names;
    private readonly JointWords _words;
    private readonly string _subject;

    public JointVerification(Domain domain, DecisionPipeline pipeline, SlotSetting slots, DecisionRecord record, CancellationToken cancellation)
    {
        (_domain, _pipeline, _record) = (domain, pipeline, record);
        var (overlay, subject) = pipeline.RestateJointly(
            CaseInput.Of(record.Case, domain), record.Candidates.Select(candidate => (new Iri(candidate.Candidate), candidate.Score)), cancellation);
        _subject = DecisionPipeline.Name(overlay.Terms[subject]);
        _checker = new ProofChecker(domain.RuleNames, overlay, new EvaluationContext(DateTimeOffset.UnixEpoch), cancellation);
        _facts = new KnowledgeGraph(domain.Baseline.Graph);
        Search(CoreVocabulary.SupportedBy);
        Search(CoreVocabulary.Label);
        foreach (var property in JointVocabulary.Properties) Search(property);
        foreach (var place in new[] { slots.Rows, slots.Columns }.OfType<string>()) Search(domain.Manifest.Expand(place));
        foreach (var triple in _checker.Follows(null, RdfVocabulary.Type, JointVocabulary.SlotClass)) _facts.Assert(triple, new FactSource(_searched, 0));
        _problem = pipeline.JointProblemOf(slots, _facts, cancellation);
        _names = new JointNames(domain, _facts);
        _words = new JointWords(_problem, node => _names[node]);
    }

    /// <summary>What is wrong with the record.</summary>
    public IEnumerable<string> Problems() => CheckCandidates().Concat(CheckScores()).Concat(CheckReasons()).Concat(CheckOutcome());

    private void Search(Iri property)
    {
        foreach (var triple in _checker.Follows(null, property, null)) _facts.Assert(triple, new FactSource(_searched, 0));
    }

    private IEnumerable<string> CheckCandidates()
    {
        if (_record.Subject != _subject) yield return $"The case is about {_subject}, not {_record.Subject}.";
        if (!_record.Candidates.Select(candidate => (candidate.Candidate, candidate.Slot, candidate.Answer.Iri))
            .SequenceEqual(_problem.Candidates.Select((candidate, i) => (Name(candidate.Node), (string?)Name(_problem.Slots[candidate.Slot].Node), Name(_words.AnswerOf(i))))))
            yield return "The candidates are not exactly those that follow from the rules, slot by slot.";
        if (_record.Candidates.Any(candidate => candidate.Answer.Label != _names.Of(new Iri(candidate.Answer.Iri)))) yield return "An answer has another label.";
        if (!JointExplainer.Count(_problem).SequenceEqual(_record.Joint?.Limits ?? ImmutableSortedDictionary<string, int>.Empty)) yield return "The limits are not as many as follow from the rules.";
    }

    private IEnumerable<string> CheckScores()
    {
        var (asked, unknown) = ModelChecks.EffortOf(_record);
        if (asked is not { } effort)
        {
            yield return unknown!;
            yield break;
        }

        var proposal = _pipeline.ProposeJointly(_facts, effort, slot => _domain.Features.Read(_facts.Terms[slot], (s, p, o) => _checker.Follows(s, p, o)));
        var scores = proposal.Scores.ToDictionary(each => each.Candidate, each => each.Score);
        for (var i = 0; i < Math.Min(_problem.Candidates.Length, _record.Candidates.Length); i++)
        {
            var score = scores.GetValueOrDefault(_problem.Candidates[i].Node);
            if (Math.Abs(score - _record.Candidates[i].Score) > 1e-6) yield return $"The model gives {_words.Candidate(i)} the score {score}, not {_record.Candidates[i].Score}.";
        }

        if (ModelChecks.ProblemOfExperts(_record, proposal.Experts) is { } strangers) yield return strangers;
        if (_record.Thinking != new ThinkingRecord(effort.ToString().ToLowerInvariant(), 1, _problem.Candidates.Length, proposal.ExpertsRun))
            yield return "What the record says of its thinking does not fit its effort.";
    }

    private IEnumerable<string> CheckReasons()
    {
        var (proofs, problem) = RecordedProofs.Read(_record.Proofs);
        if (proofs is null)
        {
            yield return $"The proofs cannot be read: {problem}";
            yield break;
        }

        var reasons = new ReasonCheck(_domain, _checker, proofs, _names.Of);
        foreach (var candidate in _record.Candidates)
        {
            foreach (var each in reasons.OfViolations(candidate)) yield return each;
            if (candidate.Verdict != (candidate.Violations.IsEmpty ? Verdict.Accepted : Verdict.Rejected)) yield return $"The verdict on {candidate.Candidate} does not follow from its violations.";
            if (candidate.Chosen != true) continue;
            foreach (var each in reasons.OfSupports(candidate)) yield return each;
            foreach (var each in CheckPreferences(reasons, candidate)) yield return each;
        }

        foreach (var limit in Limits())
        {
            var name = $"The limit \"{limit.Text}\"";
            var facts = new List<ProofNode>();
            foreach (var proof in limit.Proofs)
            {
                var (node, wrong) = reasons.Cite(proof, name);
                if (node is null) yield return wrong!;
                else facts.Add(node);
            }

            var place = Enumerable.Range(0, _problem.Constraints.Length).FirstOrDefault(place => IsRecordOf(_problem.Constraints[place], limit, facts), -1);
            if (place < 0) yield return $"{name} is none that follows from the rules.";
            else if (!IsDescribed(place, limit, facts)) yield return $"The words of {name} are not those of its rules.";
        }

        foreach (var each in reasons.OfSteps(_record, _names.GivenTo)) yield return each;
    }

    private IEnumerable<LimitRecord> Limits() => _record.Joint is not { } joint
        ? []
        : [.. joint.Conflict, .. joint.Relaxations.SelectMany(way => way.Changes).Select(change => change.Limit), .. joint.Explained.SelectMany(slot => slot.Alternatives).SelectMany(other => other.Limits)];

    private bool IsRecordOf(JointConstraint constraint, LimitRecord limit, List<ProofNode> facts) =>
        LimitWords.NameOf(constraint.Kind) == limit.Kind
        && Name(constraint.About) == limit.About.Iri
        && constraint.Facts.Select(_facts.ToTriple).ToHashSet().SetEquals(facts.Select(proof => proof.Fact));

    private bool IsDescribed(int place, LimitRecord limit, List<ProofNode> facts)
    {
        return LimitWords.Describe(_problem, _names, _words, place, [.. facts.Select(Said)], limit.Proofs) == limit;

        StatedBecause Said(ProofNode proof)
        {
            var (code, because, source) = ReasonText.Of(_domain, proof, _names.Of);
            return new StatedBecause(code, because, source, proof.Rule is not null);
        }
    }

    private IEnumerable<string> CheckPreferences(ReasonCheck reasons, CandidateRecord candidate)
    {
        var preferences = candidate.Preferences ?? [];
        var stated = _problem.Candidates.FirstOrDefault(each => Name(each.Node) == candidate.Candidate)?.Preferences ?? [];
        if (!stated.Select(preference => preference.Weight).SequenceEqual(preferences.Select(preference => preference.Weight)))
            yield return $"The soft weights of {candidate.Candidate} are not those that follow from the rules.";
        foreach (var preference in preferences)
        {
            var (proof, problem) = reasons.Cite(preference.Proof, $"A soft weight of {candidate.Candidate}");
            if (proof is null) yield return problem!;
            else if (proof.Fact.Subject != new Iri(candidate.Candidate) || proof.Fact.Predicate != JointVocabulary.Prefers) yield return $"{preference.Proof} proves {proof.Fact}, no soft weight of {candidate.Candidate}.";
            else if (!reasons.HasWords(proof, preference.Code, preference.Because, preference.Source)) yield return $"The words of a soft weight of {candidate.Candidate} are not those of its rule.";
        }
    }

    private IEnumerable<string> CheckOutcome()
    {
        if (_record.Joint is not { } joint)
        {
            yield return "The record says nothing of several slots, which the domain asks for.";
            yield break;
        }

        var chosen = Places(_record.Candidates.Where(candidate => candidate.Chosen == true).Select(candidate => candidate.Candidate));
        if ((_record.Answers is not null) != (_record.Status == DecisionStatus.Decided) || (joint.Objective is not null) != (_record.Answers is not null))
            yield return "The status does not fit the answers.";
        if (_record.Answers is { } answers)
        {
            foreach (var broken in _problem.Broken(chosen)) yield return $"The answers break a limit: {_words.Limit(broken)}.";
            var value = JointProblem.InUnits(_problem.ValueOf(chosen));
            if (joint.Objective!.Value != value) yield return $"The answers are worth {value}, not {joint.Objective.Value}.";
            if (joint.Objective.Bound < value || (joint.Objective.IsOptimal && joint.Objective.Bound != value)) yield return "The bound does not fit what the answers are worth.";
            var bySlot = chosen.ToLookup(candidate => Name(_problem.Slots[_problem.Candidates[candidate].Slot].Node), candidate => Name(_words.AnswerOf(candidate)));
            if (answers.Length != _problem.Slots.Length || answers.Any(answer => !answer.Answers.Select(each => each.Iri).SequenceEqual(bySlot[answer.Slot.Iri])))
                yield return "The answers are not the chosen candidates.";
        }

        if (_record.Answer != JointDecision.OnlyAnswer(_record.Answers)) yield return "The answer is not that of the only slot.";
        foreach (var way in joint.Relaxations)
        {
            var places = Places(way.Chosen);
            var isChosen = Enumerable.Range(0, _problem.Candidates.Length).Select(places.Contains).ToArray();
            var broken = _problem.Broken(places).Select(place => new JointChange(place, _problem.Constraints[place].Sum(isChosen))).ToList();
            if (!broken.Select(change => _problem.Constraints[change.Constraint]).Select(limit => (LimitWords.NameOf(limit.Kind), Name(limit.About)))
                .SequenceEqual(way.Changes.Select(change => (change.Limit.Kind, change.Limit.About.Iri))))
                yield return "A way out breaks other limits than it names.";
            else if (!broken.Select((change, i) => _words.Change(change, way.Changes[i].Limit.Text)).SequenceEqual(way.Changes.Select(change => change.Text)))
                yield return "A way out is not what its words say.";
        }

        foreach (var other in joint.Explained.SelectMany(slot => slot.Alternatives))
        {
            if (other.Text != LimitWords.Describe(other.Verdict, other.Limits, other.Cost, other.IsExact, other.Changes.Length)) yield return $"What is said of {other.Candidate} does not fit its verdict.";
        }

        if (!_record.Conflict.SequenceEqual(joint.Conflict.Select(limit => limit.About.Iri).Distinct().Order(StringComparer.Ordinal)))
            yield return "The conflict is not what its limits are about.";
    }

    private List<int> Places(IEnumerable<string> candidates)
    {
        var places = _problem.Candidates.Select((candidate, i) => (Name(candidate.Node), i)).ToDictionary(pair => pair.Item1, pair => pair.i, StringComparer.Ordinal);
        return [.. candidates.Select(candidate => places.GetValueOrDefault(candidate, -1)).Where(place => place >= 0).Order()];
    }

    private string Name(int node) => DecisionPipeline.Name(_facts.Terms[node]);
}
