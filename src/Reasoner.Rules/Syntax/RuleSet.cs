using System.Collections.Immutable;
using Reasoner.Rdf;

namespace Reasoner.Rules;

/// <summary>
/// A resolved rule set (SRL abstract syntax, section 4.1): what every authoring form (SRL text, OWL 2 RL axioms) becomes
/// and what the engine compiles. Imports are resolved before a rule set exists.
/// </summary>
/// <param name="Rules">The rules, in document order, files in the order given.</param>
/// <param name="Data">The triples of the DATA blocks, in document order.</param>
/// <param name="Prefixes">Prefix to namespace, of all files together; the first declaration of a prefix wins. For display.</param>
public sealed record RuleSet(
    ImmutableArray<Rule> Rules,
    ImmutableArray<PositionedTriple> Data,
    ImmutableSortedDictionary<string, string> Prefixes)
{
    /// <summary>A rule set of nothing.</summary>
    public static RuleSet Empty { get; } = new([], [], ImmutableSortedDictionary<string, string>.Empty);
}

/// <summary>A ground triple of a DATA block and where its object stands.</summary>
/// <param name="Triple">The triple. Blank node labels are unique over the files of a rule set.</param>
/// <param name="Position">Where it stands.</param>
public readonly record struct PositionedTriple(Triple Triple, SourcePosition Position);

/// <summary>One rule: for every solution of the body, the head's triples follow.</summary>
public sealed class Rule
{
    /// <summary>Makes a rule. Blank nodes of the body are variables already (see <see cref="Variable.IsBlankNode"/>).</summary>
    public Rule(
        Iri? name,
        ImmutableArray<TriplePattern> head,
        ImmutableArray<BodyElement> body,
        bool matchesDataOnly,
        SourcePosition position,
        string origin = "")
    {
        Name = name;
        Head = head;
        Body = body;
        MatchesDataOnly = matchesDataOnly;
        Position = position;
        Origin = origin;
        IsRunOnce = body.Any(element => element is AssignmentElement)
            || head.Any(template => template.Terms.Any(HasBlankNode));
    }

    /// <summary>The rule's IRI, where the author gave one.</summary>
    public Iri? Name { get; }

    /// <summary>The triple templates; blank nodes in them are <see cref="ConstantTerm"/>s holding a blank node.</summary>
    public ImmutableArray<TriplePattern> Head { get; }

    /// <summary>The elements of the body, in the author's order; paths are expanded to triple patterns.</summary>
    public ImmutableArray<BodyElement> Body { get; }

    /// <summary>WHERE DATA: the body matches the base graph only.</summary>
    public bool MatchesDataOnly { get; }

    /// <summary>Where the word RULE stands, or the axiom that the rule was made from.</summary>
    public SourcePosition Position { get; }

    /// <summary>What made the rule where it was not written as a rule: an OWL 2 RL rule name such as <c>cax-sco</c>; else empty.</summary>
    public string Origin { get; }

    /// <summary>Whether the rule runs exactly once: it assigns, or its head makes blank nodes (SRL, run-once rule).</summary>
    public bool IsRunOnce { get; }

    /// <summary>The rule's name for people: its IRI, or what made it, or its position.</summary>
    public string DisplayName =>
        Name is not null ? Name.Value : Origin.Length > 0 ? $"{Origin} ({Position})" : Position.ToString();

    /// <inheritdoc />
    public override string ToString() => DisplayName;

    private static bool HasBlankNode(PatternTerm term) => term switch
    {
        ConstantTerm { Term: BlankNode } => true,
        TripleTermPattern pattern => pattern.Pattern.Terms.Any(HasBlankNode),
        _ => false,
    };
}
