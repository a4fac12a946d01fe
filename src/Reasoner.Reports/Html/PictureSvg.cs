using System.Text;

namespace Reasoner.Reports;

/// <summary>Draws the picture of a proof inside an SVG element.</summary>
internal sealed class PictureSvg(Markup html, ShortForms names)
{
    public const string Namespace = "http://www.w3.org/2000/svg";

    /// <summary>The view box of a picture with its margins.</summary>
    public static string ViewBox(double width, double height, double margin) =>
        $"{Markup.Pixels(-margin)} {Markup.Pixels(-margin)} {Markup.Pixels(width)} {Markup.Pixels(height)}";

    /// <summary>Draws lines and boxes, the conclusion first.</summary>
    public void Draw(ProofPicture picture)
    {
        foreach (var edge in picture.Edges) html.Empty("path", ("class", "edge"), ("d", PathOf(edge))).Line();
        for (var i = 0; i < picture.Boxes.Count; i++) Box(picture.Boxes[i], isConclusion: i == 0);
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
