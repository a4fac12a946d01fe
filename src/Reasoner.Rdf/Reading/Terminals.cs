using System.Runtime.CompilerServices;
using System.Text;
using static Reasoner.Rdf.CharacterClasses;

namespace Reasoner.Rdf;

/// <summary>
/// The terminals of N-Triples, N-Quads, Turtle and TriG, a method each, in the order of the Turtle 1.2 grammar. A span
/// that a method hands back is good until the next call.
/// </summary>
internal sealed class Terminals : Utf8Input
{
    private const int LongestSubtag = 8;

    private readonly ByteBuffer _unescaped = new();
    private readonly ByteBuffer _unescapedIri = new();

    public Terminals(Stream stream, RdfReaderOptions options)
        : base(stream, options)
    {
    }

    public Terminals(ReadOnlyMemory<byte> document, RdfReaderOptions options)
        : base(document, options)
    {
    }

    /// <summary>Skips white space and comments, over lines. Gives the byte that follows, which is not consumed.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int SkipSpace()
    {
        var next = Peek();
        if (next == ' ')
        {
            Advance(1);
            next = Peek();
        }

        return next > ' ' && next != '#' ? next : SkipMoreSpace();
    }

    private int SkipMoreSpace()
    {
        while (true)
        {
            var next = Peek();
            switch (next)
            {
                case ' ' or '\t' or '\r': Advance(1); break;
                case '\n': AdvanceOverLineFeed(); break;
                case '#': SkipComment(); break;
                default: return next;
            }
        }
    }

    /// <summary>Skips blanks inside a line. Gives the byte that follows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int SkipBlanks()
    {
        var next = Peek();
        while (next is ' ' or '\t')
        {
            Advance(1);
            next = Peek();
        }

        return next;
    }

    private void SkipComment()
    {
        while (true)
        {
            var length = Rest.IndexOfAny((byte)'\n', (byte)'\r');
            if (length >= 0)
            {
                Advance(length);
                return;
            }

            // A comment is no term: it may be longer than any limit, so it is dropped as it is read.
            Advance(Rest.Length);
            if (!Refill()) return;
        }
    }

    /// <summary>IRIREF, without its brackets, escapes resolved.</summary>
    public ReadOnlySpan<byte> IriReference()
    {
        while (true)
        {
            var rest = From(At + 1);
            var length = rest.IndexOfAny(NotInIri);
            if (length >= 0)
            {
                if (rest[length] == '>')
                {
                    Advance(length + 2);
                    return rest[..length];
                }

                if (rest[length] == '\\') return EscapedIriReference();
                throw NotAllowedInIri(At + 1 + length, rest[length]);
            }

            if (!Refill()) throw Error(At, "the IRI that starts here never ends; '>' is missing");
        }
    }

    private ReadOnlySpan<byte> EscapedIriReference()
    {
        _unescapedIri.Clear();
        for (var ahead = 1; ;)
        {
            var next = Peek(ahead);
            if (next == EndOfDocument) throw Error(At, "the IRI that starts here never ends; '>' is missing");
            if (next == '>')
            {
                Advance(ahead + 1);
                return _unescapedIri.Written;
            }

            if (next == '\\')
            {
                var start = ahead;
                var rune = NumericEscape(ref ahead);
                if (rune.Value < 0x80 && NotInIri.Contains((byte)rune.Value))
                    throw NotAllowedInIri(At + start, rune.Value);
                _unescapedIri.Add(rune);
                continue;
            }

            if (NotInIri.Contains((byte)next)) throw NotAllowedInIri(At + ahead, next);
            _unescapedIri.Add((byte)next);
            ahead++;
        }
    }

    private RdfSyntaxException NotAllowedInIri(int at, int character) => Error(at, character switch
    {
        '\n' or '\r' => "the IRI runs to the end of its line; '>' is missing",
        <= ' ' => "an IRI cannot hold a space or control character; write it percent-encoded (a space is %20)",
        _ => $"an IRI cannot hold '{(char)character}'; write it percent-encoded (%{character:X2})",
    });

    /// <summary>
    /// PNAME_LN or PNAME_NS, as it stands in the document. Its local part may hold escapes, see
    /// <see cref="UnescapeLocalName"/>.
    /// </summary>
    /// <param name="colon">Where the colon after the prefix is.</param>
    /// <param name="hasEscapes">Whether the local part holds a backslash.</param>
    public ReadOnlySpan<byte> PrefixedName(out int colon, out bool hasEscapes)
    {
        while (true)
        {
            var rest = Rest;
            colon = PrefixLength(rest);
            if (colon < rest.Length || !Refill())
            {
                if (colon >= rest.Length || rest[colon] != ':') throw NotAPrefixedName(colon);
                if (colon > 0 && rest[colon - 1] == '.') throw Error(At + colon - 1, "a prefix cannot end with a dot");
                if (TryLocalName(rest[(colon + 1)..], out var length, out hasEscapes))
                {
                    length += colon + 1;
                    Advance(length);
                    return rest[..length];
                }
            }
        }
    }

    /// <summary>The length of a prefix or keyword: PN_PREFIX, but for a dot at its end. The rest may be too short.</summary>
    private int PrefixLength(ReadOnlySpan<byte> rest)
    {
        var length = 0;
        while (length < rest.Length)
        {
            var b = rest[length];
            if (b < 0x80)
            {
                if (!IsAsciiNameCharacter(b) && b != '.') break;
                if (length == 0 && !IsAsciiLetter(b)) break;
                length++;
            }
            else
            {
                Rune.DecodeFromUtf8(rest[length..], out var rune, out var bytes);
                if (!(length == 0 ? IsNameBase(rune) : IsNameCharacter(rune))) break;
                length += bytes;
            }
        }

        return length;
    }

    private RdfSyntaxException NotAPrefixedName(int length)
    {
        if (length == 0) return Unexpected("a term");
        var word = Encoding.UTF8.GetString(Part(At, length)).TrimEnd('.');
        var advice = word is "True" or "TRUE" or "False" or "FALSE"
            ? "a boolean is written in lower case"
            : $"a name needs a prefix and a colon (such as :{word}), an IRI needs <brackets>, a string needs \"quotes\"";
        return Error(At, $"'{word}' is not a term; {advice}");
    }

    // PN_LOCAL from its start. False where the window ended first and was lengthened: then all is to be scanned again.
    private bool TryLocalName(ReadOnlySpan<byte> rest, out int length, out bool hasEscapes)
    {
        hasEscapes = false;
        length = rest.IndexOfAnyExcept(LocalName);
        if (length < 0) length = rest.Length;
        if (length < rest.Length && rest[length] < 0x80 && rest[length] is not ((byte)'.' or (byte)'%' or (byte)'\\'))
        {
            if (length > 0 && rest[0] == '-') length = 0;
            return true;
        }

        if (rest.Length > 0 && rest[0] is (byte)'-' or (byte)'.')
        {
            length = 0;
            return true;
        }

        var end = length;
        while (length < rest.Length)
        {
            var b = rest[length];
            if (b == '.')
            {
                length++;
                continue;
            }

            if (b == '%')
            {
                if (rest.Length - length < 3) break;
                if (!IsHexDigit(rest[length + 1]) || !IsHexDigit(rest[length + 2]))
                    throw Error(LocalAt(rest, length), "after '%' in a name come two hexadecimal digits; a plain percent sign is written \\%");
                length += 3;
            }
            else if (b == '\\')
            {
                if (rest.Length - length < 2) break;
                if (!IsLocalEscape(rest[length + 1]))
                    throw Error(LocalAt(rest, length), "a name can escape only _~.-!$&'()*+,;=/?#@%; for other characters write the IRI in full");
                hasEscapes = true;
                length += 2;
            }
            else if (b < 0x80)
            {
                if (!LocalName.Contains(b)) break;
                length++;
            }
            else
            {
                Rune.DecodeFromUtf8(rest[length..], out var rune, out var bytes);
                if (!(length == 0 ? IsNameStart(rune) : IsNameCharacter(rune))) break;
                length += bytes;
            }

            end = length;
        }

        var reachedEnd = length == rest.Length || rest[length] is (byte)'%' or (byte)'\\';
        if (reachedEnd && Refill()) return false;
        if (length < rest.Length && rest[length] is (byte)'%' or (byte)'\\')
            throw Error(LocalAt(rest, length), "the document ends inside an escape");
        length = end;
        return true;
    }

    private int LocalAt(ReadOnlySpan<byte> rest, int index) => End - rest.Length + index;

    /// <summary>Writes a local name without its backslashes.</summary>
    public static void UnescapeLocalName(ReadOnlySpan<byte> local, ByteBuffer output)
    {
        for (var i = 0; i < local.Length; i++)
        {
            if (local[i] == '\\') i++;
            output.Add(local[i]);
        }
    }

    /// <summary>PNAME_NS, without its colon, as a declaration has it.</summary>
    public ReadOnlySpan<byte> PrefixNamespace()
    {
        while (true)
        {
            var rest = Rest;
            var length = PrefixLength(rest);
            if (length == rest.Length && Refill()) continue;
            if (length >= rest.Length || rest[length] != ':')
                throw Error(At + length, "a prefix declaration needs a name that ends with a colon, such as ex:");
            if (length > 0 && rest[length - 1] == '.') throw Error(At + length - 1, "a prefix cannot end with a dot");
            Advance(length + 1);
            return rest[..length];
        }
    }

    /// <summary>
    /// Whether a keyword comes next, whatever its case: the word, then something that cannot go on a name or end a prefix.
    /// </summary>
    public bool IsKeyword(ReadOnlySpan<byte> word, bool ignoreCase)
    {
        for (var i = 0; i < word.Length; i++)
        {
            var next = Peek(i);
            if (ignoreCase && next is >= 'A' and <= 'Z') next |= 0x20;
            if (next != word[i]) return false;
        }

        // A dot may end the statement or go on a prefix (true.x:y): then the whole word decides.
        for (var ahead = word.Length; ;)
        {
            var next = Peek(ahead);
            if (next == EndOfDocument) return true;
            if (next == ':') return false;
            if (next == '.') return !IsDottedPrefix(ahead);
            if (next < 0x80) return !IsAsciiNameCharacter((byte)next);
            return !IsNameCharacter(RuneAt(ahead, out _));
        }
    }

    /// <summary>Whether a directive such as <c>@prefix</c> comes next; a prefix may follow it without a space.</summary>
    public bool IsDirective(ReadOnlySpan<byte> word)
    {
        for (var i = 0; i < word.Length; i++)
        {
            if (Peek(i) != word[i]) return false;
        }

        return !IsAsciiLetter(Peek(word.Length));
    }

    private bool IsDottedPrefix(int ahead)
    {
        while (true)
        {
            var next = Peek(ahead);
            if (next == EndOfDocument) return false;
            if (next == ':') return Peek(ahead - 1) != '.';
            if (next == '.' || (next < 0x80 && IsAsciiNameCharacter((byte)next)))
            {
                ahead++;
                continue;
            }

            if (next < 0x80 || !IsNameCharacter(RuneAt(ahead, out var length))) return false;
            ahead += length;
        }
    }

    private Rune RuneAt(int ahead, out int length)
    {
        Rune.DecodeFromUtf8(From(At + ahead), out var rune, out length);
        return rune;
    }

    /// <summary>BLANK_NODE_LABEL, without <c>_:</c>.</summary>
    public ReadOnlySpan<byte> BlankNodeLabel()
    {
        if (Peek(1) != ':') throw Error(At, "a blank node is written _:label");
        while (true)
        {
            var rest = From(At + 2);
            var length = 0;
            var end = 0;
            while (length < rest.Length)
            {
                var b = rest[length];
                if (b < 0x80)
                {
                    if (b == '.' ? length == 0 : !IsAsciiNameCharacter(b) || (length == 0 && b == '-')) break;
                    length++;
                    if (b != '.') end = length;
                }
                else
                {
                    Rune.DecodeFromUtf8(rest[length..], out var rune, out var bytes);
                    if (!(length == 0 ? IsNameStart(rune) : IsNameCharacter(rune))) break;
                    end = length += bytes;
                }
            }

            if (length == rest.Length && Refill()) continue;
            if (end == 0) throw Error(At + 2, "a blank node's label starts with a letter, digit or underscore");
            Advance(end + 2);
            return rest[..end];
        }
    }

    /// <summary>LANG_DIR, without its <c>@</c>; the direction is taken off.</summary>
    public ReadOnlySpan<byte> LanguageTag(out BaseDirection direction)
    {
        while (true)
        {
            var rest = From(At + 1);
            var length = 0;
            var subtag = 0;
            var direct = -1;
            var overlong = -1;
            for (; length < rest.Length; length++)
            {
                var b = rest[length];
                if (b == '-')
                {
                    if (length > subtag)
                    {
                        subtag = length + 1;
                        continue;
                    }

                    if (direct < 0 && length > 0)
                    {
                        direct = length - 1;
                        subtag = length + 1;
                        continue;
                    }

                    break;
                }

                if (!IsAsciiLetter(b) && !(IsDigit(b) && subtag > 0 && direct < 0)) break;
                if (length - subtag == LongestSubtag && overlong < 0) overlong = length;
            }

            if (length == rest.Length && Refill()) continue;
            if (length == subtag)
                throw Error(At + 1 + length, "a language tag is letters, then parts after hyphens, such as @en or @de-AT");
            if (overlong >= 0)
                throw Error(At + 1 + overlong, "no part of a language tag is longer than 8 characters (BCP 47)");
            var language = direct < 0 ? rest[..length] : rest[..direct];
            direction = direct < 0 ? BaseDirection.None : Direction(rest[(direct + 2)..length], At + 1 + direct);
            Advance(length + 1);
            return language;
        }
    }

    private BaseDirection Direction(ReadOnlySpan<byte> name, int at)
    {
        if (name.SequenceEqual("ltr"u8)) return BaseDirection.LeftToRight;
        if (name.SequenceEqual("rtl"u8)) return BaseDirection.RightToLeft;
        throw Error(at, "a base direction is --ltr or --rtl, in lower case");
    }

    /// <summary>The kinds of numeric literal.</summary>
    public enum NumberKind
    {
        /// <summary>INTEGER</summary>
        Integer,

        /// <summary>DECIMAL</summary>
        Decimal,

        /// <summary>DOUBLE</summary>
        Double,
    }

    /// <summary>INTEGER, DECIMAL or DOUBLE.</summary>
    public ReadOnlySpan<byte> Number(out NumberKind kind)
    {
        while (true)
        {
            var rest = Rest;
            var length = rest.Length > 0 && rest[0] is (byte)'+' or (byte)'-' ? 1 : 0;
            var start = length;
            length += DigitsAt(rest, length);
            var digits = length - start;
            var end = length;
            kind = NumberKind.Integer;
            if (length < rest.Length && rest[length] == '.')
            {
                var fraction = DigitsAt(rest, length + 1);
                if (fraction > 0)
                {
                    kind = NumberKind.Decimal;
                    end = length + 1 + fraction;
                }

                length += 1 + fraction;
                digits += fraction;
            }

            if (digits > 0 && length < rest.Length && rest[length] is (byte)'e' or (byte)'E')
            {
                length++;
                if (length < rest.Length && rest[length] is (byte)'+' or (byte)'-') length++;
                var exponent = DigitsAt(rest, length);
                length += exponent;
                if (exponent > 0)
                {
                    kind = NumberKind.Double;
                    end = length;
                }
            }

            if (length == rest.Length && Refill()) continue;
            if (digits == 0) throw Error(At, "a number needs digits");
            Advance(end);
            return rest[..end];
        }
    }

    private static int DigitsAt(ReadOnlySpan<byte> rest, int start)
    {
        var end = start;
        while (end < rest.Length && IsDigit(rest[end])) end++;
        return end - start;
    }

    /// <summary>
    /// STRING_LITERAL_QUOTE, _SINGLE_QUOTE, _LONG_QUOTE or _LONG_SINGLE_QUOTE, without its quotes, escapes resolved. Until
    /// <see cref="EndLiteral"/> the text stays where <see cref="LexicalForm"/> finds it, whatever is read after it.
    /// </summary>
    /// <param name="allowLong">Whether the long forms are in the grammar.</param>
    public StringToken String(bool allowLong)
    {
        Mark = At;
        var quote = (byte)Peek();
        if (allowLong && Peek(1) == quote && Peek(2) == quote) return LongString(quote);
        while (true)
        {
            var rest = From(At + 1);
            var length = rest.IndexOfAny(quote == '"' ? NotInQuotes : NotInSingleQuotes);
            if (length >= 0)
            {
                if (rest[length] == quote)
                {
                    Advance(length + 2);
                    return new StringToken(1, length);
                }

                if (rest[length] == '\\') return EscapedString(quote, 1);
                throw LineBreakInString(At + 1 + length, allowLong);
            }

            if (!Refill()) throw UnfinishedString();
        }
    }

    private StringToken LongString(byte quote)
    {
        ReadOnlySpan<byte> closing = [quote, quote, quote];
        var searched = 3;
        while (true)
        {
            var rest = From(At + searched);
            var length = rest.IndexOf(closing);
            if ((length < 0 ? rest : rest[..length]).Contains((byte)'\\')) return EscapedString(quote, 3);
            if (length >= 0)
            {
                length += searched - 3;
                AdvanceOverLines(length + 6);
                return new StringToken(3, length);
            }

            searched = Math.Max(3, End - At - 2);
            if (!Refill()) throw UnfinishedString();
        }
    }

    private StringToken EscapedString(byte quote, int quotes)
    {
        _unescaped.Clear();
        var ahead = quotes;
        while (true)
        {
            var rest = From(At + ahead);
            var plain = quotes == 1
                ? rest.IndexOfAny(quote == '"' ? NotInQuotes : NotInSingleQuotes)
                : rest.IndexOfAny(quote, (byte)'\\');
            if (plain < 0) plain = rest.Length;
            _unescaped.Add(rest[..plain]);
            ahead += plain;
            var next = Peek(ahead);
            if (next == EndOfDocument) throw UnfinishedString();
            if (next == '\\')
            {
                Escape(ref ahead);
            }
            else if (next is '\n' or '\r' && quotes == 1)
            {
                throw LineBreakInString(At + ahead, allowLong: true);
            }
            else if (next == quote && (quotes == 1 || (Peek(ahead + 1) == quote && Peek(ahead + 2) == quote)))
            {
                AdvanceOverLines(ahead + quotes);
                return StringToken.Unescaped;
            }
            else if (next == quote)
            {
                _unescaped.Add(quote);
                ahead++;
            }
        }
    }

    /// <summary>The text of a string read just before.</summary>
    public ReadOnlySpan<byte> LexicalForm(StringToken token) =>
        token.IsUnescaped ? _unescaped.Written : Part(Mark + token.Offset, token.Length);

    /// <summary>Lets go of the string's text.</summary>
    public void EndLiteral() => Mark = -1;

    private RdfSyntaxException UnfinishedString() => Error(At, "the string that starts here never ends; its closing quote is missing");

    private RdfSyntaxException LineBreakInString(int at, bool allowLong) => Error(at, allowLong
        ? "a string cannot run over a line's end; close it, write \\n, or use \"\"\"three quotes\"\"\""
        : "a string cannot run over a line's end; close it or write \\n");

    // ECHAR or UCHAR
    private void Escape(ref int ahead)
    {
        var escaped = Peek(ahead + 1);
        switch (escaped)
        {
            case 't': _unescaped.Add((byte)'\t'); break;
            case 'b': _unescaped.Add((byte)'\b'); break;
            case 'n': _unescaped.Add((byte)'\n'); break;
            case 'r': _unescaped.Add((byte)'\r'); break;
            case 'f': _unescaped.Add((byte)'\f'); break;
            case '"' or '\'' or '\\': _unescaped.Add((byte)escaped); break;
            default:
                _unescaped.Add(NumericEscape(ref ahead));
                return;
        }

        ahead += 2;
    }

    // UCHAR
    private Rune NumericEscape(ref int ahead)
    {
        var digits = Peek(ahead + 1) switch
        {
            'u' => 4,
            'U' => 8,
            _ => throw Error(At + ahead, "unknown escape; a plain backslash is written \\\\"),
        };
        var value = 0L;
        for (var i = 0; i < digits; i++)
        {
            var digit = Peek(ahead + 2 + i);
            if (!IsHexDigit(digit))
                throw Error(At + ahead, $"after \\{(char)Peek(ahead + 1)} come {digits} hexadecimal digits");
            value = (value << 4) | (uint)(digit <= '9' ? digit - '0' : (digit | 0x20) - 'a' + 10);
        }

        if (value > 0x10FFFF || !Rune.IsValid((int)value))
            throw Error(At + ahead, "this escape is no Unicode character; one beyond U+FFFF is written \\U and eight digits, not as two surrogates");
        ahead += digits + 2;
        return new Rune((int)value);
    }

    /// <summary>The error that something else stands where <paramref name="wanted"/> should.</summary>
    public RdfSyntaxException Unexpected(string wanted)
    {
        var next = Peek();
        if (next == EndOfDocument) return Error(At, $"the document ends where {wanted} should follow");
        Rune.DecodeFromUtf8(Rest, out var rune, out _);
        var found = rune.Value < ' ' || rune.Value == 0x7F ? $"the control character U+{rune.Value:X4}" : $"'{rune}'";
        return Error(At, $"expected {wanted}, found {found}");
    }
}

/// <summary>Where the text of a string is: in the window from the literal's start on, or unescaped beside it.</summary>
/// <param name="Offset">Where it starts, from the literal's start; negative for a text with escapes.</param>
/// <param name="Length">Its length in the window.</param>
internal readonly record struct StringToken(int Offset, int Length)
{
    public static StringToken Unescaped => new(-1, 0);

    public bool IsUnescaped => Offset < 0;
}
