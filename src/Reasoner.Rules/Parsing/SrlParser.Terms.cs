using System.Globalization;
using System.Text;
using Reasoner.Rdf;

namespace Reasoner.Rules;

// Terms, and the reading of tokens.
internal sealed partial class SrlParser
{
    private const int MaximumDepth = 200;

    private static readonly ConstantTerm _rdfType = new(RdfVocabulary.Type);
    private static readonly ConstantTerm _rdfFirst = new(RdfVocabulary.First);
    private static readonly ConstantTerm _rdfRest = new(RdfVocabulary.Rest);
    private static readonly ConstantTerm _rdfNil = new(RdfVocabulary.Nil);
    private static readonly ConstantTerm _rdfReifies = new(RdfVocabulary.Reifies);
    private static readonly Iri _unresolved = new("urn:reasoner:unresolved");

    private readonly Dictionary<string, string> _prefixes = new(StringComparer.Ordinal);

    // By the text of the token: valid until a prefix or the base changes.
    private readonly Dictionary<string, ConstantTerm> _irisByText = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Variable> _variablesByText = new(StringComparer.Ordinal);
    private int _depth;

    private bool StartsIri =>
        _token.Kind is TokenKind.IriReference or TokenKind.PrefixedName or TokenKind.Namespace;

    private bool IsA => _token.Kind == TokenKind.Word && TextOf(_token) is "a";

    private bool IsBoolean => IsWord("true") || IsWord("false");

    private bool StartsTerm => StartsIri || _token.Kind
        is TokenKind.Variable or TokenKind.BlankNodeLabel or TokenKind.Anon or TokenKind.Nil or TokenKind.OpenTripleTerm
        or TokenKind.String or TokenKind.Integer or TokenKind.Decimal or TokenKind.Double;

    // [89] RDFTermData, [90] VarOrRDFTerm
    private PatternTerm VarOrRdfTerm(string what = "a term or variable")
    {
        switch (_token.Kind)
        {
            case TokenKind.Variable:
                return VariableTerm();
            case TokenKind.IriReference or TokenKind.PrefixedName or TokenKind.Namespace:
                return IriConstant(what);
            case TokenKind.BlankNodeLabel or TokenKind.Anon:
                return BlankNodeTerm();
            case TokenKind.Nil:
                Advance();
                return _rdfNil;
            case TokenKind.OpenTripleTerm:
                return TripleTerm();
            case TokenKind.String:
                return new ConstantTerm(RdfLiteral());
            case TokenKind.Integer or TokenKind.Decimal or TokenKind.Double:
                return new ConstantTerm(NumericLiteral());
            case TokenKind.Word when IsBoolean:
                return new ConstantTerm(BooleanLiteral());
            default:
                throw Unexpected(what);
        }
    }

    // [92] Var
    private Variable VariableTerm()
    {
        if (!_target.AllowsVariables)
        {
            throw Error(_token, DiagnosticCodes.VariableInData,
                $"DATA holds facts, so the variable {TextOf(_token)} cannot stand here; use RULE to derive facts.");
        }

        var byText = _variablesByText.GetAlternateLookup<ReadOnlySpan<char>>();
        if (!byText.TryGetValue(TextOf(_token), out var variable)) byText[TextOf(_token)] = variable = new Variable(VariableName(_token));
        Advance();
        return variable;
    }

    private string VariableName(Token token) => _text[(token.Start + 1)..token.End];

    // [93] RDFLiteral
    private Literal RdfLiteral()
    {
        var form = StringValue(Expect(TokenKind.String, "a string"));
        if (_token.Kind == TokenKind.LanguageTag) return LanguageString(form);
        if (!Accept(TokenKind.DoubleCaret)) return new Literal(form);
        var token = _token;
        var datatype = IriTerm("the datatype's IRI after ^^");
        if (datatype == RdfVocabulary.LangString || datatype == RdfVocabulary.DirLangString)
            throw Error(token, DiagnosticCodes.UnexpectedToken,
                "A language-tagged string is written with its tag, such as \"hello\"@en, not with a datatype.");
        return new Literal(form, datatype);
    }

    private Literal LanguageString(string form)
    {
        var tag = TextOf(_token)[1..];
        var direction = BaseDirection.None;
        var separator = tag.IndexOf("--", StringComparison.Ordinal);
        if (separator >= 0)
        {
            direction = tag[(separator + 2)..] switch
            {
                "ltr" => BaseDirection.LeftToRight,
                "rtl" => BaseDirection.RightToLeft,
                var other => throw Error(
                    _token, DiagnosticCodes.MalformedToken, $"The direction --{other} is neither --ltr nor --rtl."),
            };
            tag = tag[..separator];
        }

        var literal = new Literal(form, tag.ToString(), direction);
        Advance();
        return literal;
    }

    // [94] to [97]
    private Literal NumericLiteral()
    {
        var datatype = _token.Kind switch
        {
            TokenKind.Integer => Xsd.Integer,
            TokenKind.Decimal => Xsd.Decimal,
            _ => Xsd.Double,
        };
        var literal = new Literal(TextOf(_token).ToString(), datatype);
        Advance();
        return literal;
    }

    // [98]
    private Literal BooleanLiteral()
    {
        var literal = new Literal(IsWord("true") ? "true" : "false", Xsd.Boolean);
        Advance();
        return literal;
    }

    // [99] String
    private string StringValue(Token token)
    {
        var quotes = IsLongString(token) ? 3 : 1;
        var start = token.Start + quotes;
        var length = token.End - quotes - start;
        return Unescape(token, start, length, isString: true);
    }

    private bool IsLongString(Token token)
    {
        var text = TextOf(token);
        return text.Length >= 6 && text[1] == text[0] && text[2] == text[0];
    }

    // [100] iri, [101] PrefixedName
    private Iri IriTerm(string what) => (Iri)IriConstant(what).Term;

    // The same in patterns: rules name the same terms again and again.
    private ConstantTerm IriConstant(string what)
    {
        if (!StartsIri) throw Unexpected(what);
        var token = _token;
        var byText = _irisByText.GetAlternateLookup<ReadOnlySpan<char>>();
        if (!byText.TryGetValue(TextOf(token), out var constant))
        {
            var iri = token.Kind == TokenKind.IriReference ? new Iri(Resolve(token)) : Expand(token);
            constant = new ConstantTerm(iri);
            if (iri != _unresolved) byText[TextOf(token)] = constant;
        }

        Advance();
        return constant;
    }

    private string IriText(Token token)
    {
        var iri = Unescape(token, token.Start + 1, token.End - token.Start - 2, isString: false);
        foreach (var c in iri)
        {
            if (c <= ' ' || c is '<' or '>' or '"' or '{' or '}' or '|' or '^' or '`' or '\\')
                throw Error(token, DiagnosticCodes.MalformedToken,
                    "An escape in this IRI stands for a character that no IRI may hold; percent-encode it.");
        }

        return iri;
    }

    private string Resolve(Token token)
    {
        var reference = IriText(token);
        if (IriReference.IsAbsolute(reference)) return reference;
        if (_base is not null) return IriReference.Resolve(_base, reference);
        Report(token, Severity.Error, DiagnosticCodes.RelativeIri,
            $"<{reference}> is relative, and the text has no IRI of its own; write BASE <...> above or the whole IRI.");
        return _unresolved.Value;
    }

    private Iri Expand(Token token)
    {
        var text = TextOf(token);
        var colon = text.IndexOf(':');
        var prefix = text[..colon].ToString();
        if (_prefixes.TryGetValue(prefix, out var iri)) return new Iri(iri + LocalName(text[(colon + 1)..]));
        var advice = UsualNamespace(prefix) is { } usual ? $"; declare it: PREFIX {prefix}: <{usual}>"
            : NearestName.Find(prefix, _prefixes.Keys) is { } nearest ? $"; did you mean {nearest}:?"
            : $"; declare it: PREFIX {prefix}: <...>";
        Report(token, Severity.Error, DiagnosticCodes.UndeclaredPrefix,
            $"The prefix {prefix}: is not declared{advice}");
        return _unresolved;
    }

    // The prefixes that rule files need most, as everybody writes them.
    private static string? UsualNamespace(string prefix) => prefix switch
    {
        "rdf" => "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
        "rdfs" => "http://www.w3.org/2000/01/rdf-schema#",
        "owl" => "http://www.w3.org/2002/07/owl#",
        "xsd" => Xsd.Namespace,
        "dcterms" => "http://purl.org/dc/terms/",
        "rsn" => "urn:reasoner:ns#",
        _ => null,
    };

    private static string LocalName(ReadOnlySpan<char> text)
    {
        if (!text.Contains('\\')) return text.ToString();
        var name = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\\') i++;
            name.Append(text[i]);
        }

        return name.ToString();
    }

    // [102] BlankNode
    private PatternTerm BlankNodeTerm()
    {
        var node = _token.Kind == TokenKind.Anon
            ? _target.NewBlankNode()
            : _target.BlankNode(_text[(_token.Start + 2).._token.End]);
        Advance();
        return node;
    }

    private string Unescape(Token token, int start, int length, bool isString)
    {
        var raw = _text.AsSpan(start, length);
        if (!raw.Contains('\\')) return raw.ToString();
        var result = new StringBuilder(length);
        for (var i = 0; i < raw.Length; i++)
        {
            if (raw[i] != '\\')
            {
                result.Append(raw[i]);
                continue;
            }

            i++;
            var escape = raw[i];
            if (escape is 'u' or 'U')
            {
                var digits = escape == 'u' ? 4 : 8;
                if (i + digits >= raw.Length
                    || !int.TryParse(raw.Slice(i + 1, digits), NumberStyles.AllowHexSpecifier,
                        CultureInfo.InvariantCulture, out var codePoint)
                    || !Rune.IsValid(codePoint))
                {
                    throw Error(token, DiagnosticCodes.MalformedToken,
                        $"\\{escape} needs {digits} hexadecimal digits of a Unicode character (no surrogate).");
                }

                result.Append(new Rune(codePoint).ToString());
                i += digits;
            }
            else
            {
                result.Append(isString && EscapedCharacter(escape) is { } c ? c
                    : throw Error(token, DiagnosticCodes.MalformedToken,
                        $"\\{escape} is no escape; write \\\\ for a backslash."));
            }
        }

        return result.ToString();
    }

    private static char? EscapedCharacter(char escape) => escape switch
    {
        't' => '\t',
        'b' => '\b',
        'n' => '\n',
        'r' => '\r',
        'f' => '\f',
        '"' => '"',
        '\'' => '\'',
        '\\' => '\\',
        _ => null,
    };

    private ReadOnlySpan<char> TextOf(Token token) => _text.AsSpan(token.Start, token.End - token.Start);

    private SourcePosition At(Token token) => new(_document.File, token.Line, token.Column);

    private void Advance()
    {
        // Where the tokenizer throws, the old token must not look like a start to go on from.
        _token = _token with { Kind = TokenKind.Dot };
        _token = _tokenizer.Next();
    }

    private bool Accept(TokenKind kind)
    {
        if (_token.Kind != kind) return false;
        Advance();
        return true;
    }

    private Token Expect(TokenKind kind, string what)
    {
        if (_token.Kind != kind) throw Unexpected(what);
        var token = _token;
        Advance();
        return token;
    }

    private bool IsWord(ReadOnlySpan<char> keyword) =>
        _token.Kind == TokenKind.Word && TextOf(_token).Equals(keyword, StringComparison.OrdinalIgnoreCase);

    private bool AcceptWord(ReadOnlySpan<char> keyword)
    {
        if (!IsWord(keyword)) return false;
        Advance();
        return true;
    }

    private void ExpectWord(string keyword)
    {
        if (!AcceptWord(keyword)) throw Unexpected(keyword);
    }

    private bool AcceptA()
    {
        if (!IsA) return false;
        Advance();
        return true;
    }

    private void Enter()
    {
        if (++_depth > MaximumDepth)
            throw Error(_token, DiagnosticCodes.TooDeep,
                $"Nested more than {MaximumDepth} deep; give the parts names and write them apart.");
    }

    private void Leave() => _depth--;

    private SrlSyntaxError Unexpected(string expected)
    {
        var text = TextOf(_token);
        var found = _token.Kind == TokenKind.End ? "the end of the text"
            : text.Length > 40 ? $"'{text[..40]}...'"
            : $"'{text}'";
        return Error(_token, DiagnosticCodes.UnexpectedToken, $"Expected {expected}, found {found}.");
    }

    private SrlSyntaxError Error(Token token, string code, string message) => new(At(token), code, message);

    private void Report(Token token, Severity severity, string code, string message) =>
        _document.Report(new Diagnostic(At(token), severity, code, message));
}
