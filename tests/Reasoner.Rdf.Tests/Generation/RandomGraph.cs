using System.Text;

namespace Reasoner.Rdf.Tests.Generation;

/// <summary>Random terms and graphs that reach into every corner of the grammar, from a seed.</summary>
internal sealed class RandomGraph(int seed)
{
    private static readonly string[] Namespaces =
        ["http://example.org/", "http://example.org/ns#", "urn:example:", "https://user@host.example:8080/a/b;c?q=1&r=", "http://ünïcödé.example/é/"];

    private static readonly string[] Datatypes =
        [Xsd.Integer.Value, Xsd.Decimal.Value, Xsd.Double.Value, Xsd.Boolean.Value, Xsd.Date.Value, "http://example.org/datatype"];

    private static readonly string[] NumberLike =
        ["0", "1", "-1", "+1", "007", "1.0", "-.5", ".", "1.", "1.5.", "1e5", "1.e5", ".5E-3", "e5", "+", "", "true", "false", "True", "١", "NaN", "INF"];

    private static readonly string[] Awkward =
        ["", " ", "\"", "'", "\\", "\n", "\r", "\t", "\b", "\f", "\0", "\u007f", "\u0085", "\u00a0", "\u2028", "\ufffe", "\uffff", "\ud7ff", "\ue000",
            "😀", "\U0010FFFF", "é", "e\u0301", "\"\"\"", "'''", "\"\"", "#", "@en", "^^", "_:b", "<a>", "\\u0041", "ab", "word", "long long text"];

    private static readonly string[] Languages = ["en", "de-AT", "zh-Hant-TW", "x-a1", "abcdefgh"];

    private readonly Random _random = new(seed);

    public Random Random => _random;

    public List<Triple> Triples(int count)
    {
        var triples = new List<Triple>();
        for (var i = 0; i < count; i++)
        {
            if (_random.Next(12) == 0) AddList(triples);
            else triples.Add(Triple(depth: 0));
        }

        return triples;
    }

    public Triple Triple(int depth) => new(_random.Next(3) == 0 ? BlankNode() : Iri(), Predicate(), Object(depth));

    private void AddList(List<Triple> triples)
    {
        var length = _random.Next(1, 12);
        var id = _random.Next(1_000_000);
        triples.Add(new Triple(Iri(), Predicate(), new BlankNode($"l{id}.0")));
        for (var i = 0; i < length; i++)
        {
            var node = new BlankNode($"l{id}.{i}");
            triples.Add(new Triple(node, RdfVocabulary.First, Object(depth: 0)));
            Term rest = i == length - 1 ? RdfVocabulary.Nil : new BlankNode($"l{id}.{i + 1}");
            triples.Add(new Triple(node, RdfVocabulary.Rest, rest));
        }
    }

    private Iri Predicate() => _random.Next(6) switch
    {
        0 => RdfVocabulary.Type,
        1 => RdfVocabulary.Rest,
        _ => Iri(),
    };

    private Term Object(int depth) => _random.Next(10) switch
    {
        < 3 => Iri(),
        < 5 => BlankNode(),
        5 when depth < 3 => new TripleTerm(Triple(depth + 1)),
        _ => Literal(),
    };

    private Iri Iri()
    {
        if (_random.Next(20) == 0) return RdfVocabulary.Nil;
        var space = Namespaces[_random.Next(Namespaces.Length)];
        string[] locals = ["", "a", "b", "c", "a.b", ".a", "a.", "-a", "a-b", "1", "a:b", "a/b", "%41", "é", "\u00b7x", "x\u00b7", "_", "a(b)", "😀", "../x", "~", "a'b", "true", "a"];
        return new Iri(space + locals[_random.Next(locals.Length)]);
    }

    private BlankNode BlankNode()
    {
        string[] labels = ["a", "b", "c", "g0", "gg0", "g1", "gé", "0", "_x", "a.b", "é", "x-1"];
        return new BlankNode(labels[_random.Next(labels.Length)]);
    }

    private Literal Literal() => _random.Next(5) switch
    {
        0 => new Literal(Text()),
        1 => new Literal(Text(), Languages[_random.Next(Languages.Length)], (BaseDirection)_random.Next(3)),
        2 => new Literal(Text(), new Iri(Datatypes[_random.Next(Datatypes.Length)])),
        _ => new Literal(NumberLike[_random.Next(NumberLike.Length)], new Iri(Datatypes[_random.Next(Datatypes.Length)])),
    };

    private string Text()
    {
        var text = new StringBuilder();
        for (var parts = _random.Next(6); parts > 0; parts--) text.Append(Awkward[_random.Next(Awkward.Length)]);
        return text.ToString();
    }
}
