using System.Collections.Immutable;
using Reasoner.Decisions;

namespace Reasoner.Reports;

/// <summary>What a report says, before it is put in a format.</summary>
internal sealed class Explanation
{
    private readonly Dictionary<string, int> _proofNumbers = new(StringComparer.Ordinal);

    private Explanation(DecisionRecord record)
    {
        Record = record;
        // Of many questions the candidates are too many to go through one by one: tables and explanations stand for them.
        Candidates = record.Joint is null ? [.. record.Candidates.OrEmpty().OrderBy(candidate => candidate.Rank)] : [];
        var accepted = Candidates.Where(candidate => candidate.Verdict == Verdict.Accepted).ToList();
        Accepted = accepted.Find(candidate => candidate.Answer.Iri == record.Answer?.Iri) ?? accepted.FirstOrDefault();
        PrincipalReasons = Principal().DistinctBy(reason => (reason.Candidate.Candidate, reason.Iri, reason.Because)).ToImmutableArray();
    }

    /// <summary>The record.</summary>
    public DecisionRecord Record { get; }

    /// <summary>The candidates, by rank.</summary>
    public ImmutableArray<CandidateRecord> Candidates { get; }

    /// <summary>The candidate whose answer is given: of those that stand the likeliest; null where every one was rejected.</summary>
    public CandidateRecord? Accepted { get; }

    /// <summary>
    /// Why the candidates with a better score fell, then why the accepted one is right; where none was accepted, the
    /// violations that together reject every candidate.
    /// </summary>
    public ImmutableArray<Reason> PrincipalReasons { get; }

    /// <summary>The limits that a decision about several slots speaks of: those of its conflict, then those of its explanations.</summary>
    public IEnumerable<LimitRecord> Limits => Record.Joint is not { } joint
        ? []
        : joint.Conflict.OrEmpty().Concat(joint.Explained.OrEmpty().SelectMany(slot => slot.Alternatives.OrEmpty()).SelectMany(other => other.Limits.OrEmpty()));

    /// <summary>The proofs, those of the principal reasons first; a step is shown in the first tree that reaches it.</summary>
    public ImmutableArray<ProofTree> Proofs { get; private set; }

    /// <summary>Whether a policy of the model said in which order to try the candidates.</summary>
    public bool HasPreferences => Candidates.Any(candidate => candidate.Preference is not null);

    /// <summary>Explains a record.</summary>
    public static Explanation Of(DecisionRecord record, CancellationToken cancellation)
    {
        var explanation = new Explanation(record);
        explanation.Prove(cancellation);
        return explanation;
    }

    /// <summary>The number of the proof that ends in a step, from 1.</summary>
    public int ProofNumber(string step) => _proofNumbers[step];

    /// <summary>The candidates that met a verdict and scored better than the accepted one; of equal scores the higher rank is better.</summary>
    public IEnumerable<CandidateRecord> Better(Verdict verdict) => Candidates.Where(candidate =>
        candidate.Verdict == verdict && Accepted is { } accepted
        && (candidate.Score > accepted.Score || (candidate.Score == accepted.Score && candidate.Rank < accepted.Rank)));

    private IEnumerable<Reason> Principal()
    {
        if (Accepted is { } accepted) return Better(Verdict.Rejected).SelectMany(Reason.Violations).Concat(Reason.Supports(accepted));

        var conflict = Record.Conflict.OrEmpty().ToHashSet(StringComparer.Ordinal);
        return Candidates.SelectMany(Reason.Violations).Where(reason => conflict.Count == 0 || conflict.Contains(reason.Iri));
    }

    private void Prove(CancellationToken cancellation)
    {
        var reasons = PrincipalReasons
            .Concat(Candidates.SelectMany(candidate => Reason.Violations(candidate).Concat(Reason.Supports(candidate))))
            .Select(reason => (Title: reason.Label, Role: Wording.Role(reason), reason.Proof))
            .Concat(Limits.SelectMany(limit => limit.Proofs.OrEmpty().Select(proof => (Title: limit.Text, Role: Wording.Role(limit), Proof: (string?)proof))));
        var steps = new ProofSteps(Record.Proofs);
        var trees = ImmutableArray.CreateBuilder<ProofTree>();
        foreach (var reason in reasons)
        {
            if (reason.Proof is not { } proof || !_proofNumbers.TryAdd(proof, trees.Count + 1)) continue;
            trees.Add(ProofTree.Grow(trees.Count + 1, reason.Title, reason.Role, proof, steps, cancellation));
        }

        Proofs = trees.ToImmutable();
    }
}
