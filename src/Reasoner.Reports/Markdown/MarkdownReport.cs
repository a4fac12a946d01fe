using Reasoner.Decisions;

namespace Reasoner.Reports;

/// <summary>A report as Markdown: what the HTML report says, without its pictures.</summary>
internal sealed class MarkdownReport
{
    private readonly Explanation _explanation;
    private readonly DecisionRecord _record;
    private readonly TextWriter _output;
    private readonly ShortForms _names;
    private readonly CancellationToken _cancellation;

    private MarkdownReport(Explanation explanation, TextWriter output, CancellationToken cancellation)
    {
        _explanation = explanation;
        _record = explanation.Record;
        _output = output;
        _names = new ShortForms(explanation);
        _cancellation = cancellation;
    }

    public static void Write(Explanation explanation, TextWriter output, CancellationToken cancellation) =>
        new MarkdownReport(explanation, output, cancellation).Document();

    private void Document()
    {
        Line($"# Decision on {Escape(_names.Term(_record.Subject).Text)}");
        Line();
        Table(["Domain", "Subject", "Record"], [[_record.Domain, _record.Subject, _record.Id]]);
        Outcome();
        if (_record.Joint is { } joint)
        {
            Joint(joint);
        }
        else
        {
            PrincipalReasons();
            Candidates();
        }

        Counterfactuals();
        Proofs();
        Thinking();
        Case();
        Heading(2, "Versions");
        Paragraph(Wording.VersionsIntroduction);
        Table(["Part", "Version"], VersionTable.Of(_record.Versions).Select(row => (string[])[row.Part, row.Version]));
        Heading(2, "Names in this report");
        Table(["Name", "IRI"], _names.Names.Select(entry => (string[])[entry.Key, entry.Value]));
        Heading(2, Wording.AboutTitle);
        foreach (var (heading, text) in Wording.About(_record))
        {
            Heading(3, heading);
            Paragraph(text);
        }
    }

    private void Outcome()
    {
        Heading(2, "Outcome");
        Line($"**{Escape(Wording.Headline(_explanation))}**");
        Line();
        Paragraph(Wording.Detail(_explanation));
        if (_record.Confidence is { } confidence)
        {
            Paragraph($"Confidence: {Wording.Percent(confidence)} ({Wording.ConfidenceMeaning}).");
        }
    }

    private void PrincipalReasons()
    {
        Heading(2, "Principal reasons");
        Paragraph(Wording.ReasonsIntroduction(_explanation));
        for (var i = 0; i < _explanation.PrincipalReasons.Length; i++)
        {
            var reason = _explanation.PrincipalReasons[i];
            Line($"{Wording.Number(i + 1)}. {Sentence(reason)} ({Escape(Wording.Role(reason))}; {Basis(reason)})");
        }

        if (!_explanation.PrincipalReasons.IsEmpty) Line();
        var conflict = _record.Conflict.OrEmpty();
        if (conflict.IsEmpty) return;
        Line($"{Wording.ConflictIntroduction} {string.Join(", ", conflict.Select(iri => Escape(_names.Term(iri).Text)))}.");
        Line();
    }

    private void Candidates()
    {
        Heading(2, "Candidate answers");
        if (_explanation.Candidates.IsEmpty)
        {
            Paragraph(Wording.NoCandidates);
            return;
        }

        Table(
            ["Rank", "Answer", "Score", .. IfPreferred("Preference"), "Verdict", "Violations", "Supports"],
            _explanation.Candidates.Select(candidate => (string[])
            [
                Wording.Number(candidate.Rank), candidate.Answer.Label, Wording.Percent(candidate.Score), .. IfPreferred(Wording.Preference(candidate)),
                Wording.VerdictWord(candidate.Verdict), Wording.Number(candidate.Violations.OrEmpty().Length),
                Wording.Number(candidate.Supports.OrEmpty().Length),
            ]));
        foreach (var candidate in _explanation.Candidates)
        {
            Heading(3, $"{candidate.Answer.Label} ({Wording.VerdictWord(candidate.Verdict)})");
            Reasons("Violations", Reason.Violations(candidate));
            Reasons("Supports", Reason.Supports(candidate));
            if (Wording.NoReasons(candidate) is { } none) Paragraph(none);
        }
    }

    private string[] IfPreferred(string cell) => _explanation.HasPreferences ? [cell] : [];

    private void Reasons(string title, IEnumerable<Reason> reasons)
    {
        var lines = reasons.Select(reason => $"- {Sentence(reason)} ({Basis(reason)})").ToList();
        if (lines.Count == 0) return;
        Heading(4, title);
        foreach (var line in lines) Line(line);
        Line();
    }

    private static string Sentence(Reason reason) =>
        reason.Code is { } code ? $"**{Escape(code)}** {Escape(reason.Because)}" : Escape(reason.Because);

    private string Basis(Reason reason)
    {
        string[] proof = reason.Proof is { } name ? [Proof(name)] : [];
        return string.Join("; ", [Escape(reason.Label), .. Citations(reason.Source), .. proof]);
    }

    private void Joint(JointRecord joint)
    {
        if (_record.Answers is { } answers)
        {
            Heading(2, "Answers");
            var grid = AnswerGrid.Of(answers.OrEmpty());
            Table(["", .. grid.Columns.Select(Escape)], grid.Rows.Select(row => (string[])[row.Label, .. row.Cells]));
        }
        else
        {
            Heading(2, "What cannot be kept together");
            if (!joint.Conflict.OrEmpty().IsEmpty) Paragraph(Wording.Conflict(joint));
            Limits(joint.Conflict.OrEmpty());
            Heading(2, Wording.WaysOutTitle);
            Paragraph(Wording.WaysOut(joint));
            foreach (var (way, i) in joint.Relaxations.OrEmpty().Select((way, i) => (way, i)))
                Line($"{Wording.Number(i + 1)}. {string.Join("; ", way.Changes.OrEmpty().Select(change => Escape(change.Text)))}");
            Line();
        }

        var rejections = Rejection.Of(_record);
        Heading(2, "Ruled out");
        Paragraph(Wording.Rejections(_record, rejections.Length));
        if (!rejections.IsEmpty)
        {
            Table(["Code", "Reason", "Source", "Answers"], rejections.Select(rejection => (string[])
                [rejection.Code ?? "", rejection.Because, string.Join(" ", Citation.Of(rejection.Source).Select(citation => citation.Text)), Wording.Number(rejection.Candidates)]));
        }

        if (joint.Explained.OrEmpty().IsEmpty) return;
        Heading(2, "Why not other answers");
        foreach (var slot in joint.Explained)
        {
            Heading(3, slot.Slot.Label);
            foreach (var other in slot.Alternatives.OrEmpty())
            {
                Heading(4, $"{other.Answer.Label}: {(other.Limits.OrEmpty().IsEmpty ? other.Text : Wording.Reproach(other))}");
                Limits(other.Limits.OrEmpty());
                foreach (var change in other.Changes.OrEmpty()) Line($"- {Escape(Wording.Change(change))}");
                foreach (var preference in other.Preferences.OrEmpty()) Line($"- {Escape($"{Wording.Weight(preference.Weight)}: {preference.Because}")}");
                Line();
            }
        }
    }

    private void Limits(IReadOnlyCollection<LimitRecord> limits)
    {
        foreach (var limit in limits)
        {
            string[] basis = [Escape(Wording.Role(limit)), .. Citations(limit.Source), .. limit.Proofs.OrEmpty().Select(Proof)];
            Line($"- {(limit.Code is { } code ? $"**{Escape(code)}** " : "")}{Escape(limit.Text)} ({string.Join("; ", basis)})");
        }

        if (limits.Count > 0) Line();
    }

    private static IEnumerable<string> Citations(string? source) =>
        Citation.Of(source).Select(citation => citation.Link is { } link ? MarkdownText.Link(citation.Text, link) : Escape(citation.Text));

    private string Proof(string name) => $"proof {Wording.Number(_explanation.ProofNumber(name))}";

    private void Counterfactuals()
    {
        if (_record.Counterfactuals is not { } found) return;
        Heading(2, Wording.CounterfactualsTitle);
        Paragraph(Wording.Counterfactuals(found));
        var alternatives = found.Alternatives.OrEmpty();
        for (var i = 0; i < alternatives.Length; i++)
        {
            Heading(3, $"{Wording.Number(i + 1)}. {alternatives[i].Text}");
            Paragraph(Wording.Alternative(alternatives[i]) + ":");
            Table(
                ["Property", "From", "To", "Cost"],
                alternatives[i].Changes.OrEmpty().Select(change => (string[])[change.Label, change.FromLabel ?? Wording.NoValue, change.ToLabel, Wording.Cost(change.Cost)]));
        }

        if (!alternatives.IsEmpty) Paragraph(Wording.AlternativesAreDecided);
    }

    private void Proofs()
    {
        Heading(2, "Proofs");
        Paragraph(Wording.ProofsIntroduction(_explanation));
        foreach (var tree in _explanation.Proofs)
        {
            Heading(3, $"Proof {Wording.Number(tree.Number)}: {tree.Title} ({tree.Role})");
            Step(tree.Root, level: 0);
            Line();
            if (tree.LeftOut > 0) Paragraph(Wording.Cut(tree));
        }
    }

    // As deep as a tree has levels, at most.
    private void Step(ProofLine line, int level)
    {
        _cancellation.ThrowIfCancellationRequested();
        Line($"{new string(' ', 2 * level)}- {Describe(line)}");
        foreach (var premise in line.Premises) Step(premise, level + 1);
    }

    private string Describe(ProofLine line)
    {
        if (line.Step is not { } step) return Escape(Wording.Missing(line.Name));
        var fact = _names.Fact(step.Fact);
        var shown = fact.Predicate is { } predicate && fact.Object is { } value
            ? $"{Escape(fact.Subject.Text)} *{Escape(predicate.Text)}* **{Escape(value.Text)}**"
            : Escape(fact.Text);
        return line.IsReference
            ? $"{shown}, see {Escape(line.Name)}"
            : $"{Escape(line.Name)}: {shown}, {Escape(Origin(step))}";
    }

    private string Origin(ProofStep step)
    {
        if (step.Source is { } source) return "from " + Wording.Source(source);
        var rule = step.Rule is null ? "underived" : $"by {step.Label ?? _names.Term(step.Rule).Text}";
        return step.Bindings is { Count: > 0 } bindings
            ? $"{rule} with {string.Join(", ", bindings.Select(binding => $"{binding.Key} = {_names.Term(binding.Value).Text}"))}"
            : rule;
    }

    private void Thinking()
    {
        Heading(2, "Experts and effort");
        Paragraph(Wording.Thinking(_record.Thinking));
        if (_record.Experts.OrEmpty().IsEmpty) return;
        Table(["Expert", "Weight"], _record.Experts.Select(expert => (string[])[expert.Name, Wording.Percent(expert.Weight)]));
    }

    private void Case()
    {
        Heading(2, "The case as it was given");
        var given = _record.Case;
        Paragraph($"{given.Name}, {given.MediaType}{(given.Row is { } row ? $", row {Wording.Number(row)}" : "")}:");
        foreach (var change in (given.Changes ?? []).OrEmpty()) Paragraph($"Changed: {Wording.Change(change)}");
        Line(MarkdownText.Fenced(given.Text));
        Line();
    }

    private void Heading(int level, string text)
    {
        Line($"{new string('#', level)} {Escape(text)}");
        Line();
    }

    private void Paragraph(string text)
    {
        Line(Escape(text));
        Line();
    }

    private void Table(string[] columns, IEnumerable<string[]> rows)
    {
        Line($"| {string.Join(" | ", columns)} |");
        Line($"|{string.Concat(Enumerable.Repeat(" --- |", columns.Length))}");
        foreach (var row in rows)
        {
            _cancellation.ThrowIfCancellationRequested();
            Line($"| {string.Join(" | ", row.Select(Escape))} |");
        }

        Line();
    }

    private void Line(string text = "")
    {
        _output.Write(text);
        _output.Write('\n');
    }

    private static string Escape(string text) => MarkdownText.Escape(text);
}
