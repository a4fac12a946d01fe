using System.Collections.Concurrent;
using System.Text;

using Reasoner.Rdf;

namespace Reasoner.Knowledge;

/// <summary>
/// A JSON-LD 1.1 context: what the names in a JSON case stand for. Read once, immutable, shared by threads. Contexts that
/// would have to be fetched are refused: what a case means must not depend on another machine.
/// </summary>
public sealed class JsonLdContext
{
    /// <summary>Scoped contexts are remembered only this deep, so that a request cannot fill the memory with combinations of them.</summary>
    private const int RememberedScopes = 2;

    private const int MaxFileBytes = 4 << 20;
    private const int MaxDepth = 64;

    private readonly Dictionary<string, TermDefinition> _terms;
    private readonly Dictionary<string, TermDefinition>.AlternateLookup<ReadOnlySpan<char>> _lookup;
    private readonly ConcurrentDictionary<(TermDefinition Definition, bool IsType), JsonLdContext> _scoped = new();
    private readonly int _scopeDepth;

    internal JsonLdContext(Dictionary<string, TermDefinition> terms, int scopeDepth)
    {
        (_terms, _scopeDepth) = (terms, scopeDepth);
        _lookup = terms.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    /// <summary>The context that says nothing: only absolute IRIs and keywords have a meaning.</summary>
    public static JsonLdContext Empty { get; } = new([], 0);

    /// <summary>The names that the context gives a meaning, in ordinal order.</summary>
    public IReadOnlyList<string> Terms => [.. _terms.Where(t => t.Value.Iri is not null || t.Value.Keyword != JsonLdKeyword.None).Select(t => t.Key).Order(StringComparer.Ordinal)];

    internal string? BaseIri { get; init; }

    internal string? Vocabulary { get; init; }

    internal string? Language { get; init; }

    /// <summary>What holds again inside a nested node object, where this context was scoped to a type.</summary>
    internal JsonLdContext? Previous { get; init; }

    internal IReadOnlyDictionary<string, TermDefinition> Definitions => _terms;

    internal int ScopeDepth => _scopeDepth;

    /// <summary>Reads a context from a file: a JSON object with a member @context.</summary>
    /// <param name="path">The file.</param>
    /// <param name="displayName">The file's name in errors; the path itself where null.</param>
    /// <exception cref="CaseFormatException">It is not a context, or asks for remote ones.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static JsonLdContext Load(string path, string? displayName = null)
    {
        var size = new FileInfo(path).Length;
        if (size > MaxFileBytes)
            throw new CaseFormatException(new(displayName ?? path, 0, 0), "", $"a context may have at most {MaxFileBytes} bytes; this one has {size}");
        return Load(File.ReadAllBytes(path), displayName ?? path);
    }

    /// <summary>Reads a context: a JSON object with a member @context.</summary>
    /// <param name="json">The document in UTF-8.</param>
    /// <param name="name">Its name in errors.</param>
    /// <exception cref="CaseFormatException">It is not a context, or asks for remote ones.</exception>
    public static JsonLdContext Load(ReadOnlyMemory<byte> json, string name)
    {
        var text = JsonText.Parse(json, name, MaxDepth);
        var context = text.Kind(0) == System.Text.Json.JsonTokenType.StartObject ? text.Find(0, "@context"u8) : -1;
        if (context < 0) throw text.Error(0, "a context document is an object with a member \"@context\"; put the context there");
        var loaded = ContextBuilder.Extend(Empty, text, context);

        // Contexts of terms are read when a case uses them; an error in one should be known now.
        foreach (var definition in loaded._terms.Values)
            if (definition.ScopedText is not null) ContextBuilder.Extend(loaded, definition.ScopedText, definition.ScopedToken, isScoped: true);
        return loaded;
    }

    /// <summary>The definition of a name, or null.</summary>
    internal TermDefinition? Find(ReadOnlySpan<char> name) => _lookup.TryGetValue(name, out var definition) ? definition : null;

    /// <summary>The definition of a name in UTF-8, or null.</summary>
    internal TermDefinition? Find(ReadOnlySpan<byte> name)
    {
        if (name.Length > 256) return Find(Encoding.UTF8.GetString(name));
        Span<char> text = stackalloc char[256];
        return Find(text[..Encoding.UTF8.GetChars(name, text)]);
    }

    /// <summary>The context that holds under a term which has a context of its own.</summary>
    internal JsonLdContext ScopedTo(TermDefinition definition, bool isType)
    {
        if (definition.ScopedText is null) return this;
        if (_scoped.TryGetValue((definition, isType), out var known)) return known;
        var scoped = ContextBuilder.Extend(this, definition.ScopedText, definition.ScopedToken, isScoped: true, isType);
        return _scopeDepth < RememberedScopes ? _scoped.GetOrAdd((definition, isType), scoped) : scoped;
    }

    /// <summary>
    /// Expands a name or reference to an IRI (JSON-LD 1.1 API, section 5.2.2). Null where the context says that it means
    /// nothing, where it has the form of a keyword, or where it would be relative and nothing says to what.
    /// </summary>
    /// <param name="value">A term, compact IRI, IRI or reference.</param>
    /// <param name="asVocabulary">Whether terms and @vocab count.</param>
    /// <param name="asReference">Whether a relative reference is resolved against the base.</param>
    internal string? Expand(string value, bool asVocabulary, bool asReference)
    {
        if (asVocabulary && Find(value) is { } definition) return definition.Iri;
        if (JsonLdKeywords.HasKeywordForm(value)) return null;
        var colon = value.Length > 1 ? value.IndexOf(':', 1) : -1;
        if (colon > 0)
        {
            if (value[0] == '_' && colon == 1) return value;
            if (!value.AsSpan(colon + 1).StartsWith("//") && Find(value.AsSpan(0, colon)) is { IsPrefix: true, Iri: { } start })
                return string.Concat(start, value.AsSpan(colon + 1));
            if (IriReference.IsAbsolute(value)) return value;
        }

        if (asVocabulary && Vocabulary is not null) return Vocabulary + value;
        return asReference && BaseIri is not null ? IriReference.Resolve(BaseIri, value) : null;
    }
}
