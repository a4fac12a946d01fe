using System.Text;
using System.Text.Json;
using Reasoner.Knowledge;
using Reasoner.Rdf;
using Reasoner.Rules;

namespace Reasoner.Shapes.Tests;

public class ShapeValidatorTests
{
    private const string Prefixes = """
        @prefix : <http://e/> . @prefix sh: <http://www.w3.org/ns/shacl#> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
        @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . @prefix owl: <http://www.w3.org/2002/07/owl#> .

        """;

    /// <summary>Each constraint with a value that meets it and one that does not.</summary>
    [Theory]
    [InlineData("sh:minCount 2", ":a , :b", ":a", "MinCount")]
    [InlineData("sh:maxCount 1", ":a", ":a , :b", "MaxCount")]
    [InlineData("sh:datatype xsd:integer", "5", "\"5\"", "Datatype")]
    [InlineData("sh:datatype xsd:integer", "5", "\"x\"^^xsd:integer", "Datatype")]
    [InlineData("sh:datatype xsd:byte", "\"127\"^^xsd:byte", "\"128\"^^xsd:byte", "Datatype")]
    [InlineData("sh:class :Top", ":ofSub", ":a", "Class")]
    [InlineData("sh:nodeKind sh:IRI", ":a", "\"a\"", "NodeKind")]
    [InlineData("sh:nodeKind sh:BlankNodeOrLiteral", "[]", ":a", "NodeKind")]
    [InlineData("sh:in ( :a 5 )", "5", "6", "In")]
    [InlineData("sh:hasValue :a", ":a , :b", ":b", "HasValue")]
    [InlineData("sh:minInclusive 5", "5.0", "4.9", "MinInclusive")]
    [InlineData("sh:minExclusive 5", "6", "5", "MinExclusive")]
    [InlineData("sh:maxInclusive 5", "5", "\"x\"", "MaxInclusive")]
    [InlineData("sh:maxExclusive \"2020-01-01\"^^xsd:date", "\"2019-12-31\"^^xsd:date", "\"2020-01-01\"^^xsd:date", "MaxExclusive")]
    [InlineData("sh:minLength 3", "\"abc\"", "\"ab\"", "MinLength")]
    [InlineData("sh:maxLength 1", "\"\U0001F600\"", "[]", "MaxLength")]
    [InlineData("sh:pattern \"^A[0-9]$\"", "\"A1\"", "\"a1\"", "Pattern")]
    [InlineData("sh:pattern \"^A[0-9]$\" ; sh:flags \"i\"", "\"a1\"", "\"b1\"", "Pattern")]
    [InlineData("sh:languageIn ( \"en\" )", "\"x\"@en-gb", "\"x\"@eng", "LanguageIn")]
    [InlineData("sh:uniqueLang true", "\"x\"@en , \"x\"@de", "\"x\"@en , \"y\"@en", "UniqueLang")]
    [InlineData("sh:equals :other", "10", "10 , 11", "Equals")]
    [InlineData("sh:disjoint :other", "11", "10", "Disjoint")]
    [InlineData("sh:lessThan :other", "9", "10", "LessThan")]
    [InlineData("sh:lessThanOrEquals :other", "10", "11", "LessThanOrEquals")]
    [InlineData("sh:not [ sh:datatype xsd:integer ]", "\"x\"", "5", "Not")]
    [InlineData("sh:and ( [ sh:minInclusive 1 ] [ sh:maxInclusive 3 ] )", "2", "4", "And")]
    [InlineData("sh:or ( [ sh:hasValue 1 ] [ sh:hasValue 2 ] )", "2", "3", "Or")]
    [InlineData("sh:xone ( [ sh:minInclusive 1 ] [ sh:minInclusive 3 ] )", "2", "4", "Xone")]
    [InlineData("sh:node [ sh:property [ sh:path :q ; sh:minCount 1 ] ]", ":withQ", ":a", "Node")]
    [InlineData("sh:qualifiedValueShape [ sh:minInclusive 5 ] ; sh:qualifiedMinCount 1", "4 , 5", "4", "QualifiedMinCount")]
    [InlineData("sh:qualifiedValueShape [ sh:minInclusive 5 ] ; sh:qualifiedMaxCount 1", "4 , 5", "5 , 6", "QualifiedMaxCount")]
    public void Constraint_tells_good_from_bad(string constraint, string good, string bad, string component)
    {
        var shapes = $":S sh:targetNode :x ; sh:property [ sh:path :p ; {constraint} ] .";
        const string data = ":x :other 10 . :ofSub a :Sub . :Sub rdfs:subClassOf :Mid . :Mid rdfs:subClassOf :Top . :withQ :q 1 . ";
        Assert.True(Validate(shapes, data + $":x :p {good} .").Conforms);
        var result = Assert.Single(Validate(shapes, data + $":x :p {bad} .").Results);
        Assert.Equal(new Iri($"http://www.w3.org/ns/shacl#{component}ConstraintComponent"), result.Component);
        Assert.Equal("<http://e/p>", result.Path);
        Assert.Equal(new Iri("http://e/x"), result.FocusNode);
    }

    [Theory]
    [InlineData(":p", ":y")]
    [InlineData("[ sh:inversePath :back ]", ":v")]
    [InlineData("( :p :q )", ":z")]
    [InlineData("[ sh:alternativePath ( :p :r ) ]", ":y :w")]
    [InlineData("[ sh:zeroOrMorePath :p ]", ":x :y :y2")]
    [InlineData("[ sh:oneOrMorePath :loop ]", ":x :l")]
    [InlineData("[ sh:zeroOrOnePath :r ]", ":x :w")]
    [InlineData("[ sh:inversePath ( :back2 :back ) ]", ":u")]
    public void Paths_reach_their_nodes(string path, string reached)
    {
        const string data = ":x :p :y . :y :q :z ; :p :y2 . :x :r :w . :v :back :x . :u :back2 :v . :x :loop :l . :l :loop :x .";
        var report = Validate($":S sh:targetNode :x ; sh:property [ sh:path {path} ; sh:nodeKind sh:Literal ] .", data);
        var expected = reached.Split(' ').Select(name => $"<http://e/{name[1..]}>").Order(StringComparer.Ordinal);
        Assert.Equal(expected, report.Results.Select(r => r.Value!.ToString()!).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("sh:targetClass :Top", ":ofSub")]
    [InlineData("sh:targetSubjectsOf :q", ":withQ")]
    [InlineData("sh:targetObjectsOf :q", ":o")]
    [InlineData("sh:targetNode :n", ":n")]
    [InlineData("a sh:NodeShape , rdfs:Class", ":ofShape")]
    [InlineData("a sh:NodeShape , owl:Class", ":ofShape")]
    public void Targets_find_their_nodes(string target, string node)
    {
        const string data = ":ofSub a :Sub . :Sub rdfs:subClassOf :Top . :withQ :q :o . :ofShape a :S .";
        var shapes = $":S {target} ; sh:nodeKind sh:Literal .";
        foreach (var scope in Enum.GetValues<ValidationScope>())
        {
            // A target node that no fact mentions is only validated with the whole graph.
            var mentioned = data + " :n :p 1 .";
            var focus = Assert.Single(Validate(shapes, mentioned, scope).Results).FocusNode;
            Assert.Equal($"<http://e/{node[1..]}>", focus.ToString());
        }
    }

    [Fact]
    public void Own_facts_scope_validates_the_case_and_not_the_domain()
    {
        var (domain, shapes) = Compile(
            ":S sh:targetClass :Loan ; sh:property [ sh:path :amount ; sh:minCount 1 ; sh:datatype xsd:integer ] .",
            ":old a :Loan . :Mortgage rdfs:subClassOf :Loan .");
        domain.Freeze();
        var validator = new ShapeValidator(shapes);
        Assert.Equal("<http://e/old>", Assert.Single(validator.Validate(domain).Results).FocusNode.ToString());

        var overlay = new KnowledgeGraph(domain);
        Load(overlay, ":new a :Mortgage .\n:new :amount \"much\" .", "request");
        var result = Assert.Single(validator.Validate(overlay, new ValidationOptions { Scope = ValidationScope.OwnFacts }).Results);
        Assert.Equal("<http://e/new>", result.FocusNode.ToString());
        Assert.Equal("request:4", result.ValueSource.ToString());
        Assert.Equal("shapes.ttl:3", result.ShapeSource.ToString());
        Assert.Equal(2, validator.Validate(overlay).Results.Count);
    }

    [Fact]
    public void A_case_that_changes_the_classes_changes_them_for_itself_alone()
    {
        var (domain, shapes) = Compile(
            ":S sh:targetClass :Loan ; sh:property [ sh:path :amount ; sh:minCount 1 ] . :T sh:targetSubjectsOf :lender ; sh:property [ sh:path :lender ; sh:class :Firm ] .",
            ":Mortgage rdfs:subClassOf :Loan . :Bank rdfs:subClassOf :Firm . :b a :Bank .");
        domain.Freeze();
        var validator = new ShapeValidator(shapes);
        const string plain = ":m a :Mortgage ; :lender :b .\n:r a :Rent ; :lender :b .";
        Assert.Equal(["<http://e/m>"], FailuresOf(plain, null));
        Assert.Equal(["<http://e/m>", "<http://e/r>"], FailuresOf(plain + " :Rent rdfs:subClassOf :Mortgage .", null));
        Assert.Equal(["<http://e/m>", "<http://e/m>", "<http://e/r>"], FailuresOf(plain, "Bank"));
        Assert.Equal(["<http://e/m>"], FailuresOf(plain, null));

        IEnumerable<string> FailuresOf(string text, string? without)
        {
            var overlay = new KnowledgeGraph(domain);
            Load(overlay, text, "request");
            if (without is not null) overlay.Retract(new Triple(new Iri($"http://e/{without}"), ShaclVocabulary.SubClassOf, new Iri("http://e/Firm")));
            return validator.Validate(overlay, new ValidationOptions { Scope = ValidationScope.OwnFacts }).Results
                .Select(result => result.FocusNode.ToString()!).Order(StringComparer.Ordinal);
        }
    }

    [Theory]
    [InlineData("xsd:string", "\"a\"", true)]
    [InlineData("xsd:string", "\"a\"@en", false)]
    [InlineData("<http://www.w3.org/1999/02/22-rdf-syntax-ns#langString>", "\"a\"@en", true)]
    [InlineData("<http://www.w3.org/1999/02/22-rdf-syntax-ns#langString>", "\"a\"", false)]
    [InlineData("xsd:integer", "\"a\"@en", false)]
    [InlineData("xsd:integer", ":a", false)]
    [InlineData("xsd:integer", "\"one\"^^xsd:integer", false)]
    [InlineData(":own", "\"one\"^^:own", true)]
    public void Datatype_is_that_of_the_literal(string datatype, string value, bool conforms) =>
        Assert.Equal(conforms, Validate($":S sh:targetNode :x ; sh:property [ sh:path :p ; sh:datatype {datatype} ] .", $":x :p {value} .").Conforms);

    /// <summary>On a graph without a base both scopes see every fact, so they must find the same.</summary>
    [Fact]
    public void Scopes_agree_where_all_facts_are_own()
    {
        var random = new Random(11);
        const string shapes = ":S sh:targetClass :A ; sh:property [ sh:path :p ; sh:maxCount 1 ] . :T sh:targetSubjectsOf :q ; sh:property [ sh:path [ sh:inversePath :p ] ; sh:class :B ] . :U sh:targetObjectsOf :p ; sh:class :A .";
        var failures = 0;
        for (var round = 0; round < 200; round++)
        {
            var data = new StringBuilder(":B rdfs:subClassOf :A . ");
            for (var i = random.Next(1, 20); i > 0; i--)
                data.Append(random.Next(3) == 0 ? $":n{random.Next(5)} a :{"AB"[random.Next(2)]} . " : $":n{random.Next(5)} :{"pq"[random.Next(2)]} :n{random.Next(5)} . ");
            var whole = Validate(shapes, data.ToString()).Results.Select(r => r.ToString()).Order(StringComparer.Ordinal).ToList();
            var own = Validate(shapes, data.ToString(), ValidationScope.OwnFacts).Results.Select(r => r.ToString()).Order(StringComparer.Ordinal);
            Assert.Equal(whole, own);
            failures += whole.Count;
        }

        Assert.True(failures > 200, $"{failures} failures");
    }

    [Fact]
    public void Closed_shape_names_the_property()
    {
        var report = Validate(":S sh:targetNode :x ; sh:closed true ; sh:ignoredProperties ( :q ) ; sh:property [ sh:path :p ] .", ":x :p 1 ; :q 2 ; :typo 3 .");
        Assert.Equal("<http://e/typo>", Assert.Single(report.Results).Path);
    }

    [Fact]
    public void Severity_message_and_deactivation_count()
    {
        var warning = Validate(":S sh:targetNode :x ; sh:severity sh:Warning ; sh:message \"too bad\" ; sh:class :C .", ":x :p 1 .");
        Assert.False(warning.Conforms);
        Assert.True(warning.HasNoViolation);
        Assert.Equal("too bad", warning.Results[0].Message);
        Assert.True(Validate(":S sh:targetNode :x ; sh:deactivated true ; sh:class :C .", ":x :p 1 .").Conforms);
    }

    [Fact]
    public void Report_stops_at_the_limit_and_says_so()
    {
        var (data, shapes) = Compile(":S sh:targetObjectsOf :p ; sh:nodeKind sh:IRI .", ":x :p 1 , 2 , 3 .");
        var report = new ShapeValidator(shapes).Validate(data, new ValidationOptions { MaxResults = 2 });
        Assert.Equal(2, report.Results.Count);
        Assert.True(report.IsTruncated);
    }

    [Fact]
    public void Report_is_written_as_json()
    {
        var report = Validate(":S sh:targetNode :x ; sh:property [ sh:path :p ; sh:maxInclusive 3 ] .", ":x :p 5 .");
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream)) report.WriteJson(writer);
        var json = JsonDocument.Parse(stream.ToArray()).RootElement;
        Assert.False(json.GetProperty("conforms").GetBoolean());
        var result = json.GetProperty("results")[0];
        Assert.Equal("<http://e/p>", result.GetProperty("path").GetString());
        Assert.Equal("data.ttl:3", result.GetProperty("valueSource").GetString());
    }

    [Theory]
    [InlineData(":S sh:targetNode :x ; sh:node :S .", "SHC0001", "refers to itself")]
    [InlineData(":S sh:targetNode :x ; sh:property [ sh:path :p ; sh:node :T ] . :T sh:not :S .", "SHC0001", "refers to itself")]
    [InlineData(":S sh:targetNode :x ; sh:nodeKind :Iri .", "SHC0003", "not a node kind")]
    [InlineData(":S a sh:PropertyShape ; sh:targetNode :x ; sh:minCount 1 .", "SHC0003", "exactly one sh:path")]
    [InlineData(":S sh:targetNode :x ; sh:property [ sh:path :p ; sh:minCount \"one\" ] .", "SHC0003", "integer, 0 or more")]
    [InlineData(":S sh:targetNode :x ; sh:property [ sh:path [ sh:inverse :p ] ] .", "SHC0003", "not a path")]
    [InlineData(":S sh:targetNode :x ; sh:pattern \"(?=a)\" .", "SHC0003", "look-around")]
    [InlineData(":S sh:targetNode :x ; sh:in :notAList .", "SHC0003", "RDF list")]
    public void Ill_formed_shapes_are_diagnosed(string shapes, string code, string message)
    {
        var graph = new KnowledgeGraph();
        Load(graph, shapes, "shapes.ttl");
        var diagnostics = new List<Diagnostic>();
        ShapeSet.Compile(graph, graph.Terms, diagnostics);
        var diagnostic = Assert.Single(diagnostics);
        Assert.Equal(code, diagnostic.Code);
        Assert.Contains(message, diagnostic.Message, StringComparison.Ordinal);
        Assert.Equal("shapes.ttl", diagnostic.Position.File);
        Assert.Equal(3, diagnostic.Position.Line);
    }

    [Fact]
    public void Graph_with_other_terms_is_refused()
    {
        var (_, shapes) = Compile(":S sh:targetNode :x .", "");
        Assert.Throws<ArgumentException>(() => new ShapeValidator(shapes).Validate(new KnowledgeGraph()));
    }

    private static ValidationReport Validate(string shapes, string data, ValidationScope scope = ValidationScope.WholeGraph)
    {
        var (graph, compiled) = Compile(shapes, data);
        return new ShapeValidator(compiled).Validate(graph, new ValidationOptions { Scope = scope });
    }

    private static (KnowledgeGraph Data, ShapeSet Shapes) Compile(string shapes, string data)
    {
        var shapesGraph = new KnowledgeGraph();
        Load(shapesGraph, shapes, "shapes.ttl");
        var graph = new KnowledgeGraph();
        Load(graph, data, "data.ttl");
        var diagnostics = new List<Diagnostic>();
        var compiled = ShapeSet.Compile(shapesGraph, graph.Terms, diagnostics);
        Assert.Empty(diagnostics);
        return (graph, compiled);
    }

    private static void Load(KnowledgeGraph graph, string turtle, string name)
    {
        var loader = new GraphLoader(graph, new SourceDocument(SourceKind.File, name), name);
        TurtleReader.Read<GraphLoader, int>(Encoding.UTF8.GetBytes(Prefixes + turtle), ref loader, new RdfReaderOptions { FileName = name });
    }
}
