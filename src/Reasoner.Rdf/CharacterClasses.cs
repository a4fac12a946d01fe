using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text;

namespace Reasoner.Rdf;

/// <summary>The character classes of the Turtle family's grammars.</summary>
internal static class CharacterClasses
{
    /// <summary>What ends the plain part of an IRI reference: its closing bracket, an escape, or what it must not hold.</summary>
    public static readonly SearchValues<byte> NotInIri = SearchValues.Create(
        [.. Enumerable.Range(0, 0x21).Select(b => (byte)b), .. "<>\"{}|^`\\"u8]);

    /// <summary>What ends the plain part of a string in double quotes.</summary>
    public static readonly SearchValues<byte> NotInQuotes = SearchValues.Create("\"\\\n\r"u8);

    /// <summary>What ends the plain part of a string in single quotes.</summary>
    public static readonly SearchValues<byte> NotInSingleQuotes = SearchValues.Create("'\\\n\r"u8);

    /// <summary>What may stand in a local name unescaped, wherever in it.</summary>
    public static readonly SearchValues<byte> LocalName = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-:"u8);

    private const byte Base = 1;
    private const byte Underscore = 2;
    private const byte Digit = 4;
    private const byte Hyphen = 8;
    private const byte HexDigit = 16;

    private static readonly byte[] Ascii = BuildAscii();

    private static byte[] BuildAscii()
    {
        var classes = new byte[256];
        for (var letter = 'a'; letter <= 'z'; letter++) classes[letter] = classes[char.ToUpperInvariant(letter)] = Base;
        for (var digit = '0'; digit <= '9'; digit++) classes[digit] = Digit | HexDigit;
        foreach (var hex in "abcdefABCDEF") classes[hex] |= HexDigit;
        classes['_'] = Underscore;
        classes['-'] = Hyphen;
        return classes;
    }

    /// <summary>[A-Za-z]</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsAsciiLetter(int b) => (uint)b < 0x80 && (Ascii[b] & Base) != 0;

    /// <summary>[0-9]</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsDigit(int b) => (uint)(b - '0') <= 9;

    /// <summary>HEX</summary>
    public static bool IsHexDigit(int b) => (uint)b < 0x80 && (Ascii[b] & HexDigit) != 0;

    /// <summary>PN_CHARS, of ASCII alone.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsAsciiNameCharacter(byte b) => (Ascii[b] & (Base | Underscore | Digit | Hyphen)) != 0;

    /// <summary>PN_CHARS_BASE</summary>
    public static bool IsNameBase(Rune rune) => rune.Value switch
    {
        < 0x80 => IsAsciiLetter(rune.Value),
        >= 0xC0 and <= 0x2FF => rune.Value is not (0xD7 or 0xF7),
        >= 0x370 and <= 0x1FFF => rune.Value != 0x37E,
        >= 0x200C and <= 0x200D => true,
        >= 0x2070 and <= 0x218F => true,
        >= 0x2C00 and <= 0x2FEF => true,
        >= 0x3001 and <= 0xD7FF => true,
        >= 0xF900 and <= 0xFDCF => true,
        >= 0xFDF0 and <= 0xFFFD => true,
        >= 0x10000 and <= 0xEFFFF => true,
        _ => false,
    };

    /// <summary>PN_CHARS_U</summary>
    public static bool IsNameStart(Rune rune) => rune.Value == '_' || IsNameBase(rune);

    /// <summary>PN_CHARS</summary>
    public static bool IsNameCharacter(Rune rune) => rune.Value switch
    {
        < 0x80 => IsAsciiNameCharacter((byte)rune.Value),
        0xB7 => true,
        >= 0x300 and <= 0x36F => true,
        >= 0x203F and <= 0x2040 => true,
        _ => IsNameBase(rune),
    };

    /// <summary>The characters that PN_LOCAL_ESC may escape.</summary>
    public static bool IsLocalEscape(int b) => b > 0 && "_~.-!$&'()*+,;=/?#@%".Contains((char)b);
}
