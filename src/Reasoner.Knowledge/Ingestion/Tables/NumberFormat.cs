using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Reasoner.Knowledge;

/// <summary>How a column writes its numbers (CSVW model, section 6.4.2).</summary>
internal sealed class NumberFormat
{
    private const int MaxDigits = 512;

    private readonly Regex? _pattern;

    /// <summary>Makes a format.</summary>
    /// <param name="decimalMark">What stands before the fraction.</param>
    /// <param name="groupMark">What stands between groups of digits; null for nothing.</param>
    /// <param name="pattern">A number pattern of UTS 35 such as <c>#,##0.00</c>; null for any.</param>
    /// <exception cref="FormatException">The pattern is malformed.</exception>
    public NumberFormat(char decimalMark, char? groupMark, string? pattern)
    {
        (DecimalMark, GroupMark) = (decimalMark, groupMark ?? (pattern?.Contains(',', StringComparison.Ordinal) == true ? ',' : null));
        if (pattern is not null) _pattern = Compile(pattern);
    }

    /// <summary>Numbers as XSD writes them.</summary>
    public static NumberFormat Plain { get; } = new('.', null, null);

    /// <summary>What stands before the fraction.</summary>
    public char DecimalMark { get; }

    /// <summary>What stands between groups of digits, or null.</summary>
    public char? GroupMark { get; }

    /// <summary>The number as XSD writes it, or what is wrong.</summary>
    public (string? LexicalForm, string? Problem) Read(string cell)
    {
        if (cell is "NaN" or "INF" or "-INF") return (cell, null);
        if (cell.Length > MaxDigits) return (null, $"a number may have at most {MaxDigits} characters");
        if (_pattern is not null && !_pattern.IsMatch(cell)) return (null, $"'{cell}' does not match the number format");
        if (GroupMark is { } mark && cell.Contains($"{mark}{mark}", StringComparison.Ordinal)) return (null, $"'{cell}' has two '{mark}' in a row");

        var text = new StringBuilder(cell.Length);
        var shift = 0;
        foreach (var c in cell)
        {
            if (c == GroupMark) continue;
            if (c == DecimalMark) text.Append('.');
            else if (c == '%') shift = 2;
            else if (c == '\u2030') shift = 3;
            else if (c == '.') return (null, $"'{cell}' is not a number; its fraction should stand behind '{DecimalMark}'");
            else text.Append(c);
        }

        if (shift == 0) return (text.ToString(), null);
        if (cell[^1] is not ('%' or '\u2030') || !decimal.TryParse(text.ToString(), NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
            return (null, $"'{cell}' is not a number");
        return ((number / (shift == 2 ? 100m : 1000m)).ToString("0.############################", CultureInfo.InvariantCulture), null);
    }

    /// <summary>A number pattern as a regular expression: 0 is a digit, # may be one, then marks, exponent and percent.</summary>
    private Regex Compile(string pattern)
    {
        var match = Regex.Match(pattern, "^(?<sign>[+-]?)(?<whole>[#0,]*)(\\.(?<fraction>[0#,]+))?(E(?<esign>[+-]?)(?<exponent>[0#]+))?(?<percent>[%\u2030]?)$", RegexOptions.NonBacktracking);
        if (!match.Success) throw new FormatException($"'{pattern}' is not a supported number pattern; write one such as \"0\", \"#,##0.00\" or \"0.###E0\"");
        var whole = match.Groups["whole"].Value;
        var least = whole.Count(c => c == '0');
        var expression = new StringBuilder("^").Append(match.Groups["sign"].Value == "+" ? "[+-]" : "[+-]?");
        if (GroupMark is { } mark && whole.Contains(',', StringComparison.Ordinal))
        {
            var size = whole.Length - whole.LastIndexOf(',') - 1;
            var group = Regex.Escape(mark.ToString());
            expression.Append(CultureInfo.InvariantCulture, $"[0-9]{{1,{size}}}({group}[0-9]{{{size}}})*");
        }
        else
        {
            expression.Append(CultureInfo.InvariantCulture, $"[0-9]{{{least},}}");
        }

        if (match.Groups["fraction"].Success)
        {
            var fraction = match.Groups["fraction"].Value.Replace(",", "", StringComparison.Ordinal);
            var fewest = fraction.Count(c => c == '0');
            var digits = string.Create(CultureInfo.InvariantCulture, $"{Regex.Escape(DecimalMark.ToString())}[0-9]{{{Math.Max(1, fewest)},{fraction.Length}}}");
            expression.Append('(').Append(digits).Append(')').Append(fewest == 0 ? "?" : "");
        }

        if (match.Groups["exponent"].Success)
            expression.Append(CultureInfo.InvariantCulture, $"E[+-]?[0-9]{{{match.Groups["exponent"].Value.Count(c => c == '0')},}}");
        expression.Append(Regex.Escape(match.Groups["percent"].Value)).Append('$');
        return new Regex(expression.ToString(), RegexOptions.NonBacktracking | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture);
    }
}
