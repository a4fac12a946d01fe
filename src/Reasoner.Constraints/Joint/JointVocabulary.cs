using System.Collections.Immutable;
using Reasoner.Rdf;

namespace Reasoner.Constraints.Joint;

/// <summary>The terms of the core vocabulary (<c>ontologies/reasoner.ttl</c>) that make up a joint decision.</summary>
public static class JointVocabulary
{
    /// <summary>rsn:Slot</summary>
    public static Iri SlotClass { get; } = Named("Slot");

    /// <summary>rsn:slot: candidate to the slot that it answers.</summary>
    public static Iri Slot { get; } = Named("slot");

    /// <summary>rsn:answer: candidate to answer.</summary>
    public static Iri Answer { get; } = Named("answer");

    /// <summary>rsn:score: candidate to probability.</summary>
    public static Iri Score { get; } = Named("score");

    /// <summary>rsn:violates: candidate to constraint.</summary>
    public static Iri Violates { get; } = Named("violates");

    /// <summary>rsn:prefers: candidate to weight.</summary>
    public static Iri Prefers { get; } = Named("prefers");

    /// <summary>rsn:excludes: candidate to candidate.</summary>
    public static Iri Excludes { get; } = Named("excludes");

    /// <summary>rsn:requires: candidate to candidate.</summary>
    public static Iri Requires { get; } = Named("requires");

    /// <summary>rsn:consumes: candidate to a node with a resource and an amount.</summary>
    public static Iri Consumes { get; } = Named("consumes");

    /// <summary>rsn:resource: consumption to resource.</summary>
    public static Iri Resource { get; } = Named("resource");

    /// <summary>rsn:amount: consumption to whole number.</summary>
    public static Iri Amount { get; } = Named("amount");

    /// <summary>rsn:capacity: resource to the most.</summary>
    public static Iri Capacity { get; } = Named("capacity");

    /// <summary>rsn:demand: resource to the least.</summary>
    public static Iri Demand { get; } = Named("demand");

    /// <summary>rsn:atLeast: slot to the fewest candidates chosen for it.</summary>
    public static Iri AtLeast { get; } = Named("atLeast");

    /// <summary>rsn:atMost: slot to the most candidates chosen for it.</summary>
    public static Iri AtMost { get; } = Named("atMost");

    /// <summary>rsn:priority: constraint, resource or rule to how late it is given up when nothing fits.</summary>
    public static Iri Priority { get; } = Named("priority");

    /// <summary>rsn:firm: constraint, resource or rule that is never given up.</summary>
    public static Iri Firm { get; } = Named("firm");

    /// <summary>The properties that a joint problem is read from.</summary>
    public static ImmutableArray<Iri> Properties { get; } =
        [Slot, Answer, Score, Violates, Prefers, Excludes, Requires, Consumes, Resource, Amount, Capacity, Demand, AtLeast, AtMost];

    private static Iri Named(string name) => new("urn:reasoner:ns#" + name);
}
