using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using Reasoner.Experts;
using Reasoner.Inference;
using Reasoner.Knowledge;
using Reasoner.Rdf;
using Reasoner.Rules;
using Reasoner.Shapes;

namespace Reasoner.Decisions;

/// <summary>
/// Takes cases through the stages: represent, propose, validate, decide, think, explain, record. One pipeline serves any
/// number of threads: what they share is frozen.
/// </summary>
public sealed partial class DecisionPipeline
{
    private readonly Domain _domain;
    private readonly CaseReader _reader;
    private readonly ShapeValidator _shapes;
    private readonly MixtureProposer? _proposer;
    private readonly bool _rulesReadScores;
    private readonly Thinking _thinking;

    /// <summary>Makes the pipeline of a domain.</summary>
    public DecisionPipeline(Domain domain)
        : this(domain, domain.Proposer)
    {
    }

    /// <summary>A pipeline that asks another model than the domain's own, to try it out.</summary>
    internal DecisionPipeline(Domain domain, MixtureProposer? proposer)
    {
        _domain = domain;
        _proposer = proposer;
        _reader = new CaseReader(domain);
        _shapes = new ShapeValidator(domain.Shapes);
        _rulesReadScores = domain.Rules.Rules.SelectMany(rule => rule.Body.Patterns()).Select(pattern => pattern.Predicate).Any(place =>
            place is not ConstantTerm constant || constant.Term == CoreVocabulary.Score);
        _thinking = new(domain, proposer, _rulesReadScores);
    }

    /// <summary>The domain.</summary>
    public Domain Domain => _domain;

    /// <summary>Decides a case.</summary>
    /// <exception cref="CaseFormatException">The JSON is malformed or not understood.</exception>
    /// <exception cref="RdfSyntaxException">The Turtle is malformed.</exception>
    /// <exception cref="CaseTooLargeException">The case is too large.</exception>
    /// <exception cref="CaseRefusedException">The case does not say what the domain needs, or contradicts the ontology.</exception>
    /// <exception cref="EvaluationLimitException">The rules do not come to an end within the domain's limits.</exception>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public DecisionRecord Decide(CaseInput input, DecisionOptions? options = null, CancellationToken cancellation = default) =>
        DecideLabelled(input, options ?? DecisionOptions.Default, cancellation).Record;

    /// <summary>Decides a case, and says the label of the answer that proved right where the case is a labelled one.</summary>
    internal (DecisionRecord Record, string? Outcome) DecideLabelled(CaseInput input, DecisionOptions options, CancellationToken cancellation)
    {
        if (_domain.Manifest.Slots is { } slots) return DecideJointly(slots, input, options, cancellation);
        var started = Stopwatch.GetTimestamp();
        var (overlay, subject) = _reader.Read(input, trusted: false, cancellation);
        RefuseInvalid(overlay, cancellation);
        // No feature depends on a candidate. Where scores change verdicts, everything is derived again with them, so the
        // candidates come in only then.
        if (!_rulesReadScores) AssertCandidates(overlay, subject);
        var materialization = Extend(overlay, cancellation);
        var represented = Stopwatch.GetTimestamp();

        var row = _domain.Features.Schema is null ? null : _domain.Features.Read(materialization.Graph, subject);
        double proposing = Microseconds(represented), validating = 0;
        var thought = _thinking.Run(
            options.Effort,
            experts =>
            {
                var start = Stopwatch.GetTimestamp();
                var scores = ScoresOf(row, experts);
                proposing += Microseconds(start);
                return scores;
            },
            scores =>
            {
                var start = Stopwatch.GetTimestamp();
                materialization = Validate(overlay, subject, materialization, scores, cancellation);
                RefuseInconsistent(materialization);
                validating += Microseconds(start);
                return answer => ViolatedBy(materialization.Graph, answer);
            });

        var deciding = Stopwatch.GetTimestamp();
        var candidates = Rank(materialization.Graph, thought);
        var choice = candidates.Where(candidate => candidate.Verdict == Verdict.Accepted).OrderBy(candidate => candidate.Answer).MaxBy(candidate => candidate.Score);
        var conflict = choice is null ? Conflicts.Smallest(candidates.Select(candidate => candidate.Violations.Select(fact => fact.Object).ToHashSet()).ToList()) : [];
        var decidedUs = Microseconds(deciding);
        var explaining = Stopwatch.GetTimestamp();
        var explainer = new Explainer(_domain, materialization, options.Explanation, cancellation);
        var records = candidates.Select(explainer.Describe).ToImmutableArray();
        var outcome = LabelledCases.OutcomeOf(_domain, materialization.Graph, subject);
        var record = new DecisionRecord
        {
            Id = NewId(),
            Domain = _domain.Name,
            Subject = Name(overlay.Terms[subject]),
            Status = StatusOf(choice),
            Answer = choice is null ? null : records[choice.Rank - 1].Answer,
            Confidence = choice is null ? null : ConfidenceOf(choice, candidates),
            Candidates = records,
            Experts = thought.Scores.Experts,
            Thinking = ThinkingOf(options.Effort, thought),
            Proofs = explainer.Steps,
            Labels = explainer.Labels,
            Conflict = [.. conflict.Select(id => Name(materialization.Graph.Terms[id])).Order(StringComparer.Ordinal)],
            Versions = _domain.Versions,
            Case = input.ToRecord(),
            Timings = new TimingRecord(
                Microseconds(started, represented), Math.Round(proposing, 1), Math.Round(validating, 1), decidedUs, Microseconds(explaining)),
        };
        return (record, outcome is null ? null : _domain.LabelOf(outcome));
    }

    /// <summary>A case with all that follows from it, before any model has seen it: what features are read from.</summary>
    internal (Materialization Materialization, int Subject) Represent(CaseInput input, CancellationToken cancellation)
    {
        var (overlay, subject) = _reader.Read(input, trusted: false, cancellation);
        AssertCandidates(overlay, subject);
        return (Extend(overlay, cancellation), subject);
    }

    /// <summary>A case with candidates but without scores, as rule tests evaluate it; it may state anything.</summary>
    internal Materialization Evaluate(CaseInput input, CancellationToken cancellation)
    {
        var (overlay, subject) = _reader.Read(input, trusted: true, cancellation);
        AssertCandidates(overlay, subject);
        return Extend(overlay, cancellation);
    }

    /// <summary>Which answers the rules reject, in the manifest's order, given scores.</summary>
    internal bool[] Rejected(CaseInput input, IReadOnlyList<double> scores, CancellationToken cancellation) =>
        Rejected(Derived(input, scores, cancellation));

    /// <summary>What the rules make of every answer, in the manifest's order, given scores.</summary>
    internal ImmutableArray<AnswerVerdict> Verdicts(CaseInput input, IReadOnlyList<double> scores, CancellationToken cancellation)
    {
        var graph = Derived(input, scores, cancellation);
        return [.. _domain.Answers.Select((_, answer) => new AnswerVerdict(
            [.. ViolatedBy(graph, answer)], graph.ObjectsOf(_domain.Terms.Candidates[answer], _domain.Terms.SupportedBy).Any()))];
    }

    /// <summary>Which answers the graph rejects, in the manifest's order.</summary>
    internal bool[] Rejected(KnowledgeGraph graph) =>
        [.. _domain.Terms.Candidates.Select(candidate => graph.ObjectsOf(candidate, _domain.Terms.Violates).Any())];

    /// <summary>The asserted facts of a decision: the case, its candidates and their scores.</summary>
    internal (KnowledgeGraph Overlay, int Subject) Restate(CaseInput input, IEnumerable<(int Answer, double Score)> scores, CancellationToken cancellation)
    {
        var (overlay, subject) = _reader.Read(input, trusted: false, cancellation);
        AssertCandidates(overlay, subject);
        AssertScores(overlay, scores);
        return (overlay, subject);
    }

    /// <summary>The rounds that a decision takes, over verdicts that the caller looks up.</summary>
    internal Thought Think(Effort effort, FeatureRow? row, Func<Scores, Func<int, IReadOnlyCollection<string>>> validate) =>
        _thinking.Run(effort, experts => ScoresOf(row, experts), validate);

    /// <summary>What a record says of its thinking.</summary>
    internal static ThinkingRecord ThinkingOf(Effort effort, Thought thought) =>
        new(effort.ToString().ToLowerInvariant(), thought.Rounds, thought.Tried, thought.Scores.ExpertsRun);

    private static string NewId() => "dec-" + Guid.CreateVersion7().ToString("N", CultureInfo.InvariantCulture);

    internal static string Name(Term term) => term switch
    {
        Iri iri => iri.Value,
        _ => term.ToString()!,
    };

    internal static double ConfidenceOf(double score, IEnumerable<double> acceptedScores)
    {
        var total = acceptedScores.Sum();
        return total > 0 ? Math.Round(score / total, 6) : 1;
    }

    internal DecisionStatus StatusOf(Iri? answer) =>
        answer is null ? DecisionStatus.Infeasible
        : _domain.Manifest.Fallback is { } fallback && _domain.Manifest.Expand(fallback.Answer) == answer ? DecisionStatus.Abstained
        : DecisionStatus.Decided;

    /// <summary>The model's scores of a feature row, the manifest's where the model knows none.</summary>
    internal Scores ScoresOf(FeatureRow? row, int experts) => ScoresOf(row is not null && _proposer is not null ? _proposer.Propose(row, experts) : null);

    private Scores ScoresOf(Proposal? proposal)
    {
        var scores = _domain.Answers.Select((answer, i) =>
            i == _domain.Terms.Fallback ? _domain.Manifest.Fallback!.Score
            : proposal is null ? 1.0 / _domain.Answers.Length
            : proposal.ProbabilityOf(answer.Value));
        var shares = (proposal?.Experts ?? []).Select(expert => new ExpertShare(expert.Name, expert.Weight)).ToList();
        // A narrow expert is there for a reason that people know of, so they are told also where it had no say.
        if (proposal is not null)
            shares.AddRange(_proposer!.NarrowExperts.Where(narrow => shares.TrueForAll(share => share.Name != narrow)).Select(narrow => new ExpertShare(narrow, 0)));
        return new Scores([.. scores.Select(score => Math.Round(score, 6))], [.. shares], proposal?.ExpertsRun ?? 0)
        {
            Policy = proposal is null || _proposer!.Policy is not { } policy ? null : violated =>
            {
                var preferences = policy.Reconsider(proposal, violated).ToDictionary(scored => scored.Answer, scored => scored.Probability, StringComparer.Ordinal);
                return [.. _domain.Answers.Select(answer => Math.Round(preferences.GetValueOrDefault(answer.Value), 6))];
            },
        };
    }

    /// <summary>How many experts run in a round.</summary>
    internal int ExpertsFor(Effort effort, int round) => _thinking.ExpertsFor(effort, round);

    /// <summary>A case with its candidates, their scores, and all that follows.</summary>
    private KnowledgeGraph Derived(CaseInput input, IReadOnlyList<double> scores, CancellationToken cancellation) =>
        Extend(Restate(input, scores.Select((score, answer) => (answer, score)), cancellation).Overlay, cancellation).Graph;

    private void RefuseInvalid(KnowledgeGraph overlay, CancellationToken cancellation)
    {
        var report = _shapes.Validate(overlay, new ValidationOptions { Scope = ValidationScope.OwnFacts }, cancellation);
        if (report.HasNoViolation) return;
        throw new CaseRefusedException(
            "The case does not have the shape that the domain asks for.",
            [.. report.Results.Select(result => new CaseProblem(result.ValueSource?.ToString() ?? Name(result.FocusNode), Describe(result)))]);
    }

    private static string Describe(ValidationResult result) =>
        result.Path is null ? result.Message : $"{CoreVocabulary.LocalName(result.Path.Trim('<', '>'))}: {result.Message}";

    private void RefuseInconsistent(Materialization materialization)
    {
        var graph = materialization.Graph;
        if (graph.OwnRelation(_domain.Terms.Inconsistency) is not { Count: > 0 } relation) return;
        var builder = new ProofBuilder(materialization, _domain.RuleNames);
        var problems = Enumerable.Range(0, Math.Min(10, relation.Count)).Select(row =>
        {
            var proof = builder.Prove(new Fact(relation.Subjects[row], relation.Predicate, relation.Objects[row]))!;
            var facts = proof.Nodes.Where(node => node.Rule is null).Select(node => node.ToString());
            return new CaseProblem(Name(graph.Terms[relation.Subjects[row]]), $"contradicts the ontology ({graph.Terms[relation.Objects[row]]}): {string.Join("; ", facts)}");
        });
        throw new CaseRefusedException("The case contradicts the ontology.", [.. problems]);
    }

    private void AssertCandidates(KnowledgeGraph overlay, int subject)
    {
        // Where several questions are decided together, rules conclude who the candidates are.
        if (_domain.Manifest.Slots is not null) return;
        var terms = _domain.Terms;
        var origin = overlay.OriginOf(Sources.Candidates);
        for (var i = 0; i < terms.Answers.Length; i++)
        {
            overlay.Assert(terms.Candidates[i], terms.Type, terms.Candidate, origin, 0);
            overlay.Assert(terms.Candidates[i], terms.About, subject, origin, 0);
            overlay.Assert(terms.Candidates[i], terms.Answer, terms.Answers[i], origin, 0);
        }
    }

    private void AssertScores(KnowledgeGraph overlay, IEnumerable<(int Answer, double Score)> scores)
    {
        var origin = overlay.OriginOf(Sources.Model);
        foreach (var (answer, score) in scores)
            overlay.Assert(_domain.Terms.Candidates[answer], _domain.Terms.Score, overlay.Terms.Add(Value.FromDouble(score).ToTerm()), origin, 0);
    }

    private Materialization Extend(KnowledgeGraph overlay, CancellationToken cancellation) =>
        Materializer.Extend(
            _domain.Baseline,
            overlay,
            new EvaluationOptions
            {
                MaxDerivedFacts = _domain.Manifest.Limits.DerivedFacts,
                MaxDuration = TimeSpan.FromMilliseconds(_domain.Manifest.Limits.DecisionMs),
                Context = new EvaluationContext(DateTimeOffset.UnixEpoch),
            },
            cancellation);

    /// <summary>Scores become facts; where rules read them, everything is derived again with them.</summary>
    private Materialization Validate(KnowledgeGraph asserted, int subject, Materialization materialization, Scores scores, CancellationToken cancellation)
    {
        var target = materialization.Graph;
        if (_rulesReadScores)
        {
            target = asserted.CopyAsserted();
            AssertCandidates(target, subject);
        }

        AssertScores(target, scores.ByAnswer.Select((score, answer) => (answer, score)));
        return _rulesReadScores ? Extend(target, cancellation) : materialization;
    }

    /// <summary>The constraints that an answer violates: the texts of their IRIs.</summary>
    private IReadOnlyCollection<string> ViolatedBy(KnowledgeGraph graph, int answer) =>
        [.. graph.ObjectsOf(_domain.Terms.Candidates[answer], _domain.Terms.Violates).Select(constraint => Name(graph.Terms[constraint]))];

    private List<RankedCandidate> Rank(KnowledgeGraph graph, Thought thought)
    {
        var terms = _domain.Terms;
        var hasPolicy = thought.Scores.Policy is not null;
        return [.. thought.Order.Select((answer, place) => new RankedCandidate(
            answer,
            thought.Scores.ByAnswer[answer],
            hasPolicy ? thought.Preferences[answer] : null,
            place + 1,
            place < thought.Tried,
            place < thought.Tried ? [.. graph.Match(terms.Candidates[answer], terms.Violates)] : [],
            place < thought.Tried ? [.. graph.Match(terms.Candidates[answer], terms.SupportedBy)] : []))];
    }

    private DecisionStatus StatusOf(RankedCandidate? choice) => StatusOf(choice is null ? null : _domain.Answers[choice.Answer]);

    private static double ConfidenceOf(RankedCandidate choice, List<RankedCandidate> candidates) =>
        ConfidenceOf(choice.Score, candidates.Where(candidate => candidate.Verdict == Verdict.Accepted).Select(candidate => candidate.Score));

    private static double Microseconds(long start) => Microseconds(start, Stopwatch.GetTimestamp());

    private static double Microseconds(long start, long end) => Math.Round(Stopwatch.GetElapsedTime(start, end).TotalMicroseconds, 1);
}

/// <summary>The documents that the pipeline's own facts come from.</summary>
internal static class Sources
{
    public static SourceDocument Candidates { get; } = new(SourceKind.Pipeline, "candidates");

    public static SourceDocument Model { get; } = new(SourceKind.Pipeline, "model");
}

/// <summary>A candidate and what the rules concluded about it.</summary>
internal sealed record RankedCandidate(
    int Answer, double Score, double? Preference, int Rank, bool IsTried, ImmutableArray<Fact> Violations, ImmutableArray<Fact> Supports)
{
    public Verdict Verdict => !IsTried ? Verdict.NotTried : Violations.IsEmpty ? Verdict.Accepted : Verdict.Rejected;
}
