using Reasoner.Rdf;

namespace Reasoner.Shapes;

/// <summary>The SHACL vocabulary, as far as SHACL Core uses it.</summary>
internal static class ShaclVocabulary
{
    public const string Namespace = "http://www.w3.org/ns/shacl#";

    public const string Rdfs = "http://www.w3.org/2000/01/rdf-schema#";

    public static Iri NodeShape { get; } = Of("NodeShape");

    public static Iri PropertyShape { get; } = Of("PropertyShape");

    public static Iri Path { get; } = Of("path");

    public static Iri Violation { get; } = Of("Violation");

    public static Iri SubClassOf { get; } = new(Rdfs + "subClassOf");

    public static Iri Class { get; } = new(Rdfs + "Class");

    public static Iri OwlClass { get; } = new("http://www.w3.org/2002/07/owl#Class");

    /// <summary>A term of the vocabulary by its local name.</summary>
    public static Iri Of(string localName) => new(Namespace + localName);
}
