using System.Text;

namespace Reasoner.Reports;

/// <summary>Strings as Markdown that shows them and does nothing else (CommonMark, and GitHub's tables).</summary>
internal static class MarkdownText
{
    /// <summary>A string within a line, a list's item or a table's cell.</summary>
    public static string Escape(string text)
    {
        var visible = VisibleText.Of(text);
        var escaped = new StringBuilder(visible.Length + 8);
        foreach (var c in visible)
        {
            switch (c)
            {
                case '<': escaped.Append("&lt;"); break;
                case '>': escaped.Append("&gt;"); break;
                case '&': escaped.Append("&amp;"); break;
                case '\n' or '\r' or '\t': escaped.Append(' '); break;
                case '\\' or '`' or '*' or '_' or '[' or ']' or '|' or '~' or '#' or '$': escaped.Append('\\').Append(c); break;
                default: escaped.Append(c); break;
            }
        }

        // At the start of an item these would begin a list or a rule.
        var start = 0;
        while (start < escaped.Length && escaped[start] == ' ') start++;
        escaped.Remove(0, start);
        var digits = 0;
        while (digits < escaped.Length && char.IsAsciiDigit(escaped[digits])) digits++;
        if (digits < escaped.Length && (digits > 0 ? BeginsItem(digits) : escaped[0] is '-' or '+' or '=' or ':'))
        {
            escaped.Insert(digits, '\\');
        }

        return escaped.ToString();

        bool BeginsItem(int mark) =>
            escaped[mark] is '.' or ')' && (mark + 1 == escaped.Length || escaped[mark + 1] == ' ');
    }

    /// <summary>A link, whose address is escaped as an address already.</summary>
    public static string Link(string text, string address)
    {
        var target = VisibleText.Of(address)
            .Replace("<", "%3C", StringComparison.Ordinal)
            .Replace(">", "%3E", StringComparison.Ordinal)
            .Replace("\\", "%5C", StringComparison.Ordinal);
        return $"[{Escape(text)}](<{target}>)";
    }

    /// <summary>A text with its line breaks, in a fence that is longer than any run of backticks in it.</summary>
    public static string Fenced(string text)
    {
        var longest = 0;
        var run = 0;
        foreach (var c in text)
        {
            run = c == '`' ? run + 1 : 0;
            longest = Math.Max(longest, run);
        }

        var fence = new string('`', Math.Max(3, longest + 1));
        var visible = VisibleText.Of(text).ReplaceLineEndings("\n");
        return $"{fence}text\n{visible}{(visible.EndsWith('\n') ? "" : "\n")}{fence}";
    }
}
