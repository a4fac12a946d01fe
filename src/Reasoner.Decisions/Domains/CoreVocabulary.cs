using Reasoner.Rdf;
using Reasoner.Rules;

namespace Reasoner.Decisions;

/// <summary>The core vocabulary of decisions (<c>ontologies/reasoner.ttl</c>).</summary>
public static class CoreVocabulary
{
    /// <summary>The namespace IRI.</summary>
    public const string Namespace = "urn:reasoner:ns#";

    /// <summary>What candidates' IRIs start with; the local name of the answer follows.</summary>
    public const string CandidateNamespace = "urn:reasoner:candidate:";

    /// <summary>rsn:Candidate</summary>
    public static Iri Candidate { get; } = new(Namespace + "Candidate");

    /// <summary>rsn:about</summary>
    public static Iri About { get; } = new(Namespace + "about");

    /// <summary>rsn:answer</summary>
    public static Iri Answer { get; } = new(Namespace + "answer");

    /// <summary>rsn:score</summary>
    public static Iri Score { get; } = new(Namespace + "score");

    /// <summary>rsn:violates</summary>
    public static Iri Violates { get; } = new(Namespace + "violates");

    /// <summary>rsn:supportedBy</summary>
    public static Iri SupportedBy { get; } = new(Namespace + "supportedBy");

    /// <summary>rsn:inconsistency</summary>
    public static Iri Inconsistency => OwlContradiction.Property;

    /// <summary>rsn:protected</summary>
    public static Iri Protected { get; } = new(Namespace + "protected");

    /// <summary>rsn:groupBoundary</summary>
    public static Iri GroupBoundary { get; } = new(Namespace + "groupBoundary");

    /// <summary>rdfs:label</summary>
    public static Iri Label { get; } = new("http://www.w3.org/2000/01/rdf-schema#label");

    /// <summary>Of the labels of a thing the one to show: one without language or in English before others; null where there is none.</summary>
    public static string? ChooseLabel(IEnumerable<Term> labels) =>
        labels.OfType<Literal>().OrderBy(literal => literal.Language is null or "en" ? 0 : 1).ThenBy(literal => literal.LexicalForm, StringComparer.Ordinal).FirstOrDefault()?.LexicalForm;

    /// <summary>The last part of an IRI: after <c>#</c>, <c>/</c> or <c>:</c>.</summary>
    public static string LocalName(string iri) => iri[(iri.LastIndexOfAny(['#', '/', ':']) + 1)..];
}
