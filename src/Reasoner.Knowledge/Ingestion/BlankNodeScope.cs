using System.Globalization;
using System.Text;

namespace Reasoner.Knowledge;

/// <summary>Names of files and columns as parts of blank node labels.</summary>
internal static class BlankNodeScope
{
    /// <summary>The name with every character that a label cannot have, or not have first, written as <c>_</c> and four hex digits; no two names fall together.</summary>
    public static string Of(string name)
    {
        var text = new StringBuilder(name.Length);
        foreach (var c in name)
        {
            if (char.IsAsciiLetterOrDigit(c) || (c is '.' or '-' && text.Length > 0)) text.Append(c);
            else text.Append('_').Append(((int)c).ToString("X4", CultureInfo.InvariantCulture));
        }

        return text.ToString();
    }
}
