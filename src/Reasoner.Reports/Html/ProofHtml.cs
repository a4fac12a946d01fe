using System.Globalization;
using System.Text;

namespace Reasoner.Reports;

/// <summary>Proofs in HTML: a picture, and the tree to read beneath it.</summary>
internal sealed class ProofHtml(Markup html, ShortForms names)
{
    public const string SvgNamespace = "http://www.w3.org/2000/svg";

    // Deeper levels are folded; the page stays an overview.
    private const int OpenLevels = 4;

    // A picture shrinks to the page as long as its text can be read; a wider one scrolls.
    private const double SmallestScale = 0.85;

    // Names of steps may hold anything; anchors are numbers.
    private readonly Dictionary<string, string> _anchors = new(StringComparer.Ordinal);

    /// <summary>A proof with its heading.</summary>
    public void Proof(ProofTree tree, bool isOpen)
    {
        var number = Wording.Number(tree.Number);
        html.Open("article", ("id", $"proof-{number}"), ("class", "proof"), ("aria-labelledby", $"proof-{number}-title")).Line();
        html.Open("h3", ("id", $"proof-{number}-title")).Text($"Proof {number}: {tree.Reason.Label} ");
        html.Element("span", Wording.Role(tree.Reason), ("class", "role")).Close().Line();
        if (tree.Picture is { } picture)
        {
            html.Open("details", ("class", "fold"), ("open", isOpen ? "open" : null)).Element("summary", "Picture").Line();
            Picture(picture, number, tree.Reason.Label);
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
        var width = picture.Width + (2 * margin);
        var height = picture.Height + (2 * margin);
        html.Open("div", ("class", "picture"), ("tabindex", "0"), ("role", "region"), ("aria-label", $"Picture of proof {number}")).Line();
        html.Open("svg",
            ("xmlns", SvgNamespace), ("role", "img"), ("aria-labelledby", $"picture-{number}-title picture-{number}-text"),
            ("width", Markup.Pixels(width)), ("height", Markup.Pixels(height)),
            ("style", $"min-width: {Markup.Pixels(Math.Floor(width * SmallestScale))}px"),
            ("viewBox", $"{Markup.Pixels(-margin)} {Markup.Pixels(-margin)} {Markup.Pixels(width)} {Markup.Pixels(height)}")).Line();
        html.Element("title", $"Proof of: {label}", ("id", $"picture-{number}-title")).Line();
        html.Element("desc", "The conclusion is at the left and its premises are to the right; the same proof follows step by step as text.",
            ("id", $"picture-{number}-text")).Line();
        foreach (var edge in picture.Edges) html.Empty("path", ("class", "edge"), ("d", PathOf(edge))).Line();
        for (var i = 0; i < picture.Boxes.Count; i++) Box(picture.Boxes[i], isConclusion: i == 0);
        html.Close().Line();
        html.Close().Line();
    }

    private void Box(ProofBox box, bool isConclusion)
    {
        const double padding = 12;
        var step = box.Step;
        var kind = isConclusion ? "conclusion" : step?.Source is not null ? "given" : "derived";
        var fact = step is null ? null : names.Fact(step.Fact);
        html.Open("g", ("class", kind), ("transform", $"translate({Markup.Pixels(box.X)} {Markup.Pixels(box.Y)})"));
        html.Element("title", fact is null ? Wording.Missing(box.Name) : $"{box.Name}: {fact.Full} ({Caption(box)})");
        var boxHeight = Markup.Pixels(ProofPicture.BoxHeight);
        html.Empty("rect", ("class", "box"), ("width", Markup.Pixels(ProofPicture.BoxWidth)), ("height", boxHeight), ("rx", "4"));
        html.Empty("rect", ("class", "mark"), ("width", "4"), ("height", boxHeight), ("rx", "2"));
        var lines = TextLines.Wrap(fact?.Text ?? "missing from the record", ProofPicture.BoxWidth - (2 * padding), fontSize: 12, maxLines: 2);
        for (var i = 0; i < lines.Count; i++)
        {
            var y = lines.Count == 1 ? 25 : 19 + (i * 15);
            html.Element("text", lines[i], ("x", Markup.Pixels(padding)), ("y", Markup.Pixels(y)), ("class", "fact"));
        }

        var caption = $"{box.Name} · {Caption(box)}";
        html.Element("text", TextLines.Wrap(caption, ProofPicture.BoxWidth - (2 * padding), fontSize: 10.5, maxLines: 1)[0],
            ("x", Markup.Pixels(padding)), ("y", "51"), ("class", "caption"));
        html.Close().Line();
    }

    private string Caption(ProofBox box)
    {
        var origin = box.Step switch
        {
            null => "missing",
            { Source: { } source } => Wording.Source(source),
            { Label: { } label } => label,
            { Rule: { } rule } => names.Term(rule).Text,
            _ => "",
        };
        return box.PremisesLeftOut > 0 ? $"(+{Wording.Number(box.PremisesLeftOut)}) {origin}" : origin;
    }

    // Between boxes a curve, through a column a straight line: points alternate between right sides and left sides.
    private static string PathOf(ProofEdge edge)
    {
        var path = new StringBuilder();
        for (var i = 0; i < edge.Points.Count; i++)
        {
            var (x, y) = edge.Points[i];
            if (i == 0)
            {
                path.Append('M').Append(Markup.Pixels(x)).Append(' ').Append(Markup.Pixels(y));
            }
            else if (i % 2 == 1)
            {
                var (fromX, fromY) = edge.Points[i - 1];
                var middle = Markup.Pixels((fromX + x) / 2);
                var endY = Markup.Pixels(y);
                path.Append($"C{middle} {Markup.Pixels(fromY)} {middle} {endY} {Markup.Pixels(x)} {endY}");
            }
            else
            {
                path.Append('H').Append(Markup.Pixels(x));
            }
        }

        return path.ToString();
    }
}
