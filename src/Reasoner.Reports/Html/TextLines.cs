using System.Text;

namespace Reasoner.Reports;

/// <summary>
/// Breaks text into lines for SVG, which does not wrap. Widths are estimates on the wide side for sans-serif type, so that
/// text stays inside its box whatever the reader's font is.
/// </summary>
internal static class TextLines
{
    /// <summary>The lines of a text, at least one; where it does not fit, the last line ends in an ellipsis.</summary>
    public static IReadOnlyList<string> Wrap(string text, double width, double fontSize, int maxLines)
    {
        var lines = new List<string>();
        var rest = string.Join(' ', text.Split(default(char[]), StringSplitOptions.RemoveEmptyEntries));
        while (lines.Count < maxLines - 1)
        {
            var fits = Fitting(rest, width / fontSize);
            if (fits == rest.Length) break;
            var space = rest.LastIndexOf(' ', fits);
            var end = space > fits / 2 ? space : fits;
            if (end == 0) break;
            lines.Add(rest[..end].TrimEnd());
            rest = rest[end..].TrimStart();
        }

        var last = Fitting(rest, width / fontSize);
        if (last < rest.Length) rest = rest[..Fitting(rest, (width / fontSize) - 1)] + "…";
        lines.Add(rest);
        return lines;
    }

    private static int Fitting(string text, double ems)
    {
        var end = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            ems -= Width(rune);
            if (ems < 0) break;
            end += rune.Utf16SequenceLength;
        }

        return end;
    }

    private static double Width(Rune rune) => rune.Value switch
    {
        ' ' or 'i' or 'j' or 'l' or 't' or 'f' or 'I' or '.' or ',' or ':' or ';' or '\'' or '|' or '!' or '(' or ')' => 0.33,
        'c' or 'k' or 'r' or 's' or 'v' or 'x' or 'y' or 'z' or '-' => 0.5,
        'm' or 'w' or 'M' or 'W' or '@' or '%' => 0.9,
        >= 'A' and <= 'Z' => 0.7,
        < 0x1100 => 0.57,
        _ => 1.0,
    };
}
