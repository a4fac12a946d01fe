using System.Globalization;
using Reasoner.Decisions;
using Reasoner.Decisions.Counterfactuals;
using Reasoner.Rdf;

namespace Reasoner.Cli;

/// <summary>A decision for a person at a terminal: answer, candidates with reasons, the proofs as trees.</summary>
internal sealed class DecisionText(Notation notation, TextWriter output)
{
    private readonly HashSet<string> _shown = [];

    public void Write(DecisionRecord record)
    {
        output.WriteLine($"{record.Domain}: {record.Subject}");
        output.WriteLine();
        if (record.Joint is { } joint)
        {
            JointText.Write(record, joint, output);
            WriteExperts(record);
            WriteProofs(record, JointText.Proofs(joint));
            return;
        }

        output.WriteLine(record.Answer is { } answer
            ? string.Create(CultureInfo.InvariantCulture, $"  {Upper(record.Status.ToString())}: {answer.Label} (confidence {record.Confidence:0.###})")
            : "  INFEASIBLE: every answer is rejected");
        output.WriteLine();
        foreach (var candidate in record.Candidates) WriteCandidate(candidate);
        if (record.Conflict.Length > 0)
            output.WriteLine($"Together these reject every answer: {string.Join(", ", record.Conflict.Select(Short))}\n");
        WriteExperts(record);
        if (record.Counterfactuals is { } counterfactuals) WriteCounterfactuals(counterfactuals);
        WriteProofs(record, record.Candidates
            .SelectMany(candidate => candidate.Violations.Select(violation => violation.Proof).Concat(candidate.Supports.Select(support => support.Proof)))
            .OfType<string>());
    }

    private void WriteCounterfactuals(CounterfactualRecord found)
    {
        output.WriteLine();
        output.WriteLine($"For {found.Want.Label} instead: {CounterfactualWords.Outcome(found)}");
        for (var i = 0; i < found.Alternatives.Length; i++)
        {
            var alternative = found.Alternatives[i];
            output.WriteLine();
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{i + 1}. {alternative.Text} (cost {alternative.Cost}, confidence {alternative.Confidence:0.###})"));
            foreach (var change in alternative.Changes)
                output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"   {change.Label}: {change.FromLabel ?? "nothing"} → {change.ToLabel} (cost {change.Cost})"));
        }
    }

    private static string Upper(string text) => text.ToUpperInvariant();

    private void WriteCandidate(CandidateRecord candidate)
    {
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{candidate.Rank}. {candidate.Answer.Label,-10} score {candidate.Score:0.000}  {VerdictOf(candidate)}"));
        if (candidate.Verdict == Verdict.NotTried) output.WriteLine("   One that was tried before it stands; more effort would try this one too.");
        foreach (var violation in candidate.Violations) WriteReason("✗", violation.Code, violation.Because ?? violation.Label, violation.Source, violation.Proof);
        foreach (var support in candidate.Supports) WriteReason("✓", support.Code, support.Because ?? support.Label, support.Source, support.Proof);
        output.WriteLine();
    }

    private static string VerdictOf(CandidateRecord candidate) => candidate.Verdict switch
    {
        Verdict.Accepted => "accepted",
        Verdict.Rejected => "rejected",
        _ => "not tried",
    };

    private void WriteReason(string mark, string? code, string because, string? source, string? proof)
    {
        output.WriteLine($"   {mark} {(code is null ? "" : code + " ")}{because}{(proof is null ? "" : $" [{proof}]")}");
        if (source is not null) output.WriteLine($"       {source}");
    }

    private void WriteExperts(DecisionRecord record)
    {
        if (record.Experts.Length == 0) return;
        var experts = record.Experts.Select(expert => string.Create(CultureInfo.InvariantCulture, $"{expert.Name} ({expert.Weight:0.00})"));
        output.WriteLine($"Experts consulted: {string.Join(", ", experts)}; effort {record.Thinking.Effort}, rounds {record.Thinking.Rounds}");
    }

    private void WriteProofs(DecisionRecord record, IEnumerable<string> roots)
    {
        var isFirst = true;
        foreach (var root in roots)
        {
            if (isFirst)
            {
                output.WriteLine();
                output.WriteLine("Proofs");
                isFirst = false;
            }

            output.WriteLine();
            WriteStep(record, root, "", "");
        }
    }

    private void WriteStep(DecisionRecord record, string name, string lead, string indent)
    {
        var step = record.Proofs[name];
        var premises = step.Premises ?? [];
        var isNew = _shown.Add(name);
        var basis = step.Source is { } source
            ? $"[{source.Name}{(source.Place > 0 ? (source.Kind == "table" ? " row " : ":") + source.Place.ToString(CultureInfo.InvariantCulture) : "")}]"
            : !isNew ? "(see above)" : $"by {step.Label ?? Short(step.Rule!)}";
        output.WriteLine($"{lead}{name}  {Fact(record, step.Fact)}  {basis}");
        if (!isNew) return;
        for (var i = 0; i < premises.Length; i++)
        {
            var isLast = i == premises.Length - 1;
            WriteStep(record, premises[i], indent + (isLast ? "└─ " : "├─ "), indent + (isLast ? "   " : "│  "));
        }
    }

    /// <summary>The fact, short; an object that has a label is shown by it too: codes say nothing to most readers.</summary>
    private string Fact(DecisionRecord record, string fact)
    {
        var triple = RdfDocument.Parse(fact + " .", RdfFormat.NTriples).Triples[0];
        var label = triple.Object is Iri iri ? record.Labels.GetValueOrDefault(iri.Value) : null;
        return label is null ? notation.Write(triple) : $"{notation.Write(triple)} “{label}”";
    }

    private string Short(string iri) => notation.Write(new Iri(iri));
}
