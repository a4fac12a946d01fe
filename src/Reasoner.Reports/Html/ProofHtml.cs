using System.Globalization;

namespace Reasoner.Reports;

/// <summary>Proofs in HTML: a picture, and the tree to read beneath it.</summary>
internal sealed class ProofHtml(Markup html, ShortForms names)
{
    // Deeper levels are folded; the page stays an overview.
    private const int OpenLevels = 4;

    // A picture shrinks to the page as long as its text can be read; a wider one scrolls.
    private const double SmallestScale = 0.85;

    private readonly PictureSvg _picture = new(html, names);

    // Names of steps may hold anything; anchors are numbers.
    private readonly Dictionary<string, string> _anchors = new(StringComparer.Ordinal);

    /// <summary>A proof with its heading.</summary>
    public void Proof(ProofTree tree, bool isOpen)
    {
        var number = Wording.Number(tree.Number);
        html.Open("article", ("id", $"proof-{number}"), ("class", "proof"), ("aria-labelledby", $"proof-{number}-title")).Line();
        html.Open("h3", ("id", $"proof-{number}-title")).Text($"Proof {number}: {tree.Title} ");
        html.Element("span", tree.Role, ("class", "role")).Close().Line();
        if (tree.Picture is { } picture)
        {
            html.Open("details", ("class", "fold"), ("open", isOpen ? "open" : null)).Element("summary", "Picture").Line();
            Picture(picture, number, tree.Title);
            if (picture.LeftOut > 0) html.Element("p", Wording.PictureCut(picture), ("class", "note")).Line();
            html.Close().Line();
        }

        html.Open("details", ("class", "fold"), ("open", isOpen ? "open" : null)).Element("summary", "Step by step").Line();
        html.Open("ul", ("class", "tree")).Line();
        Line(tree.Root, level: 1);
        html.Close().Line();
        if (tree.LeftOut > 0) html.Element("p", Wording.Cut(tree), ("class", "note")).Line();
        html.Close().Line();
        html.Close().Line();
    }

    // As deep as a tree has levels, at most.
    private void Line(ProofLine line, int level)
    {
        if (line.Step is null)
        {
            html.Open("li").Element("span", Wording.Missing(line.Name), ("class", "missing")).Close().Line();
            return;
        }

        if (line.IsReference)
        {
            html.Open("li", ("class", "reference"));
            Fact(names.Fact(line.Step.Fact));
            html.Open("span", ("class", "note")).Text(" see ").Element("a", line.Name, ("href", "#" + Anchor(line.Name))).Close();
            html.Close().Line();
            return;
        }

        html.Open("li", ("id", Anchor(line.Name)));
        if (line.Premises.Count == 0)
        {
            Step(line);
        }
        else
        {
            html.Open("details", ("open", level <= OpenLevels ? "open" : null)).Open("summary");
            Step(line);
            html.Close().Line();
            html.Open("ul").Line();
            foreach (var premise in line.Premises) Line(premise, level + 1);
            html.Close().Close();
        }

        html.Close().Line();
    }

    private void Step(ProofLine line)
    {
        var step = line.Step!;
        Fact(names.Fact(step.Fact));
        html.Element("span", line.Name, ("class", "step"));
        html.Open("span", ("class", "note"));
        if (step.Source is { } source) html.Text("from " + Wording.Source(source));
        else if (step.Rule is { } rule) html.Text("by ").Element("span", step.Label ?? names.Term(rule).Text, ("class", "rule"), ("title", rule));
        if (step.Bindings is { Count: > 0 } bindings)
        {
            var separator = " with ";
            foreach (var (variable, value) in bindings)
            {
                var shown = names.Term(value);
                html.Text($"{separator}{variable} = ").Element("span", shown.Text, ("title", shown.Full));
                separator = ", ";
            }
        }

        html.Close();
    }

    private void Fact(ShortFact fact)
    {
        html.Open("span", ("class", "fact"), ("title", fact.Full)).Text(fact.Subject.Text);
        if (fact.Predicate is { } predicate && fact.Object is { } value)
        {
            html.Text(" ").Element("span", predicate.Text, ("class", "predicate")).Text(" ").Element("b", value.Text);
        }

        html.Close();
    }

    private string Anchor(string step)
    {
        if (!_anchors.TryGetValue(step, out var anchor))
        {
            _anchors[step] = anchor = "step-" + (_anchors.Count + 1).ToString(CultureInfo.InvariantCulture);
        }

        return anchor;
    }

    private void Picture(ProofPicture picture, string number, string label)
    {
        const double margin = 6;
        var (width, height) = (picture.Width + (2 * margin), picture.Height + (2 * margin));
        html.Open("div", ("class", "picture"), ("tabindex", "0"), ("role", "region"), ("aria-label", $"Picture of proof {number}")).Line();
        html.Open("svg",
            ("xmlns", PictureSvg.Namespace), ("role", "img"), ("aria-labelledby", $"picture-{number}-title picture-{number}-text"),
            ("width", Markup.Pixels(width)), ("height", Markup.Pixels(height)),
            ("style", $"min-width: {Markup.Pixels(Math.Floor(width * SmallestScale))}px"),
            ("viewBox", PictureSvg.ViewBox(width, height, margin))).Line();
        html.Element("title", $"Proof of: {label}", ("id", $"picture-{number}-title")).Line();
        html.Element("desc", "The conclusion is at the left and its premises are to the right; the same proof follows step by step as text.",
            ("id", $"picture-{number}-text")).Line();
        _picture.Draw(picture);
        html.Close().Line();
        html.Close().Line();
    }
}
