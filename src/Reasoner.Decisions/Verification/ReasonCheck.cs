using System.Collections.Immutable;
using Reasoner.Inference;
using Reasoner.Rdf;

namespace Reasoner.Decisions;

/// <summary>Checks the reasons of a record: that they are those that follow, in their rules' words, each with a proof that stands.</summary>
/// <param name="domain">The domain.</param>
/// <param name="checker">The independent checker over the case's facts.</param>
/// <param name="proofs">The record's proofs.</param>
/// <param name="labelOf">The label of a term.</param>
internal sealed class ReasonCheck(Domain domain, ProofChecker checker, RecordedProofs proofs, Func<Term, string> labelOf)
{
    private readonly List<ProofNode> _cited = [];

    public IEnumerable<string> OfViolations(CandidateRecord candidate) => Check(
        candidate, CoreVocabulary.Violates, [.. candidate.Violations.Select(v => new Reason(v.Constraint, v.Label, v.Code, v.Because, v.Source, v.Proof))]);

    public IEnumerable<string> OfSupports(CandidateRecord candidate) => Check(
        candidate, CoreVocabulary.SupportedBy, [.. candidate.Supports.Select(s => new Reason(s.Reason, s.Label, s.Code, s.Because, s.Source, s.Proof))]);

    /// <summary>A proof that something cites; null with a problem where it does not stand.</summary>
    public (ProofNode? Proof, string? Problem) Cite(string? name, string what)
    {
        if (name is null || proofs.Find(name) is not { } proof) return (null, $"{what} has no proof. Decide with full explanation to get one.");
        _cited.Add(proof);
        return checker.Check(proof) is { } refusal ? (null, $"{name}: {refusal}") : (proof, null);
    }

    /// <summary>Whether the words are those of the rule that a proof ends with.</summary>
    public bool HasWords(ProofNode proof, string? code, string? because, string? source) =>
        (code, because!, source) == ReasonText.Of(domain, proof, labelOf);

    /// <summary>What is wrong with steps as a whole, when all reasons have been checked.</summary>
    public IEnumerable<string> OfSteps(DecisionRecord record, Func<Iri, string?> givenLabelOf)
    {
        foreach (var (name, step) in record.Proofs)
            if (step.Rule is not null && step.Label != ReasonText.LabelOfRule(domain, step.Rule)) yield return $"Step {name}: the rule {step.Rule} has another label.";
        if (!record.Labels.SequenceEqual(TermLabels.Of(givenLabelOf, _cited.SelectMany(proof => proof.Nodes))))
            yield return "The labels are not those of the ontology.";
        foreach (var name in proofs.Unused(_cited)) yield return $"Step {name} belongs to no reason.";
    }

    /// <summary>The reasons listed are exactly those that follow, each with a proof that stands.</summary>
    private IEnumerable<string> Check(CandidateRecord candidate, Iri relation, ImmutableArray<Reason> reasons)
    {
        var follow = checker.Follows(new Iri(candidate.Candidate), relation, null).Select(triple => DecisionPipeline.Name(triple.Object)).Order(StringComparer.Ordinal);
        if (!follow.SequenceEqual(reasons.Select(reason => reason.Iri).Order(StringComparer.Ordinal)))
            yield return $"What is {CoreVocabulary.LocalName(relation.Value)} of {candidate.Answer.Label} is not exactly what follows from the rules.";
        foreach (var reason in reasons)
        {
            var (proof, problem) = Cite(reason.Proof, $"{reason.Iri} of {candidate.Answer.Label}");
            if (proof is null)
                yield return problem!;
            else if (proof.Fact.Subject != new Iri(candidate.Candidate) || proof.Fact.Predicate != relation || DecisionPipeline.Name(proof.Fact.Object) != reason.Iri)
                yield return $"{reason.Proof} proves {proof.Fact}, not {reason.Iri} of {candidate.Answer.Label}.";
            else if (!HasWords(proof, reason.Code, reason.Because, reason.Source) || reason.Label != labelOf(proof.Fact.Object))
                yield return $"The words of {reason.Iri} are not those of its rule.";
        }
    }

    private sealed record Reason(string Iri, string Label, string? Code, string? Because, string? Source, string? Proof);
}
