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
public sealed class DecisionPipeline
{
    private readonly Domain _domain;
    private readonly CaseReader _reader;
    private readonly ShapeValidator _shapes;
    private readonly bool _rulesReadScores;

    /// <summary>Makes the pipeline of a domain.</summary>
    public DecisionPipeline(Domain domain)
    {
        _domain = domain;
        _reader = new CaseReader(domain);
        _shapes = new ShapeValidator(domain.Shapes);
        _rulesReadScores = domain.Rules.Rules.SelectMany(rule => rule.Body.Patterns()).Select(pattern => pattern.Predicate).Any(place =>
            place is not ConstantTerm constant || constant.Term == CoreVocabulary.Score);
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
        var started = Stopwatch.GetTimestamp();
        var (overlay, subject) = _reader.Read(input, trusted: false, cancellation);
        RefuseInvalid(overlay, cancellation);
        AssertCandidates(overlay, subject);
        var materialization = Extend(overlay, cancellation);
        var represented = Stopwatch.GetTimestamp();

        var asserted = overlay;
        var (rounds, tried) = (0, 0);
        double proposing = 0, validating = 0;
        Scores scores;
        while (true)
        {
            rounds++;
            var start = Stopwatch.GetTimestamp();
            scores = Propose(materialization.Graph, subject, ExpertsFor(options.Effort, rounds));
            proposing += Microseconds(start);
            start = Stopwatch.GetTimestamp();
            materialization = Validate(asserted, materialization, scores, cancellation);
            RefuseInconsistent(materialization);
            tried += _domain.Answers.Length;
            validating += Microseconds(start);
            if (!ThinkAgain(options.Effort, rounds, materialization.Graph)) break;
        }

        var deciding = Stopwatch.GetTimestamp();
        var candidates = Rank(materialization.Graph, scores);
        var choice = candidates.FirstOrDefault(candidate => candidate.Verdict == Verdict.Accepted);
        var conflict = choice is null ? Conflicts.Smallest(candidates.Select(candidate => candidate.Violations.Select(fact => fact.Object).ToHashSet()).ToList()) : [];
        var decidedUs = Microseconds(deciding);
        var explaining = Stopwatch.GetTimestamp();
        var explainer = new Explainer(_domain, materialization, options.Explanation, cancellation);
        var records = candidates.Select(explainer.Describe).ToImmutableArray();
        var outcome = LabelledCases.OutcomeOf(_domain, materialization.Graph, subject);
        var record = new DecisionRecord
        {
            Id = "dec-" + Guid.CreateVersion7().ToString("N", CultureInfo.InvariantCulture),
            Domain = _domain.Name,
            Subject = Name(overlay.Terms[subject]),
            Status = StatusOf(choice),
            Answer = choice is null ? null : records[choice.Rank - 1].Answer,
            Confidence = choice is null ? null : ConfidenceOf(choice, candidates),
            Candidates = records,
            Experts = [.. scores.Experts.Select(expert => new ExpertShare(expert.Name, expert.Weight))],
            Thinking = new ThinkingRecord(options.Effort.ToString().ToLowerInvariant(), rounds, tried, scores.Experts.Count),
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

    /// <summary>Which answers the rules reject, in the manifest's order, given scores; without scores, those that read none.</summary>
    internal bool[] Rejected(CaseInput input, IReadOnlyList<double>? scores, CancellationToken cancellation)
    {
        var (overlay, subject) = _reader.Read(input, trusted: false, cancellation);
        AssertCandidates(overlay, subject);
        if (scores is not null) AssertScores(overlay, scores.Select((score, answer) => (answer, score)));
        return Rejected(Extend(overlay, cancellation).Graph);
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

    internal static ImmutableArray<T> ByRank<T>(IEnumerable<T> items, Func<T, double> scoreOf) => [.. items.OrderByDescending(scoreOf)];

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
    internal Scores ScoresOf(FeatureRow? row, int experts)
    {
        var proposal = row is not null && _domain.Proposer is { } proposer ? proposer.Propose(row, experts) : null;
        var scores = _domain.Answers.Select((answer, i) =>
            i == _domain.Terms.Fallback ? _domain.Manifest.Fallback!.Score
            : proposal is null ? 1.0 / _domain.Answers.Length
            : proposal.ProbabilityOf(answer.Value));
        return new Scores([.. scores.Select(score => Math.Round(score, 6))], proposal?.Experts ?? []);
    }

    /// <summary>How many experts run in a round.</summary>
    internal int ExpertsFor(Effort effort, int round)
    {
        if (_domain.Proposer is not { } proposer) return 0;
        return effort switch
        {
            Effort.Low => Math.Max(1, proposer.TopK / 2),
            Effort.Medium => Math.Min(proposer.ExpertCount, proposer.TopK << (round - 1)),
            _ => proposer.ExpertCount,
        };
    }

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

    private Scores Propose(KnowledgeGraph graph, int subject, int experts) =>
        ScoresOf(_domain.Features.Schema is null ? null : _domain.Features.Read(graph, subject), experts);

    /// <summary>Scores become facts; where rules read them, everything is derived again with them.</summary>
    private Materialization Validate(KnowledgeGraph asserted, Materialization materialization, Scores scores, CancellationToken cancellation)
    {
        var target = _rulesReadScores ? asserted.CopyAsserted() : materialization.Graph;
        AssertScores(target, scores.ByAnswer.Select((score, answer) => (answer, score)));
        return _rulesReadScores ? Extend(target, cancellation) : materialization;
    }

    private bool ThinkAgain(Effort effort, int rounds, KnowledgeGraph graph) =>
        effort == Effort.Medium && rounds < 2 && _rulesReadScores && _domain.Proposer is { } proposer
        && ExpertsFor(effort, rounds + 1) > ExpertsFor(effort, rounds) && proposer.ExpertCount > proposer.TopK
        && _domain.Terms.Candidates.All(candidate => graph.ObjectsOf(candidate, _domain.Terms.Violates).Any());

    private List<RankedCandidate> Rank(KnowledgeGraph graph, Scores scores)
    {
        var terms = _domain.Terms;
        var order = ByRank(Enumerable.Range(0, terms.Answers.Length), answer => scores.ByAnswer[answer]);
        return [.. order.Select((answer, place) => new RankedCandidate(
            answer,
            scores.ByAnswer[answer],
            place + 1,
            [.. graph.Match(terms.Candidates[answer], terms.Violates)],
            [.. graph.Match(terms.Candidates[answer], terms.SupportedBy)]))];
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

/// <summary>Scores of the answers, in the manifest's order, and the experts behind them.</summary>
internal sealed record Scores(ImmutableArray<double> ByAnswer, IReadOnlyList<ConsultedExpert> Experts);

/// <summary>A candidate and what the rules concluded about it.</summary>
internal sealed record RankedCandidate(int Answer, double Score, int Rank, ImmutableArray<Fact> Violations, ImmutableArray<Fact> Supports)
{
    public Verdict Verdict => Violations.IsEmpty ? Verdict.Accepted : Verdict.Rejected;
}
