using Reasoner.Rdf;

namespace Reasoner.Rules;

/// <summary>What is known about the surroundings of a rule set; without it, what depends on it is not
/// checked.</summary>
public sealed record RuleSetSurroundings
{
    /// <summary>The predicates of the facts that the rules will be given, or null.</summary>
    public IReadOnlySet<Iri>? DataPredicates { get; init; }

    /// <summary>The classes that given facts may put something into, or null: any.</summary>
    public IReadOnlySet<Iri>? DataClasses { get; init; }

    /// <summary>The terms that the ontology declares, or null.</summary>
    public IReadOnlySet<Iri>? KnownTerms { get; init; }

    /// <summary>The predicates and classes that somebody outside the rule set reads, or null.</summary>
    public IReadOnlySet<Iri>? Outputs { get; init; }

    /// <summary>Whether every rule should have a name, as in a domain, where names identify rules in proofs.</summary>
    public bool NamesExpected { get; init; }

    /// <summary>The rules' documentation, or null: a variable that a rule's rsn:because shows is used there.</summary>
    public RuleCatalogue? Catalogue { get; init; }
}
