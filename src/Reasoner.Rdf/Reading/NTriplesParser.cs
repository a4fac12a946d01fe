using System.Runtime.CompilerServices;

namespace Reasoner.Rdf;

/// <summary>The grammar of N-Triples and N-Quads 1.2, a method a production.</summary>
internal ref struct NTriplesParser<TSink, TTerm, TGraphs>(
    Terminals input, ref TSink sink, RdfReaderOptions options, CancellationToken cancellation)
    where TSink : IRdfSink<TTerm>
    where TGraphs : IGraphSupport<TSink, TTerm>
{
    private const int StatementsBetweenChecks = 4096;

    private readonly Terminals _in = input;
    private readonly TermCache<TTerm> _iris = new();
    private readonly ref TSink _sink = ref sink;
    private int _untilCheck = StatementsBetweenChecks;

    /// <summary>ntriplesDoc ::= (triple | versionDirective)? (EOL (triple | versionDirective))* EOL?</summary>
    public void Document()
    {
        cancellation.ThrowIfCancellationRequested();
        while (_in.SkipSpace() is var next && next != Utf8Input.EndOfDocument)
        {
            if (next == 'V' && _in.IsKeyword("VERSION"u8, ignoreCase: false)) Version();
            else Triple();
            EndOfLine();
            if (--_untilCheck == 0)
            {
                cancellation.ThrowIfCancellationRequested();
                _untilCheck = StatementsBetweenChecks;
            }
        }
    }

    // versionDirective ::= 'VERSION' versionSpecifier
    private readonly void Version()
    {
        _in.Advance("VERSION".Length);
        if (_in.SkipBlanks() != '"') throw _in.Unexpected("a version in quotes (such as \"1.2\")");
        _in.String(allowLong: false);
        _in.EndLiteral();
    }

    // triple ::= subject predicate object '.'; statement ::= subject predicate object graphLabel? '.'
    private readonly void Triple()
    {
        var subject = Subject();
        var predicate = Predicate();
        var next = _in.SkipBlanks();
        var line = _in.Line;
        var @object = Object(next, depth: 0);
        next = _in.SkipBlanks();
        if (TGraphs.HasGraphs && next != '.')
        {
            var graph = GraphLabel(next);
            next = _in.SkipBlanks();
            if (next == '.')
            {
                TGraphs.Begin(ref _sink, graph);
                _sink.Triple(subject, predicate, @object, line);
                TGraphs.End(ref _sink);
            }
        }
        else if (next == '.')
        {
            _sink.Triple(subject, predicate, @object, line);
        }

        if (next != '.') throw _in.Unexpected("'.' at the end of the triple");
        _in.Advance(1);
    }

    private readonly void EndOfLine()
    {
        var next = _in.SkipBlanks();
        if (next is not (Utf8Input.EndOfDocument or '\n' or '\r' or '#'))
            throw _in.Unexpected("the end of the line after '.'");
    }

    // subject ::= IRIREF | BLANK_NODE_LABEL
    private readonly TTerm Subject() => _in.SkipBlanks() switch
    {
        '<' when _in.Peek(1) == '<' => throw _in.Error(_in.At, "a triple term can only be an object; name it by rdf:reifies and use that name here"),
        '<' => Iri(),
        '_' => _sink.BlankNode(_in.BlankNodeLabel()),
        _ => throw _in.Unexpected("a subject: an <IRI> or a _:blank node"),
    };

    // predicate ::= IRIREF
    private readonly TTerm Predicate() =>
        _in.SkipBlanks() == '<' ? Iri() : throw _in.Unexpected("a predicate: an <IRI>");

    // object ::= IRIREF | BLANK_NODE_LABEL | literal | tripleTerm
    private readonly TTerm Object(int next, int depth) => next switch
    {
        '<' when _in.Peek(1) == '<' => TripleTerm(depth + 1),
        '<' => Iri(),
        '"' => Literal(),
        '_' => _sink.BlankNode(_in.BlankNodeLabel()),
        _ => throw _in.Unexpected("an object: an <IRI>, a _:blank node or a \"literal\""),
    };

    // graphLabel ::= IRIREF | BLANK_NODE_LABEL
    private readonly TTerm GraphLabel(int next) => next switch
    {
        '<' => Iri(),
        '_' => _sink.BlankNode(_in.BlankNodeLabel()),
        _ => throw _in.Unexpected("a graph's name or '.'"),
    };

    // literal ::= STRING_LITERAL_QUOTE ('^^' IRIREF | LANG_DIR)?
    private readonly TTerm Literal()
    {
        var text = _in.String(allowLong: false);
        TTerm term;
        switch (_in.SkipBlanks())
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
        if (_in.SkipBlanks() != '<') throw _in.Unexpected("a datatype: an <IRI>");
        return LiteralDatatype.Check(_in, AbsoluteIri());
    }

    // tripleTerm ::= '<<(' subject predicate object ')>>'
    private readonly TTerm TripleTerm(int depth)
    {
        if (depth > options.MaxDepth)
            throw _in.Error(_in.At, $"triple terms nest deeper than {options.MaxDepth}; the reader's limit can be raised");
        if (_in.Peek(2) != '(') throw _in.Error(_in.At, "a triple term is written <<( subject predicate object )>>");
        _in.Advance(3);
        var subject = Subject();
        var predicate = Predicate();
        var @object = Object(_in.SkipBlanks(), depth);
        if (_in.SkipBlanks() != ')' || _in.Peek(1) != '>' || _in.Peek(2) != '>')
            throw _in.Unexpected("')>>' at the end of the triple term");
        _in.Advance(3);
        return _sink.TripleTerm(subject, predicate, @object);
    }

    private readonly TTerm Iri()
    {
        var iri = AbsoluteIri();
        if (_iris.TryGet(iri, out var slot, out var term)) return term;
        term = _sink.Iri(iri);
        _iris.Set(slot, iri, term);
        return term;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly ReadOnlySpan<byte> AbsoluteIri()
    {
        var iri = _in.IriReference();
        return IriResolver.SchemeLength(iri) > 0 ? iri : throw Relative();
    }

    private readonly RdfSyntaxException Relative() =>
        _in.Error(_in.At - 1, "the IRI that ends here is relative; N-Triples has absolute IRIs only, such as <http://example.org/name>");
}
