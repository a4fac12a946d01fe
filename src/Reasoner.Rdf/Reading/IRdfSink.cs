namespace Reasoner.Rdf;

/// <summary>
/// Receives what a reader reads. The reader hands over each term as UTF-8 and gets back the receiver's own handle for
/// it (an id, an object), so that a dictionary can encode terms without a string in between. Readers call it through a
/// struct type argument, which the JIT compiles without indirection. Handles may be cached by the reader for the length
/// of the document.
/// </summary>
/// <typeparam name="TTerm">The receiver's handle for a term.</typeparam>
public interface IRdfSink<TTerm>
{
    /// <summary>An absolute IRI, escapes resolved.</summary>
    TTerm Iri(ReadOnlySpan<byte> iri);

    /// <summary>A blank node by its label in the document, or one that the reader made up for an anonymous node.</summary>
    TTerm BlankNode(ReadOnlySpan<byte> label);

    /// <summary>A literal with a datatype (never rdf:langString).</summary>
    /// <param name="lexicalForm">The lexical form, escapes resolved.</param>
    /// <param name="datatype">The datatype's IRI; empty for xsd:string.</param>
    TTerm Literal(ReadOnlySpan<byte> lexicalForm, ReadOnlySpan<byte> datatype);

    /// <summary>A language-tagged string.</summary>
    TTerm LanguageString(ReadOnlySpan<byte> lexicalForm, ReadOnlySpan<byte> language, BaseDirection direction);

    /// <summary>A triple term.</summary>
    TTerm TripleTerm(TTerm subject, TTerm predicate, TTerm @object);

    /// <summary>A triple of the default graph.</summary>
    /// <param name="subject">The subject's handle.</param>
    /// <param name="predicate">The predicate's handle.</param>
    /// <param name="object">The object's handle.</param>
    /// <param name="line">The line on which its object starts, from 1.</param>
    void Triple(TTerm subject, TTerm predicate, TTerm @object, int line);

    /// <summary>A prefix declaration (readers of formats without prefixes never call it).</summary>
    void Prefix(ReadOnlySpan<byte> prefix, ReadOnlySpan<byte> iri);
}
