using System.Text;
using System.Text.RegularExpressions;
using Reasoner.Rdf;

namespace Reasoner.Rules;

/// <summary>
/// A regular expression of XPath F&amp;O 3.1, 5.6, run by .NET's engine: without backtracking where the pattern allows,
/// else with a time limit.
/// </summary>
internal sealed class XPathPattern
{
    private const int MaxLength = 10_000;
    private const int NoGroup = -1;
    private const string TimedOut = "Matching took longer than a second; make the pattern simpler.";
    private const string MatchesEmpty = "REPLACE needs a pattern that does not match the empty string.";
    private static readonly TimeSpan s_timeout = TimeSpan.FromSeconds(1);
    private readonly Regex? _regex;
    private readonly bool _isLiteral;

    private XPathPattern(Regex? regex, bool isLiteral, string? failure)
    {
        _regex = regex;
        _isLiteral = isLiteral;
        Failure = failure;
    }

    /// <summary>A pattern that is not there.</summary>
    public static XPathPattern None { get; } = new(null, false, "There is no pattern.");

    /// <summary>Why the pattern cannot be used, or null.</summary>
    public string? Failure { get; }

    public static XPathPattern Compile(string pattern, string flags)
    {
        if (pattern.Length > MaxLength) return Failed($"A pattern has at most {MaxLength} characters.");
        var options = RegexOptions.CultureInvariant;
        foreach (var flag in flags)
        {
            switch (flag)
            {
                case 'i': options |= RegexOptions.IgnoreCase; break;
                case 's': options |= RegexOptions.Singleline; break;
                case 'm': options |= RegexOptions.Multiline; break;
                case 'x' or 'q': break;
                default: return Failed($"'{flag}' is no flag; there are i, m, q, s and x.");
            }
        }

        var isLiteral = flags.Contains('q');
        try
        {
            var translated = isLiteral
                ? Regex.Escape(pattern)
                : XPathPatternTranslator.Translate(pattern, options, flags.Contains('x'));
            return new XPathPattern(Build(translated, options), isLiteral, null);
        }
        catch (Exception exception) when (exception is RegexParseException or FormatException)
        {
            return Failed($"The pattern is not a regular expression of XPath: {exception.Message}");
        }
    }

    public Value IsMatch(string text)
    {
        try
        {
            return Value.FromBoolean(_regex!.IsMatch(text));
        }
        catch (RegexMatchTimeoutException)
        {
            return Value.Failure(TimedOut);
        }
    }

    public Value Replace(string text, string replacement)
    {
        try
        {
            if (_regex!.IsMatch("")) return Value.Failure(MatchesEmpty);
            if (_isLiteral) return Value.FromString(_regex.Replace(text, _ => replacement));
            var parts = ParseReplacement(replacement);
            return parts is null
                ? Value.Failure("In a replacement, $ is followed by a digit or written \\$, and \\ is written \\\\.")
                : Value.FromString(_regex.Replace(text, match => Expand(parts, match)));
        }
        catch (RegexMatchTimeoutException)
        {
            return Value.Failure(TimedOut);
        }
    }

    private static XPathPattern Failed(string failure) => new(null, false, failure);

    private static Regex Build(string translated, RegexOptions options)
    {
        try
        {
            return new Regex(translated, options | RegexOptions.NonBacktracking, s_timeout);
        }
        catch (NotSupportedException)
        {
            // Back-references, or an automaton too large.
            return new Regex(translated, options, s_timeout);
        }
    }

    /// <summary>Literal texts and group numbers in turn; null when the replacement is malformed.</summary>
    private List<(string Text, int Group)>? ParseReplacement(string replacement)
    {
        var groups = _regex!.GetGroupNumbers().Length - 1;
        var parts = new List<(string, int)>();
        var text = new StringBuilder();
        for (var i = 0; i < replacement.Length; i++)
        {
            var next = i + 1 < replacement.Length ? replacement[i + 1] : '\0';
            switch (replacement[i])
            {
                case '\\' when next is '\\' or '$':
                    text.Append(next);
                    i++;
                    break;
                case '$' when char.IsAsciiDigit(next):
                    parts.Add((text.ToString(), ReadGroup(replacement, ref i, groups)));
                    text.Clear();
                    break;
                case '\\' or '$':
                    return null;
                default:
                    text.Append(replacement[i]);
                    break;
            }
        }

        parts.Add((text.ToString(), NoGroup));
        return parts;
    }

    /// <summary>
    /// The longest number after the dollar sign that names a group; of one that names none, its first digit.
    /// </summary>
    private static int ReadGroup(string replacement, ref int i, int groups)
    {
        var group = replacement[++i] - '0';
        while (i + 1 < replacement.Length && char.IsAsciiDigit(replacement[i + 1])
            && group * 10 + (replacement[i + 1] - '0') <= groups)
            group = group * 10 + (replacement[++i] - '0');
        return group;
    }

    private static string Expand(List<(string Text, int Group)> parts, Match match)
    {
        var text = new StringBuilder();
        foreach (var (literal, group) in parts)
        {
            text.Append(literal);
            if (group != NoGroup) text.Append(match.Groups[group].ValueSpan);
        }

        return text.ToString();
    }
}
