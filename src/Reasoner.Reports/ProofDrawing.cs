using System.Collections.Immutable;
using System.Text;
using Reasoner.Decisions;

namespace Reasoner.Reports;

/// <summary>
/// A proof as one SVG document that needs nothing beside it: boxes for steps, the conclusion at the left and every step's
/// premises to its right. Its description holds the same proof as text, for those who do not see it.
/// </summary>
public static class ProofDrawing
{
    private const double Margin = 20;
    private const double NoteHeight = 26;

    private static readonly Lazy<string> StyleSheet = new(() => StyleSheets.Read("svg.css") + StyleSheets.Read("picture.css"));

    /// <summary>Draws the proof that ends in a step; of a large proof what is nearest to the conclusion.</summary>
    /// <param name="root">The step's name.</param>
    /// <param name="steps">The steps by name.</param>
    /// <param name="labels">Labels of IRIs, by which they are shown; others are shown by their local names.</param>
    /// <param name="output">Receives the document.</param>
    /// <param name="cancellation">Ends the work.</param>
    public static void Write(
        string root,
        ImmutableSortedDictionary<string, ProofStep> steps,
        IReadOnlyDictionary<string, string> labels,
        TextWriter output,
        CancellationToken cancellation = default)
    {
        var picture = ProofPicture.Draw(root, new ProofSteps(steps), ReportLimits.DrawingSteps, ReportLimits.DrawingLevels, cancellation);
        var names = new ShortForms(labels, picture.Boxes.Select(box => box.Step?.Fact).OfType<string>());
        var html = new Markup(output);
        var isCut = picture.LeftOut > 0;
        var (width, height) = (picture.Width + (2 * Margin), picture.Height + (2 * Margin) + (isCut ? NoteHeight : 0));
        html.Open("svg",
            ("xmlns", PictureSvg.Namespace), ("role", "img"), ("aria-labelledby", "proof-title proof-text"),
            ("width", Markup.Pixels(width)), ("height", Markup.Pixels(height)), ("viewBox", PictureSvg.ViewBox(width, height, Margin))).Line();
        html.Element("title", $"Proof of: {(steps.TryGetValue(root, out var step) ? names.Fact(step.Fact).Text : root)}", ("id", "proof-title")).Line();
        html.Element("desc", Describe(picture, names), ("id", "proof-text")).Line();
        html.StyleSheet(StyleSheet.Value).Line();
        html.Empty("rect", ("class", "ground"), ("x", Markup.Pixels(-Margin)), ("y", Markup.Pixels(-Margin)),
            ("width", Markup.Pixels(width)), ("height", Markup.Pixels(height))).Line();
        new PictureSvg(html, names).Draw(picture);
        if (isCut) html.Element("text", Wording.PictureCut(picture), ("class", "note"), ("x", "0"), ("y", Markup.Pixels(picture.Height + NoteHeight))).Line();
        html.Close().Line();
    }

    private static string Describe(ProofPicture picture, ShortForms names)
    {
        var text = new StringBuilder("The conclusion is at the left and its premises are to the right. Step by step:");
        foreach (var box in picture.Boxes)
        {
            text.Append('\n').Append(box.Name).Append(": ");
            if (box.Step is not { } step)
            {
                text.Append("missing.");
                continue;
            }

            text.Append(names.Fact(step.Fact).Text);
            if (step.Source is { } source) text.Append(", from ").Append(Wording.Source(source));
            if (step.Rule is { } rule) text.Append(", by ").Append(step.Label ?? names.Term(rule).Text);
            if (step.Premises is { IsDefaultOrEmpty: false } premises) text.Append(", from ").AppendJoin(" and ", premises.Distinct(StringComparer.Ordinal));
            text.Append('.');
        }

        return text.ToString();
    }
}
