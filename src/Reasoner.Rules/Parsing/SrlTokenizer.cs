using Reasoner.Rdf;

namespace Reasoner.Rules;

/// <summary>Cuts an SRL text into tokens, always the longest that fits (SRL grammar, note 5). Nothing is decoded
/// yet.</summary>
internal sealed class SrlTokenizer(string text, string file)
{
    private int _position;
    private int _line = 1;
    private int _lineStart;

    public string Text => text;

    public string File => file;

    /// <summary>The next token; <see cref="TokenKind.End"/> for ever at the end.</summary>
    /// <exception cref="SrlSyntaxError">No token starts here, or one does not end. The next call goes on after
    /// it.</exception>
    public Token Next()
    {
        SkipWhiteSpace();
        var start = _position;
        var line = _line;
        var column = start - _lineStart + 1;
        if (start >= text.Length) return new Token(TokenKind.End, start, start, line, column);
        var kind = Scan(text[start]);
        return new Token(kind, start, _position, line, column);
    }

    private char At(int index) => index < text.Length ? text[index] : '\0';

    private void SkipWhiteSpace()
    {
        while (_position < text.Length)
        {
            switch (text[_position])
            {
                case ' ' or '\t' or '\r' or '\uFEFF':
                    _position++;
                    break;
                case '\n':
                    _position++;
                    StartLine();
                    break;
                case '#':
                    var end = text.AsSpan(_position).IndexOfAny('\n', '\r');
                    _position = end < 0 ? text.Length : _position + end;
                    break;
                default:
                    return;
            }
        }
    }

    private void StartLine()
    {
        _line++;
        _lineStart = _position;
    }

    private TokenKind Scan(char first)
    {
        switch (first)
        {
            case '<': return ScanLess();
            case '?' or '$': return ScanVariable();
            case '"' or '\'': return ScanString(first);
            case '_' when At(_position + 1) == ':': return ScanBlankNodeLabel();
            case '@': return ScanLanguageTag();
            case ':' when At(_position + 1) != '=': return ScanPrefixedName(_position);
            case '(': return ScanOpening(')', TokenKind.Nil, TokenKind.OpenParenthesis);
            case '[': return ScanOpening(']', TokenKind.Anon, TokenKind.OpenBracket);
            case ')' when At(_position + 1) == '>'
                && At(_position + 2) == '>':
                return Take(3, TokenKind.CloseTripleTerm);
            case '.' or '+' or '-' when StartsNumber(): return ScanNumber();
        }

        if (char.IsAsciiDigit(first)) return ScanNumber();
        if (NameCharacters.IsBase(first)) return ScanName();
        return ScanPunctuation(first);
    }

    private TokenKind Take(int length, TokenKind kind)
    {
        _position += length;
        return kind;
    }

    private TokenKind ScanPunctuation(char first)
    {
        var second = At(_position + 1);
        return (first, second) switch
        {
            ('{', '|') => Take(2, TokenKind.OpenAnnotation),
            ('|', '}') => Take(2, TokenKind.CloseAnnotation),
            ('|', '|') => Take(2, TokenKind.Or),
            ('&', '&') => Take(2, TokenKind.And),
            ('^', '^') => Take(2, TokenKind.DoubleCaret),
            ('!', '=') => Take(2, TokenKind.NotEqual),
            ('>', '>') => Take(2, TokenKind.CloseReifiedTriple),
            ('>', '=') => Take(2, TokenKind.GreaterOrEqual),
            (':', '=') => Take(2, TokenKind.Assign),
            ('.', _) => Take(1, TokenKind.Dot),
            (',', _) => Take(1, TokenKind.Comma),
            (';', _) => Take(1, TokenKind.Semicolon),
            (')', _) => Take(1, TokenKind.CloseParenthesis),
            ('{', _) => Take(1, TokenKind.OpenBrace),
            ('}', _) => Take(1, TokenKind.CloseBrace),
            (']', _) => Take(1, TokenKind.CloseBracket),
            ('~', _) => Take(1, TokenKind.Tilde),
            ('^', _) => Take(1, TokenKind.Caret),
            ('/', _) => Take(1, TokenKind.Slash),
            ('*', _) => Take(1, TokenKind.Star),
            ('+', _) => Take(1, TokenKind.Plus),
            ('-', _) => Take(1, TokenKind.Minus),
            ('!', _) => Take(1, TokenKind.Exclamation),
            ('=', _) => Take(1, TokenKind.Equal),
            ('>', _) => Take(1, TokenKind.Greater),
            _ => throw Malformed(1, $"The character {Describe(first)} has no meaning here; remove it."),
        };
    }

    // '<' starts an IRI, a reified triple, a triple term, or compares; an IRI wins where one fits.
    private TokenKind ScanLess()
    {
        if (At(_position + 1) == '<')
            return At(_position + 2) == '(' ? Take(3, TokenKind.OpenTripleTerm) : Take(2, TokenKind.OpenReifiedTriple);
        var end = _position + 1;
        while (end < text.Length && IsIriCharacter(text, end)) end++;
        if (At(end) == '>' && end < text.Length) return Take(end + 1 - _position, TokenKind.IriReference);
        return At(_position + 1) == '=' ? Take(2, TokenKind.LessOrEqual) : Take(1, TokenKind.Less);
    }

    private static bool IsIriCharacter(string text, int index)
    {
        var c = text[index];
        if (c == '\\') return index + 1 < text.Length && text[index + 1] is 'u' or 'U';
        return c > ' ' && c is not ('<' or '>' or '"' or '{' or '}' or '|' or '^' or '`');
    }

    private TokenKind ScanVariable()
    {
        var end = _position + 1;
        if (!NameCharacters.IsStart(At(end)))
            throw Malformed(1, "A variable needs a name after its mark: write ?name.");
        while (end < text.Length && NameCharacters.IsVariablePart(text[end])) end++;
        return Take(end - _position, TokenKind.Variable);
    }

    private TokenKind ScanBlankNodeLabel()
    {
        var end = _position + 2;
        if (!NameCharacters.IsStart(At(end)))
            throw Malformed(2, "A blank node needs a label after _: (or write [] for one without).");
        end = EndOfDottedName(end);
        return Take(end - _position, TokenKind.BlankNodeLabel);
    }

    // Dots may stand inside a name, not at its end.
    private int EndOfDottedName(int end)
    {
        while (end < text.Length && (NameCharacters.IsPart(text[end]) || text[end] == '.')) end++;
        while (text[end - 1] == '.') end--;
        return end;
    }

    private TokenKind ScanLanguageTag()
    {
        var end = _position + 1;
        while (char.IsAsciiLetter(At(end))) end++;
        if (end == _position + 1)
            throw Malformed(1, "A language tag needs letters after @, such as \"hello\"@en.");
        while (At(end) == '-' && char.IsAsciiLetterOrDigit(At(end + 1)))
        {
            end++;
            while (char.IsAsciiLetterOrDigit(At(end))) end++;
        }

        if (At(end) == '-' && At(end + 1) == '-' && char.IsAsciiLetter(At(end + 2)))
        {
            end += 2;
            while (char.IsAsciiLetter(At(end))) end++;
        }

        return Take(end - _position, TokenKind.LanguageTag);
    }

    // NIL and ANON are one token each, white space inside.
    private TokenKind ScanOpening(char closing, TokenKind empty, TokenKind opening)
    {
        var end = _position + 1;
        while (At(end) is ' ' or '\t' or '\r' or '\n') end++;
        if (At(end) != closing) return Take(1, opening);
        AdvanceOverLines(end + 1);
        return empty;
    }

    private void AdvanceOverLines(int end)
    {
        while (_position < end)
        {
            if (text[_position++] == '\n') StartLine();
        }
    }

    private bool StartsNumber()
    {
        var index = _position;
        if (text[index] is '+' or '-') index++;
        if (At(index) == '.') index++;
        return char.IsAsciiDigit(At(index));
    }

    private TokenKind ScanNumber()
    {
        var end = _position;
        if (text[end] is '+' or '-') end++;
        var kind = TokenKind.Integer;
        while (char.IsAsciiDigit(At(end))) end++;
        if (At(end) == '.')
        {
            var fraction = end + 1;
            while (char.IsAsciiDigit(At(fraction))) fraction++;
            if (fraction > end + 1)
            {
                kind = TokenKind.Decimal;
                end = fraction;
            }
            else if (EndOfExponent(fraction) > fraction)
            {
                end = fraction;
            }
        }

        var exponent = EndOfExponent(end);
        if (exponent > end) kind = TokenKind.Double;
        return Take(exponent - _position, kind);
    }

    private int EndOfExponent(int start)
    {
        if (At(start) is not ('e' or 'E')) return start;
        var end = start + 1;
        if (At(end) is '+' or '-') end++;
        if (!char.IsAsciiDigit(At(end))) return start;
        while (char.IsAsciiDigit(At(end))) end++;
        return end;
    }

    private TokenKind ScanString(char quote)
    {
        var isLong = At(_position + 1) == quote && At(_position + 2) == quote;
        var end = _position + (isLong ? 3 : 1);
        while (end < text.Length)
        {
            var c = text[end];
            if (c == '\\')
            {
                end += 2;
            }
            else if (c == quote && (!isLong || (At(end + 1) == quote && At(end + 2) == quote)))
            {
                AdvanceOverLines(end + (isLong ? 3 : 1));
                return TokenKind.String;
            }
            else if (!isLong && c is '\n' or '\r')
            {
                break;
            }
            else
            {
                end++;
            }
        }

        throw Malformed(
            Math.Min(end, text.Length) - _position,
            isLong ? $"This string does not end; close it with {new string(quote, 3)}."
                : $"This string does not end on its line; close it with {quote}, or use {new string(quote, 3)} for several lines.");
    }

    // A prefixed name where a colon follows the letters; else a word: a keyword, true, false, a.
    private TokenKind ScanName()
    {
        var end = EndOfDottedName(_position);
        if (At(end) == ':') return ScanPrefixedName(end);
        end = _position;
        while (char.IsAsciiLetterOrDigit(At(end)) || At(end) == '_') end++;
        if (end == _position)
        {
            end = EndOfDottedName(_position);
            throw Malformed(end - _position,
                $"'{text[_position..end]}' is no keyword; a name needs a prefix and a colon before it.");
        }

        return Take(end - _position, TokenKind.Word);
    }

    private TokenKind ScanPrefixedName(int colon)
    {
        var end = colon + 1;
        while (end < text.Length)
        {
            var c = text[end];
            if (c == '\\' && IsEscapable(At(end + 1))) end += 2;
            else if (c == '%' && char.IsAsciiHexDigit(At(end + 1)) && char.IsAsciiHexDigit(At(end + 2))) end += 3;
            else if (c == ':'
                || (end == colon + 1 ? NameCharacters.IsStart(c) : NameCharacters.IsPart(c) || c == '.')) end++;
            else break;
        }

        // An escaped dot may end a name, a bare one may not.
        while (end > colon + 1 && text[end - 1] == '.' && text[end - 2] != '\\') end--;
        return Take(end - _position, end == colon + 1 ? TokenKind.Namespace : TokenKind.PrefixedName);
    }

    private static bool IsEscapable(char c) => c != '\0' && "_~.-!$&'()*+,;=/?#@%".Contains(c);

    private SrlSyntaxError Malformed(int length, string message)
    {
        var position = new SourcePosition(file, _line, _position - _lineStart + 1);
        AdvanceOverLines(Math.Min(_position + length, text.Length));
        return new SrlSyntaxError(position, DiagnosticCodes.MalformedToken, message);
    }

    private static string Describe(char c) =>
        char.IsControl(c) || char.IsSurrogate(c) ? $"U+{(int)c:X4}" : $"'{c}'";
}
