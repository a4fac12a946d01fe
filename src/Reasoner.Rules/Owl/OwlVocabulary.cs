using Reasoner.Rdf;

namespace Reasoner.Rules;

/// <summary>The terms of RDFS and OWL 2 that OWL 2 RL gives a meaning to.</summary>
internal static class OwlVocabulary
{
    private const string Owl = "http://www.w3.org/2002/07/owl#";
    private const string Rdfs = "http://www.w3.org/2000/01/rdf-schema#";

    public static readonly Iri SubClassOf = new(Rdfs + "subClassOf");
    public static readonly Iri SubPropertyOf = new(Rdfs + "subPropertyOf");
    public static readonly Iri Domain = new(Rdfs + "domain");
    public static readonly Iri Range = new(Rdfs + "range");
    public static readonly Iri RdfsLiteral = new(Rdfs + "Literal");
    public static readonly Iri RdfsDatatype = new(Rdfs + "Datatype");
    public static readonly Iri RdfsResource = new(Rdfs + "Resource");

    public static readonly Iri Thing = new(Owl + "Thing");
    public static readonly Iri Nothing = new(Owl + "Nothing");
    public static readonly Iri EquivalentClass = new(Owl + "equivalentClass");
    public static readonly Iri DisjointWith = new(Owl + "disjointWith");
    public static readonly Iri AllDisjointClasses = new(Owl + "AllDisjointClasses");
    public static readonly Iri DisjointUnionOf = new(Owl + "disjointUnionOf");
    public static readonly Iri IntersectionOf = new(Owl + "intersectionOf");
    public static readonly Iri UnionOf = new(Owl + "unionOf");
    public static readonly Iri ComplementOf = new(Owl + "complementOf");
    public static readonly Iri OneOf = new(Owl + "oneOf");
    public static readonly Iri OnProperty = new(Owl + "onProperty");
    public static readonly Iri OnClass = new(Owl + "onClass");
    public static readonly Iri OnDataRange = new(Owl + "onDataRange");
    public static readonly Iri SomeValuesFrom = new(Owl + "someValuesFrom");
    public static readonly Iri AllValuesFrom = new(Owl + "allValuesFrom");
    public static readonly Iri HasValue = new(Owl + "hasValue");
    public static readonly Iri HasSelf = new(Owl + "hasSelf");
    public static readonly Iri MinCardinality = new(Owl + "minCardinality");
    public static readonly Iri MaxCardinality = new(Owl + "maxCardinality");
    public static readonly Iri Cardinality = new(Owl + "cardinality");
    public static readonly Iri MinQualifiedCardinality = new(Owl + "minQualifiedCardinality");
    public static readonly Iri MaxQualifiedCardinality = new(Owl + "maxQualifiedCardinality");
    public static readonly Iri QualifiedCardinality = new(Owl + "qualifiedCardinality");
    public static readonly Iri HasKey = new(Owl + "hasKey");

    public static readonly Iri ObjectProperty = new(Owl + "ObjectProperty");
    public static readonly Iri DatatypeProperty = new(Owl + "DatatypeProperty");
    public static readonly Iri EquivalentProperty = new(Owl + "equivalentProperty");
    public static readonly Iri InverseOf = new(Owl + "inverseOf");
    public static readonly Iri PropertyDisjointWith = new(Owl + "propertyDisjointWith");
    public static readonly Iri AllDisjointProperties = new(Owl + "AllDisjointProperties");
    public static readonly Iri PropertyChainAxiom = new(Owl + "propertyChainAxiom");
    public static readonly Iri FunctionalProperty = new(Owl + "FunctionalProperty");
    public static readonly Iri InverseFunctionalProperty = new(Owl + "InverseFunctionalProperty");
    public static readonly Iri SymmetricProperty = new(Owl + "SymmetricProperty");
    public static readonly Iri AsymmetricProperty = new(Owl + "AsymmetricProperty");
    public static readonly Iri TransitiveProperty = new(Owl + "TransitiveProperty");
    public static readonly Iri IrreflexiveProperty = new(Owl + "IrreflexiveProperty");
    public static readonly Iri ReflexiveProperty = new(Owl + "ReflexiveProperty");

    public static readonly Iri SameAs = new(Owl + "sameAs");
    public static readonly Iri DifferentFrom = new(Owl + "differentFrom");
    public static readonly Iri AllDifferent = new(Owl + "AllDifferent");
    public static readonly Iri Members = new(Owl + "members");
    public static readonly Iri DistinctMembers = new(Owl + "distinctMembers");
    public static readonly Iri NegativePropertyAssertion = new(Owl + "NegativePropertyAssertion");
    public static readonly Iri SourceIndividual = new(Owl + "sourceIndividual");
    public static readonly Iri AssertionProperty = new(Owl + "assertionProperty");
    public static readonly Iri TargetIndividual = new(Owl + "targetIndividual");
    public static readonly Iri TargetValue = new(Owl + "targetValue");
}
