using System.Globalization;
using Reasoner.Decisions;

namespace Reasoner.Reports;

/// <summary>A report as one HTML file: nothing is loaded and nothing is run to read it.</summary>
internal sealed class HtmlReport
{
    private static readonly Lazy<string> StyleSheet = new(() => StyleSheets.Read("report.css") + StyleSheets.Read("picture.css"));

    private readonly Explanation _explanation;
    private readonly DecisionRecord _record;
    private readonly Markup _html;
    private readonly PageParts _page;
    private readonly ShortForms _names;
    private readonly ProofHtml _proofs;
    private readonly CancellationToken _cancellation;

    private HtmlReport(Explanation explanation, TextWriter output, CancellationToken cancellation)
    {
        _explanation = explanation;
        _record = explanation.Record;
        _html = new Markup(output);
        _page = new PageParts(_html);
        _names = new ShortForms(explanation);
        _proofs = new ProofHtml(_html, _names);
        _cancellation = cancellation;
        output.Write("<!DOCTYPE html>\n");
    }

    public static void Write(Explanation explanation, TextWriter output, CancellationToken cancellation) =>
        new HtmlReport(explanation, output, cancellation).Page();

    private void Page()
    {
        var subject = _names.Term(_record.Subject);
        _page.Open($"Decision on {subject.Text} ({_record.Domain})", StyleSheet.Value);
        Header(subject);
        _html.Open("main").Line();
        Outcome();
        if (_record.Joint is { } joint)
        {
            new JointHtml(_html, _page, _explanation, _cancellation).Write(joint);
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
        Versions();
        Names();
        _html.Close().Line();
        About();
        _html.Close().Line();
        _html.Close().Line();
    }

    private void Header(ShortTerm subject)
    {
        _html.Open("header").Line();
        _html.Element("p", $"Decision report · {_record.Domain}", ("class", "eyebrow")).Line();
        _html.Open("h1").Text("Decision on ").Element("span", subject.Text, ("title", subject.Full)).Close().Line();
        _html.Open("dl", ("class", "facts")).Line();
        _page.Entry("Domain", _record.Domain);
        _page.Entry("Subject", _record.Subject, code: true);
        _page.Entry("Record", _record.Id, code: true);
        _html.Close().Line();
        _page.Contents(Contents());
        _html.Close().Line();
    }

    private IEnumerable<(string Id, string Title)> Contents() =>
    [
        .. _record.Joint is { } joint ? JointHtml.Contents(joint) : [("reasons", "Reasons"), ("candidates", "Candidates")], .. _record.Counterfactuals is null ? [] : new[] { ("counterfactuals", "Another answer") },
        ("proofs", "Proofs"), ("thinking", "Experts"),
        ("case", "Case"), ("versions", "Versions"), ("about", "How to contest"),
    ];

    private void Outcome()
    {
        var status = _record.Status switch
        {
            DecisionStatus.Decided => "decided",
            DecisionStatus.Abstained => "abstained",
            _ => "infeasible",
        };
        _page.OpenSection("outcome", "Outcome", $"outcome {status}", hidden: true);
        _html.Open("div", ("class", "answer"));
        _html.Element("p", Wording.Status(_record.Status), ("class", "status")).Line();
        _html.Element("p", Wording.Headline(_explanation), ("class", "headline"), ("title", _record.Answer?.Iri)).Line();
        _html.Element("p", Wording.Detail(_explanation), ("class", "detail")).Close().Line();
        if (_record.Confidence is { } confidence)
        {
            _html.Open("div", ("class", "confidence"));
            _html.Element("p", "Confidence", ("class", "status")).Element("p", Wording.Percent(confidence), ("class", "figure"));
            Bar(confidence);
            _html.Element("p", Wording.ConfidenceMeaning, ("class", "note")).Close().Line();
        }

        _html.Close().Line();
    }

    private void PrincipalReasons()
    {
        _page.OpenSection("reasons", "Principal reasons");
        _html.Element("p", Wording.ReasonsIntroduction(_explanation)).Line();
        if (!_explanation.PrincipalReasons.IsEmpty)
        {
            _html.Open("ol", ("class", "reasons")).Line();
            foreach (var reason in _explanation.PrincipalReasons) ReasonItem(reason, withRole: true);
            _html.Close().Line();
        }

        if (!_record.Conflict.OrEmpty().IsEmpty)
        {
            _html.Open("p", ("class", "conflict")).Text(Wording.ConflictIntroduction + " ");
            for (var i = 0; i < _record.Conflict.Length; i++)
            {
                if (i > 0) _html.Text(", ");
                Code(_names.Term(_record.Conflict[i]));
            }

            _html.Text(".").Close().Line();
        }

        _html.Close().Line();
    }

    private void ReasonItem(Reason reason, bool withRole)
    {
        _cancellation.ThrowIfCancellationRequested();
        _html.Open("li", ("class", reason.Against ? "against" : "for"));
        _html.Open("p", ("class", "because"));
        if (reason.Code is { } code) _html.Element("span", code, ("class", "code")).Text(" ");
        _html.Text(reason.Because).Close();
        _html.Open("p", ("class", "note"));
        if (withRole) _html.Element("span", Wording.Role(reason), ("class", "role")).Text(" · ");
        _html.Element("span", reason.Label, ("title", reason.Iri));
        foreach (var citation in Citation.Of(reason.Source))
        {
            _html.Text(" · ");
            _page.Cite(citation);
        }

        if (reason.Proof is { } proof)
        {
            var number = Wording.Number(_explanation.ProofNumber(proof));
            _html.Text(" · ").Element("a", $"Proof {number}", ("href", $"#proof-{number}"));
        }

        _html.Close();
        _html.Close().Line();
    }

    private void Candidates()
    {
        _page.OpenSection("candidates", "Candidate answers");
        if (_explanation.Candidates.IsEmpty)
        {
            _html.Element("p", Wording.NoCandidates).Close().Line();
            return;
        }

        _html.Open("table", ("class", "candidates")).Line();
        _html.Element("caption", Wording.Order(_explanation)).Line();
        (string, string?)[] preference = _explanation.HasPreferences ? [("Preference", "number")] : [];
        _page.HeaderRow([("Rank", null), ("Answer", null), ("Score", "number"), .. preference, ("Verdict", null), ("Violations", "number"), ("Supports", "number")]);
        _html.Open("tbody").Line();
        foreach (var candidate in _explanation.Candidates)
        {
            _html.Open("tr").Element("td", Wording.Number(candidate.Rank));
            _html.Element("th", candidate.Answer.Label, ("scope", "row"), ("title", candidate.Answer.Iri));
            _html.Open("td", ("class", "number score"));
            Bar(candidate.Score);
            _html.Element("span", Wording.Percent(candidate.Score)).Close();
            if (_explanation.HasPreferences) _html.Element("td", Wording.Preference(candidate), ("class", "number"));
            _html.Open("td");
            VerdictBadge(candidate);
            _html.Close();
            _html.Element("td", Wording.Number(candidate.Violations.OrEmpty().Length), ("class", "number"));
            _html.Element("td", Wording.Number(candidate.Supports.OrEmpty().Length), ("class", "number"));
            _html.Close().Line();
        }

        _html.Close().Close().Line();
        foreach (var candidate in _explanation.Candidates) CandidateDetails(candidate);
        _html.Close().Line();
    }

    private void CandidateDetails(CandidateRecord candidate)
    {
        _html.Open("section", ("class", "candidate")).Line();
        _html.Open("h3").Text($"{candidate.Answer.Label} ");
        VerdictBadge(candidate);
        _html.Close().Line();
        Reasons("Violations", Reason.Violations(candidate));
        Reasons("Supports", Reason.Supports(candidate));
        if (Wording.NoReasons(candidate) is { } none) _html.Element("p", none).Line();
        _html.Close().Line();
    }

    private void Reasons(string title, IEnumerable<Reason> reasons)
    {
        var any = false;
        foreach (var reason in reasons)
        {
            if (!any) _html.Element("h4", title).Line().Open("ul", ("class", "reasons")).Line();
            any = true;
            ReasonItem(reason, withRole: false);
        }

        if (any) _html.Close().Line();
    }

    private void Counterfactuals()
    {
        if (_record.Counterfactuals is not { } found) return;
        _page.OpenSection("counterfactuals", Wording.CounterfactualsTitle);
        _html.Element("p", Wording.Counterfactuals(found)).Line();
        var alternatives = found.Alternatives.OrEmpty();
        for (var i = 0; i < alternatives.Length; i++)
        {
            _cancellation.ThrowIfCancellationRequested();
            var alternative = alternatives[i];
            _html.Open("section", ("class", "candidate")).Line();
            _html.Element("h3", $"{Wording.Number(i + 1)}. {alternative.Text}").Line();
            _html.Open("table", ("class", "changes")).Line();
            _html.Element("caption", Wording.Alternative(alternative)).Line();
            _page.HeaderRow(("Property", null), ("From", null), ("To", null), ("Cost", "number"));
            _html.Open("tbody").Line();
            foreach (var change in alternative.Changes.OrEmpty())
            {
                _html.Open("tr").Element("th", change.Label, ("scope", "row"), ("title", change.Path));
                _html.Element("td", change.FromLabel ?? Wording.NoValue, ("title", change.From)).Element("td", change.ToLabel, ("title", change.To));
                _html.Element("td", Wording.Cost(change.Cost), ("class", "number")).Close().Line();
            }

            _html.Close().Close().Line();
            _html.Close().Line();
        }

        if (!alternatives.IsEmpty) _html.Element("p", Wording.AlternativesAreDecided, ("class", "note")).Line();
        _html.Close().Line();
    }

    private void Proofs()
    {
        _page.OpenSection("proofs", "Proofs");
        _html.Element("p", Wording.ProofsIntroduction(_explanation)).Line();
        foreach (var tree in _explanation.Proofs)
        {
            _cancellation.ThrowIfCancellationRequested();
            _proofs.Proof(tree, isOpen: tree.Number <= _explanation.PrincipalReasons.Length);
        }

        _html.Close().Line();
    }

    private void Thinking()
    {
        _page.OpenSection("thinking", "Experts and effort");
        _html.Element("p", Wording.Thinking(_record.Thinking)).Line();
        if (!_record.Experts.OrEmpty().IsEmpty)
        {
            _html.Open("table", ("class", "experts")).Line();
            _html.Element("caption", "Experts consulted, by their share in the scores").Line();
            _page.HeaderRow(("Expert", null), ("Weight", "number"));
            _html.Open("tbody").Line();
            foreach (var expert in _record.Experts)
            {
                _html.Open("tr").Element("th", expert.Name, ("scope", "row")).Open("td", ("class", "number score"));
                Bar(expert.Weight);
                _html.Element("span", Wording.Percent(expert.Weight)).Close().Close().Line();
            }

            _html.Close().Close().Line();
        }

        _html.Close().Line();
    }

    private void Case()
    {
        var given = _record.Case;
        _page.OpenSection("case", "The case as it was given");
        _html.Open("dl", ("class", "facts")).Line();
        _page.Entry("Document", given.Name, code: true);
        _page.Entry("Media type", given.MediaType);
        if (given.Row is { } row) _page.Entry("Row", Wording.Number(row));
        foreach (var change in (given.Changes ?? []).OrEmpty()) _page.Entry("Changed", Wording.Change(change), code: true);
        _html.Close().Line();
        _html.Open("pre", ("tabindex", "0"), ("role", "region"), ("aria-label", "The text of the case"));
        _html.Element("code", given.Text).Close().Line();
        _html.Close().Line();
    }

    private void Versions()
    {
        _page.OpenSection("versions", "Versions");
        _html.Element("p", Wording.VersionsIntroduction).Line();
        _html.Open("table", ("class", "versions")).Line();
        _html.Element("caption", "Content versions").Line();
        _page.HeaderRow(("Part", null), ("Version", null));
        _html.Open("tbody").Line();
        foreach (var (part, version) in VersionTable.Of(_record.Versions))
        {
            _html.Open("tr").Element("th", part, ("scope", "row")).Open("td").Element("code", version).Close().Close().Line();
        }

        _html.Close().Close().Close().Line();
    }

    private void Names()
    {
        _page.OpenSection("names", "Names in this report");
        _html.Open("details").Element("summary", "Short names and what they stand for").Line();
        _html.Open("table", ("class", "names")).Line();
        _html.Element("caption", "Short names, by the alphabet").Line();
        _page.HeaderRow(("Name", null), ("IRI", null));
        _html.Open("tbody").Line();
        foreach (var (name, iri) in _names.Names)
        {
            _html.Open("tr").Element("th", name, ("scope", "row")).Open("td").Element("code", iri).Close().Close().Line();
        }

        _html.Close().Close().Close().Close().Line();
    }

    private void About()
    {
        _html.Open("footer", ("id", "about")).Line();
        _html.Element("h2", Wording.AboutTitle).Line();
        foreach (var (heading, text) in Wording.About(_record))
        {
            _html.Element("h3", heading).Element("p", text).Line();
        }

        _html.Close().Line();
    }

    private void VerdictBadge(CandidateRecord candidate) => _html.Element(
        "span", Wording.VerdictWord(candidate.Verdict), ("class", $"badge {Wording.VerdictWord(candidate.Verdict).Replace(' ', '-')}"));

    private void Code(ShortTerm term) => _html.Element("code", term.Text, ("title", term.Full));

    // The figure stands beside the bar, so a screen reader needs only that.
    private void Bar(double share)
    {
        var width = double.IsFinite(share) ? Math.Clamp(share, 0, 1) * 100 : 0;
        _html.Open("svg",
            ("class", "bar"), ("aria-hidden", "true"), ("viewBox", "0 0 100 8"), ("preserveAspectRatio", "none"),
            ("xmlns", PictureSvg.Namespace));
        _html.Empty("rect", ("class", "track"), ("width", "100"), ("height", "8"));
        _html.Empty("rect", ("class", "fill"), ("width", width.ToString("0.##", CultureInfo.InvariantCulture)), ("height", "8"));
        _html.Close();
    }
}
