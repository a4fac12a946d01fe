using Reasoner.Rdf;

namespace Reasoner.Rules;

/// <summary>What may stand in a place of a triple pattern or template.</summary>
public abstract record PatternTerm;

/// <summary>A constant term.</summary>
/// <param name="Term">The term; a blank node only in heads, where it stands for a new one for each solution.</param>
public sealed record ConstantTerm(Term Term) : PatternTerm
{
    /// <inheritdoc />
    public override string ToString() => Term.ToString()!;
}

/// <summary>A variable.</summary>
/// <param name="Name">
/// The name without its question mark. Variables that the parser makes have names that no author can write: those from
/// blank nodes start with <c>_:</c>, those from property paths with <c>/</c>.
/// </param>
public sealed record Variable(string Name) : PatternTerm
{
    /// <summary>Whether it stands for a blank node of a body.</summary>
    public bool IsBlankNode => Name.StartsWith("_:", StringComparison.Ordinal);

    /// <summary>Whether the parser made it, from a blank node or a property path.</summary>
    public bool IsHidden => IsBlankNode || Name.StartsWith('/');

    /// <inheritdoc />
    public override string ToString() => IsBlankNode ? Name : "?" + Name;
}

/// <summary>A triple term with variables inside.</summary>
/// <param name="Pattern">The pattern of the triple.</param>
public sealed record TripleTermPattern(TriplePattern Pattern) : PatternTerm
{
    /// <inheritdoc />
    public override string ToString() => $"<<( {Pattern} )>>";
}

/// <summary>A triple pattern (in a body) or triple template (in a head).</summary>
/// <param name="Subject">The subject.</param>
/// <param name="Predicate">The predicate: an IRI or a variable.</param>
/// <param name="Object">The object.</param>
/// <param name="Position">Where it stands: at its predicate.</param>
public sealed record TriplePattern(PatternTerm Subject, PatternTerm Predicate, PatternTerm Object, SourcePosition Position)
{
    /// <summary>Subject, predicate, object.</summary>
    public IEnumerable<PatternTerm> Terms => [Subject, Predicate, Object];

    /// <summary>The names of its variables, those inside triple terms too, in order of appearance, without repeats.</summary>
    public IEnumerable<string> Variables => Terms.SelectMany(VariablesOf).Distinct();

    /// <inheritdoc />
    public override string ToString() => $"{Subject} {Predicate} {Object}";

    private static IEnumerable<string> VariablesOf(PatternTerm term) => term switch
    {
        Variable variable => [variable.Name],
        TripleTermPattern triple => triple.Pattern.Variables,
        _ => [],
    };
}
