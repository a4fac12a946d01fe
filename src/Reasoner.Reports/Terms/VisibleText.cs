using System.Text;

namespace Reasoner.Reports;

/// <summary>
/// Text without what a reader cannot see: control characters, which XML forbids, halves of surrogate pairs, and the
/// marks that turn the direction of writing, with which a text can be made to read as another (Unicode TR 36, section 3).
/// Each becomes U+FFFD.
/// </summary>
internal static class VisibleText
{
    public static string Of(string text)
    {
        var first = 0;
        while (first < text.Length && IsVisible(text, first)) first++;
        if (first == text.Length) return text;
        var visible = new StringBuilder(text, 0, first, text.Length);
        for (var i = first; i < text.Length; i++) visible.Append(IsVisible(text, i) ? text[i] : '\uFFFD');
        return visible.ToString();
    }

    private static bool IsVisible(string text, int index)
    {
        var c = text[index];
        if (c is '\n' or '\r' or '\t') return true;
        if (char.IsControl(c) || c is '\uFFFE' or '\uFFFF') return false;
        if (c is (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069') or '\u2028' or '\u2029') return false;
        if (char.IsHighSurrogate(c)) return index + 1 < text.Length && char.IsLowSurrogate(text[index + 1]);
        return !char.IsLowSurrogate(c) || (index > 0 && char.IsHighSurrogate(text[index - 1]));
    }
}
