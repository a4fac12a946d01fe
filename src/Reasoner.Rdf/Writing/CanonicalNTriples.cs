using System.Buffers;
using System.Globalization;

namespace Reasoner.Rdf;

/// <summary>
/// The canonical N-Triples form of terms (RDF 1.2 N-Triples, section 3), in UTF-8. Each triple has one form only, so
/// that equal documents are equal bytes.
/// </summary>
internal static class CanonicalNTriples
{
    private static readonly SearchValues<char> EscapedInString = SearchValues.Create(
        [.. Enumerable.Range(0, ' ').Select(c => (char)c), '"', '\\', '\u007f', '\ufffe', '\uffff']);

    private static readonly SearchValues<char> EscapedInIri = SearchValues.Create(
        [.. Enumerable.Range(0, ' ' + 1).Select(c => (char)c), '<', '>', '"', '{', '}', '|', '^', '`', '\\']);

    /// <summary>A term as text.</summary>
    public static string Write(Term term)
    {
        var output = new ByteBuffer();
        AddTerm(output, term);
        return output.ToString();
    }

    /// <summary>A term.</summary>
    public static void AddTerm(ByteBuffer output, Term term)
    {
        switch (term)
        {
            case Iri iri:
                AddIri(output, iri.Value);
                break;
            case BlankNode node:
                output.Add("_:"u8);
                output.Add(node.Label);
                break;
            case Literal literal:
                AddLiteral(output, literal);
                break;
            case TripleTerm inner:
                output.Add("<<( "u8);
                AddTriple(output, inner.Triple);
                output.Add(" )>>"u8);
                break;
        }
    }

    /// <summary>A triple without its dot.</summary>
    public static void AddTriple(ByteBuffer output, in Triple triple)
    {
        AddTerm(output, triple.Subject);
        output.Add((byte)' ');
        AddTerm(output, triple.Predicate);
        output.Add((byte)' ');
        AddTerm(output, triple.Object);
    }

    /// <summary>An IRI in its brackets.</summary>
    public static void AddIri(ByteBuffer output, string iri)
    {
        output.Add((byte)'<');
        AddEscaped(output, iri, EscapedInIri);
        output.Add((byte)'>');
    }

    private static void AddLiteral(ByteBuffer output, Literal literal)
    {
        AddString(output, literal.LexicalForm);
        if (literal.Language is not null)
        {
            AddLanguage(output, literal);
        }
        else if (!literal.Datatype.Equals(Xsd.String))
        {
            output.Add("^^"u8);
            AddIri(output, literal.Datatype.Value);
        }
    }

    /// <summary>A string in its quotes.</summary>
    public static void AddString(ByteBuffer output, string text)
    {
        output.Add((byte)'"');
        AddStringContent(output, text);
        output.Add((byte)'"');
    }

    /// <summary>A string without quotes.</summary>
    public static void AddStringContent(ByteBuffer output, string text) => AddEscaped(output, text, EscapedInString);

    /// <summary>A language tag and base direction.</summary>
    public static void AddLanguage(ByteBuffer output, Literal literal)
    {
        output.Add((byte)'@');
        output.Add(literal.Language);
        if (literal.Direction != BaseDirection.None)
            output.Add(literal.Direction == BaseDirection.LeftToRight ? "--ltr"u8 : "--rtl"u8);
    }

    private static void AddEscaped(ByteBuffer output, ReadOnlySpan<char> text, SearchValues<char> escaped)
    {
        while (text.IndexOfAny(escaped) is var plain && plain >= 0)
        {
            output.Add(text[..plain]);
            AddEscape(output, text[plain], isIri: escaped == EscapedInIri);
            text = text[(plain + 1)..];
        }

        output.Add(text);
    }

    private static void AddEscape(ByteBuffer output, char c, bool isIri)
    {
        var letter = c switch
        {
            _ when isIri => '\0', // IRIs have numeric escapes only
            '"' or '\\' => c,
            '\n' => 'n',
            '\r' => 'r',
            '\t' => 't',
            '\b' => 'b',
            '\f' => 'f',
            _ => '\0',
        };
        output.Add((byte)'\\');
        if (letter != '\0')
        {
            output.Add((byte)letter);
        }
        else
        {
            output.Add((byte)'u');
            output.Add(((int)c).ToString("X4", CultureInfo.InvariantCulture));
        }
    }
}
