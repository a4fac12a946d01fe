namespace Reasoner.Rdf;

/// <summary>The initial text direction of a directional language-tagged string (RDF 1.2 Concepts, 3.4).</summary>
public enum BaseDirection : byte
{
    /// <summary>No direction: not a directional language-tagged string.</summary>
    None,

    /// <summary><c>ltr</c></summary>
    LeftToRight,

    /// <summary><c>rtl</c></summary>
    RightToLeft,
}

/// <summary>
/// A literal: lexical form, datatype and, for language-tagged strings, language tag and base direction. The lexical form
/// is kept as written: <c>"01"^^xsd:integer</c> and <c>"1"^^xsd:integer</c> are two terms with one value.
/// </summary>
public sealed class Literal : Term
{
    /// <summary>A literal of the given datatype; without one, a simple literal (<c>xsd:string</c>).</summary>
    public Literal(string lexicalForm, Iri? datatype = null)
    {
        LexicalForm = lexicalForm;
        Datatype = datatype ?? Xsd.String;
        Hash = HashCode.Combine(lexicalForm, Datatype);
    }

    /// <summary>A language-tagged string. The tag is brought to lower case, as RDF 1.2 compares it without case.</summary>
    public Literal(string lexicalForm, string language, BaseDirection direction = BaseDirection.None)
    {
        LexicalForm = lexicalForm;
        Language = language.ToLowerInvariant();
        Direction = direction;
        Datatype = direction == BaseDirection.None ? RdfVocabulary.LangString : RdfVocabulary.DirLangString;
        Hash = HashCode.Combine(lexicalForm, Datatype, Language);
    }

    private int Hash { get; }

    /// <summary>The lexical form, as written.</summary>
    public string LexicalForm { get; }

    /// <summary>The datatype; <c>rdf:langString</c> or <c>rdf:dirLangString</c> where there is a language.</summary>
    public Iri Datatype { get; }

    /// <summary>The language tag in lower case, or null.</summary>
    public string? Language { get; }

    /// <summary>The base direction, or none.</summary>
    public BaseDirection Direction { get; }

    /// <inheritdoc />
    public override TermKind Kind => TermKind.Literal;

    /// <inheritdoc />
    public override bool Equals(Term? other) =>
        other is Literal literal
        && literal.Hash == Hash
        && literal.LexicalForm == LexicalForm
        && literal.Language == Language
        && literal.Direction == Direction
        && literal.Datatype.Equals(Datatype);

    /// <inheritdoc />
    public override int GetHashCode() => Hash;

    private protected override int CompareToSameKind(Term other)
    {
        var literal = (Literal)other;
        var byForm = string.CompareOrdinal(LexicalForm, literal.LexicalForm);
        if (byForm != 0) return byForm;
        var byDatatype = Datatype.CompareTo(literal.Datatype);
        if (byDatatype != 0) return byDatatype;
        var byLanguage = string.CompareOrdinal(Language, literal.Language);
        return byLanguage != 0 ? byLanguage : Direction.CompareTo(literal.Direction);
    }

    /// <inheritdoc />
    public override string ToString() => CanonicalNTriples.Write(this);
}
