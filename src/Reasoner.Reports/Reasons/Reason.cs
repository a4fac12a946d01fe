using Reasoner.Decisions;

namespace Reasoner.Reports;

/// <summary>Why a candidate is rejected, or why it is right.</summary>
/// <param name="Candidate">The candidate.</param>
/// <param name="Against">Whether it speaks against the candidate.</param>
/// <param name="Iri">The constraint or the reason.</param>
/// <param name="Label">Its label.</param>
/// <param name="Code">The reason code, where there is one.</param>
/// <param name="Because">The rule's explanation; the label where none was asked for.</param>
/// <param name="Source">The law or policy.</param>
/// <param name="Proof">The name of the proof's last step; null where no proof was asked for.</param>
internal sealed record Reason(
    CandidateRecord Candidate, bool Against, string Iri, string Label, string? Code, string Because, string? Source, string? Proof)
{
    public static IEnumerable<Reason> Violations(CandidateRecord candidate) => candidate.Violations.OrEmpty().Select(v =>
        new Reason(candidate, Against: true, v.Constraint, v.Label, v.Code, v.Because ?? v.Label, v.Source, v.Proof));

    public static IEnumerable<Reason> Supports(CandidateRecord candidate) => candidate.Supports.OrEmpty().Select(s =>
        new Reason(candidate, Against: false, s.Reason, s.Label, s.Code, s.Because ?? s.Label, s.Source, s.Proof));
}
