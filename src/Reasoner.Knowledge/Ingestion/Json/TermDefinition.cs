using System.Text;

namespace Reasoner.Knowledge;

/// <summary>The keywords of JSON-LD 1.1 (section 1.7) that can stand as a member's name.</summary>
internal enum JsonLdKeyword : byte
{
    None,
    Base,
    Container,
    Context,
    Direction,
    Graph,
    Id,
    Import,
    Included,
    Index,
    Json,
    Language,
    List,
    Nest,
    NoValue,
    Prefix,
    Propagate,
    Protected,
    Reverse,
    Set,
    Type,
    Value,
    Version,
    Vocab,
}

/// <summary>How the values of a term are read when they do not say it themselves.</summary>
internal enum Coercion : byte
{
    /// <summary>By their JSON type.</summary>
    Native,

    /// <summary>Strings are IRIs, relative to the base.</summary>
    Id,

    /// <summary>Strings are terms of the context, or IRIs.</summary>
    Vocab,

    /// <summary>Scalars are literals of a datatype.</summary>
    Datatype,
}

/// <summary>How several values of a term are laid out.</summary>
[Flags]
internal enum Container : byte
{
    None = 0,
    List = 1,
    Set = 2,
    Language = 4,
    Index = 8,
    Id = 16,
    Type = 32,
}

/// <summary>What a term of a context stands for.</summary>
internal sealed record TermDefinition
{
    private readonly string? _iri;

    /// <summary>The IRI, or null where the context says that the term means nothing.</summary>
    public string? Iri
    {
        get => _iri;
        init => (_iri, Utf8) = (value, value is null ? [] : Encoding.UTF8.GetBytes(value));
    }

    /// <summary>The IRI in UTF-8.</summary>
    public byte[] Utf8 { get; private init; } = [];

    /// <summary>The keyword that the term is an alias of.</summary>
    public JsonLdKeyword Keyword { get; init; }

    /// <summary>Whether the property points from the value to the node.</summary>
    public bool IsReverse { get; init; }

    /// <summary>Whether the term may be the prefix of compact IRIs.</summary>
    public bool IsPrefix { get; init; }

    /// <summary>How values are read.</summary>
    public Coercion Coercion { get; init; }

    /// <summary>The datatype of values, in UTF-8.</summary>
    public byte[] Datatype { get; init; } = [];

    /// <summary>The layout of values.</summary>
    public Container Container { get; init; }

    /// <summary>Whether the term says something about language: <see cref="Language"/> then stands in for the context's default.</summary>
    public bool HasLanguage { get; init; }

    /// <summary>The language of strings; null for none.</summary>
    public string? Language { get; init; }

    /// <summary>Where the term's own context stands, or null.</summary>
    public JsonText? ScopedText { get; init; }

    /// <summary>The token of the term's own context.</summary>
    public int ScopedToken { get; init; }

    /// <summary>Whether another context may not redefine the term.</summary>
    public bool IsProtected { get; init; }

    /// <summary>Definitions are told apart by what they are, not by what they say: they key remembered scopes.</summary>
    public bool Equals(TermDefinition? other) => ReferenceEquals(this, other);

    /// <inheritdoc />
    public override int GetHashCode() => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(this);

    /// <summary>Whether the definitions agree in all but protection.</summary>
    public bool MeansTheSameAs(TermDefinition other) =>
        Iri == other.Iri && Keyword == other.Keyword && IsReverse == other.IsReverse && IsPrefix == other.IsPrefix
        && Coercion == other.Coercion && Datatype.AsSpan().SequenceEqual(other.Datatype) && Container == other.Container
        && HasLanguage == other.HasLanguage && Language == other.Language
        && ScopedText == other.ScopedText && ScopedToken == other.ScopedToken;
}
