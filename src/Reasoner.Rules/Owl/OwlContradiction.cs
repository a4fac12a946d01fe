using System.Collections.Frozen;
using Reasoner.Rdf;

namespace Reasoner.Rules;

/// <summary>
/// How a contradiction between axioms and facts is derived, where OWL 2 RL derives "false":
/// <c>?x urn:reasoner:ns#inconsistency "cax-dw"</c>, so that what contradicts is a fact with a proof.
/// </summary>
public static class OwlContradiction
{
    /// <summary>The property from what is contradictory to the name of the OWL 2 RL rule that says so.</summary>
    public static readonly Iri Property = new("urn:reasoner:ns#inconsistency");

    private static readonly FrozenDictionary<string, string> _meanings = new Dictionary<string, string>
    {
        ["cax-adc"] = "is in two classes of a list of disjoint classes",
        ["cax-dw"] = "is in two disjoint classes",
        ["cls-com"] = "is in a class and in its complement",
        ["cls-maxc1"] = "has a value of a property of which its class allows none",
        ["cls-maxqc1"] = "has a value in a class of which its class allows none",
        ["cls-maxqc2"] = "has a value of a property of which its class allows none",
        ["cls-nothing2"] = "is in a class that has no members, or has a value that must be in one",
        ["dt-diff"] = "has two different literals for a property that may have one",
        ["dt-not-type"] = "has a literal that is no value of the datatype that the property's values must have",
        ["eq-diff1"] = "is the same as something that it is stated to differ from",
        ["eq-diff2"] = "is the same as another of a list of different individuals",
        ["eq-diff3"] = "is the same as another of a list of different individuals",
        ["prp-adp"] = "has one value for two properties of a list of disjoint properties",
        ["prp-asyp"] = "is related both ways by an asymmetric property",
        ["prp-irp"] = "is related to itself by an irreflexive property",
        ["prp-npa1"] = "has a relation that a negative assertion denies",
        ["prp-npa2"] = "has a value that a negative assertion denies",
        ["prp-pdw"] = "has one value for two disjoint properties",
    }.ToFrozenDictionary();

    /// <summary>What the OWL 2 RL rule finds, in words that go on from its subject; null where no such rule is known.</summary>
    public static string? MeaningOf(string rule) => _meanings.GetValueOrDefault(rule);
}
