using Reasoner.Rdf;
using Reasoner.Rules;

namespace Reasoner.Decisions;

/// <summary>
/// The facts that a pattern may read or a template may give: those of a predicate, and of rdf:type those of a class.
/// </summary>
/// <param name="Predicate">The predicate; null stands for any.</param>
/// <param name="Class">Of rdf:type, the class; null stands for any.</param>
internal readonly record struct FactKind(Iri? Predicate, Iri? Class = null)
{
    /// <summary>What the pattern or template is about.</summary>
    public static FactKind Of(TriplePattern pattern) => (pattern.Predicate as ConstantTerm)?.Term is not Iri predicate
        ? default
        : new FactKind(predicate, predicate == RdfVocabulary.Type ? (pattern.Object as ConstantTerm)?.Term as Iri : null);

    /// <summary>Whether a fact may be of both kinds.</summary>
    public bool Overlaps(FactKind other) =>
        (Predicate is null || other.Predicate is null || Predicate == other.Predicate)
        && (Class is null || other.Class is null || Class == other.Class);

    /// <summary>The kind in words.</summary>
    public string Write(IReadOnlyDictionary<string, string> prefixes) => this switch
    {
        { Predicate: null } => "any property",
        { Class: { } type } => $"the class {Names.Write(type, prefixes)}",
        { Predicate: var predicate } => Names.Write(predicate, prefixes),
    };
}
