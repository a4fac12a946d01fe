using System.Globalization;
using System.Text;
using System.Text.Json;
using Reasoner.Rdf;

namespace Reasoner.Knowledge;

/// <summary>
/// One reading of one case: JSON-LD 1.1's expansion and its serialization to RDF in a single walk over the tokens
/// (Processing Algorithms and API, sections 5.1 and 7.1).
/// </summary>
internal sealed class CaseExpansion
{
    private const int MaxDiagnostics = 100;

    private readonly JsonText _text;
    private readonly KnowledgeGraph _graph;
    private readonly TermDictionary _terms;
    private readonly JsonCaseOptions _options;
    private readonly CancellationToken _cancellation;
    private readonly int _origin;
    private readonly NativeLiterals _literals;
    private readonly int _type;
    private readonly Meaning[] _meanings;
    private readonly List<CaseDiagnostic> _diagnostics = [];
    private Dictionary<string, int>? _labelled;
    private int _nodes;
    private int _blankNodes;
    private int _inlineContexts;

    public CaseExpansion(JsonText text, KnowledgeGraph graph, SourceDocument document, JsonCaseOptions options, CancellationToken cancellation)
    {
        (_text, _graph, _terms, _options, _cancellation) = (text, graph, graph.Terms, options, cancellation);
        _origin = graph.OriginOf(document);
        _literals = new NativeLiterals(text, graph.Terms);
        _type = _terms.AddIri("http://www.w3.org/1999/02/22-rdf-syntax-ns#type"u8);
        _meanings = new Meaning[text.Count];
    }

    /// <summary>Reads the whole document.</summary>
    public JsonCase Expand(JsonLdContext context)
    {
        var roots = new List<int>(1);
        if (_text.Kind(0) == JsonTokenType.StartObject) RootObject(0, context, roots, _options.Subject);
        else if (_text.Kind(0) == JsonTokenType.StartArray) foreach (var item in _text.ItemsOf(0)) RootItem(item, context, roots);
        else throw _text.Error(0, "a case is a JSON object, or an array of objects");
        if (_options.IsStrict && _diagnostics.Count > 0) throw new CaseFormatException(_diagnostics[0], _diagnostics);
        return new JsonCase(roots, _diagnostics);
    }

    private void RootItem(int token, JsonLdContext context, List<int> roots)
    {
        if (_text.Kind(token) == JsonTokenType.StartObject) RootObject(token, context, roots, subject: null);
        else Report(token, "a value outside any object says nothing; put it under a property");
    }

    /// <summary>An object at the top: a node, or only a wrapper of a context and a graph.</summary>
    private void RootObject(int token, JsonLdContext context, List<int> roots, Iri? subject)
    {
        var inner = WithInlineContext(token, context);
        var (graph, others) = (-1, 0);
        foreach (var member in _text.MembersOf(token))
        {
            var keyword = KeywordOf(member, inner);
            if (keyword == JsonLdKeyword.Graph) graph = member + 1;
            else if (keyword != JsonLdKeyword.Context) others++;
        }

        if (graph < 0 || others > 0) roots.Add(Node(token, inner, subject is null ? 0 : _terms.Add(subject)));
        else if (_text.Kind(graph) == JsonTokenType.StartArray) foreach (var item in _text.ItemsOf(graph)) RootItem(item, inner, roots);
        else RootItem(graph, inner, roots);
    }

    /// <summary>A node object whose own @context, if any, is in the context already.</summary>
    /// <param name="token">The object.</param>
    /// <param name="context">The context in it, before its types have their say.</param>
    /// <param name="given">Its node's id where something outside of it says so; an @id in it comes first. Else 0.</param>
    /// <param name="givenType">The id of a type that something outside of it gives; else 0.</param>
    private int Node(int token, JsonLdContext context, int given = 0, int givenType = 0)
    {
        _cancellation.ThrowIfCancellationRequested();
        var typed = WithTypeScopes(token, context);
        var id = -1;
        foreach (var member in _text.MembersOf(token))
        {
            if (KeywordOf(member, typed) != JsonLdKeyword.Id) continue;
            if (id >= 0) throw _text.Error(member, $"the object has two names, by '{_text.Text(member)}' and another alias of @id; remove one");
            id = member + 1;
        }

        var node = id >= 0 ? NodeNamedAt(id, typed) : given != 0 ? given : FreshBlankNode(token);
        if (givenType != 0) _graph.Assert(node, _type, givenType, _origin, _text.Line(token));
        foreach (var member in _text.MembersOf(token)) Member(node, member, context, typed);
        return node;
    }

    private void Member(int node, int member, JsonLdContext untyped, JsonLdContext context)
    {
        var value = member + 1;
        switch (KeywordOf(member, context))
        {
            case JsonLdKeyword.Context or JsonLdKeyword.Id or JsonLdKeyword.Index:
                break;
            case JsonLdKeyword.Type:
                Types(node, value, untyped);
                break;
            case JsonLdKeyword.Reverse:
                ReverseMap(node, value, context);
                break;
            case JsonLdKeyword.Included:
                foreach (var item in OneOrMany(value)) NodeAt(item, context, "@included");
                break;
            case JsonLdKeyword.Nest:
                foreach (var item in OneOrMany(value))
                {
                    RequireObject(item, "@nest");
                    foreach (var nested in _text.MembersOf(item)) Member(node, nested, untyped, context);
                }

                break;
            case JsonLdKeyword.Graph:
                throw _text.Error(member, "a case is one graph: @graph may only stand at the top, beside nothing but @context");
            case JsonLdKeyword.None:
                Property(node, member, context);
                break;
            default:
                throw _text.Error(member, $"'{_text.Text(member)}' does not belong in a node object; remove it, or write it in a value object");
        }
    }

    private void Property(int node, int member, JsonLdContext context, bool isReverse = false)
    {
        var definition = MeaningOf(member, context).Definition;
        int predicate;
        if (definition is not null)
        {
            // A term that the context maps to null is left out on purpose.
            if (definition.Iri is null) return;
            if (definition.Utf8.AsSpan().StartsWith("_:"u8)) throw BlankPredicate(member);
            predicate = _terms.AddIri(definition.Utf8);
        }
        else
        {
            var name = _text.Text(member);
            var iri = context.Expand(name, asVocabulary: true, asReference: false);
            if (iri is null)
            {
                var names = name.StartsWith('@') ? JsonLdKeywords.Names : context.Terms;
                Report(member, $"nothing says what '{name}' means{NearestName.Advice(name, names)}");
                return;
            }

            if (iri.StartsWith("_:", StringComparison.Ordinal)) throw BlankPredicate(member);
            predicate = AddIri(iri, member);
        }

        var to = new Target(node, predicate, isReverse ^ (definition?.IsReverse ?? false));
        Values(to, member + 1, definition ?? s_plain, context);
    }

    /// <summary>All values of a property, by the layout of its term.</summary>
    private void Values(Target to, int value, TermDefinition definition, JsonLdContext context)
    {
        var isMap = _text.Kind(value) == JsonTokenType.StartObject;
        if ((definition.Container & Container.List) != 0 && !(isMap && HasKeyword(value, context, JsonLdKeyword.List)))
        {
            if (_text.Kind(value) != JsonTokenType.Null) Link(to, List(value, definition, context), value);
        }
        else if (isMap && (definition.Container & Container.Language) != 0)
        {
            LanguageMap(to, value, context);
        }
        else if (isMap && (definition.Container & (Container.Index | Container.Id | Container.Type)) != 0)
        {
            NodeMap(to, value, definition, context);
        }
        else
        {
            Value(to, value, definition, context);
        }
    }

    /// <summary>A value, or an array of them at any depth.</summary>
    private void Value(Target to, int value, TermDefinition definition, JsonLdContext context)
    {
        if (_text.Kind(value) == JsonTokenType.StartArray)
        {
            foreach (var item in _text.ItemsOf(value)) Value(to, item, definition, context);
            return;
        }

        if (_text.Kind(value) == JsonTokenType.StartObject)
        {
            var inner = Inside(value, definition, context);
            if (Find(value, inner, JsonLdKeyword.Set) is >= 0 and var set)
            {
                Value(to, set, definition, inner);
                return;
            }

            Link(to, ObjectValue(value, definition, inner), value);
            return;
        }

        Link(to, Scalar(value, definition, context), value);
    }

    /// <summary>The context inside an object: outer type scopes end, the property's own scope and the object's own context begin.</summary>
    private JsonLdContext Inside(int @object, TermDefinition? definition, JsonLdContext context)
    {
        if (context.Previous is { } previous && !IsReference(@object, context)) context = previous;
        if (definition is not null) context = context.ScopedTo(definition, isType: false);
        return WithInlineContext(@object, context);
    }

    /// <summary>Whether the object only points at a node, or is a value: a type's scope does not end for these.</summary>
    private bool IsReference(int @object, JsonLdContext context)
    {
        if (HasKeyword(@object, context, JsonLdKeyword.Value)) return true;
        return HasKeyword(@object, context, JsonLdKeyword.Id) && _text.After(@object) == _text.After(@object + 2);
    }

    private int ObjectValue(int @object, TermDefinition definition, JsonLdContext context)
    {
        if (HasKeyword(@object, context, JsonLdKeyword.Value)) return ValueObject(@object, context);
        var list = Find(@object, context, JsonLdKeyword.List);
        return list >= 0 ? List(list, definition, context) : Node(@object, context);
    }

    private int NodeAt(int token, JsonLdContext context, string keyword)
    {
        RequireObject(token, keyword);
        return Node(token, Inside(token, null, context));
    }

    private int Scalar(int value, TermDefinition definition, JsonLdContext context)
    {
        if (_text.Kind(value) == JsonTokenType.Null) return 0;
        context = context.ScopedTo(definition, isType: false);
        if (_text.Kind(value) != JsonTokenType.String)
            return _literals.Add(value, definition.Coercion == Coercion.Datatype ? definition.Datatype : []);
        return definition.Coercion switch
        {
            Coercion.Datatype => _terms.AddLiteral(_text.Bytes(value), _literals.DatatypeId(definition.Datatype)),
            Coercion.Native => Text(value, definition.HasLanguage ? definition.Language : context.Language),
            Coercion.Id => Reference(value, context, asVocabulary: false),
            _ => Reference(value, context, asVocabulary: true),
        };
    }

    private int Text(int value, string? language)
    {
        if (language is null) return _terms.AddLiteral(_text.Bytes(value), 0);
        Span<byte> tag = stackalloc byte[language.Length];
        Encoding.ASCII.GetBytes(language, tag);
        return _terms.AddLanguageString(_text.Bytes(value), tag, BaseDirection.None);
    }

    /// <summary>A value object: JSON-LD 1.1, section 9.5.</summary>
    private int ValueObject(int @object, JsonLdContext context)
    {
        var (value, type, language) = (-1, -1, -1);
        foreach (var member in _text.MembersOf(@object))
        {
            switch (KeywordOf(member, context))
            {
                case JsonLdKeyword.Value: value = member + 1; break;
                case JsonLdKeyword.Type: type = member + 1; break;
                case JsonLdKeyword.Language: language = member + 1; break;
                case JsonLdKeyword.Index or JsonLdKeyword.Context: break;
                default:
                    throw _text.Error(member, $"'{_text.Text(member)}' cannot stand beside @value; only @type, @language and @index can");
            }
        }

        if (_text.Kind(value) is JsonTokenType.StartArray or JsonTokenType.StartObject)
            throw _text.Error(value, "@value is a string, a number, true, false or null");
        if (type >= 0 && language >= 0 && _text.Kind(type) != JsonTokenType.Null && _text.Kind(language) != JsonTokenType.Null)
            throw _text.Error(type, "a value has a @type or a @language, not both; remove one");
        if (_text.Kind(value) == JsonTokenType.Null) return 0;
        if (language >= 0 && _text.Kind(language) != JsonTokenType.Null)
        {
            if (_text.Kind(value) != JsonTokenType.String) throw _text.Error(value, "only a string has a @language");
            return Text(value, LanguageAt(language));
        }

        byte[] datatype = [];
        if (type >= 0 && _text.Kind(type) != JsonTokenType.Null)
        {
            if (_text.Kind(type) != JsonTokenType.String) throw _text.Error(type, "the @type of a value is one datatype's IRI");
            var iri = context.Expand(_text.Text(type), asVocabulary: true, asReference: true);
            if (iri is null || iri.StartsWith("_:", StringComparison.Ordinal))
                throw _text.Error(type, $"'{_text.Text(type)}' is not a datatype: write a compact IRI with a known prefix, or the IRI in full");
            RequireIri(iri, type);
            datatype = Encoding.UTF8.GetBytes(iri);
        }

        return _text.Kind(value) == JsonTokenType.String
            ? _terms.AddLiteral(_text.Bytes(value), _literals.DatatypeId(datatype))
            : _literals.Add(value, datatype);
    }

    private string LanguageAt(int token)
    {
        if (_text.Kind(token) == JsonTokenType.String && _text.Text(token) is var language && LanguageTag.IsWellFormed(language)) return language;
        throw _text.Error(token, "@language is a language tag such as \"en\" or \"pt-BR\"");
    }

    /// <summary>An RDF list of one value or of an array's items; items may be lists themselves.</summary>
    private int List(int value, TermDefinition definition, JsonLdContext context)
    {
        var items = new List<(int Item, int Line)>();
        foreach (var item in OneOrMany(value)) Items(item);

        var rest = _terms.AddIri("http://www.w3.org/1999/02/22-rdf-syntax-ns#nil"u8);
        if (items.Count == 0) return rest;
        var first = _terms.AddIri("http://www.w3.org/1999/02/22-rdf-syntax-ns#first"u8);
        var next = _terms.AddIri("http://www.w3.org/1999/02/22-rdf-syntax-ns#rest"u8);
        var cells = new int[items.Count];
        for (var i = 0; i < cells.Length; i++) cells[i] = FreshBlankNode(value);
        for (var i = 0; i < cells.Length; i++)
        {
            _graph.Assert(cells[i], first, items[i].Item, _origin, items[i].Line);
            _graph.Assert(cells[i], next, i + 1 < cells.Length ? cells[i + 1] : rest, _origin, items[i].Line);
        }

        return cells[0];

        void Items(int item)
        {
            var id = _text.Kind(item) switch
            {
                JsonTokenType.StartArray => List(item, definition, context),
                JsonTokenType.StartObject => ObjectValue(item, definition, Inside(item, definition, context)),
                _ => Scalar(item, definition, context),
            };
            if (id != 0) items.Add((id, _text.Line(item)));
        }
    }

    /// <summary>An object whose names are language tags.</summary>
    private void LanguageMap(Target to, int map, JsonLdContext context)
    {
        foreach (var member in _text.MembersOf(map))
        {
            var language = _text.Text(member);
            var isNone = language == "@none" || context.Find(language)?.Keyword == JsonLdKeyword.NoValue;
            if (!isNone && !LanguageTag.IsWellFormed(language))
                throw _text.Error(member, $"'{language}' is not a language tag; write one such as \"en\" or \"pt-BR\"");
            foreach (var item in OneOrMany(member + 1))
            {
                if (_text.Kind(item) == JsonTokenType.Null) continue;
                if (_text.Kind(item) != JsonTokenType.String) throw _text.Error(item, "the values of a language map are strings");
                Link(to, Text(item, isNone ? null : language), item);
            }
        }
    }

    /// <summary>An object whose names index its values, or are the identifiers or types of the nodes in it.</summary>
    private void NodeMap(Target to, int map, TermDefinition definition, JsonLdContext context)
    {
        foreach (var member in _text.MembersOf(map))
        {
            var isNone = _text.Bytes(member).SequenceEqual("@none"u8) || context.Find(_text.Bytes(member))?.Keyword == JsonLdKeyword.NoValue;
            if ((definition.Container & Container.Index) != 0)
            {
                Value(to, member + 1, definition, context);
                continue;
            }

            foreach (var item in OneOrMany(member + 1)) Link(to, MappedNode(item, member, isNone), item);
        }

        int MappedNode(int item, int member, bool isNone)
        {
            if ((definition.Container & Container.Id) != 0)
            {
                RequireObject(item, "the map by @id");
                return Node(item, Inside(item, definition, context), isNone ? 0 : NodeNamedAt(member, context));
            }

            var type = isNone ? 0 : TypeNamedAt(member, context);
            if (_text.Kind(item) == JsonTokenType.String)
            {
                var node = Reference(item, context, definition.Coercion == Coercion.Vocab);
                if (type != 0 && node != 0) _graph.Assert(node, _type, type, _origin, _text.Line(item));
                return node;
            }

            RequireObject(item, "the map by @type");
            var inner = Inside(item, definition, context);
            if (context.Find(_text.Bytes(member)) is { } scope) inner = inner.ScopedTo(scope, isType: true);
            return Node(item, inner, givenType: type);
        }
    }

    private void ReverseMap(int node, int map, JsonLdContext context)
    {
        RequireObject(map, "@reverse");
        foreach (var member in _text.MembersOf(map))
        {
            if (KeywordOf(member, context) != JsonLdKeyword.None) throw _text.Error(member, "@reverse holds properties, not keywords");
            Property(node, member, context, isReverse: true);
        }
    }

    private void Types(int node, int value, JsonLdContext context)
    {
        foreach (var item in OneOrMany(value))
        {
            if (_text.Kind(item) == JsonTokenType.Null) continue;
            if (_text.Kind(item) != JsonTokenType.String) throw _text.Error(item, "@type is a class, or an array of classes: strings");
            if (TypeNamedAt(item, context) is not 0 and var type) _graph.Assert(node, _type, type, _origin, _text.Line(item));
        }
    }

    private void Link(Target to, int value, int token)
    {
        if (value == 0) return;
        if (!to.IsReverse)
        {
            _graph.Assert(to.Node, to.Predicate, value, _origin, _text.Line(token));
            return;
        }

        if (_terms.KindOf(value) == TermKind.Literal) throw _text.Error(token, "the value of a reverse property is a node: an object, or an IRI of a term with \"@type\": \"@id\"");
        _graph.Assert(value, to.Predicate, to.Node, _origin, _text.Line(token));
    }

    private JsonLdContext WithInlineContext(int @object, JsonLdContext context)
    {
        var local = _text.Find(@object, "@context"u8);
        if (local < 0) return context;
        if (++_inlineContexts > _options.MaxInlineContexts)
            throw _text.Error(local, $"a case may bring at most {_options.MaxInlineContexts} contexts; move them into the domain's context");
        return ContextBuilder.Extend(context, _text, local);
    }

    /// <summary>The context under the scoped contexts of the object's types, in the types' ordinal order.</summary>
    private JsonLdContext WithTypeScopes(int @object, JsonLdContext context)
    {
        List<(string Name, TermDefinition Scope)>? scopes = null;
        foreach (var member in _text.MembersOf(@object))
        {
            if (KeywordOf(member, context) != JsonLdKeyword.Type) continue;
            foreach (var item in OneOrMany(member + 1))
            {
                if (_text.Kind(item) == JsonTokenType.String && context.Find(_text.Bytes(item)) is { ScopedText: not null } scope)
                    (scopes ??= []).Add((_text.Text(item), scope));
            }
        }

        if (scopes is null) return context;
        scopes.Sort(static (left, right) => string.CompareOrdinal(left.Name, right.Name));
        foreach (var (_, scope) in scopes) context = context.ScopedTo(scope, isType: true);
        return context;
    }

    /// <summary>The node that an @id names.</summary>
    private int NodeNamedAt(int token, JsonLdContext context)
    {
        if (_text.Kind(token) is not (JsonTokenType.String or JsonTokenType.PropertyName)) throw _text.Error(token, "@id is an IRI in quotes");
        var node = Reference(token, context, asVocabulary: false);
        return node != 0 ? node : FreshBlankNode(token);
    }

    private int TypeNamedAt(int token, JsonLdContext context) => Reference(token, context, asVocabulary: true);

    /// <summary>The node that a string stands for, or 0 after a report.</summary>
    private int Reference(int token, JsonLdContext context, bool asVocabulary)
    {
        if (asVocabulary && context.Find(_text.Bytes(token)) is { Iri: not null } definition) return _terms.AddIri(definition.Utf8);
        var written = _text.Text(token);
        var iri = context.Expand(written, asVocabulary, asReference: true);
        if (iri is null)
        {
            var advice = asVocabulary ? NearestName.Advice(written, context.Terms) : "; write it in full, or give the context an @base";
            Report(token, $"'{written}' is not an IRI{(asVocabulary ? ", nor a term of the context" : "")}{advice}");
            return 0;
        }

        if (!iri.StartsWith("_:", StringComparison.Ordinal)) return AddIri(iri, token);
        _labelled ??= new Dictionary<string, int>(StringComparer.Ordinal);
        if (!_labelled.TryGetValue(iri, out var node)) _labelled.Add(iri, node = FreshBlankNode(token));
        return node;
    }

    private int AddIri(string iri, int token)
    {
        RequireIri(iri, token);
        CountNode(token);
        return _terms.Add(new Iri(iri));
    }

    private int FreshBlankNode(int token)
    {
        CountNode(token);
        Span<char> number = stackalloc char[11];
        (_blankNodes++).TryFormat(number, out var length, default, CultureInfo.InvariantCulture);
        var label = string.Concat(_options.BlankNodeScope, "b", number[..length]);
        return _terms.Add(new BlankNode(label));
    }

    private void CountNode(int token)
    {
        if (++_nodes > _options.MaxNodes) throw _text.Error(token, $"a case may have at most {_options.MaxNodes} nodes; split it");
    }

    private JsonLdKeyword KeywordOf(int member, JsonLdContext context) => MeaningOf(member, context).Keyword;

    /// <summary>What a member's name stands for. A node asks several times, nearly always in the same context.</summary>
    private Meaning MeaningOf(int member, JsonLdContext context)
    {
        ref var meaning = ref _meanings[member];
        if (meaning.Context != context)
        {
            var name = _text.Bytes(member);
            var definition = context.Find(name);
            var keyword = name.Length > 1 && name[0] == '@' ? JsonLdKeywords.Of(_text.Text(member)) : definition?.Keyword ?? JsonLdKeyword.None;
            meaning = new Meaning(context, definition, keyword);
        }

        return meaning;
    }

    private int Find(int @object, JsonLdContext context, JsonLdKeyword keyword)
    {
        foreach (var member in _text.MembersOf(@object))
            if (KeywordOf(member, context) == keyword) return member + 1;
        return -1;
    }

    private bool HasKeyword(int @object, JsonLdContext context, JsonLdKeyword keyword) => Find(@object, context, keyword) >= 0;

    /// <summary>The items of an array, or the value itself.</summary>
    private JsonText.Items OneOrMany(int value) => _text.Kind(value) == JsonTokenType.StartArray
        ? _text.ItemsOf(value)
        : new JsonText.Items(_text, value, value + 1);

    private void RequireObject(int token, string keyword)
    {
        if (_text.Kind(token) != JsonTokenType.StartObject) throw _text.Error(token, $"an object was expected in {keyword}");
    }

    private void RequireIri(string iri, int token)
    {
        if (!IriReference.HasOnlyIriCharacters(iri))
            throw _text.Error(token, $"'{iri}' is not an IRI: it has a space or another character that IRIs cannot have");
    }

    private CaseFormatException BlankPredicate(int member) => _text.Error(member, $"'{_text.Text(member)}' stands for a blank node, which cannot be a property; use an IRI");

    private void Report(int token, string message)
    {
        if (_diagnostics.Count < MaxDiagnostics) _diagnostics.Add(new CaseDiagnostic(_text.PositionOf(token), _text.PointerOf(token), message));
    }

    private static readonly TermDefinition s_plain = new();

    /// <summary>What a name stands for in a context.</summary>
    private readonly record struct Meaning(JsonLdContext Context, TermDefinition? Definition, JsonLdKeyword Keyword);

    /// <summary>The end of an arc that waits for its other end.</summary>
    private readonly record struct Target(int Node, int Predicate, bool IsReverse);
}
