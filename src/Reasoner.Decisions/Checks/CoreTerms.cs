using System.Collections.Immutable;
using Reasoner.Rdf;

namespace Reasoner.Decisions;

/// <summary>All terms of the core vocabulary, for checks of domains that do not load <c>ontologies/reasoner.ttl</c>.</summary>
internal static class CoreTerms
{
    /// <summary>The terms.</summary>
    public static ImmutableArray<Iri> All { get; } =
    [
        .. new[]
        {
            "Answer", "Candidate", "Constraint", "Reason", "Slot", "Resource", "Decision", "Step",
            "about", "slot", "answer", "score",
            "violates", "supportedBy", "prefers", "excludes", "requires", "consumes", "resource", "amount", "capacity", "demand", "atLeast", "atMost", "inconsistency",
            "because", "code", "status", "priority", "firm", "protected", "protectedAttribute", "groupBoundary",
            "domain", "outcome", "confidence", "conflict", "considered", "consulted", "rank", "verdict", "chosen", "byRule", "sha256",
        }.Select(name => new Iri(CoreVocabulary.Namespace + name)),
    ];

    /// <summary>What the pipeline itself states of a case.</summary>
    public static ImmutableArray<Iri> Stated { get; } = [RdfVocabulary.Type, CoreVocabulary.About, CoreVocabulary.Answer, CoreVocabulary.Score];
}
