namespace Reasoner.Rdf;

/// <summary>The kinds of RDF term, in the order in which terms of different kinds are sorted.</summary>
public enum TermKind : byte
{
    /// <summary>An IRI.</summary>
    Iri,

    /// <summary>A blank node.</summary>
    BlankNode,

    /// <summary>A literal.</summary>
    Literal,

    /// <summary>A triple used as a term (RDF 1.2).</summary>
    TripleTerm,
}

/// <summary>
/// An RDF term (RDF 1.2 Concepts, section 3). Terms are immutable values: equality is RDF term equality, and the order
/// is total, ordinal and culture-free, so that output is the same everywhere. <see cref="object.ToString"/> gives the term's
/// canonical N-Triples form.
/// </summary>
public abstract class Term : IEquatable<Term>, IComparable<Term>
{
    private protected Term()
    {
    }

    /// <summary>Which kind of term this is.</summary>
    public abstract TermKind Kind { get; }

    /// <inheritdoc />
    public abstract bool Equals(Term? other);

    /// <inheritdoc />
    public sealed override bool Equals(object? obj) => Equals(obj as Term);

    /// <inheritdoc />
    public abstract override int GetHashCode();

    /// <summary>Orders by kind, then by content, ordinally.</summary>
    public int CompareTo(Term? other)
    {
        if (other is null) return 1;
        return Kind != other.Kind ? Kind.CompareTo(other.Kind) : CompareToSameKind(other);
    }

    private protected abstract int CompareToSameKind(Term other);

    /// <summary>RDF term equality.</summary>
    public static bool operator ==(Term? left, Term? right) => left is null ? right is null : left.Equals(right);

    /// <summary>The negation of RDF term equality.</summary>
    public static bool operator !=(Term? left, Term? right) => !(left == right);

    /// <summary>Whether the left term sorts before the right one.</summary>
    public static bool operator <(Term left, Term right) => left.CompareTo(right) < 0;

    /// <summary>Whether the left term sorts after the right one.</summary>
    public static bool operator >(Term left, Term right) => left.CompareTo(right) > 0;

    /// <summary>Whether the left term sorts before the right one or equals it.</summary>
    public static bool operator <=(Term left, Term right) => left.CompareTo(right) <= 0;

    /// <summary>Whether the left term sorts after the right one or equals it.</summary>
    public static bool operator >=(Term left, Term right) => left.CompareTo(right) >= 0;
}
