using System.Text;

namespace Reasoner.Knowledge;

/// <summary>A URI template of level 1 or 2 (RFC 6570): <c>{name}</c>, <c>{+name}</c>, <c>{#name}</c>.</summary>
internal sealed class UriTemplate
{
    private readonly List<Part> _parts = [];

    private UriTemplate(string text) => Text = text;

    /// <summary>The template as written.</summary>
    public string Text { get; }

    /// <summary>The names of its variables.</summary>
    public IEnumerable<string> Variables => _parts.Where(part => part.IsVariable).Select(part => part.Text);

    /// <summary>Whether it says the same in every row.</summary>
    public bool IsConstant => _parts.TrueForAll(part => !part.IsVariable);

    /// <summary>Reads a template.</summary>
    /// <exception cref="FormatException">It is malformed, or of a higher level.</exception>
    public static UriTemplate Parse(string text)
    {
        var template = new UriTemplate(text);
        var rest = text.AsSpan();
        while (!rest.IsEmpty)
        {
            var open = rest.IndexOf('{');
            var literal = open < 0 ? rest : rest[..open];
            if (literal.Contains('}')) throw new FormatException("it has a '}' without '{'");
            if (!literal.IsEmpty) template._parts.Add(new Part(literal.ToString(), '\0', false));
            if (open < 0) break;
            rest = rest[(open + 1)..];
            var close = rest.IndexOf('}');
            if (close < 0) throw new FormatException("it has a '{' without '}'");
            template._parts.Add(Variable(rest[..close]));
            rest = rest[(close + 1)..];
        }

        return template;
    }

    /// <summary>The text with the variables' values put in.</summary>
    /// <param name="valueOf">The value of a variable; null where it has none.</param>
    /// <param name="missing">The first variable that has no value, or null.</param>
    public string Expand(Func<string, string?> valueOf, out string? missing)
    {
        missing = null;
        if (_parts.Count == 1 && !_parts[0].IsVariable) return _parts[0].Text;
        var text = new StringBuilder();
        foreach (var part in _parts)
        {
            if (!part.IsVariable)
            {
                text.Append(part.Text);
                continue;
            }

            var value = valueOf(part.Text);
            if (value is null)
            {
                missing ??= part.Text;
                continue;
            }

            if (part.Operator == '#') text.Append('#');
            AppendEncoded(text, value, keepReserved: part.Operator != '\0');
        }

        return text.ToString();
    }

    private static Part Variable(ReadOnlySpan<char> expression)
    {
        var @operator = expression.IsEmpty || expression[0] is not ('+' or '#') ? '\0' : expression[0];
        var name = @operator == '\0' ? expression : expression[1..];
        if (name.IsEmpty) throw new FormatException("it has a variable without a name");
        foreach (var c in name)
        {
            if (!char.IsLetterOrDigit(c) && c is not ('_' or '.' or '%' or '-'))
                throw new FormatException($"'{{{expression}}}' is not supported; write {{name}}, {{+name}} or {{#name}}");
        }

        return new Part(name.ToString(), @operator, true);
    }

    private static void AppendEncoded(StringBuilder text, string value, bool keepReserved)
    {
        Span<byte> utf8 = stackalloc byte[4];
        foreach (var rune in value.EnumerateRunes())
        {
            var isKept = rune.IsAscii
                ? char.IsAsciiLetterOrDigit((char)rune.Value) || "-._~".Contains((char)rune.Value, StringComparison.Ordinal)
                    || (keepReserved && ":/?#[]@!$&'()*+,;=%".Contains((char)rune.Value, StringComparison.Ordinal))
                : false;
            if (isKept)
            {
                text.Append((char)rune.Value);
                continue;
            }

            var length = rune.EncodeToUtf8(utf8);
            foreach (var octet in utf8[..length]) text.Append('%').Append(octet.ToString("X2", System.Globalization.CultureInfo.InvariantCulture));
        }
    }

    private readonly record struct Part(string Text, char Operator, bool IsVariable);
}
