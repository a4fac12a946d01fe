using Reasoner.Rdf;

namespace Reasoner.Rules.Tests;

/// <summary>Short notation of values in test tables: Turtle's terms with <c>xsd:</c>, and <c>error</c>.</summary>
internal static class TermNotation
{
    public static Value ValueOf(string text) => text == "error" ? Value.Error : Value.Of(TermOf(text));

    public static string Print(Value value)
    {
        if (value.IsError) return "error";
        return Print(value.ToTerm());
    }

    public static Term TermOf(string text)
    {
        if (text[0] == '<' && text[1] != '<') return new Iri(text[1..^1]);
        if (text.StartsWith("_:", StringComparison.Ordinal)) return new BlankNode(text[2..]);
        if (text is "true" or "false") return new Literal(text, Xsd.Boolean);
        if (text[0] != '"')
        {
            return new Literal(text, text.Contains('e') ? Xsd.Double : text.Contains('.') ? Xsd.Decimal : Xsd.Integer);
        }

        var end = text.LastIndexOf('"');
        var form = text[1..end];
        var rest = text[(end + 1)..];
        if (rest.StartsWith('@'))
        {
            var parts = rest[1..].Split("--");
            return new Literal(form, parts[0], parts.Length == 1 ? BaseDirection.None
                : parts[1] == "ltr" ? BaseDirection.LeftToRight : BaseDirection.RightToLeft);
        }

        if (rest.StartsWith("^^xsd:", StringComparison.Ordinal)) return new Literal(form, new Iri(Xsd.Namespace + rest[6..]));
        return rest.StartsWith("^^<", StringComparison.Ordinal)
            ? new Literal(form, new Iri(rest[3..^1]))
            : new Literal(form);
    }

    private static string Print(Term term) => term switch
    {
        Literal { Language: null } literal when literal.Datatype.Equals(Xsd.Integer) || literal.Datatype.Equals(Xsd.Boolean)
            => literal.LexicalForm,
        Literal { Language: null } literal when literal.Datatype.Equals(Xsd.Decimal) && literal.LexicalForm.Contains('.')
            => literal.LexicalForm,
        _ => term.ToString()!.Replace("^^<" + Xsd.Namespace, "^^xsd:").Replace(">", term is Literal ? "" : ">"),
    };
}
