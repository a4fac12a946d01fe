using System.Text;
using System.Text.RegularExpressions;

namespace Reasoner.Rules;

/// <summary>
/// Rewrites what XPath's regular expressions have that .NET's have not, or have with another meaning, and refuses the
/// reverse.
/// </summary>
internal static class XPathPatternTranslator
{
    // XSD's classes of characters, as members of a bracket expression.
    private const string Space = @" \t\n\r";
    private const string Word = @"\p{L}\p{M}\p{N}\p{S}";
    private const string NotWord = @"\p{P}\p{Z}\p{C}";
    private const string NameStart = @"\p{L}_:";
    private const string Name = @"\p{L}\p{M}\p{N}_:.\-\u00B7";

    // One code point, be it two UTF-16 units.
    private const string AnyCodePoint = @"(?:[\uD800-\uDBFF][\uDC00-\uDFFF]|[\s\S])";
    private const string AnyButNewLine = @"(?:[\uD800-\uDBFF][\uDC00-\uDFFF]|[^\n\r])";

    /// <exception cref="FormatException">The pattern uses something that XPath does not have.</exception>
    public static string Translate(string pattern, RegexOptions options, bool skipSpace)
    {
        var result = new StringBuilder(pattern.Length + 16);
        var depth = 0;
        for (var i = 0; i < pattern.Length; i++)
        {
            var c = pattern[i];
            switch (c)
            {
                case '\\':
                    if (++i == pattern.Length) throw new FormatException("It ends in a backslash.");
                    TranslateEscape(result, pattern[i], depth > 0);
                    break;
                case '[':
                    if (depth > 0 && pattern[i - 1] != '-')
                        throw new FormatException("Within brackets, [ is written \\[ save in subtraction: [a-z-[aeiou]].");
                    depth++;
                    result.Append(c);
                    if (i + 1 < pattern.Length && pattern[i + 1] == '^') result.Append(pattern[++i]);
                    break;
                case ']' when depth > 0:
                    depth--;
                    result.Append(c);
                    break;
                case ' ' or '\t' or '\n' or '\r' when skipSpace && depth == 0:
                    break;
                case '.' when depth == 0:
                    result.Append(options.HasFlag(RegexOptions.Singleline) ? AnyCodePoint : AnyButNewLine);
                    break;
                // .NET's $ also matches before a final line feed.
                case '$' when depth == 0 && !options.HasFlag(RegexOptions.Multiline):
                    result.Append(@"\z");
                    break;
                case '(' when depth == 0 && i + 1 < pattern.Length && pattern[i + 1] == '?':
                    if (i + 2 >= pattern.Length || pattern[i + 2] != ':')
                        throw new FormatException("Of the groups that start with (? it has (?: alone.");
                    result.Append("(?:");
                    i += 2;
                    break;
                default:
                    result.Append(c);
                    break;
            }
        }

        return result.ToString();
    }

    private static void TranslateEscape(StringBuilder result, char escaped, bool inBrackets)
    {
        switch (escaped)
        {
            case 's': AppendClass(result, Space, isNegated: false, inBrackets); break;
            case 'S' when !inBrackets: AppendClass(result, Space, isNegated: true, inBrackets); break;
            case 'w': AppendClass(result, Word, isNegated: false, inBrackets); break;
            case 'W': AppendClass(result, NotWord, isNegated: false, inBrackets); break;
            case 'i': AppendClass(result, NameStart, isNegated: false, inBrackets); break;
            case 'c': AppendClass(result, Name, isNegated: false, inBrackets); break;
            case 'I' when !inBrackets: AppendClass(result, NameStart, isNegated: true, inBrackets); break;
            case 'C' when !inBrackets: AppendClass(result, Name, isNegated: true, inBrackets); break;
            case 'S' or 'd' or 'D' or 'p' or 'P' or 'n' or 'r' or 't':
            case '\\' or '|' or '.' or '-' or '^' or '?' or '*' or '+' or '{' or '}' or '(' or ')' or '[' or ']' or '$':
                result.Append('\\').Append(escaped);
                break;
            case >= '1' and <= '9' when !inBrackets:
                result.Append('\\').Append(escaped);
                break;
            default:
                throw new FormatException($"It has no \\{escaped}.");
        }
    }

    private static void AppendClass(StringBuilder result, string members, bool isNegated, bool inBrackets)
    {
        if (inBrackets) result.Append(members);
        else result.Append(isNegated ? "[^" : "[").Append(members).Append(']');
    }
}
