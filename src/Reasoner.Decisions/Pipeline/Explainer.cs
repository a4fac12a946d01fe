using System.Collections.Immutable;
using System.Globalization;
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
    private readonly Dictionary<ProofNode, string> _names = new(ReferenceEqualityComparer.Instance);
    private readonly ImmutableSortedDictionary<string, ProofStep>.Builder _steps = ImmutableSortedDictionary.CreateBuilder<string, ProofStep>(StepNameOrder.Instance);

    public Explainer(Domain domain, Materialization materialization, Explanation explanation, CancellationToken cancellation)
    {
        _domain = domain;
        _terms = materialization.Graph.Terms;
        _explanation = explanation;
        _proofs = new ProofBuilder(materialization, domain.RuleNames, cancellation);
    }

    /// <summary>All steps so far.</summary>
    public ImmutableSortedDictionary<string, ProofStep> Steps => _steps.ToImmutable();

    public CandidateRecord Describe(RankedCandidate candidate) => new()
    {
        Candidate = DecisionPipeline.Name(_terms[_domain.Terms.Candidates[candidate.Answer]]),
        Answer = ReasonText.AnswerOf(_domain, _domain.Answers[candidate.Answer]),
        Score = candidate.Score,
        Rank = candidate.Rank,
        Verdict = candidate.Verdict,
        Violations = [.. Reasons(candidate.Violations).Select(r => new ViolationRecord(r.Iri, r.Label, r.Code, r.Because, r.Source, r.Proof))],
        Supports = [.. Reasons(candidate.Supports).Select(r => new SupportRecord(r.Iri, r.Label, r.Code, r.Because, r.Source, r.Proof))],
    };

    private IEnumerable<Reason> Reasons(ImmutableArray<Fact> facts) =>
        facts.Select(Explain).OrderBy(reason => reason.Code, StringComparer.Ordinal).ThenBy(reason => reason.Iri, StringComparer.Ordinal).ToList()
            .Select(reason => reason with { Proof = reason.Node is null ? null : NameOf(reason.Node) });

    private Reason Explain(Fact fact)
    {
        var what = _terms[fact.Object];
        if (_explanation == Explanation.None) return new Reason(DecisionPipeline.Name(what), _domain.LabelOf(what), null, null, null, null, null);
        var proof = _proofs.Prove(fact)!;
        var (code, because, source) = ReasonText.Of(_domain, proof);
        return new Reason(DecisionPipeline.Name(what), _domain.LabelOf(what), code, because, source, null, _explanation == Explanation.Full ? proof : null);
    }

    private string NameOf(ProofNode proof)
    {
        if (_names.TryGetValue(proof, out var name)) return name;

        // Conclusions come before their premises: p1 is the first thing that a reader wants to know.
        var order = proof.Nodes.Where(node => !_names.ContainsKey(node)).Reverse().ToList();
        foreach (var node in order) _names.Add(node, "p" + (_names.Count + 1).ToString(CultureInfo.InvariantCulture));
        foreach (var node in order) _steps.Add(_names[node], StepOf(node));
        return _names[proof];
    }

    private ProofStep StepOf(ProofNode node) => node.Rule is null
        ? new ProofStep(node.Fact.ToString(), null, null, null, null, SourceNames.Describe(node.Source!.Value))
        : new ProofStep(
            node.Fact.ToString(),
            node.Rule,
            ReasonText.LabelOfRule(_domain, node.Rule),
            node.Bindings.ToImmutableSortedDictionary(binding => binding.Variable, binding => binding.Value.ToString()!, StringComparer.Ordinal),
            [.. node.Premises.Select(premise => _names[premise])],
            null);

    private sealed record Reason(string Iri, string Label, string? Code, string? Because, string? Source, string? Proof, ProofNode? Node);
}
