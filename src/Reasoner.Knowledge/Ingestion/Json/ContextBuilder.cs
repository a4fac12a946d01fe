using System.Text;
using System.Text.Json;

using Reasoner.Rdf;

namespace Reasoner.Knowledge;

/// <summary>Reads local contexts into active ones (JSON-LD 1.1 Processing Algorithms and API, sections 4.1 and 4.2).</summary>
internal sealed class ContextBuilder
{
    /// <summary>How many terms may be defined by one another in a row.</summary>
    private const int MaxChain = 64;

    private readonly JsonText _text;
    private readonly int _local;
    private readonly Dictionary<string, TermDefinition> _terms;
    private readonly Dictionary<string, int> _members = new(StringComparer.Ordinal);
    private readonly IReadOnlyDictionary<string, TermDefinition> _inherited;
    private readonly HashSet<string> _unfinished = new(StringComparer.Ordinal);
    private readonly HashSet<string> _finished = new(StringComparer.Ordinal);
    private readonly bool _mayOverride;
    private string? _base;
    private string? _vocabulary;
    private string? _language;
    private bool _protects;

    private ContextBuilder(JsonLdContext active, JsonText text, int local, bool mayOverride)
    {
        (_text, _local, _mayOverride) = (text, local, mayOverride);
        _inherited = active.Definitions;
        _terms = new Dictionary<string, TermDefinition>(active.Definitions, StringComparer.Ordinal);
        (_base, _vocabulary, _language) = (active.BaseIri, active.Vocabulary, active.Language);
        foreach (var member in text.MembersOf(local)) _members.Add(text.Text(member), member);
    }

    /// <summary>The active context extended by a local one.</summary>
    /// <param name="active">The context so far.</param>
    /// <param name="text">The document that holds the local context.</param>
    /// <param name="local">Its token: an object, null, or an array of them.</param>
    /// <param name="isScoped">Whether it belongs to a term.</param>
    /// <param name="isType">Whether that term is a type: the context then ends at the next node object, unless it says otherwise.</param>
    public static JsonLdContext Extend(JsonLdContext active, JsonText text, int local, bool isScoped = false, bool isType = false)
    {
        var contexts = new List<int>();
        if (text.Kind(local) != JsonTokenType.StartArray) contexts.Add(local);
        else foreach (var item in text.ItemsOf(local)) contexts.Add(item);

        var propagates = contexts.Count == 1 ? Propagates(text, local) ?? !isType : !isType;
        var mayOverride = isScoped && !isType;
        var scopeDepth = active.ScopeDepth + (isScoped ? 1 : 0);
        var result = active;
        foreach (var context in contexts)
        {
            var previous = propagates ? result.Previous : result.Previous ?? active;
            result = text.Kind(context) switch
            {
                JsonTokenType.Null => Emptied(result, text, context, mayOverride, scopeDepth, previous),
                JsonTokenType.StartObject => new ContextBuilder(result, text, context, mayOverride).Build(scopeDepth, previous),
                JsonTokenType.String => throw text.Error(
                    context, $"the context '{text.Text(context)}' would have to be fetched; remote contexts are refused: copy its terms into the local context"),
                _ => throw text.Error(context, "a context is an object, null, or an array of these"),
            };
        }

        return result;
    }

    private static bool? Propagates(JsonText text, int context)
    {
        var value = text.Kind(context) == JsonTokenType.StartObject ? text.Find(context, "@propagate"u8) : -1;
        return value < 0 ? null : Flag(text, value, "@propagate");
    }

    private static JsonLdContext Emptied(JsonLdContext active, JsonText text, int token, bool mayOverride, int scopeDepth, JsonLdContext? previous)
    {
        if (!mayOverride && active.Definitions.FirstOrDefault(term => term.Value.IsProtected).Key is { } name)
            throw text.Error(token, $"a null context would drop the protected term '{name}'; remove it");
        return new JsonLdContext([], scopeDepth) { Previous = previous };
    }

    private JsonLdContext Build(int scopeDepth, JsonLdContext? previous)
    {
        ReadSettings();
        foreach (var (name, member) in _members)
        {
            if (!IsSetting(JsonLdKeywords.Of(name))) Define(name, member);
        }

        return new JsonLdContext(_terms, scopeDepth) { BaseIri = _base, Vocabulary = _vocabulary, Language = _language, Previous = previous };
    }

    private static bool IsSetting(JsonLdKeyword keyword) => keyword is JsonLdKeyword.Base or JsonLdKeyword.Direction or JsonLdKeyword.Import
        or JsonLdKeyword.Language or JsonLdKeyword.Propagate or JsonLdKeyword.Protected or JsonLdKeyword.Version or JsonLdKeyword.Vocab;

    private void ReadSettings()
    {
        foreach (var member in _text.MembersOf(_local))
        {
            var value = member + 1;
            switch (JsonLdKeywords.Of(_text.Text(member)))
            {
                case JsonLdKeyword.Version when !_text.Bytes(value).SequenceEqual("1.1"u8):
                    throw _text.Error(value, "@version must be the number 1.1");
                case JsonLdKeyword.Import:
                    throw _text.Error(value, "@import would have to be fetched; copy its terms into the local context");
                case JsonLdKeyword.Direction when _text.Kind(value) != JsonTokenType.Null:
                    throw _text.Error(value, "@direction is not supported in cases; remove it");
                case JsonLdKeyword.Base:
                    _base = OptionalText(value, "@base") is { } reference ? ResolvedBase(reference, value) : null;
                    break;
                case JsonLdKeyword.Language:
                    _language = LanguageAt(value);
                    break;
                case JsonLdKeyword.Protected:
                    _protects = Flag(_text, value, "@protected");
                    break;
            }
        }

        // @vocab may be relative to @base, so it comes after, wherever it stands.
        var vocabulary = _text.Find(_local, "@vocab"u8);
        if (vocabulary >= 0) _vocabulary = OptionalText(vocabulary, "@vocab") is { } written ? ResolvedVocabulary(written, vocabulary) : null;
    }

    private string ResolvedBase(string reference, int token)
    {
        if (!IriReference.IsAbsolute(reference) && _base is null)
            throw _text.Error(token, $"@base '{reference}' is relative, and there is nothing that it is relative to; write an absolute IRI");
        return WellFormed(IriReference.IsAbsolute(reference) ? reference : IriReference.Resolve(_base!, reference), token);
    }

    private string ResolvedVocabulary(string written, int token)
    {
        var expanded = ExpandNow(written, token);
        expanded ??= _base is null ? null : IriReference.Resolve(_base, written);
        return expanded is null
            ? throw _text.Error(token, $"@vocab '{written}' is relative, and there is no @base; write an absolute IRI")
            : WellFormed(expanded, token);
    }

    /// <summary>Creates one term's definition, and first those that it is built from.</summary>
    private void Define(string name, int member)
    {
        if (_finished.Contains(name)) return;
        if (!_unfinished.Add(name))
            throw _text.Error(member, $"the definition of '{name}' goes round in a circle; give one of its terms a full IRI");
        if (_unfinished.Count > MaxChain)
            throw _text.Error(member, $"'{name}' rests on more than {MaxChain} other terms; give it a full IRI");
        var value = member + 1;
        if (JsonLdKeywords.Of(name) == JsonLdKeyword.Type) RequireTypeRedefinition(value);
        else _terms[name] = Allowed(name, member, DefinitionOf(name, member, value));
        _unfinished.Remove(name);
        _finished.Add(name);
    }

    /// <summary>The only keyword that a context may define is @type, and that only to be a set or protected.</summary>
    private void RequireTypeRedefinition(int value)
    {
        var isAllowed = _text.Kind(value) == JsonTokenType.StartObject;
        if (isAllowed)
        {
            foreach (var entry in _text.MembersOf(value))
            {
                isAllowed &= JsonLdKeywords.Of(_text.Text(entry)) switch
                {
                    JsonLdKeyword.Container => _text.Bytes(entry + 1).SequenceEqual("@set"u8),
                    JsonLdKeyword.Protected => true,
                    _ => false,
                };
            }
        }

        if (!isAllowed) throw _text.Error(value, "'@type' may only be given {\"@container\": \"@set\"} and @protected; use an alias for anything else");
    }

    /// <summary>The definition that stands: a protected one of before stays if the new one says the same, else it is an error.</summary>
    private TermDefinition Allowed(string name, int member, TermDefinition definition)
    {
        if (_mayOverride || !_inherited.TryGetValue(name, out var before) || !before.IsProtected) return definition;
        return before.MeansTheSameAs(definition)
            ? before
            : throw _text.Error(member, $"the term '{name}' is protected and cannot be redefined here; choose another name");
    }

    private TermDefinition DefinitionOf(string name, int member, int value)
    {
        if (name.Length == 0) throw _text.Error(member, "a term cannot be empty; give it a name");
        if (JsonLdKeywords.Of(name) != JsonLdKeyword.None)
            throw _text.Error(member, $"'{name}' is a keyword and cannot be redefined; choose another name");
        if (JsonLdKeywords.HasKeywordForm(name))
            throw _text.Error(member, $"'{name}' has the form of a keyword but is none{NearestName.Advice(name, JsonLdKeywords.Names)}");
        return _text.Kind(value) switch
        {
            JsonTokenType.Null => new TermDefinition { IsProtected = _protects },
            JsonTokenType.String => Identified(name, value, new TermDefinition { IsProtected = _protects }, isSimple: true),
            JsonTokenType.StartObject => Expanded(name, member, value),
            _ => throw _text.Error(value, $"the term '{name}' is defined by an IRI, null or an object with \"@id\""),
        };
    }

    /// <summary>An expanded term definition: an object of keywords.</summary>
    private TermDefinition Expanded(string name, int member, int @object)
    {
        var definition = new TermDefinition { IsProtected = _protects };
        var (id, reverse, prefix) = (-1, -1, -1);
        foreach (var entry in _text.MembersOf(@object))
        {
            var value = entry + 1;
            switch (JsonLdKeywords.Of(_text.Text(entry)))
            {
                case JsonLdKeyword.Id: id = value; break;
                case JsonLdKeyword.Reverse: reverse = value; break;
                case JsonLdKeyword.Prefix: prefix = value; break;
                case JsonLdKeyword.Type: definition = Typed(definition, value); break;
                case JsonLdKeyword.Container: definition = definition with { Container = ContainerAt(value) }; break;
                case JsonLdKeyword.Language: definition = definition with { HasLanguage = true, Language = LanguageAt(value) }; break;
                case JsonLdKeyword.Protected: definition = definition with { IsProtected = Flag(_text, value, "@protected") }; break;
                case JsonLdKeyword.Context: definition = definition with { ScopedText = _text, ScopedToken = value }; break;
                case JsonLdKeyword.Direction when _text.Kind(value) == JsonTokenType.Null: break;
                default:
                    throw _text.Error(value, $"'{_text.Text(entry)}' is not supported in the definition of a term{NearestName.Advice(_text.Text(entry), JsonLdKeywords.Names)}");
            }
        }

        // A type says what strings are, so a language beside it has no say (section 4.2.2 of the API lets it pass).
        if (definition.Coercion != Coercion.Native) definition = definition with { HasLanguage = false, Language = null };
        if (reverse >= 0) return Reversed(name, definition, id, reverse);
        definition = id >= 0 ? Identified(name, id, definition, isSimple: false) : Implied(name, member, definition);
        if (prefix >= 0) definition = definition with { IsPrefix = Flag(_text, prefix, "@prefix") };
        return definition;
    }

    private TermDefinition Reversed(string name, TermDefinition definition, int id, int reverse)
    {
        if (id >= 0) throw _text.Error(id, $"'{name}' has both @id and @reverse; remove one");
        if ((definition.Container & ~(Container.Set | Container.Index)) != 0)
            throw _text.Error(reverse, $"'{name}' is a reverse property: its container may only be @set or @index");
        return definition with { Iri = ExpandedAt(reverse), IsReverse = true };
    }

    private TermDefinition Identified(string name, int token, TermDefinition definition, bool isSimple)
    {
        if (_text.Kind(token) == JsonTokenType.Null) return definition;
        if (_text.Kind(token) != JsonTokenType.String) throw _text.Error(token, "@id is an IRI, a compact IRI, a term, a keyword or null");
        var written = _text.Text(token);
        var keyword = JsonLdKeywords.Of(written);
        if (keyword != JsonLdKeyword.None) return definition with { Keyword = CheckedAlias(keyword, name, token) };
        if (written == name) return Implied(name, token, definition);
        var iri = ExpandedAt(token);
        var canPrefix = isSimple && !name.Contains(':', StringComparison.Ordinal) && !name.Contains('/', StringComparison.Ordinal)
            && (":/?#[]@".Contains(iri[^1], StringComparison.Ordinal) || iri.StartsWith("_:", StringComparison.Ordinal));
        return definition with { Iri = iri, IsPrefix = canPrefix };
    }

    private JsonLdKeyword CheckedAlias(JsonLdKeyword keyword, string name, int token) => keyword is JsonLdKeyword.Context or JsonLdKeyword.Nest
        ? throw _text.Error(token, $"'{name}' cannot be an alias of {_text.Text(token)}")
        : keyword;

    /// <summary>A term that does not say its IRI: it is a compact or absolute IRI itself, or stands in @vocab.</summary>
    private TermDefinition Implied(string name, int member, TermDefinition definition)
    {
        var iri = ExpandNow(name, member, excluding: name);
        return iri is null
            ? throw _text.Error(member, $"the term '{name}' has no IRI: give it an \"@id\", or the context a \"@vocab\"")
            : definition with { Iri = WellFormed(iri, member) };
    }

    private TermDefinition Typed(TermDefinition definition, int value)
    {
        if (_text.Kind(value) != JsonTokenType.String) throw _text.Error(value, "@type is a datatype's IRI, @id, @vocab or @none");
        switch (JsonLdKeywords.Of(_text.Text(value)))
        {
            case JsonLdKeyword.Id: return definition with { Coercion = Coercion.Id };
            case JsonLdKeyword.Vocab: return definition with { Coercion = Coercion.Vocab };
            case JsonLdKeyword.NoValue: return definition with { Coercion = Coercion.Native, HasLanguage = true };
            case JsonLdKeyword.None: return definition with { Coercion = Coercion.Datatype, Datatype = Encoding.UTF8.GetBytes(ExpandedAt(value)) };
            default: throw _text.Error(value, $"'{_text.Text(value)}' is not supported as a @type of values; use a datatype's IRI, @id, @vocab or @none");
        }
    }

    private Container ContainerAt(int value)
    {
        if (_text.Kind(value) == JsonTokenType.Null) return Container.None;
        if (_text.Kind(value) != JsonTokenType.StartArray) return OneContainerAt(value);
        var containers = Container.None;
        foreach (var item in _text.ItemsOf(value)) containers |= OneContainerAt(item);
        var kind = containers & ~Container.Set;
        if ((kind & (kind - 1)) != 0 || containers == (Container.List | Container.Set))
            throw _text.Error(value, "these containers cannot stand together; only @set goes with another one, and not with @list");
        return containers;
    }

    private Container OneContainerAt(int value) => JsonLdKeywords.Of(_text.Kind(value) == JsonTokenType.String ? _text.Text(value) : "") switch
    {
        JsonLdKeyword.List => Container.List,
        JsonLdKeyword.Set => Container.Set,
        JsonLdKeyword.Language => Container.Language,
        JsonLdKeyword.Index => Container.Index,
        JsonLdKeyword.Id => Container.Id,
        JsonLdKeyword.Type => Container.Type,
        _ => throw _text.Error(value, "a container is @list, @set, @language, @index, @id or @type"),
    };

    private string ExpandedAt(int token)
    {
        var written = _text.Kind(token) == JsonTokenType.String ? _text.Text(token) : throw _text.Error(token, "an IRI was expected here, in quotes");
        var expanded = ExpandNow(written, token);
        return expanded is null
            ? throw _text.Error(token, $"'{written}' is neither an absolute IRI nor a prefix or term of this context; declare its prefix or write the IRI in full")
            : WellFormed(expanded, token);
    }

    /// <summary>Expands a name while the context is still being read: what it needs is defined first.</summary>
    private string? ExpandNow(string name, int token, string? excluding = null)
    {
        if (name != excluding && TermNamed(name) is { } term) return term.Iri;
        var colon = name.Length > 1 ? name.IndexOf(':', 1) : -1;
        if (colon > 0)
        {
            var isCompact = !name.AsSpan(colon + 1).StartsWith("//");
            if (isCompact && TermNamed(name[..colon]) is { Iri: { } start, IsPrefix: true }) return start + name[(colon + 1)..];
            if (IriReference.IsAbsolute(name) || name.StartsWith("_:", StringComparison.Ordinal)) return name;
        }

        return _vocabulary is not null && !JsonLdKeywords.HasKeywordForm(name) ? WellFormed(_vocabulary + name, token) : null;
    }

    private TermDefinition? TermNamed(string name)
    {
        if (!_finished.Contains(name) && JsonLdKeywords.Of(name) == JsonLdKeyword.None && _members.TryGetValue(name, out var member)) Define(name, member);

        return _terms.GetValueOrDefault(name);
    }

    private string WellFormed(string iri, int token) => IriReference.HasOnlyIriCharacters(iri)
        ? iri
        : throw _text.Error(token, $"'{iri}' is not an IRI: it has a space or another character that IRIs cannot have");

    private string? LanguageAt(int token)
    {
        var language = OptionalText(token, "@language");
        if (language is not null && !LanguageTag.IsWellFormed(language))
            throw _text.Error(token, $"'{language}' is not a language tag; write one such as \"en\" or \"pt-BR\"");
        return language;
    }

    private string? OptionalText(int token, string keyword) => _text.Kind(token) switch
    {
        JsonTokenType.Null => null,
        JsonTokenType.String => _text.Text(token),
        _ => throw _text.Error(token, $"{keyword} is a string or null"),
    };

    private static bool Flag(JsonText text, int token, string keyword) => text.Kind(token) switch
    {
        JsonTokenType.True => true,
        JsonTokenType.False => false,
        _ => throw text.Error(token, $"{keyword} is true or false"),
    };
}
