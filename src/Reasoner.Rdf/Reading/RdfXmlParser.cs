using System.Text;
using System.Xml;

namespace Reasoner.Rdf;

/// <summary>
/// The grammar of RDF/XML 1.1, a method a production. Each method starts on an element and ends on its end, having read
/// it whole.
/// </summary>
internal ref struct RdfXmlParser<TSink, TTerm>
    where TSink : IRdfSink<TTerm>
{
    private const int TriplesBetweenChecks = 4096;
    private const string XmlNamespace = "http://www.w3.org/XML/1998/namespace";
    private const string XmlnsNamespace = "http://www.w3.org/2000/xmlns/";

    private readonly Stream _stream;
    private readonly ref TSink _sink;
    private readonly RdfReaderOptions _options;
    private readonly CancellationToken _cancellation;
    private readonly IriResolver _resolver = new();
    private readonly BlankNodeLabels _labels = new();
    private readonly ByteBuffer _text = new();
    private readonly HashSet<string> _ids = new(StringComparer.Ordinal);
    private readonly Dictionary<string, TTerm> _names = new(StringComparer.Ordinal);

    private XmlReader _xml = null!; // from Document on
    private string? _base;
    private string? _resolverBase;
    private int _depth;
    private int _untilCheck = TriplesBetweenChecks;

    public RdfXmlParser(Stream stream, ref TSink sink, RdfReaderOptions options, CancellationToken cancellation)
    {
        _sink = ref sink;
        _options = options;
        _cancellation = cancellation;
        _base = options.BaseIri;
        _stream = stream;
    }

    /// <summary>doc ::= RDF | nodeElement</summary>
    public void Document()
    {
        _cancellation.ThrowIfCancellationRequested();
        try
        {
            _xml = XmlReader.Create(_stream, new XmlReaderSettings
            {
                // Ontologies declare entities for their namespaces; nothing outside the document is ever fetched.
                DtdProcessing = DtdProcessing.Parse,
                XmlResolver = null,
                MaxCharactersFromEntities = 10_000_000,
            });
            while (_xml.Read())
            {
                if (_xml.NodeType != XmlNodeType.Element) continue;
                if (IsRdf(_xml.NamespaceURI) && _xml.LocalName == "RDF") Rdf();
                else NodeElement();
            }
        }
        catch (XmlException error)
        {
            var message = error.Message;
            var end = message.LastIndexOf(" Line ", StringComparison.Ordinal);
            throw new RdfSyntaxException(
                new SourcePosition(_options.FileName, error.LineNumber, error.LinePosition),
                $"the document is not well-formed XML: {(end < 0 ? message : message[..end])}");
        }
    }

    // RDF ::= start-element(rdf:RDF) nodeElementList end-element()
    private void Rdf()
    {
        var outerBase = EnterBase();
        var isEmpty = _xml.IsEmptyElement;
        while (_xml.MoveToNextAttribute())
        {
            if (_xml.NamespaceURI == XmlnsNamespace)
            {
                var prefix = _xml.Prefix.Length == 0 ? "" : _xml.LocalName;
                _sink.Prefix(Encoding.UTF8.GetBytes(prefix), Encoding.UTF8.GetBytes(_xml.Value));
            }
            else if (_xml.NamespaceURI != XmlNamespace && !(IsRdf(_xml.NamespaceURI) && _xml.LocalName == "version"))
            {
                throw Error($"rdf:RDF has no attribute {_xml.Name}");
            }
        }

        _xml.MoveToElement();
        if (!isEmpty)
        {
            while (ReadElementInContent()) NodeElement();
        }

        _base = outerBase;
    }

    // nodeElement ::= start-element(nodeElementURIs, (idAttr | nodeIdAttr | aboutAttr)?, propertyAttr*) propertyEltList end-element()
    private TTerm NodeElement()
    {
        Descend();
        var (space, name, isEmpty, language, line) = Element();
        if (IsRdf(space) && (RdfXmlNames.IsSyntax(name) || name == "li")) throw Error($"rdf:{name} cannot be a node");
        var outerBase = EnterBase();
        var attributes = Attributes();
        if ((attributes.Resource ?? attributes.DataType ?? attributes.ParseType) is not null)
            throw Error("rdf:resource, rdf:datatype and rdf:parseType stand on properties, not on nodes");
        var subject = (attributes.About, attributes.Id, attributes.NodeId) switch
        {
            (null, null, null) => FreshBlankNode(),
            ({ } about, null, null) => Iri(Resolve(about)),
            (null, { } id, null) => Iri(IriOfId(id)),
            (null, null, { } nodeId) => NamedBlankNode(nodeId),
            _ => throw Error("a node has one of rdf:about, rdf:ID and rdf:nodeID"),
        };
        if (!IsRdf(space) || name != "Description") Emit(subject, Rdf("type"), Name(space, name), line);
        PropertyAttributes(subject, attributes, language, line);
        if (!isEmpty) PropertyElements(subject);
        _base = outerBase;
        _depth--;
        return subject;
    }

    // propertyEltList ::= ws* (propertyElt ws*)*
    private void PropertyElements(TTerm subject)
    {
        var members = 0;
        while (ReadElementInContent()) PropertyElement(subject, ref members);
    }

    // propertyElt ::= resourcePropertyElt | literalPropertyElt | parseType...PropertyElt | emptyPropertyElt
    private void PropertyElement(TTerm subject, ref int members)
    {
        Descend();
        var (space, name, isEmpty, language, line) = Element();
        if (IsRdf(space) && (RdfXmlNames.IsSyntax(name) || name == "Description"))
            throw Error($"rdf:{name} cannot be a property");
        var predicate = IsRdf(space) && name == "li" ? Rdf($"_{++members}") : Name(space, name);
        var outerBase = EnterBase();
        var attributes = Attributes();
        if (attributes.About is not null)
            throw Error("rdf:about stands on nodes, not on properties; rdf:resource names a property's value");
        var statement = attributes.Id is { } id ? IriOfId(id) : null;
        var @object = attributes.ParseType is { } parseType
            ? ParsedPropertyElement(parseType, attributes, isEmpty)
            : attributes.Resource is not null || attributes.NodeId is not null || attributes.Properties.Count > 0
            ? EmptyPropertyElement(attributes, isEmpty, language, line)
            : ResourceOrLiteralPropertyElement(attributes.DataType, isEmpty, language);
        Emit(subject, predicate, @object, line);
        if (statement is not null) Reify(statement, subject, predicate, @object, line);
        _base = outerBase;
        _depth--;
    }

    // resourcePropertyElt ::= ... ws* nodeElement ws* ...; literalPropertyElt ::= ... text() ...
    private TTerm ResourceOrLiteralPropertyElement(string? dataType, bool isEmpty, string language)
    {
        var text = new StringBuilder();
        if (!isEmpty)
        {
            while (_xml.Read() && _xml.NodeType != XmlNodeType.EndElement)
            {
                if (_xml.NodeType == XmlNodeType.Element)
                {
                    if (dataType is not null) throw Error("a value with a datatype is text, not an element");
                    if (!string.IsNullOrWhiteSpace(text.ToString()))
                        throw Error("a property holds text or one node, not both");
                    var node = NodeElement();
                    if (ReadElementInContent())
                        throw Error("a property holds one node; write the property once for each");
                    return node;
                }

                AddText(text);
            }
        }

        return dataType is null ? PlainLiteral(text.ToString(), language) : TypedLiteral(text.ToString(), Resolve(dataType));
    }

    // emptyPropertyElt ::= start-element(propertyElementURIs, idAttr?, (resourceAttr | nodeIdAttr)?, propertyAttr*) end-element()
    private TTerm EmptyPropertyElement(in ElementAttributes attributes, bool isEmpty, string language, int line)
    {
        if (attributes.DataType is not null) throw Error("a property has rdf:datatype or names a resource, not both");
        var @object = (attributes.Resource, attributes.NodeId) switch
        {
            (null, null) => FreshBlankNode(),
            ({ } resource, null) => Iri(Resolve(resource)),
            (null, { } nodeId) => NamedBlankNode(nodeId),
            _ => throw Error("a property has rdf:resource or rdf:nodeID, not both"),
        };
        if (!isEmpty && ReadElementInContent())
            throw Error("a property whose attributes give its value has no content");
        PropertyAttributes(@object, attributes, language, line);
        return @object;
    }

    // parseTypeLiteralPropertyElt | parseTypeResourcePropertyElt | parseTypeCollectionPropertyElt | parseTypeOtherPropertyElt
    private TTerm ParsedPropertyElement(string parseType, in ElementAttributes attributes, bool isEmpty)
    {
        if (attributes.Resource is not null || attributes.NodeId is not null || attributes.DataType is not null || attributes.Properties.Count > 0)
            throw Error("a property with rdf:parseType has no other attribute but rdf:ID");
        switch (parseType)
        {
            case "Resource":
                var node = FreshBlankNode();
                if (!isEmpty) PropertyElements(node);
                return node;
            case "Collection":
                return Collection(isEmpty);
            default:
                var literal = isEmpty ? "" : new ExclusiveXml(_xml, _options.MaxDepth - _depth).ReadContent();
                if (literal is null) throw TooDeep();
                return TypedLiteral(literal, Encoding.UTF8.GetBytes(RdfVocabulary.Namespace + "XMLLiteral"));
        }
    }

    private TTerm Collection(bool isEmpty)
    {
        var head = Rdf("nil");
        if (isEmpty || !ReadElementInContent()) return head;
        var node = head = FreshBlankNode();
        while (true)
        {
            var line = Line;
            Emit(node, Rdf("first"), NodeElement(), line);
            if (!ReadElementInContent()) break;
            var next = FreshBlankNode();
            Emit(node, Rdf("rest"), next, Line);
            node = next;
        }

        Emit(node, Rdf("rest"), Rdf("nil"), Line);
        return head;
    }

    // propertyAttr ::= attribute(propertyAttributeURIs, anyString)
    private void PropertyAttributes(TTerm subject, in ElementAttributes attributes, string language, int line)
    {
        foreach (var (space, name, value) in attributes.Properties)
        {
            if (IsRdf(space) && name == "type") Emit(subject, Rdf("type"), Iri(Resolve(value)), line);
            else Emit(subject, Name(space, name), PlainLiteral(value, language), line);
        }
    }

    private void Reify(string statement, TTerm subject, TTerm predicate, TTerm @object, int line)
    {
        var node = Iri(Encoding.UTF8.GetBytes(statement));
        Emit(node, Rdf("type"), Rdf("Statement"), line);
        Emit(node, Rdf("subject"), subject, line);
        Emit(node, Rdf("predicate"), predicate, line);
        Emit(node, Rdf("object"), @object, line);
    }

    private readonly (string Space, string Name, bool IsEmpty, string Language, int Line) Element()
    {
        if (_xml.NamespaceURI.Length == 0)
            throw Error($"the element {_xml.LocalName} has no namespace, so it names no IRI");
        return (_xml.NamespaceURI, _xml.LocalName, _xml.IsEmptyElement, _xml.XmlLang, Line);
    }

    private readonly ElementAttributes Attributes()
    {
        var attributes = new ElementAttributes { Properties = [] };
        while (_xml.MoveToNextAttribute())
        {
            var (space, name) = (_xml.NamespaceURI, _xml.LocalName);
            if (space is XmlNamespace or XmlnsNamespace || (space.Length == 0 && name.StartsWith("xml", StringComparison.OrdinalIgnoreCase))) continue;
            if (space.Length == 0 && name is not ("ID" or "about" or "resource" or "parseType" or "type"))
                throw Error($"the attribute {name} has no namespace, so it names no IRI");
            if (space.Length > 0 && !IsRdf(space))
            {
                attributes.Properties.Add((space, name, _xml.Value));
                continue;
            }

            switch (name)
            {
                case "about": attributes.About = _xml.Value; break;
                case "ID": attributes.Id = CheckedName(_xml.Value); break;
                case "nodeID": attributes.NodeId = CheckedName(_xml.Value); break;
                case "resource": attributes.Resource = _xml.Value; break;
                case "datatype": attributes.DataType = _xml.Value; break;
                case "parseType": attributes.ParseType = _xml.Value; break;
                case "li" or "Description": throw Error($"rdf:{name} cannot be an attribute");
                case var _ when RdfXmlNames.IsSyntax(name): throw Error($"rdf:{name} cannot be an attribute");
                default: attributes.Properties.Add((RdfVocabulary.Namespace, name, _xml.Value)); break;
            }
        }

        _xml.MoveToElement();
        return attributes;
    }

    private readonly string CheckedName(string name)
    {
        try
        {
            return XmlConvert.VerifyNCName(name);
        }
        catch (XmlException)
        {
            throw Error($"'{name}' is not a name: rdf:ID and rdf:nodeID start with a letter and hold letters, digits, '-', '_' and '.'");
        }
    }

    // Reads to the next element, or to the end of the enclosing one (then false); text between is an error.
    private readonly bool ReadElementInContent()
    {
        while (_xml.Read())
        {
            switch (_xml.NodeType)
            {
                case XmlNodeType.Element: return true;
                case XmlNodeType.EndElement: return false;
                case XmlNodeType.Text or XmlNodeType.CDATA: throw Error("text stands where only elements may");
            }
        }

        return false;
    }

    private readonly void AddText(StringBuilder text)
    {
        if (_xml.NodeType is not (XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.Whitespace or XmlNodeType.SignificantWhitespace)) return;
        text.Append(_xml.Value);
        if (text.Length > _options.MaxTermBytes)
            throw Error($"a text is longer than {_options.MaxTermBytes} bytes; the reader's limit can be raised");
    }

    private string? EnterBase()
    {
        var outer = _base;
        var inner = _xml.GetAttribute("base", XmlNamespace);
        if (inner is not null) _base = Encoding.UTF8.GetString(Resolve(inner));
        return outer;
    }

    private ReadOnlySpan<byte> Resolve(string reference)
    {
        _text.Clear();
        _text.Add(reference);
        var bad = _text.Written.IndexOfAny(CharacterClasses.NotInIri);
        if (bad >= 0)
            throw Error($"an IRI cannot hold '{(char)_text.Written[bad]}'; write it percent-encoded (%{_text.Written[bad]:X2})");
        if (IriResolver.SchemeLength(_text.Written) > 0) return _text.Written;
        if (_base is null)
            throw Error($"the IRI '{reference}' is relative and the document has no base; write it in full, or declare xml:base");
        if (!ReferenceEquals(_base, _resolverBase))
        {
            _resolver.SetBase(Encoding.UTF8.GetBytes(_base));
            _resolverBase = _base;
        }

        return _resolver.Resolve(_text.Written);
    }

    private string IriOfId(string id)
    {
        var iri = Encoding.UTF8.GetString(Resolve("#" + id));
        return _ids.Add(iri) ? iri : throw Error($"rdf:ID '{id}' is used twice; rdf:about refers to a node that is named elsewhere");
    }

    private readonly TTerm Iri(ReadOnlySpan<byte> iri) => _sink.Iri(iri);

    private readonly TTerm Iri(string iri) => _sink.Iri(Encoding.UTF8.GetBytes(iri));

    private readonly TTerm Rdf(string name) => Name(RdfVocabulary.Namespace, name);

    private readonly TTerm Name(string space, string name)
    {
        var iri = space + name;
        if (_names.TryGetValue(iri, out var term)) return term;
        _text.Clear();
        _text.Add(iri);
        if (IriResolver.SchemeLength(_text.Written) == 0 || _text.Written.ContainsAny(CharacterClasses.NotInIri))
            throw Error($"the namespace '{space}' is not an absolute IRI");
        return _names[iri] = _sink.Iri(_text.Written);
    }

    private readonly TTerm FreshBlankNode() => _sink.BlankNode(_labels.Fresh());

    private readonly TTerm NamedBlankNode(string nodeId) => _sink.BlankNode(_labels.OfDocument(Encoding.UTF8.GetBytes(nodeId)));

    private readonly TTerm PlainLiteral(string text, string language)
    {
        var lexicalForm = Encoding.UTF8.GetBytes(text);
        if (language.Length == 0) return _sink.Literal(lexicalForm, []);
        return RdfXmlNames.IsLanguageTag(language)
            ? _sink.LanguageString(lexicalForm, Encoding.UTF8.GetBytes(language), BaseDirection.None)
            : throw Error($"'{language}' is not a language tag; xml:lang is letters, then parts after hyphens, such as de-AT");
    }

    private readonly TTerm TypedLiteral(string text, ReadOnlySpan<byte> datatype) =>
        _sink.Literal(Encoding.UTF8.GetBytes(text), datatype.SequenceEqual("http://www.w3.org/2001/XMLSchema#string"u8) ? [] : datatype);

    private void Emit(TTerm subject, TTerm predicate, TTerm @object, int line)
    {
        _sink.Triple(subject, predicate, @object, line);
        if (--_untilCheck > 0) return;
        _cancellation.ThrowIfCancellationRequested();
        _untilCheck = TriplesBetweenChecks;
    }

    private void Descend()
    {
        if (++_depth > _options.MaxDepth) throw TooDeep();
    }

    private readonly RdfSyntaxException TooDeep() =>
        Error($"the document nests deeper than {_options.MaxDepth} levels; the reader's limit can be raised");

    private readonly int Line => ((IXmlLineInfo)_xml).LineNumber;

    private readonly RdfSyntaxException Error(string problem) =>
        new(new SourcePosition(_options.FileName, Line, ((IXmlLineInfo)_xml).LinePosition), problem);

    private static bool IsRdf(string space) => space == RdfVocabulary.Namespace;

    private struct ElementAttributes
    {
        public string? About;
        public string? Id;
        public string? NodeId;
        public string? Resource;
        public string? DataType;
        public string? ParseType;
        public required List<(string Space, string Name, string Value)> Properties;
    }
}
