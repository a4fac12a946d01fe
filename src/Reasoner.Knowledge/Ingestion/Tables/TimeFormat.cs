using System.Globalization;
using System.Text;

namespace Reasoner.Knowledge;

/// <summary>How a column writes dates and times: a pattern of the letters y M d H m s S X x of UTS 35 (CSVW model, section 6.4.4).</summary>
internal sealed class TimeFormat
{
    private readonly List<(char Letter, int Count)> _fields = [];
    private readonly bool _hasDate;
    private readonly bool _hasTime;
    private readonly string _pattern;

    /// <summary>Makes a format.</summary>
    /// <exception cref="FormatException">The pattern has other letters.</exception>
    public TimeFormat(string pattern)
    {
        _pattern = pattern;
        for (var i = 0; i < pattern.Length;)
        {
            var letter = pattern[i];
            var count = 1;
            while (i + count < pattern.Length && pattern[i + count] == letter) count++;
            if (char.IsAsciiLetter(letter) && letter != 'T' && !"yMdHmsSXx".Contains(letter, StringComparison.Ordinal))
                throw new FormatException($"'{letter}' is not supported in the pattern '{pattern}'; write one such as \"dd.MM.yyyy\" or \"yyyy-MM-dd HH:mm\"");
            _fields.Add((letter, count));
            _hasDate |= letter is 'y' or 'M' or 'd';
            _hasTime |= letter is 'H' or 'm' or 's';
            i += count;
        }

        if (!_hasDate && !_hasTime) throw new FormatException($"the pattern '{pattern}' has neither a date nor a time");
    }

    /// <summary>The date or time as XSD writes it, or what is wrong.</summary>
    public (string? LexicalForm, string? Problem) Read(string cell)
    {
        var at = 0;
        var (year, month, day, hour, minute, second) = (0, 1, 1, 0, 0, 0);
        var (fraction, zone) = ("", "");
        foreach (var (letter, count) in _fields)
        {
            var read = letter switch
            {
                'y' => TryNumber(cell, ref at, 4, 4, out year),
                'M' => TryNumber(cell, ref at, count, 2, out month),
                'd' => TryNumber(cell, ref at, count, 2, out day),
                'H' => TryNumber(cell, ref at, count, 2, out hour),
                'm' => TryNumber(cell, ref at, count, 2, out minute),
                's' => TryNumber(cell, ref at, count, 2, out second),
                'S' => TryFraction(cell, ref at, count, out fraction),
                'X' or 'x' => TryZone(cell, ref at, letter == 'X', out zone),
                _ => TryLiteral(cell, ref at, letter, count),
            };
            if (!read) return Mismatch(cell);
        }

        if (at != cell.Length) return Mismatch(cell);
        if (_hasDate && (month is < 1 or > 12 || year < 1 || day < 1 || day > DateTime.DaysInMonth(year, month))) return (null, $"'{cell}' is not a day of the calendar");
        if (hour > 23 || minute > 59 || second > 59) return (null, $"'{cell}' is not a time of the day");
        var text = new StringBuilder();
        if (_hasDate) text.Append(CultureInfo.InvariantCulture, $"{year:D4}-{month:D2}-{day:D2}");
        if (_hasDate && _hasTime) text.Append('T');
        if (_hasTime) text.Append(CultureInfo.InvariantCulture, $"{hour:D2}:{minute:D2}:{second:D2}");
        if (fraction.Length > 0) text.Append('.').Append(fraction);
        return (text.Append(zone).ToString(), null);
    }

    private (string?, string?) Mismatch(string cell) => (null, $"'{cell}' is not of the form {_pattern}");

    private static bool TryNumber(string cell, ref int at, int least, int most, out int number)
    {
        var start = at;
        while (at < cell.Length && at - start < most && char.IsAsciiDigit(cell[at])) at++;
        return int.TryParse(cell.AsSpan(start, at - start), NumberStyles.None, CultureInfo.InvariantCulture, out number) && at - start >= least;
    }

    private static bool TryFraction(string cell, ref int at, int most, out string fraction)
    {
        var start = at;
        while (at < cell.Length && at - start < most && char.IsAsciiDigit(cell[at])) at++;
        fraction = cell[start..at];
        return fraction.Length > 0;
    }

    private static bool TryZone(string cell, ref int at, bool mayBeZ, out string zone)
    {
        zone = "Z";
        if (mayBeZ && at < cell.Length && cell[at] == 'Z')
        {
            at++;
            return true;
        }

        if (at >= cell.Length || cell[at] is not ('+' or '-')) return false;
        var sign = cell[at++];
        if (!TryNumber(cell, ref at, 2, 2, out var hours)) return false;
        var minutes = 0;
        if (at < cell.Length && (cell[at] == ':' || char.IsAsciiDigit(cell[at])))
        {
            if (cell[at] == ':') at++;
            if (!TryNumber(cell, ref at, 2, 2, out minutes)) return false;
        }

        zone = string.Create(CultureInfo.InvariantCulture, $"{sign}{hours:D2}:{minutes:D2}");
        return hours <= 14 && minutes <= 59;
    }

    private static bool TryLiteral(string cell, ref int at, char letter, int count)
    {
        for (; count > 0; count--, at++)
            if (at >= cell.Length || cell[at] != letter) return false;
        return true;
    }
}
