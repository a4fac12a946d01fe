using Reasoner.Decisions;

namespace Reasoner.Reports;

/// <summary>The sections of a decision about several slots: the answers as a table, or the conflict and the ways out, and why not others.</summary>
internal sealed class JointHtml(Markup html, PageParts page, Explanation explanation, CancellationToken cancellation)
{
    private readonly DecisionRecord _record = explanation.Record;

    public static IEnumerable<(string Id, string Title)> Contents(JointRecord joint) =>
    [
        joint.Objective is null ? ("conflict", "Conflict") : ("answers", "Answers"),
        .. joint.Objective is null ? [("ways-out", Wording.WaysOutTitle)] : Array.Empty<(string, string)>(),
        ("rejected", "Ruled out"),
        .. joint.Explained.OrEmpty().IsEmpty ? [] : new[] { ("explained", "Why not others") },
    ];

    public void Write(JointRecord joint)
    {
        if (_record.Answers is { } answers) Answers(AnswerGrid.Of(answers.OrEmpty()));
        else Conflict(joint);
        Rejected();
        Explained(joint);
    }

    private void Answers(AnswerGrid grid)
    {
        page.OpenSection("answers", "Answers");
        html.Open("div", ("class", "wide"), ("tabindex", "0"), ("role", "region"), ("aria-label", "The answers as a table"));
        html.Open("table", ("class", "answers")).Line();
        html.Element("caption", "What was chosen for each slot").Line();
        page.HeaderRow([("", null), .. grid.Columns.Select(column => (column, (string?)null))]);
        html.Open("tbody").Line();
        foreach (var row in grid.Rows)
        {
            cancellation.ThrowIfCancellationRequested();
            html.Open("tr").Element("th", row.Label, ("scope", "row"));
            foreach (var cell in row.Cells) html.Element("td", cell);
            html.Close().Line();
        }

        html.Close().Close().Close().Line();
        html.Close().Line();
    }

    private void Conflict(JointRecord joint)
    {
        page.OpenSection("conflict", "What cannot be kept together");
        if (!joint.Conflict.OrEmpty().IsEmpty) html.Element("p", Wording.Conflict(joint)).Line();
        Limits(joint.Conflict.OrEmpty());
        html.Close().Line();
        page.OpenSection("ways-out", Wording.WaysOutTitle);
        html.Element("p", Wording.WaysOut(joint)).Line();
        html.Open("ol", ("class", "ways")).Line();
        foreach (var way in joint.Relaxations.OrEmpty())
        {
            html.Open("li").Open("ul");
            foreach (var change in way.Changes.OrEmpty()) html.Element("li", change.Text);
            html.Close().Close().Line();
        }

        html.Close().Line();
        html.Close().Line();
    }

    private void Limits(IEnumerable<LimitRecord> limits)
    {
        html.Open("ul", ("class", "reasons")).Line();
        foreach (var limit in limits)
        {
            cancellation.ThrowIfCancellationRequested();
            html.Open("li", ("class", "against")).Open("p", ("class", "because"));
            if (limit.Code is { } code) html.Element("span", code, ("class", "code")).Text(" ");
            html.Text(limit.Text).Close().Open("p", ("class", "note"));
            html.Element("span", Wording.Role(limit), ("class", "role")).Text(" · ").Element("span", limit.About.Label, ("title", limit.About.Iri));
            foreach (var citation in Citation.Of(limit.Source))
            {
                html.Text(" · ");
                page.Cite(citation);
            }

            foreach (var proof in limit.Proofs.OrEmpty())
            {
                var number = Wording.Number(explanation.ProofNumber(proof));
                html.Text(" · ").Element("a", $"Proof {number}", ("href", $"#proof-{number}"));
            }

            html.Close().Close().Line();
        }

        html.Close().Line();
    }

    private void Rejected()
    {
        var rejections = Rejection.Of(_record);
        page.OpenSection("rejected", "Ruled out");
        html.Element("p", Wording.Rejections(_record, rejections.Length)).Line();
        if (!rejections.IsEmpty)
        {
            html.Open("table", ("class", "rejections")).Line();
            html.Element("caption", "Reasons, and how many possible answers fell for each").Line();
            page.HeaderRow(("Code", null), ("Reason", null), ("Source", null), ("Answers", "number"));
            html.Open("tbody").Line();
            foreach (var rejection in rejections)
            {
                cancellation.ThrowIfCancellationRequested();
                html.Open("tr").Element("td", rejection.Code ?? "").Element("th", rejection.Because, ("scope", "row")).Open("td");
                foreach (var citation in Citation.Of(rejection.Source)) page.Cite(citation);

                html.Close().Element("td", Wording.Number(rejection.Candidates), ("class", "number")).Close().Line();
            }

            html.Close().Close().Line();
        }

        html.Close().Line();
    }

    private void Explained(JointRecord joint)
    {
        if (joint.Explained.OrEmpty().IsEmpty) return;
        page.OpenSection("explained", "Why not other answers");
        foreach (var slot in joint.Explained)
        {
            html.Element("h3", slot.Slot.Label, ("title", slot.Slot.Iri)).Line();
            foreach (var other in slot.Alternatives.OrEmpty()) Alternative(other);
        }

        html.Close().Line();
    }

    private void Alternative(SlotAlternative other)
    {
        html.Open("section", ("class", "candidate")).Line();
        html.Element("h4", $"{other.Answer.Label}: {(other.Limits.OrEmpty().IsEmpty ? other.Text : Wording.Reproach(other))}").Line();
        if (!other.Limits.OrEmpty().IsEmpty) Limits(other.Limits);
        if (!other.Changes.OrEmpty().IsEmpty || !other.Preferences.OrEmpty().IsEmpty)
        {
            html.Open("ul").Line();
            foreach (var change in other.Changes.OrEmpty()) html.Element("li", Wording.Change(change)).Line();
            foreach (var preference in other.Preferences.OrEmpty()) html.Element("li", $"{Wording.Weight(preference.Weight)}: {preference.Because}").Line();
            html.Close().Line();
        }

        html.Close().Line();
    }
}
