using System.Text;

namespace Reasoner.Rdf;

/// <summary>Writes single terms the short way that Turtle has for them.</summary>
internal sealed class TurtleTerms
{
    private readonly ByteBuffer _output;
    private readonly (string Prefix, string Namespace)[] _prefixes;
    private readonly bool[] _isUsed;

    public TurtleTerms(ByteBuffer output, IReadOnlyDictionary<string, Iri>? prefixes)
    {
        _output = output;

        // The longest namespace that fits is the one to use.
        _prefixes = [.. (prefixes ?? new Dictionary<string, Iri>())
            .Where(prefix => IsName(prefix.Key, CharacterClasses.IsNameBase))
            .Select(prefix => (prefix.Key, prefix.Value.Value))
            .OrderByDescending(prefix => prefix.Value.Length)
            .ThenBy(prefix => prefix.Key, StringComparer.Ordinal)];
        _isUsed = new bool[_prefixes.Length];
    }

    /// <summary>The declarations of the prefixes that were used, sorted.</summary>
    public void AddDeclarations(ByteBuffer output)
    {
        foreach (var (prefix, iri) in _prefixes.Where((_, i) => _isUsed[i]).OrderBy(p => p.Prefix, StringComparer.Ordinal))
        {
            output.Add("@prefix "u8);
            output.Add(prefix);
            output.Add(": "u8);
            CanonicalNTriples.AddIri(output, iri);
            output.Add(" .\n"u8);
        }
    }

    public void AddPredicate(Iri predicate)
    {
        if (predicate == RdfVocabulary.Type) _output.Add((byte)'a');
        else AddIri(predicate);
    }

    public void Add(Term term)
    {
        switch (term)
        {
            case Iri iri:
                AddIri(iri);
                break;
            case Literal literal:
                AddLiteral(literal);
                break;
            case TripleTerm inner:
                _output.Add("<<( "u8);
                Add(inner.Triple.Subject);
                _output.Add((byte)' ');
                AddPredicate((Iri)inner.Triple.Predicate);
                _output.Add((byte)' ');
                Add(inner.Triple.Object);
                _output.Add(" )>>"u8);
                break;
            default:
                CanonicalNTriples.AddTerm(_output, term);
                break;
        }
    }

    private void AddIri(Iri iri)
    {
        for (var i = 0; i < _prefixes.Length; i++)
        {
            var (prefix, space) = _prefixes[i];
            if (!iri.Value.StartsWith(space, StringComparison.Ordinal) || !IsLocalName(iri.Value.AsSpan(space.Length))) continue;
            _isUsed[i] = true;
            _output.Add(prefix);
            _output.Add((byte)':');
            _output.Add(iri.Value.AsSpan(space.Length));
            return;
        }

        CanonicalNTriples.AddIri(_output, iri.Value);
    }

    // Names that need no escapes; with escapes the full IRI is easier to read.
    private static bool IsLocalName(ReadOnlySpan<char> name) =>
        IsName(name, rune => CharacterClasses.IsNameStart(rune) || CharacterClasses.IsDigit(rune.Value));

    private static bool IsName(ReadOnlySpan<char> name, Func<Rune, bool> isStart)
    {
        var isFirst = true;
        var last = default(Rune);
        foreach (var rune in name.EnumerateRunes())
        {
            if (!(isFirst ? isStart(rune) : CharacterClasses.IsNameCharacter(rune) || rune.Value == '.')) return false;
            isFirst = false;
            last = rune;
        }

        return last.Value != '.';
    }

    private void AddLiteral(Literal literal)
    {
        if (IsBare(literal))
        {
            _output.Add(literal.LexicalForm);
            return;
        }

        if (literal.LexicalForm.Contains('\n', StringComparison.Ordinal)) AddLongString(literal.LexicalForm);
        else CanonicalNTriples.AddString(_output, literal.LexicalForm);
        if (literal.Language is not null)
        {
            CanonicalNTriples.AddLanguage(_output, literal);
        }
        else if (literal.Datatype != Xsd.String)
        {
            _output.Add("^^"u8);
            AddIri(literal.Datatype);
        }
    }

    private void AddLongString(string text)
    {
        // Line by line, so that everything but line feeds is escaped as in a short string.
        _output.Add("\"\"\""u8);
        var isFirst = true;
        foreach (var line in text.Split('\n'))
        {
            if (!isFirst) _output.Add((byte)'\n');
            CanonicalNTriples.AddStringContent(_output, line);
            isFirst = false;
        }

        _output.Add("\"\"\""u8);
    }

    // Whether the lexical form alone reads back as this literal.
    private static bool IsBare(Literal literal)
    {
        if (literal.Datatype == Xsd.Boolean) return literal.LexicalForm is "true" or "false";
        var rest = literal.LexicalForm.AsSpan();
        if (rest.Length > 0 && rest[0] is '+' or '-') rest = rest[1..];
        var integer = Digits(ref rest);
        if (literal.Datatype == Xsd.Integer) return integer > 0 && rest.IsEmpty;
        var fraction = 0;
        var hasDot = rest.Length > 0 && rest[0] == '.';
        if (hasDot)
        {
            rest = rest[1..];
            fraction = Digits(ref rest);
        }

        if (literal.Datatype == Xsd.Decimal) return hasDot && fraction > 0 && rest.IsEmpty;
        if (literal.Datatype != Xsd.Double || integer + fraction == 0 || rest.IsEmpty || rest[0] is not ('e' or 'E')) return false;
        rest = rest[1..];
        if (rest.Length > 0 && rest[0] is '+' or '-') rest = rest[1..];
        return Digits(ref rest) > 0 && rest.IsEmpty;
    }

    private static int Digits(ref ReadOnlySpan<char> rest)
    {
        var count = rest.IndexOfAnyExceptInRange('0', '9');
        if (count < 0) count = rest.Length;
        rest = rest[count..];
        return count;
    }
}
