using System.Buffers;
using System.Globalization;
using Reasoner.Rdf;

namespace Reasoner.Reports;

/// <summary>
/// Shortens the terms of a record for people: an IRI to its label or local name, a literal to its lexical form. Two IRIs of a report
/// never read the same: where the local name is taken, more of the IRI is shown. The answers come first, so that they read
/// as they are labelled, then the candidates that stand for them, then the predicates, which make a fact a sentence.
/// </summary>
internal sealed class ShortForms
{
    private const int MaxParts = 6;

    private static readonly SearchValues<char> WithoutLetters = SearchValues.Create("0123456789-_.,+%#/:");

    private static readonly HashSet<string> PlainDatatypes = new(
        new[]
        {
            "string", "boolean", "integer", "decimal", "float", "double", "date", "time", "dateTime", "dateTimeStamp",
            "int", "long", "short", "nonNegativeInteger", "positiveInteger", "gYear", "duration",
        }.Select(name => Xsd.Namespace + name),
        StringComparer.Ordinal);

    private readonly Dictionary<string, string> _nameOfIri = new(StringComparer.Ordinal);
    private readonly HashSet<string> _taken = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ShortTerm> _terms = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Triple?> _triples = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ShortFact> _facts = new(StringComparer.Ordinal);

    private readonly IReadOnlyDictionary<string, string> _labels;

    public ShortForms(Explanation explanation)
    {
        _labels = explanation.Record.Labels;
        foreach (var candidate in explanation.Candidates) Term(candidate.Answer.Iri);
        foreach (var candidate in explanation.Candidates) Term(candidate.Candidate);
        NamePredicates(explanation.Proofs.SelectMany(tree => tree.Root.Facts()));
    }

    /// <summary>Short forms for some facts.</summary>
    /// <param name="labels">Labels of IRIs.</param>
    /// <param name="facts">The facts.</param>
    public ShortForms(IReadOnlyDictionary<string, string> labels, IEnumerable<string> facts)
    {
        _labels = labels;
        NamePredicates(facts);
    }

    /// <summary>The short names given so far with their IRIs, by name.</summary>
    public IEnumerable<KeyValuePair<string, string>> Names =>
        _nameOfIri.Select(entry => KeyValuePair.Create(entry.Value, entry.Key)).OrderBy(entry => entry.Key, StringComparer.Ordinal);

    /// <summary>A term, written in N-Triples or as a bare IRI.</summary>
    public ShortTerm Term(string written)
    {
        if (_terms.TryGetValue(written, out var known)) return known;
        var term = Read(written) is { } read ? new ShortTerm(Bounded(Shorten(read)), written) : new ShortTerm(Bounded(written), written);
        _terms[written] = term;
        return term;
    }

    /// <summary>A fact <c>s p o</c> in N-Triples; what is no such fact is shown as it is written.</summary>
    public ShortFact Fact(string written)
    {
        if (_facts.TryGetValue(written, out var known)) return known;
        var fact = Triple(written) is { } triple
            ? new ShortFact(written, Shown(triple.Subject), Shown(triple.Predicate), Shown(triple.Object))
            : new ShortFact(written, new ShortTerm(Bounded(written), written), null, null);
        _facts[written] = fact;
        return fact;
    }

    private void NamePredicates(IEnumerable<string> facts)
    {
        foreach (var fact in facts)
            if (Triple(fact)?.Predicate is Iri predicate) NameOf(predicate.Value);
    }

    private Triple? Triple(string written)
    {
        if (!_triples.TryGetValue(written, out var triple)) _triples[written] = triple = ReadTriple(written);
        return triple;
    }

    private ShortTerm Shown(Term term) => new(Bounded(Shorten(term)), term.ToString()!);

    private string Shorten(Term term) => term switch
    {
        Iri iri => NameOf(iri.Value),
        Literal literal => Shorten(literal),
        TripleTerm { Triple: var triple } => $"({Shorten(triple.Subject)} {Shorten(triple.Predicate)} {Shorten(triple.Object)})",
        _ => term.ToString()!,
    };

    private string Shorten(Literal literal)
    {
        if (literal.Datatype == Xsd.Double || literal.Datatype == Xsd.Float) return Decimal(literal.LexicalForm);
        if (literal.Datatype == Xsd.String || literal.Language is not null) return $"“{literal.LexicalForm}”";
        return PlainDatatypes.Contains(literal.Datatype.Value)
            ? literal.LexicalForm
            : $"“{literal.LexicalForm}” ({NameOf(literal.Datatype.Value)})";
    }

    // 4.73E1 is for machines.
    private static string Decimal(string lexicalForm) =>
        double.TryParse(lexicalForm, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number)
            ? number.ToString(CultureInfo.InvariantCulture)
            : lexicalForm;

    private string NameOf(string iri)
    {
        if (_nameOfIri.TryGetValue(iri, out var known)) return known;
        var names = _labels.TryGetValue(iri, out var label) && label.Length > 0 ? Suffixes(iri).Prepend(label) : Suffixes(iri);
        var name = names.FirstOrDefault(each => !_taken.Contains(each)) ?? $"<{iri}>";
        _taken.Add(name);
        _nameOfIri[iri] = name;
        return name;
    }

    // The local name, then with one part more each, up to all of the IRI. A name without letters would read as a number.
    private static IEnumerable<string> Suffixes(string iri)
    {
        var end = iri.AsSpan().TrimEnd("#/:").Length;
        for (var parts = 0; parts < MaxParts && end > 0; parts++)
        {
            end = iri.AsSpan(0, end).LastIndexOfAny('#', '/', ':');
            var suffix = iri[(end + 1)..].TrimEnd('#', '/', ':');
            if (suffix.AsSpan().ContainsAnyExcept(WithoutLetters)) yield return suffix;
        }

        yield return iri;
    }

    private static Term? Read(string written)
    {
        if (written.Length == 0) return null;
        var isMarkedUp = written[0] is '<' or '"' || written.StartsWith("_:", StringComparison.Ordinal);
        if (isMarkedUp) return ReadTriple($"<urn:s> <urn:p> {written}")?.Object;
        return Uri.TryCreate(written, UriKind.Absolute, out _) && !written.AsSpan().ContainsAny(" \t\r\n<>\"")
            ? new Iri(written)
            : null;
    }

    private static Triple? ReadTriple(string written)
    {
        try
        {
            var document = RdfDocument.Parse(written + " .", RdfFormat.NTriples);
            return document.Triples.Count == 1 ? document.Triples[0] : null;
        }
        catch (RdfSyntaxException)
        {
            // A record that is not as it should be is still to be explained: what cannot be read is shown as it stands.
            return null;
        }
    }

    private static string Bounded(string text)
    {
        if (text.Length <= ReportLimits.ShortForm) return text;
        var length = ReportLimits.ShortForm - 1;
        if (char.IsHighSurrogate(text[length - 1])) length--;
        return text[..length] + "…";
    }
}
