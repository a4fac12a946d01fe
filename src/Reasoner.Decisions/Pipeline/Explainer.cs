using System.Collections.Immutable;
using Reasoner.Inference;
using Reasoner.Knowledge;

namespace Reasoner.Decisions;

/// <summary>Turns what the rules concluded into reasons in words, with proofs whose steps are shared and numbered.</summary>
internal sealed class Explainer
{
    private readonly Domain _domain;
    private readonly TermDictionary _terms;
    private readonly Explanation _explanation;
    private readonly ProofBuilder _proofs;
    private readonly ProofRecorder _recorder;

    public Explainer(Domain domain, Materialization materialization, Explanation explanation, CancellationToken cancellation)
    {
        _domain = domain;
        _terms = materialization.Graph.Terms;
        _explanation = explanation;
        _proofs = new ProofBuilder(materialization, domain.RuleNames, cancellation);
        _recorder = new ProofRecorder(rule => ReasonText.LabelOfRule(domain, rule));
    }

    /// <summary>All steps so far.</summary>
    public ImmutableSortedDictionary<string, ProofStep> Steps => _recorder.Steps;

    /// <summary>The labels of the IRIs in them.</summary>
    public ImmutableSortedDictionary<string, string> Labels => TermLabels.Of(_domain, _recorder.Nodes);

    public CandidateRecord Describe(RankedCandidate candidate) => new()
    {
        Candidate = DecisionPipeline.Name(_terms[_domain.Terms.Candidates[candidate.Answer]]),
        Answer = ReasonText.AnswerOf(_domain, _domain.Answers[candidate.Answer]),
        Score = candidate.Score,
        Preference = candidate.Preference,
        Rank = candidate.Rank,
        Verdict = candidate.Verdict,
        Violations = [.. Reasons(candidate.Violations).Select(r => new ViolationRecord(r.Iri, r.Label, r.Code, r.Because, r.Source, r.Proof))],
        Supports = [.. Reasons(candidate.Supports).Select(r => new SupportRecord(r.Iri, r.Label, r.Code, r.Because, r.Source, r.Proof))],
    };

    private IEnumerable<Reason> Reasons(ImmutableArray<Fact> facts) =>
        facts.Select(Explain).OrderBy(reason => reason.Code, StringComparer.Ordinal).ThenBy(reason => reason.Iri, StringComparer.Ordinal).ToList()
            .Select(reason => reason with { Proof = reason.Node is null ? null : _recorder.Add(reason.Node) });

    private Reason Explain(Fact fact)
    {
        var what = _terms[fact.Object];
        if (_explanation == Explanation.None) return new Reason(DecisionPipeline.Name(what), _domain.LabelOf(what), null, null, null, null, null);
        var proof = _proofs.Prove(fact)!;
        var (code, because, source) = ReasonText.Of(_domain, proof);
        return new Reason(DecisionPipeline.Name(what), _domain.LabelOf(what), code, because, source, null, _explanation == Explanation.Full ? proof : null);
    }

    private sealed record Reason(string Iri, string Label, string? Code, string? Because, string? Source, string? Proof, ProofNode? Node);
}
