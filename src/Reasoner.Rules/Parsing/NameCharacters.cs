namespace Reasoner.Rules;

/// <summary>The character classes of the grammar's names; characters above U+FFFF count as two, both of them
/// letters.</summary>
internal static class NameCharacters
{
    /// <summary>PN_CHARS_BASE.</summary>
    public static bool IsBase(char c)
    {
        if (c < '\u0080') return char.IsAsciiLetter(c);
        return c is >= '\u00C0' and <= '\u00D6'
            or >= '\u00D8' and <= '\u00F6'
            or >= '\u00F8' and <= '\u02FF'
            or >= '\u0370' and <= '\u037D'
            or >= '\u037F' and <= '\u1FFF'
            or >= '\u200C' and <= '\u200D'
            or >= '\u2070' and <= '\u218F'
            or >= '\u2C00' and <= '\u2FEF'
            or >= '\u3001' and <= '\uD7FF'
            or >= '\uF900' and <= '\uFDCF'
            or >= '\uFDF0' and <= '\uFFFD'
            or >= '\uD800' and <= '\uDB7F'
            or >= '\uDC00' and <= '\uDFFF';
    }

    /// <summary>PN_CHARS_U or a digit: what a variable or blank node label may start with.</summary>
    public static bool IsStart(char c) => IsBase(c) || c == '_' || char.IsAsciiDigit(c);

    /// <summary>What a variable may go on with.</summary>
    public static bool IsVariablePart(char c) =>
        IsStart(c) || c is '\u00B7' or >= '\u0300' and <= '\u036F' or >= '\u203F' and <= '\u2040';

    /// <summary>PN_CHARS.</summary>
    public static bool IsPart(char c) => IsVariablePart(c) || c == '-';
}
