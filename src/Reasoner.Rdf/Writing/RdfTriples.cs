namespace Reasoner.Rdf;

/// <summary>What makes a triple RDF, so that every syntax can write it.</summary>
internal static class RdfTriples
{
    /// <exception cref="ArgumentException">The triple is a generalised one.</exception>
    public static void Check(in Triple triple)
    {
        if (triple.Subject is not (Iri or BlankNode) || triple.Predicate is not Iri)
            throw new ArgumentException($"A triple's subject is an IRI or blank node and its predicate an IRI; this is not RDF: {triple}", nameof(triple));
        if (triple.Object is TripleTerm inner) Check(inner.Triple);
    }
}
