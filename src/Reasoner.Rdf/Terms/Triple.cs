namespace Reasoner.Rdf;

/// <summary>An RDF triple. Generalised triples (a literal as subject) can be held; readers never produce them.</summary>
/// <param name="Subject">An IRI or blank node.</param>
/// <param name="Predicate">An IRI.</param>
/// <param name="Object">Any term.</param>
public readonly record struct Triple(Term Subject, Term Predicate, Term Object) : IComparable<Triple>
{
    /// <summary>Orders by subject, predicate, object.</summary>
    public int CompareTo(Triple other)
    {
        var bySubject = Subject.CompareTo(other.Subject);
        if (bySubject != 0) return bySubject;
        var byPredicate = Predicate.CompareTo(other.Predicate);
        return byPredicate != 0 ? byPredicate : Object.CompareTo(other.Object);
    }

    /// <summary>The triple in canonical N-Triples, without the final dot: <c>s p o</c>.</summary>
    public override string ToString() => $"{Subject} {Predicate} {Object}";
}

/// <summary>A triple used as a term (RDF 1.2 Concepts, 3.6).</summary>
/// <param name="triple">The triple that this term is.</param>
public sealed class TripleTerm(Triple triple) : Term
{
    /// <summary>The triple that this term is.</summary>
    public Triple Triple { get; } = triple;

    /// <inheritdoc />
    public override TermKind Kind => TermKind.TripleTerm;

    /// <inheritdoc />
    public override bool Equals(Term? other) => other is TripleTerm term && term.Triple.Equals(Triple);

    /// <inheritdoc />
    public override int GetHashCode() => Triple.GetHashCode();

    private protected override int CompareToSameKind(Term other) => Triple.CompareTo(((TripleTerm)other).Triple);

    /// <inheritdoc />
    public override string ToString() => CanonicalNTriples.Write(this);
}
