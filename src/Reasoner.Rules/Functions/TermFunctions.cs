using Reasoner.Rdf;

namespace Reasoner.Rules;

/// <summary>Functions on terms (SPARQL 1.2 Query, 17.4.2).</summary>
internal static class TermFunctions
{
    public static FunctionDefinition[] All =>
    [
        new(Function.Str, "STR", 1, 1, static (a, _) => Str(a[0])),
        new(Function.Lang, "LANG", 1, 1, static (a, _) => Lang(a[0])),
        new(Function.LangMatches, "LANGMATCHES", 2, 2, static (a, _) => LangMatches(a[0], a[1])),
        new(Function.LangDir, "LANGDIR", 1, 1, static (a, _) => LangDir(a[0])),
        new(Function.Datatype, "DATATYPE", 1, 1, static (a, _) => Datatype(a[0])),
        new(Function.Iri, "IRI", 1, 1, static (a, context) => MakeIri(a[0], context)),
        new(Function.BNode, "BNODE", 0, 1, MakeBlankNode),
        new(Function.SameTerm, "sameTerm", 2, 2, static (a, _) => Value.FromBoolean(Value.SameTerm(a[0], a[1]))),
        new(Function.IsIri, "isIRI", 1, 1, Is(static value => value.Kind == ValueKind.Iri)),
        new(Function.IsBlank, "isBLANK", 1, 1, Is(static value => value.Kind == ValueKind.BlankNode)),
        new(Function.IsLiteral, "isLITERAL", 1, 1, Is(static value => value.IsLiteral)),
        new(Function.IsNumeric, "isNUMERIC", 1, 1, Is(static value => value.IsNumeric)),
        new(Function.HasLang, "hasLANG", 1, 1, Is(static value => value.Language is not null)),
        new(Function.HasLangDir, "hasLANGDIR", 1, 1, Is(static value => value.Direction != BaseDirection.None)),
        new(Function.StrLang, "STRLANG", 2, 2, static (a, _) => WithLanguage(a[0], a[1], BaseDirection.None)),
        new(Function.StrLangDir, "STRLANGDIR", 3, 3, static (a, _) => WithDirection(a[0], a[1], a[2])),
        new(Function.StrDt, "STRDT", 2, 2, static (a, _) => WithDatatype(a[0], a[1])),
        new(Function.Uuid, "UUID", 0, 0, static (_, context) => Uuid(context)),
        new(Function.StrUuid, "STRUUID", 0, 0, static (_, context) => StrUuid(context)),
    ];

    private static Value Str(in Value value)
    {
        if (value.Kind == ValueKind.Iri) return Value.FromString(((Iri)value.ToTerm()).Value);
        return value.LexicalForm is { } text ? Value.FromString(text) : Value.Error;
    }

    private static Value Lang(in Value value) =>
        value.IsLiteral ? Value.FromString(value.Language ?? "") : Value.Error;

    private static Value Datatype(in Value value) => value.Datatype is { } iri ? Value.Of(iri) : Value.Error;

    private static FunctionBody Is(Func<Value, bool> test) => (arguments, _) => Value.FromBoolean(test(arguments[0]));

    private static Value Uuid(EvaluationContext context) => Value.Of(new Iri($"urn:uuid:{context.FreshUuid():D}"));

    private static Value StrUuid(EvaluationContext context) => Value.FromString(context.FreshUuid().ToString("D"));

    private static Value LangMatches(in Value tag, in Value range)
    {
        if (tag.Kind != ValueKind.String || range.Kind != ValueKind.String) return Value.Error;
        string language = tag.Text!, wanted = range.Text!;
        // Basic filtering (RFC 4647, 3.3.1): the range is the tag, or a prefix of it that ends before a hyphen.
        var matches = wanted == "*"
            ? language.Length > 0
            : wanted.Length > 0 && language.StartsWith(wanted, StringComparison.OrdinalIgnoreCase)
                && (language.Length == wanted.Length || language[wanted.Length] == '-');
        return Value.FromBoolean(matches);
    }

    private static Value LangDir(in Value value) => !value.IsLiteral
        ? Value.Error
        : Value.FromString(value.Direction switch
        {
            BaseDirection.LeftToRight => "ltr",
            BaseDirection.RightToLeft => "rtl",
            _ => "",
        });

    private static Value MakeIri(in Value value, EvaluationContext context)
    {
        if (value.Kind == ValueKind.Iri) return value;
        if (value.Kind != ValueKind.String) return Value.Error;
        return IriReference.TryResolve(value.Text!, context.BaseIri?.Value, out var iri)
            ? Value.Of(new Iri(iri))
            : Value.Failure("The text is no IRI, or a relative one and there is no base IRI.");
    }

    private static Value MakeBlankNode(ReadOnlySpan<Value> arguments, EvaluationContext context)
    {
        if (arguments.IsEmpty) return Value.Of(context.FreshBlankNode());
        return arguments[0].Kind == ValueKind.String ? Value.Of(context.BlankNodeOf(arguments[0].Text!)) : Value.Error;
    }

    private static Value WithDirection(in Value text, in Value language, in Value direction) => direction.Text switch
    {
        _ when direction.Kind != ValueKind.String => Value.Error,
        "ltr" => WithLanguage(text, language, BaseDirection.LeftToRight),
        "rtl" => WithLanguage(text, language, BaseDirection.RightToLeft),
        _ => Value.Failure("A base direction is \"ltr\" or \"rtl\"."),
    };

    private static Value WithLanguage(in Value text, in Value language, BaseDirection direction)
    {
        if (text.Kind != ValueKind.String || language.Kind != ValueKind.String) return Value.Error;
        return IsLanguageTag(language.Text!)
            ? Value.FromString(text.Text!, language.Text!, direction)
            : Value.Failure("The text is not a well-formed language tag.");
    }

    /// <summary>
    /// The shape that RDF's grammars give a tag: letters, then parts of letters and digits after hyphens.
    /// </summary>
    private static bool IsLanguageTag(string tag)
    {
        var isFirst = true;
        foreach (var range in tag.AsSpan().Split('-'))
        {
            var part = tag.AsSpan(range);
            if (part.Length is 0 or > 8) return false;
            foreach (var c in part)
            {
                if (!(char.IsAsciiLetter(c) || (!isFirst && char.IsAsciiDigit(c)))) return false;
            }

            isFirst = false;
        }

        return !isFirst;
    }

    private static Value WithDatatype(in Value text, in Value datatype)
    {
        if (text.Kind != ValueKind.String || datatype.Kind != ValueKind.Iri) return Value.Error;
        var iri = (Iri)datatype.ToTerm();
        return iri.Equals(RdfVocabulary.LangString) || iri.Equals(RdfVocabulary.DirLangString)
            ? Value.Failure("Such a literal needs a language tag; use STRLANG or STRLANGDIR.")
            : Value.Of(new Literal(text.Text!, iri));
    }
}
