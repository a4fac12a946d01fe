using System.Globalization;

namespace Reasoner.Reports;

/// <summary>
/// Writes HTML that is well-formed XML as well. All text and all values of attributes pass through the one escape, so no
/// caller can forget it; the names of elements and attributes are the report's own.
/// </summary>
internal sealed class Markup(TextWriter output)
{
    private readonly Stack<string> _open = new();

    /// <summary>Opens an element. An attribute whose value is null is left out.</summary>
    public Markup Open(string element, params ReadOnlySpan<(string Name, string? Value)> attributes)
    {
        Tag(element, attributes);
        output.Write('>');
        _open.Push(element);
        return this;
    }

    /// <summary>Closes the element that was opened last.</summary>
    public Markup Close()
    {
        output.Write("</");
        output.Write(_open.Pop());
        output.Write('>');
        return this;
    }

    /// <summary>An element that holds only text.</summary>
    public Markup Element(string element, string text, params ReadOnlySpan<(string Name, string? Value)> attributes) =>
        Open(element, attributes).Text(text).Close();

    /// <summary>An element that never holds anything.</summary>
    public Markup Empty(string element, params ReadOnlySpan<(string Name, string? Value)> attributes)
    {
        Tag(element, attributes);
        output.Write(" />");
        return this;
    }

    /// <summary>Text.</summary>
    public Markup Text(string text)
    {
        Escape(text);
        return this;
    }

    /// <summary>Ends a line of the file; it means nothing to a reader of the page.</summary>
    public Markup Line()
    {
        output.Write('\n');
        return this;
    }

    /// <summary>The report's own style sheet, which holds neither <c>&lt;</c> nor <c>&amp;</c>.</summary>
    public Markup StyleSheet(string css)
    {
        Open("style");
        output.Write(css);
        return Close();
    }

    /// <summary>A coordinate.</summary>
    public static string Pixels(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);

    private void Tag(string element, ReadOnlySpan<(string Name, string? Value)> attributes)
    {
        output.Write('<');
        output.Write(element);
        foreach (var (name, value) in attributes)
        {
            if (value is null) continue;
            output.Write(' ');
            output.Write(name);
            output.Write("=\"");
            Escape(value);
            output.Write('"');
        }
    }

    private void Escape(string text)
    {
        var rest = VisibleText.Of(text).AsSpan();
        while (rest.IndexOfAny("<>&\"'") is var next and >= 0)
        {
            output.Write(rest[..next]);
            output.Write(rest[next] switch
            {
                '<' => "&lt;",
                '>' => "&gt;",
                '&' => "&amp;",
                '"' => "&quot;",
                _ => "&#39;",
            });
            rest = rest[(next + 1)..];
        }

        output.Write(rest);
    }
}
