using System.Collections.Immutable;

namespace Reasoner.Rules;

/// <summary>
/// Reads one SRL document (SPARQL 1.2 RL, section "Grammar"). A recursive descent: a method reads the production that
/// it is named after, in the grammar's order; DataX, XTemplate and XPattern share one method where only a
/// <see cref="TripleTarget"/> tells them apart. After an error, reading goes on at the next rule, block or declaration.
/// </summary>
internal sealed partial class SrlParser
{
    private readonly SrlTokenizer _tokenizer;
    private readonly string _text;
    private readonly SrlDocument _document;
    private readonly int _maximumErrors;
    private readonly CancellationToken _cancellation;
    private readonly DataTarget _dataTarget;

    private Token _token;
    private TripleTarget _target;
    private string? _base;

    private SrlParser(string text, SrlDocument document, int maximumErrors, CancellationToken cancellation)
    {
        _tokenizer = new SrlTokenizer(text, document.File);
        _text = text;
        _document = document;
        _base = document.Iri;
        _maximumErrors = maximumErrors;
        _cancellation = cancellation;
        _dataTarget = new DataTarget(document.Number, document.Data);
        _target = _dataTarget;
    }

    /// <summary>Reads a document into the given one, its diagnostics too.</summary>
    public static void Read(string text, SrlDocument document, int maximumErrors, CancellationToken cancellation) =>
        new SrlParser(text, document, maximumErrors, cancellation).RuleSet();

    // [1] RuleSet, [2] RuleOrDataBlock
    private void RuleSet()
    {
        Recovering(Advance);
        while (_token.Kind != TokenKind.End && _document.Errors < _maximumErrors)
        {
            _cancellation.ThrowIfCancellationRequested();
            Recovering(RuleOrData);
        }

        if (_document.Errors >= _maximumErrors)
        {
            Report(_token, Severity.Error, DiagnosticCodes.TooManyErrors,
                $"Reading stopped after {_maximumErrors} errors; mend these first.");
        }
    }

    // [3] RuleOrData, [5] Prologue1
    private void RuleOrData()
    {
        if (IsWord("RULE")) Rule();
        else if (IsWord("DATA")) Data();
        else if (IsWord("PREFIX")) PrefixDecl();
        else if (IsWord("BASE")) BaseDecl();
        else if (IsWord("VERSION")) VersionDecl();
        else if (IsWord("IMPORTS")) ImportsDecl();
        else throw Unexpected("RULE, DATA, PREFIX, BASE, VERSION or IMPORTS");
    }

    // [6]
    private void BaseDecl()
    {
        Advance();
        var reference = Expect(TokenKind.IriReference, "an IRI in angle brackets after BASE");
        _base = Resolve(reference);
        _irisByText.Clear();
    }

    // [7]
    private void PrefixDecl()
    {
        Advance();
        var name = Expect(TokenKind.Namespace, "a prefix and a colon, such as ex:, after PREFIX");
        var reference = Expect(TokenKind.IriReference, "the namespace's IRI in angle brackets");
        var prefix = _text[name.Start..(name.End - 1)];
        _prefixes[prefix] = Resolve(reference);
        _irisByText.Clear();
        _document.Prefixes.TryAdd(prefix, _prefixes[prefix]);
    }

    // [8], [9]
    private void VersionDecl()
    {
        Advance();
        var token = Expect(TokenKind.String, "a version in quotes, such as \"1.2\"");
        if (IsLongString(token))
            throw Error(token, DiagnosticCodes.UnexpectedToken, "A version stands in single quotation marks: \"1.2\".");
        var version = StringValue(token);
        if (version != "1.2")
        {
            Report(token, Severity.Warning, DiagnosticCodes.UnknownVersion,
                $"Version \"{version}\" is not known; the text is read as version \"1.2\".");
        }
    }

    // [10]
    private void ImportsDecl()
    {
        Advance();
        var token = _token;
        var iri = IriTerm("the IRI of a rule set after IMPORTS");
        var reference = token.Kind == TokenKind.IriReference ? IriText(token) : iri.Value;
        _document.Imports.Add(new SrlImport(reference, At(token)));
    }

    // [11]
    private void Rule()
    {
        var position = At(_token);
        Advance();
        _allowsAggregates = false;
        var name = StartsIri ? IriTerm("the rule's name") : null;
        var head = HeadTemplate();
        ExpectWord("WHERE");
        var matchesDataOnly = AcceptWord("DATA");
        var body = BodyPattern();
        _document.Rules.Add(new Rule(name, head, body, matchesDataOnly, position));
    }

    // [12]
    private void Data()
    {
        Advance();
        _target = _dataTarget;
        Expect(TokenKind.OpenBrace, "{ after DATA");
        TriplesBlock();
        Expect(TokenKind.CloseBrace, "a triple, '.' between triples, or } to end the DATA block");
    }

    // [13], [47]
    private ImmutableArray<TriplePattern> HeadTemplate()
    {
        var target = new HeadTarget();
        _target = target;
        Expect(TokenKind.OpenBrace, "the rule's head in braces");
        TriplesBlock();
        Expect(TokenKind.CloseBrace, "a triple template, '.' between templates, or } to end the head");
        return target.Templates.DrainToImmutable();
    }

    // [14], [15]
    private ImmutableArray<BodyElement> BodyPattern()
    {
        var target = new BodyTarget();
        _target = target;
        Expect(TokenKind.OpenBrace, "the rule's body in braces");
        TriplesBlock();
        while (_token.Kind != TokenKind.CloseBrace)
        {
            if (IsWord("FILTER")) target.Elements.Add(Filter());
            else if (IsWord("NOT")) target.Elements.Add(Negation(target));
            else if (IsWord("SET")) target.Elements.Add(Assignment());
            else if (_token.Kind == TokenKind.OpenBrace) target.Elements.Add(SubSelect(target));
            else throw Unexpected("a triple pattern, '.' between patterns, FILTER, NOT, SET, or } to end the body");
            Accept(TokenKind.Dot);
            TriplesBlock();
        }

        Advance();
        return target.Elements.DrainToImmutable();
    }

    // [16]
    private FilterElement Filter()
    {
        var position = At(_token);
        Advance();
        return new FilterElement(Constraint(), position);
    }

    // [21]
    private NegationElement Negation(BodyTarget target)
    {
        var position = At(_token);
        Advance();
        var matchesDataOnly = AcceptWord("DATA");
        Expect(TokenKind.OpenBrace, "{ after NOT");
        var outer = target.Elements;
        target.Elements = ImmutableArray.CreateBuilder<BodyElement>();
        BodyBasic(target);
        Expect(TokenKind.CloseBrace, "} to end NOT");
        var inner = target.Elements.DrainToImmutable();
        target.Elements = outer;
        return new NegationElement(inner, matchesDataOnly, position);
    }

    // [22], [23]
    private void BodyBasic(BodyTarget target)
    {
        TriplesBlock();
        while (_token.Kind != TokenKind.CloseBrace)
        {
            if (_token.Kind == TokenKind.OpenBrace) throw NestedSelect("NOT");
            if (!IsWord("FILTER"))
                throw Unexpected("a triple pattern, '.' between patterns, FILTER, or } to end NOT (NOT and SET cannot stand inside NOT)");
            target.Elements.Add(Filter());
            Accept(TokenKind.Dot);
            TriplesBlock();
        }
    }

    // [24]
    private AssignmentElement Assignment()
    {
        var position = At(_token);
        Advance();
        Expect(TokenKind.OpenParenthesis, "( after SET");
        var variable = VariableName(Expect(TokenKind.Variable, "the variable to set"));
        Expect(TokenKind.Assign, ":= after the variable");
        var expression = WholeExpression();
        Expect(TokenKind.CloseParenthesis, ") to end SET");
        return new AssignmentElement(variable, expression, position);
    }

    private void Recovering(Action production)
    {
        try
        {
            production();
        }
        catch (SrlSyntaxError error)
        {
            _document.Report(error.Diagnostic);
            SkipToNextStart();
        }
    }

    // The words that start a rule or declaration mean nothing inside braces, so that a missing brace does not hide the
    // rest of the file; only DATA also follows WHERE and NOT.
    private void SkipToNextStart()
    {
        var followsModifier = false;
        while (true)
        {
            try
            {
                if (_token.Kind == TokenKind.End) return;
                if (IsWord("RULE") || IsWord("PREFIX") || IsWord("BASE") || IsWord("VERSION")
                    || IsWord("IMPORTS")) break;
                if (IsWord("DATA") && !followsModifier) break;
                followsModifier = IsWord("WHERE") || IsWord("NOT");
                Advance();
            }
            catch (SrlSyntaxError)
            {
                // What cannot be read while skipping is probably a part of the first error.
            }
        }

        _depth = 0;
    }
}
