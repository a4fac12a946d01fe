using System.Runtime.CompilerServices;
using System.Text;

namespace Reasoner.Rdf;

/// <summary>The grammar of Turtle and TriG 1.2, a method a production, in the grammar's order.</summary>
internal ref struct TurtleParser<TSink, TTerm, TGraphs>
    where TSink : IRdfSink<TTerm>
    where TGraphs : IGraphSupport<TSink, TTerm>
{
    private const int TriplesBetweenChecks = 4096;

    private readonly Terminals _in;
    private readonly ref TSink _sink;
    private readonly RdfReaderOptions _options;
    private readonly CancellationToken _cancellation;

    private readonly PrefixTable _prefixes = new();
    private readonly IriResolver _resolver = new();
    private readonly TermCache<TTerm> _names = new();
    private readonly TermCache<TTerm> _iris = new();
    private readonly ByteBuffer _expanded = new();
    private readonly BlankNodeLabels _labels = new();

    private KnownTerm<TTerm> _type;
    private KnownTerm<TTerm> _first;
    private KnownTerm<TTerm> _rest;
    private KnownTerm<TTerm> _nil;
    private KnownTerm<TTerm> _reifies;
    private int _depth;
    private int _untilCheck = TriplesBetweenChecks;

    public TurtleParser(Terminals input, ref TSink sink, RdfReaderOptions options, CancellationToken cancellation)
    {
        _in = input;
        _sink = ref sink;
        _options = options;
        _cancellation = cancellation;
        if (options.BaseIri is null) return;
        var baseIri = Encoding.UTF8.GetBytes(options.BaseIri);
        if (IriResolver.SchemeLength(baseIri) == 0)
            throw new ArgumentException($"The base IRI '{options.BaseIri}' is not absolute.", nameof(options));
        _resolver.SetBase(baseIri);
    }

    /// <summary>turtleDoc ::= statement*; trigDoc ::= (directive | block)*</summary>
    public void Document()
    {
        _cancellation.ThrowIfCancellationRequested();
        while (_in.SkipSpace() is var next && next != Utf8Input.EndOfDocument) Statement(next);
    }

    // statement ::= directive | triples '.'
    private void Statement(int next)
    {
        if (IsDirective(next)) return;
        if (TGraphs.HasGraphs) Block(next);
        else TriplesThenDot(next);
    }

    private void TriplesThenDot(int next)
    {
        Triples(next);
        Expect('.', "'.' at the end of the statement");
    }

    // directive ::= prefixID | base | version | sparqlPrefix | sparqlBase | sparqlVersion
    private bool IsDirective(int next)
    {
        switch (next)
        {
            case '@':
                AtDirective();
                return true;
            case 'P' or 'p' when _in.IsKeyword("prefix"u8, ignoreCase: true):
                _in.Advance("PREFIX".Length);
                Prefix();
                return true;
            case 'B' or 'b' when _in.IsKeyword("base"u8, ignoreCase: true):
                _in.Advance("BASE".Length);
                Base();
                return true;
            case 'V' or 'v' when _in.IsKeyword("version"u8, ignoreCase: true):
                _in.Advance("VERSION".Length);
                Version();
                return true;
            default:
                return false;
        }
    }

    private void AtDirective()
    {
        if (_in.IsDirective("@prefix"u8))
        {
            _in.Advance("@prefix".Length);
            Prefix();
        }
        else if (_in.IsDirective("@base"u8))
        {
            _in.Advance("@base".Length);
            Base();
        }
        else if (_in.IsDirective("@version"u8))
        {
            _in.Advance("@version".Length);
            Version();
        }
        else
        {
            throw _in.Error(_in.At, "expected @prefix, @base or @version, in lower case");
        }

        Expect('.', "'.' at the end of the directive");
    }

    // '@prefix' PNAME_NS IRIREF
    private void Prefix()
    {
        _in.SkipSpace();
        _expanded.Clear();
        _expanded.Add(_in.PrefixNamespace());
        if (_in.SkipSpace() != '<') throw _in.Unexpected("the <IRI> that the prefix stands for");
        var iri = ResolvedIriReference();
        _prefixes.Declare(_expanded.Written, iri);
        _sink.Prefix(_expanded.Written, iri);
        _names.Clear();
    }

    // '@base' IRIREF
    private void Base()
    {
        if (_in.SkipSpace() != '<') throw _in.Unexpected("the base <IRI>");
        _resolver.SetBase(ResolvedIriReference());
        _iris.Clear();
    }

    // version ::= '@version' versionSpecifier
    private readonly void Version()
    {
        var next = _in.SkipSpace();
        if (next is not ('"' or '\'') || (_in.Peek(1) == next && _in.Peek(2) == next))
            throw _in.Unexpected("a version in quotes (such as \"1.2\")");
        _in.String(allowLong: false);
        _in.EndLiteral();
    }

    // TriG: block ::= triplesOrGraph | wrappedGraph | triples2 | 'GRAPH' labelOrSubject wrappedGraph
    private void Block(int next)
    {
        if (next == '{')
        {
            WrappedGraph();
            return;
        }

        if (next is 'G' or 'g' && _in.IsKeyword("graph"u8, ignoreCase: true))
        {
            _in.Advance("GRAPH".Length);
            NamedGraph(LabelOrSubject(_in.SkipSpace()));
            return;
        }

        if (next is '(' || (next == '<' && _in.Peek(1) == '<'))
        {
            TriplesThenDot(next);
            return;
        }

        TTerm subject;
        if (next == '[')
        {
            subject = BlankNodePropertyListOrAnon(out var isAnon);
            if (!isAnon)
            {
                if (_in.SkipSpace() != '.') PredicateObjectList(subject);
                Expect('.', "'.' at the end of the statement");
                return;
            }
        }
        else
        {
            subject = LabelOrSubject(next);
        }

        if (_in.SkipSpace() == '{')
        {
            NamedGraph(subject);
            return;
        }

        PredicateObjectList(subject);
        Expect('.', "'.' at the end of the statement");
    }

    // labelOrSubject ::= iri | BlankNode
    private TTerm LabelOrSubject(int next)
    {
        if (next != '[') return IriOrBlankNode(next, "a graph's name or a subject");
        var node = BlankNodePropertyListOrAnon(out var isAnon);
        return isAnon ? node : throw _in.Error(_in.At - 1, "a graph's name is an IRI or blank node; a property list that ends here cannot name it");
    }

    private void NamedGraph(TTerm graph)
    {
        TGraphs.Begin(ref _sink, graph);
        WrappedGraph();
        TGraphs.End(ref _sink);
    }

    // wrappedGraph ::= '{' triplesBlock? '}'; triplesBlock ::= triples ('.' triplesBlock?)?
    private void WrappedGraph()
    {
        Expect('{', "'{' before the graph's triples");
        while (_in.SkipSpace() is var next && next != '}')
        {
            Triples(next);
            next = _in.SkipSpace();
            if (next == '.') _in.Advance(1);
            else if (next != '}') throw _in.Unexpected("'.' or '}'");
        }

        _in.Advance(1);
    }

    // triples ::= subject predicateObjectList | blankNodePropertyList predicateObjectList? | reifiedTriple predicateObjectList?
    private void Triples(int next)
    {
        switch (next)
        {
            case '[':
                var node = BlankNodePropertyListOrAnon(out var isAnon);
                if (isAnon || !EndsTriples(_in.SkipSpace())) PredicateObjectList(node);
                break;
            case '<' when _in.Peek(1) == '<':
                if (_in.Peek(2) == '(')
                    throw _in.Error(_in.At, "a triple term can only be an object; << >> without parentheses names it by a reifier");
                var reifier = ReifiedTriple();
                if (!EndsTriples(_in.SkipSpace())) PredicateObjectList(reifier);
                break;
            default:
                PredicateObjectList(Subject(next));
                break;
        }
    }

    private static bool EndsTriples(int next) => next == '.' || (TGraphs.HasGraphs && next == '}');

    // predicateObjectList ::= verb objectList (';' (verb objectList)?)*
    private void PredicateObjectList(TTerm subject)
    {
        var next = _in.SkipSpace();
        while (true)
        {
            ObjectList(subject, Verb(next));
            next = _in.SkipSpace();
            if (next != ';') return;
            while (next == ';')
            {
                _in.Advance(1);
                next = _in.SkipSpace();
            }

            if (next is '.' or ']' or '}' or '|') return;
        }
    }

    // objectList ::= object annotation (',' object annotation)*
    private void ObjectList(TTerm subject, TTerm predicate)
    {
        while (true)
        {
            var next = _in.SkipSpace();
            var line = _in.Line;
            var @object = Object(next);
            Emit(subject, predicate, @object, line);
            next = _in.SkipSpace();
            if (next is '~' or '{')
            {
                Annotation(next, subject, predicate, @object, line);
                next = _in.SkipSpace();
            }

            if (next != ',') return;
            _in.Advance(1);
        }
    }

    // verb ::= predicate | 'a'; predicate ::= iri
    private TTerm Verb(int next)
    {
        if (next == 'a' && _in.IsKeyword("a"u8, ignoreCase: false))
        {
            _in.Advance(1);
            return Known(ref _type, "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"u8);
        }

        if (next is '_' or '[' or '(' or '"' or '\'' || (next == '<' && _in.Peek(1) == '<'))
            throw _in.Unexpected("a predicate (an IRI)");
        return Iri(next, "a predicate");
    }

    // subject ::= iri | BlankNode | collection
    private TTerm Subject(int next) => next == '(' ? Collection() : IriOrBlankNode(next, "a subject");

    // object ::= iri | BlankNode | collection | blankNodePropertyList | literal | tripleTerm | reifiedTriple
    private TTerm Object(int next)
    {
        switch (next)
        {
            case '<':
                if (_in.Peek(1) != '<') return IriReference();
                return _in.Peek(2) == '(' ? TripleTerm() : ReifiedTriple();
            case '(':
                return Collection();
            case '[':
                return BlankNodePropertyListOrAnon(out _);
            case '_':
                return DocumentBlankNode();
            default:
                return TryLiteral(next, out var literal) ? literal : Iri(next, "an object");
        }
    }

    // literal ::= RDFLiteral | NumericLiteral | BooleanLiteral
    private bool TryLiteral(int next, out TTerm literal)
    {
        switch (next)
        {
            case '"' or '\'':
                literal = RdfLiteral();
                return true;
            case (>= '0' and <= '9') or '+' or '-' or '.':
                literal = NumericLiteral();
                return true;
            case 't' when _in.IsKeyword("true"u8, ignoreCase: false):
                literal = BooleanLiteral("true"u8);
                return true;
            case 'f' when _in.IsKeyword("false"u8, ignoreCase: false):
                literal = BooleanLiteral("false"u8);
                return true;
            default:
                literal = default!;
                return false;
        }
    }

    // blankNodePropertyList ::= '[' predicateObjectList ']'; ANON ::= '[' WS* ']'
    private TTerm BlankNodePropertyListOrAnon(out bool isAnon)
    {
        _in.Advance(1);
        var node = FreshBlankNode();
        isAnon = _in.SkipSpace() == ']';
        if (!isAnon)
        {
            Descend();
            PredicateObjectList(node);
            Ascend();
        }

        Expect(']', "']' at the end of the blank node's properties");
        return node;
    }

    // collection ::= '(' object* ')'
    private TTerm Collection()
    {
        _in.Advance(1);
        var next = _in.SkipSpace();
        if (next == ')')
        {
            _in.Advance(1);
            return Known(ref _nil, "http://www.w3.org/1999/02/22-rdf-syntax-ns#nil"u8);
        }

        Descend();
        var first = Known(ref _first, "http://www.w3.org/1999/02/22-rdf-syntax-ns#first"u8);
        var rest = Known(ref _rest, "http://www.w3.org/1999/02/22-rdf-syntax-ns#rest"u8);
        var head = FreshBlankNode();
        for (var node = head; ;)
        {
            var line = _in.Line;
            Emit(node, first, Object(next), line);
            next = _in.SkipSpace();
            if (next == Utf8Input.EndOfDocument) throw _in.Unexpected("')' at the end of the collection");
            if (next == ')')
            {
                Emit(node, rest, Known(ref _nil, "http://www.w3.org/1999/02/22-rdf-syntax-ns#nil"u8), _in.Line);
                break;
            }

            var following = FreshBlankNode();
            Emit(node, rest, following, _in.Line);
            node = following;
        }

        _in.Advance(1);
        Ascend();
        return head;
    }

    // NumericLiteral ::= INTEGER | DECIMAL | DOUBLE
    private readonly TTerm NumericLiteral()
    {
        var lexicalForm = _in.Number(out var kind);
        return kind switch
        {
            Terminals.NumberKind.Integer => _sink.Literal(lexicalForm, "http://www.w3.org/2001/XMLSchema#integer"u8),
            Terminals.NumberKind.Decimal => _sink.Literal(lexicalForm, "http://www.w3.org/2001/XMLSchema#decimal"u8),
            _ => _sink.Literal(lexicalForm, "http://www.w3.org/2001/XMLSchema#double"u8),
        };
    }

    // RDFLiteral ::= String (LANG_DIR | '^^' iri)?
    private TTerm RdfLiteral()
    {
        var text = _in.String(allowLong: true);
        TTerm term;
        switch (_in.SkipSpace())
        {
            case '@':
                var language = _in.LanguageTag(out var direction);
                term = _sink.LanguageString(_in.LexicalForm(text), language, direction);
                break;
            case '^':
                var datatype = Datatype();
                term = _sink.Literal(_in.LexicalForm(text), datatype);
                break;
            default:
                term = _sink.Literal(_in.LexicalForm(text), []);
                break;
        }

        _in.EndLiteral();
        return term;
    }

    private readonly ReadOnlySpan<byte> Datatype()
    {
        if (_in.Peek(1) != '^') throw _in.Unexpected("'^^' before a datatype");
        _in.Advance(2);
        return LiteralDatatype.Check(_in, _in.SkipSpace() == '<' ? ResolvedIriReference() : ExpandedName("a datatype"));
    }

    // BooleanLiteral ::= 'true' | 'false'
    private readonly TTerm BooleanLiteral(ReadOnlySpan<byte> word)
    {
        _in.Advance(word.Length);
        return _sink.Literal(word, "http://www.w3.org/2001/XMLSchema#boolean"u8);
    }

    // iri ::= IRIREF | PrefixedName
    private readonly TTerm Iri(int next, string wanted) => next == '<' ? IriReference() : PrefixedName(wanted);

    // iri | BlankNode, without ANON
    private readonly TTerm IriOrBlankNode(int next, string wanted) => next == '_' ? DocumentBlankNode() : Iri(next, wanted);

    private readonly TTerm IriReference()
    {
        var iri = _in.IriReference();
        if (_iris.TryGet(iri, out var slot, out var term)) return term;
        term = _sink.Iri(Resolved(iri));
        _iris.Set(slot, iri, term);
        return term;
    }

    private readonly ReadOnlySpan<byte> ResolvedIriReference() => Resolved(_in.IriReference());

    private readonly ReadOnlySpan<byte> Resolved(ReadOnlySpan<byte> iri)
    {
        if (IriResolver.SchemeLength(iri) > 0) return iri;
        if (_resolver.HasBase) return _resolver.Resolve(iri);
        throw _in.Error(_in.At - 1, $"the IRI <{Encoding.UTF8.GetString(iri)}> is relative and the document has no base; write it in full, or declare BASE <...>");
    }

    // PrefixedName ::= PNAME_LN | PNAME_NS
    private readonly TTerm PrefixedName(string wanted)
    {
        var name = NextName(wanted, out var colon, out var hasEscapes);
        if (_names.TryGet(name, out var slot, out var term)) return term;
        term = _sink.Iri(Expand(name, colon, hasEscapes));
        _names.Set(slot, name, term);
        return term;
    }

    private readonly ReadOnlySpan<byte> ExpandedName(string wanted)
    {
        var name = NextName(wanted, out var colon, out var hasEscapes);
        return Expand(name, colon, hasEscapes);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly ReadOnlySpan<byte> NextName(string wanted, out int colon, out bool hasEscapes)
    {
        var next = _in.Peek();
        if (next < 0x80 && next != ':' && !CharacterClasses.IsAsciiLetter(next)) throw _in.Unexpected(wanted);
        return _in.PrefixedName(out colon, out hasEscapes);
    }

    private readonly ReadOnlySpan<byte> Expand(ReadOnlySpan<byte> name, int colon, bool hasEscapes)
    {
        var prefix = name[..colon];
        if (!_prefixes.TryGet(prefix, out var iri))
            throw _in.Error(_in.At - name.Length, $"the prefix '{Encoding.UTF8.GetString(prefix)}:' is not declared; {_prefixes.AdviceFor(prefix)}");
        _expanded.Clear();
        _expanded.Add(iri);
        if (hasEscapes) Terminals.UnescapeLocalName(name[(colon + 1)..], _expanded);
        else _expanded.Add(name[(colon + 1)..]);
        return _expanded.Written;
    }

    private readonly TTerm DocumentBlankNode() => _sink.BlankNode(_labels.OfDocument(_in.BlankNodeLabel()));

    private readonly TTerm FreshBlankNode() => _sink.BlankNode(_labels.Fresh());

    // reifiedTriple ::= '<<' rtSubject verb rtObject reifier? '>>'
    private TTerm ReifiedTriple()
    {
        _in.Advance(2);
        Descend();
        var line = _in.Line;
        var next = _in.SkipSpace();
        var subject = next == '<' && _in.Peek(1) == '<' ? InnerReifiedTriple() : InnerIriOrBlankNode(next, "a subject: an IRI, blank node or reified triple");
        var predicate = Verb(_in.SkipSpace());
        next = _in.SkipSpace();
        var @object = next == '<' && _in.Peek(1) == '<' && _in.Peek(2) != '(' ? ReifiedTriple() : InnerObject(next);
        next = _in.SkipSpace();
        var reifier = next == '~' ? Reifier() : FreshBlankNode();
        if (_in.SkipSpace() != '>' || _in.Peek(1) != '>') throw _in.Unexpected("'>>' at the end of the reified triple");
        _in.Advance(2);
        Ascend();
        EmitReification(reifier, subject, predicate, @object, line);
        return reifier;
    }

    private TTerm InnerReifiedTriple() =>
        _in.Peek(2) == '(' ? throw _in.Error(_in.At, "a triple term cannot be a subject") : ReifiedTriple();

    // rtSubject, ttSubject ::= iri | BlankNode
    private TTerm InnerIriOrBlankNode(int next, string wanted) => next == '[' ? Anon() : IriOrBlankNode(next, wanted);

    // rtObject, ttObject ::= iri | BlankNode | literal | tripleTerm
    private TTerm InnerObject(int next)
    {
        if (next == '<' && _in.Peek(1) == '<')
            return _in.Peek(2) == '(' ? TripleTerm() : throw _in.Error(_in.At, "a reified triple cannot stand inside a triple term; write a triple term <<( )>>");
        return TryLiteral(next, out var literal) ? literal : InnerIriOrBlankNode(next, "an object: an IRI, blank node, literal or triple term");
    }

    private TTerm Anon()
    {
        _in.Advance(1);
        Expect(']', "']': a blank node inside << >> has no properties");
        return FreshBlankNode();
    }

    // tripleTerm ::= '<<(' ttSubject verb ttObject ')>>'
    private TTerm TripleTerm()
    {
        _in.Advance(3);
        Descend();
        var subject = InnerIriOrBlankNode(_in.SkipSpace(), "a subject: an IRI or blank node");
        var predicate = Verb(_in.SkipSpace());
        var @object = InnerObject(_in.SkipSpace());
        if (_in.SkipSpace() != ')' || _in.Peek(1) != '>' || _in.Peek(2) != '>')
            throw _in.Unexpected("')>>' at the end of the triple term");
        _in.Advance(3);
        Ascend();
        return _sink.TripleTerm(subject, predicate, @object);
    }

    // annotation ::= (reifier | annotationBlock)*
    private void Annotation(int next, TTerm subject, TTerm predicate, TTerm @object, int line)
    {
        var reifier = default(TTerm)!;
        var hasReifier = false;
        for (; ; next = _in.SkipSpace())
        {
            if (next == '~')
            {
                reifier = Reifier();
                hasReifier = true;
                EmitReification(reifier, subject, predicate, @object, line);
            }
            else if (next == '{')
            {
                if (!hasReifier)
                {
                    reifier = FreshBlankNode();
                    EmitReification(reifier, subject, predicate, @object, line);
                }

                AnnotationBlock(reifier);
                hasReifier = false;
            }
            else
            {
                return;
            }
        }
    }

    // annotationBlock ::= '{|' predicateObjectList '|}'
    private void AnnotationBlock(TTerm reifier)
    {
        if (_in.Peek(1) != '|') throw _in.Unexpected("'{|' before an annotation");
        _in.Advance(2);
        Descend();
        PredicateObjectList(reifier);
        Ascend();
        if (_in.SkipSpace() != '|' || _in.Peek(1) != '}') throw _in.Unexpected("'|}' at the end of the annotation");
        _in.Advance(2);
    }

    // reifier ::= '~' (iri | BlankNode)?
    private TTerm Reifier()
    {
        _in.Advance(1);
        var next = _in.SkipSpace();
        var isNamed = next is '_' or '[' or ':' || (next == '<' && _in.Peek(1) != '<')
            || next >= 0x80 || CharacterClasses.IsAsciiLetter(next);
        return isNamed ? InnerIriOrBlankNode(next, "a reifier") : FreshBlankNode();
    }

    private void EmitReification(TTerm reifier, TTerm subject, TTerm predicate, TTerm @object, int line)
    {
        var reifies = Known(ref _reifies, "http://www.w3.org/1999/02/22-rdf-syntax-ns#reifies"u8);
        Emit(reifier, reifies, _sink.TripleTerm(subject, predicate, @object), line);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Emit(TTerm subject, TTerm predicate, TTerm @object, int line)
    {
        _sink.Triple(subject, predicate, @object, line);
        if (--_untilCheck == 0) CheckCancellation();
    }

    private void CheckCancellation()
    {
        _cancellation.ThrowIfCancellationRequested();
        _untilCheck = TriplesBetweenChecks;
    }

    private readonly TTerm Known(ref KnownTerm<TTerm> known, ReadOnlySpan<byte> iri)
    {
        if (!known.IsKnown) known = new KnownTerm<TTerm>(_sink.Iri(iri));
        return known.Term;
    }

    private readonly void Expect(char wanted, string description)
    {
        if (_in.SkipSpace() != wanted) throw _in.Unexpected(description);
        _in.Advance(1);
    }

    // The parser calls itself for every level of nesting; the limit keeps hostile documents off the stack's end.
    private void Descend()
    {
        if (++_depth > _options.MaxDepth)
            throw _in.Error(_in.At, $"the document nests deeper than {_options.MaxDepth} levels; the reader's limit can be raised");
    }

    private void Ascend() => _depth--;
}
