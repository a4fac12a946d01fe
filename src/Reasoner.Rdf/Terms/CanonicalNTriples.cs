using System.Globalization;
using System.Text;

namespace Reasoner.Rdf;

/// <summary>The canonical N-Triples form of a term (RDF 1.2 N-Triples, section 3).</summary>
internal static class CanonicalNTriples
{
    public static string Write(Term term)
    {
        var text = new StringBuilder();
        Append(text, term);
        return text.ToString();
    }

    private static void Append(StringBuilder text, Term term)
    {
        switch (term)
        {
            case Iri iri:
                text.Append('<');
                AppendIri(text, iri.Value);
                text.Append('>');
                break;
            case BlankNode node:
                text.Append("_:").Append(node.Label);
                break;
            case Literal literal:
                AppendLiteral(text, literal);
                break;
            case TripleTerm triple:
                text.Append("<<( ");
                Append(text, triple.Triple.Subject);
                text.Append(' ');
                Append(text, triple.Triple.Predicate);
                text.Append(' ');
                Append(text, triple.Triple.Object);
                text.Append(" )>>");
                break;
        }
    }

    private static void AppendIri(StringBuilder text, string iri)
    {
        foreach (var c in iri)
        {
            if (c <= ' ' || c is '<' or '>' or '"' or '{' or '}' or '|' or '^' or '`' or '\\') AppendEscape(text, c);
            else text.Append(c);
        }
    }

    private static void AppendLiteral(StringBuilder text, Literal literal)
    {
        text.Append('"');
        foreach (var c in literal.LexicalForm)
        {
            switch (c)
            {
                case '"': text.Append("\\\""); break;
                case '\\': text.Append("\\\\"); break;
                case '\n': text.Append("\\n"); break;
                case '\r': text.Append("\\r"); break;
                case '\t': text.Append("\\t"); break;
                case '\b': text.Append("\\b"); break;
                case '\f': text.Append("\\f"); break;
                case < ' ' or '\u007f' or '\ufffe' or '\uffff': AppendEscape(text, c); break;
                default: text.Append(c); break;
            }
        }

        text.Append('"');
        if (literal.Language is not null)
        {
            text.Append('@').Append(literal.Language);
            if (literal.Direction != BaseDirection.None)
                text.Append(literal.Direction == BaseDirection.LeftToRight ? "--ltr" : "--rtl");
        }
        else if (!literal.Datatype.Equals(Xsd.String))
        {
            text.Append("^^<");
            AppendIri(text, literal.Datatype.Value);
            text.Append('>');
        }
    }

    private static void AppendEscape(StringBuilder text, char c) =>
        text.Append("\\u").Append(((int)c).ToString("X4", CultureInfo.InvariantCulture));
}
