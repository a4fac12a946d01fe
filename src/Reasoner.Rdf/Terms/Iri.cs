namespace Reasoner.Rdf;

/// <summary>An absolute IRI, compared by code point as RDF Concepts 3.2 demands (no normalisation).</summary>
/// <param name="value">The IRI's text, without angle brackets.</param>
public sealed class Iri(string value) : Term
{
    private readonly int _hash = value.GetHashCode(StringComparison.Ordinal);

    /// <summary>The IRI's text, without angle brackets.</summary>
    public string Value { get; } = value;

    /// <inheritdoc />
    public override TermKind Kind => TermKind.Iri;

    /// <inheritdoc />
    public override bool Equals(Term? other) => other is Iri iri && (ReferenceEquals(iri, this) || (iri._hash == _hash && iri.Value == Value));

    /// <inheritdoc />
    public override int GetHashCode() => _hash;

    private protected override int CompareToSameKind(Term other) => string.CompareOrdinal(Value, ((Iri)other).Value);

    /// <inheritdoc />
    public override string ToString() => CanonicalNTriples.Write(this);
}
