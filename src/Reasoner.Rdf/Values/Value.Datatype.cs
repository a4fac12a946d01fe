namespace Reasoner.Rdf;

public readonly partial struct Value
{
    /// <summary>
    /// The kind of value that the valid literals of a datatype have; <see cref="ValueKind.Opaque"/> for a datatype whose values
    /// are not known. A literal whose own kind is <see cref="ValueKind.Opaque"/> although its datatype's is not is ill-typed.
    /// </summary>
    public static ValueKind KindOf(Iri datatype) => LiteralMapping.KindOf(datatype);
}
