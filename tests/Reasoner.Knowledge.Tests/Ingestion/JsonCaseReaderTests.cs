using System.Text;
using Reasoner.Rdf;

namespace Reasoner.Knowledge.Tests.Ingestion;

public class JsonCaseReaderTests
{
    private static readonly SourceDocument s_request = new(SourceKind.Request, "request");
    private static readonly string s_cases = Path.Combine(AppContext.BaseDirectory, "Ingestion", "cases", "json");

    public static TheoryData<string> Cases =>
        [.. Directory.GetFiles(s_cases, "*.json").Select(file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Gives_the_expected_triples(string name)
    {
        var graph = Read(File.ReadAllText(Path.Combine(s_cases, name + ".json")), JsonLdContext.Empty, out _);
        var expected = File.ReadAllLines(Path.Combine(s_cases, name + ".nt")).Order(StringComparer.Ordinal);
        Assert.Equal(expected, Lines(graph));
    }

    [Fact]
    public void Order_of_members_does_not_matter()
    {
        const string context = """{"@context": {"@vocab": "http://e/", "T": {"@id": "http://e/T", "@context": {"p": "http://scoped/p"}}}}""";
        var loaded = Load(context);
        var first = Read("""{"p": 1, "q": {"r": 2}, "@type": "T", "@id": "http://e/x"}""", loaded, out _);
        var second = Read("""{"@id": "http://e/x", "@type": "T", "q": {"r": 2}, "p": 1}""", loaded, out _);
        Assert.Equal(Lines(first), Lines(second));
        Assert.Contains(Lines(first), line => line.Contains("<http://scoped/p>", StringComparison.Ordinal));
    }

    [Fact]
    public void Each_fact_knows_its_line()
    {
        var graph = Read("{\n \"@id\": \"http://e/s\",\n \"a\": 1,\n \"b\": [\n  2,\n  {\"c\":\n 3}\n ]}", Load("""{"@context": {"@vocab": "http://e/"}}"""), out _);
        Assert.Equal(3, LineOf(graph, "http://e/a", "1"));
        Assert.Equal(5, LineOf(graph, "http://e/b", "2"));
        Assert.Equal(7, LineOf(graph, "http://e/c", "3"));
    }

    [Fact]
    public void Root_takes_the_default_subject_only_where_it_has_no_name()
    {
        var context = Load("""{"@context": {"@vocab": "http://e/"}}""");
        var options = new JsonCaseOptions { Subject = new Iri("urn:case:1") };
        var graph = Read("""{"a": {"b": 1}}""", context, out var unnamed, options);
        Assert.Equal(new Iri("urn:case:1"), graph.Terms[Assert.Single(unnamed.Roots)]);
        graph = Read("""{"@id": "urn:own", "a": 1}""", context, out var named, options);
        Assert.Equal(new Iri("urn:own"), graph.Terms[Assert.Single(named.Roots)]);
    }

    [Fact]
    public void Overlay_reuses_the_base_graphs_terms()
    {
        var domain = new KnowledgeGraph();
        var predicate = domain.Terms.Add(new Iri("http://e/a"));
        domain.Freeze();
        var overlay = new KnowledgeGraph(domain);
        JsonCaseReader.Read("""{"a": 1}"""u8.ToArray(), Load("""{"@context": {"@vocab": "http://e/"}}"""), overlay, s_request);
        Assert.Equal(predicate, Assert.Single(overlay.OwnRelations).Predicate);
    }

    [Fact]
    public void Strict_reading_names_every_unknown_property_and_the_nearest_term()
    {
        var context = Load("""{"@context": {"income": "http://e/income", "debt": "http://e/debt"}}""");
        var error = Assert.Throws<CaseFormatException>(() => Read("{\n  \"incme\": 1,\n  \"debt\": 2, \"zzz\": 3\n}", context, out _));
        Assert.Equal(2, error.Diagnostics.Count);
        Assert.Equal(new SourcePosition("request", 2, 3), error.Position);
        Assert.Equal("/incme", error.Pointer);
        Assert.Contains("did you mean income?", error.Problem, StringComparison.Ordinal);
        Assert.Equal(new SourcePosition("request", 3, 14), error.Diagnostics[1].Position);
    }

    [Fact]
    public void Lenient_reading_leaves_out_what_it_reports()
    {
        var context = Load("""{"@context": {"income": "http://e/income"}}""");
        var graph = Read("""{"incme": {"income": 5}, "income": 1}""", context, out var result, new JsonCaseOptions { IsStrict = false });
        Assert.Equal("/incme", Assert.Single(result.Diagnostics).Pointer);
        Assert.Equal(1, graph.Count);
    }

    [Theory]
    [InlineData("", 1, 1, "there is nothing here")]
    [InlineData("{\n \"a\": }", 2, 7, "not well-formed JSON")]
    [InlineData("5", 1, 1, "a case is a JSON object")]
    [InlineData("{\"p\": 1,\n \"p\": 2}", 2, 2, "stands twice")]
    [InlineData("{\"@context\": \"https://schema.org\"}", 1, 14, "remote contexts are refused")]
    [InlineData("{\"@context\": {\"@import\": \"x\"}}", 1, 26, "would have to be fetched")]
    [InlineData("{\"@id\": 5}", 1, 9, "@id is an IRI")]
    [InlineData("{\"@id\": \"http://e/a b\"}", 1, 9, "is not an IRI")]
    [InlineData("{\"@id\": \"relative\"}", 1, 9, "is not an IRI")]
    [InlineData("{\"@type\": 5}", 1, 11, "@type is a class")]
    [InlineData("{\"p\": {\"@value\": {}}}", 1, 18, "@value is a string")]
    [InlineData("{\"p\": {\"@value\": \"x\", \"@language\": \"en\", \"@type\": \"http://e/t\"}}", 1, 51, "not both")]
    [InlineData("{\"p\": {\"@value\": \"x\", \"q\": 1}}", 1, 23, "cannot stand beside @value")]
    [InlineData("{\"p\": {\"@value\": \"x\", \"@language\": \"e n\"}}", 1, 36, "language tag")]
    [InlineData("{\"p\": \"\\ud800\"}", 1, 7, "surrogate")]
    [InlineData("{\"@reverse\": {\"p\": \"x\"}}", 1, 20, "reverse property")]
    [InlineData("{\"@id\": \"http://e/g\", \"@graph\": []}", 1, 23, "a case is one graph")]
    [InlineData("{\"@context\": {\"a\": \"b\", \"b\": \"a\"}}", 1, 15, "goes round in a circle")]
    [InlineData("{\"@context\": {\"a\": {\"@id\": \"http://e/a\", \"@container\": \"@graph\"}}}", 1, 56, "a container is")]
    [InlineData("{\"@context\": {\"a\": {\"@id\": \"http://e/a\", \"@type\": \"@json\"}}}", 1, 51, "not supported")]
    [InlineData("{\"p\": 1e999}", 1, 7, "beyond the range")]
    [InlineData("{\"_:p\": 1}", 1, 2, "blank node")]
    public void Refuses_with_position_and_advice(string json, int line, int column, string advice)
    {
        var context = Load("""{"@context": {"p": "http://e/p", "q": "http://e/q"}}""");
        var error = Assert.Throws<CaseFormatException>(() => Read(json, context, out _));
        Assert.Contains(advice, error.Message, StringComparison.Ordinal);
        Assert.Equal(new SourcePosition("request", line, column), error.Position);
    }

    [Fact]
    public void Holds_the_limits()
    {
        var context = Load("""{"@context": {"@vocab": "http://e/"}}""");
        var deep = string.Concat(Enumerable.Repeat("{\"a\":", 65)) + "1" + new string('}', 65);
        Assert.Contains("more than 64 deep", Assert.Throws<CaseFormatException>(() => Read(deep, context, out _)).Message, StringComparison.Ordinal);
        Assert.Contains("at most 10 bytes", Assert.Throws<CaseFormatException>(
            () => Read("""{"a": "long enough"}""", context, out _, new JsonCaseOptions { MaxBytes = 10 })).Message, StringComparison.Ordinal);
        Assert.Contains("at most 2 nodes", Assert.Throws<CaseFormatException>(
            () => Read("""{"a": [{}, {}]}""", context, out _, new JsonCaseOptions { MaxNodes = 2 })).Message, StringComparison.Ordinal);
        Assert.Contains("at most 1 contexts", Assert.Throws<CaseFormatException>(
            () => Read("""{"@context": {}, "a": {"@context": {}}}""", context, out _, new JsonCaseOptions { MaxInlineContexts = 1 })).Message, StringComparison.Ordinal);
        var chain = string.Join(",", Enumerable.Range(0, 100).Select(i => $"\"t{i}\": \"t{i + 1}\""));
        Assert.Contains("more than 64 other terms", Assert.Throws<CaseFormatException>(
            () => Read($"{{\"@context\": {{{chain}}}}}", context, out _)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Stops_when_cancelled()
    {
        using var source = new CancellationTokenSource();
        source.Cancel();
        Assert.Throws<OperationCanceledException>(
            () => JsonCaseReader.Read("{}"u8.ToArray(), JsonLdContext.Empty, new KnowledgeGraph(), s_request, null, source.Token));
    }

    [Fact]
    public void Protected_terms_stay()
    {
        var context = Load("""{"@context": {"@protected": true, "income": "http://e/income"}}""");
        var error = Assert.Throws<CaseFormatException>(() => Read("""{"@context": {"income": "http://evil/"}, "income": 1}""", context, out _));
        Assert.Contains("protected", error.Message, StringComparison.Ordinal);
        Assert.Throws<CaseFormatException>(() => Read("""{"@context": null}""", context, out _));
        Assert.Equal(1, Read("""{"@context": {"income": "http://e/income"}, "income": 1}""", context, out _).Count);
    }

    [Fact]
    public void Context_with_an_error_in_a_scoped_context_does_not_load()
    {
        var error = Assert.Throws<CaseFormatException>(() => Load("""{"@context": {"a": {"@id": "http://e/a", "@context": {"b": 5}}}}"""));
        Assert.Equal("/@context/a/@context/b", error.Pointer);
    }

    /// <summary>Whatever bytes arrive, the answer is a case or a CaseFormatException.</summary>
    [Fact]
    public void Mutated_cases_never_fail_otherwise()
    {
        var random = new Random(20260801);
        var seeds = Directory.GetFiles(s_cases, "*.json").Order(StringComparer.Ordinal).Select(File.ReadAllBytes).ToArray();
        var (read, refused) = (0, 0);
        for (var round = 0; round < 20_000; round++)
        {
            var mutated = Mutate([.. seeds[random.Next(seeds.Length)]], random);
            try
            {
                JsonCaseReader.Read(mutated, JsonLdContext.Empty, new KnowledgeGraph(), s_request, new JsonCaseOptions { IsStrict = round % 2 == 0 });
                read++;
            }
            catch (CaseFormatException error)
            {
                Assert.NotEmpty(error.Problem);
                refused++;
            }
        }

        Assert.True(read > 1000, $"{read} were read");
        Assert.True(refused > 1000, $"{refused} were refused");
    }

    private static byte[] Mutate(List<byte> bytes, Random random)
    {
        string[] pieces = ["{", "}", "[", "]", ",", ":", "\"", "null", "true", "1", "1e5", "\"@id\"", "\"@type\"", "\"@value\"", "\"@list\"", "\"@context\"", "\"_:\"", "\"\"", "\\u0000", "{\"@id\":\"http://e/\"}"];
        for (var edit = random.Next(1, 4); edit > 0; edit--)
        {
            var at = random.Next(bytes.Count);
            switch (random.Next(4))
            {
                case 0: bytes[at] = (byte)random.Next(256); break;
                case 1: bytes.RemoveRange(at, Math.Min(random.Next(1, 12), bytes.Count - at)); break;
                case 2: bytes.InsertRange(at, Encoding.UTF8.GetBytes(pieces[random.Next(pieces.Length)])); break;
                default: bytes.InsertRange(random.Next(bytes.Count), bytes.GetRange(at, Math.Min(random.Next(20), bytes.Count - at))); break;
            }

            if (bytes.Count == 0) break;
        }

        return [.. bytes];
    }

    private static JsonLdContext Load(string json) => JsonLdContext.Load(Encoding.UTF8.GetBytes(json), "context.jsonld");

    private static KnowledgeGraph Read(string json, JsonLdContext context, out JsonCase result, JsonCaseOptions? options = null)
    {
        var graph = new KnowledgeGraph();
        result = JsonCaseReader.Read(Encoding.UTF8.GetBytes(json), context, graph, s_request, options);
        return graph;
    }

    private static IEnumerable<string> Lines(KnowledgeGraph graph) => graph.Triples.Select(t => t.ToString()).Order(StringComparer.Ordinal);

    private static int LineOf(KnowledgeGraph graph, string predicate, string lexicalForm)
    {
        var p = graph.Terms.Find(new Iri(predicate));
        var fact = graph.Match(predicate: p).Single(f => graph.Terms[f.Object] is Literal l && l.LexicalForm == lexicalForm);
        Assert.True(graph.TryLocate(fact.Subject, p, fact.Object, out var relation, out var row));
        return graph.SourceOf(relation.OriginOf(row), relation.StampOf(row)).Place;
    }
}
