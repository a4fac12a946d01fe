using System.Text;
using Reasoner.Rdf;

namespace Reasoner.Knowledge.Tests.Ingestion;

public class TableReaderTests
{
    private const string People = """
        { "@context": ["http://www.w3.org/ns/csvw", { "@base": "http://t/" }], "url": "people.csv",
          "tableSchema": { "aboutUrl": "http://e/{id}", "primaryKey": "id", "columns": [
            { "name": "id", "suppressOutput": true, "required": true },
            { "name": "name", "titles": ["Full name", "Name"], "lang": "en", "propertyUrl": "schema:name" },
            { "name": "age", "datatype": { "base": "integer", "minimum": 0, "maximum": 150 }, "null": ["", "n/a"], "propertyUrl": "http://e/age" },
            { "name": "tags", "separator": ";", "propertyUrl": "http://e/tag" },
            { "name": "boss", "valueUrl": "http://e/{boss}", "propertyUrl": "http://e/boss" },
            { "name": "class", "virtual": true, "propertyUrl": "rdf:type", "valueUrl": "http://e/Person" } ] } }
        """;

    private const string Header = "id,Name,age,tags,boss\n";

    [Fact]
    public void Rows_say_their_facts()
    {
        var graph = Load(People, Header + "1,\"Ann, \"\"the\"\"\nfirst\",30,a;b;;c,\n2,,n/a,,1\n", out var errors);
        Assert.Empty(errors);
        Assert.Equal(
            """
            <http://e/1> <http://e/age> "30"^^<http://www.w3.org/2001/XMLSchema#integer>
            <http://e/1> <http://e/tag> "a"
            <http://e/1> <http://e/tag> "b"
            <http://e/1> <http://e/tag> "c"
            <http://e/1> <http://schema.org/name> "Ann, \"the\"\nfirst"@en
            <http://e/1> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <http://e/Person>
            <http://e/2> <http://e/boss> <http://e/1>
            <http://e/2> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <http://e/Person>
            """, Lines(graph));
    }

    [Fact]
    public void Each_fact_knows_its_row()
    {
        var graph = Load(People, Header + "1,\"two\nlines\",30,,\n2,,31,,\n", out _);
        var fact = graph.Match(predicate: graph.Terms.Find(new Iri("http://e/age"))).Last();
        Assert.True(graph.TryLocate(fact.Subject, fact.Predicate, fact.Object, out var relation, out var row));
        Assert.Equal("people.csv row 2", graph.SourceOf(relation.OriginOf(row), relation.StampOf(row)).ToString());
    }

    [Theory]
    [InlineData("1,x,old,,", "age", "not a valid integer")]
    [InlineData("1,x,-1,,", "age", "below the minimum 0")]
    [InlineData("1,x,151,,", "age", "above the maximum 150")]
    [InlineData(",x,1,,", "id", "required")]
    [InlineData("1,x", "", "it has 2 cells")]
    [InlineData("1,x,1,,,", "", "it has 6 cells")]
    [InlineData("1,x\"y\",1,,", "", "middle of a cell")]
    [InlineData("1,\"x,1,,", "", "closing quote is missing")]
    public void Rejects_bad_rows_and_keeps_the_others(string bad, string column, string reason)
    {
        // The last case swallows the rest of the table, so the good row stands before.
        var graph = Load(People, Header + "9,good,1,,\n" + bad + "\n", out var errors);
        var error = Assert.Single(errors);
        Assert.Equal((2, column), (error.Row, error.Column));
        Assert.Contains(reason, error.Reason, StringComparison.Ordinal);
        Assert.Equal(3, graph.Count);
    }

    [Fact]
    public void Rejects_a_repeated_primary_key()
    {
        Load(People, Header + "1,a,1,,\n1,b,2,,\n", out var errors);
        Assert.Contains("same primary key", Assert.Single(errors).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Header_must_fit()
    {
        Assert.True(Schema(People).Matches(["id", "Full name", "age", "tags", "boss"]));
        Assert.False(Schema(People).Matches(["id", "name", "age", "tags", "boss"]));
        Assert.False(Schema(People).Matches(["id", "Name", "age", "tags"]));
        var error = Assert.Throws<TableFormatException>(() => Load(People, "id,Nam,age,tags,boss\n", out _));
        Assert.Contains("column 2 is headed 'Nam'", error.Problem, StringComparison.Ordinal);
        Assert.Throws<TableFormatException>(() => Load(People, "", out _));
    }

    [Theory]
    [InlineData("\"decimal\"", "12.50", "\"12.50\"^^<xsd:decimal>")]
    [InlineData("\"number\"", "1e3", "\"1e3\"^^<xsd:double>")]
    [InlineData("{\"base\":\"decimal\",\"format\":{\"decimalChar\":\",\",\"groupChar\":\".\"}}", "1.234,5", "\"1234.5\"^^<xsd:decimal>")]
    [InlineData("{\"base\":\"decimal\",\"format\":\"#,##0.00\"}", "1,234.50", "\"1234.50\"^^<xsd:decimal>")]
    [InlineData("{\"base\":\"decimal\",\"format\":\"#,##0.00\"}", "1234.5", null)]
    [InlineData("{\"base\":\"decimal\",\"format\":\"0.#%\"}", "12.5%", "\"0.125\"^^<xsd:decimal>")]
    [InlineData("{\"base\":\"date\",\"format\":\"dd.MM.yyyy\"}", "31.01.2020", "\"2020-01-31\"^^<xsd:date>")]
    [InlineData("{\"base\":\"date\",\"format\":\"dd.MM.yyyy\"}", "31.02.2020", null)]
    [InlineData("{\"base\":\"datetime\",\"format\":\"yyyy-MM-dd HH:mm:ss.SSS X\"}", "2020-01-31 07:08:09.5 +0130", "\"2020-01-31T07:08:09.5+01:30\"^^<xsd:dateTime>")]
    [InlineData("{\"base\":\"boolean\",\"format\":\"Y|N\"}", "N", "\"false\"^^<xsd:boolean>")]
    [InlineData("{\"base\":\"boolean\",\"format\":\"Y|N\"}", "true", null)]
    [InlineData("\"boolean\"", "1", "\"true\"^^<xsd:boolean>")]
    [InlineData("{\"base\":\"string\",\"format\":\"A[0-9]+\"}", "A12", "\"A12\"")]
    [InlineData("{\"base\":\"string\",\"format\":\"A[0-9]+\"}", "xA12", null)]
    [InlineData("{\"base\":\"string\",\"minLength\":3}", "ab", null)]
    [InlineData("\"unsignedByte\"", "256", null)]
    [InlineData("\"unsignedByte\"", " 255 ", "\"255\"^^<xsd:unsignedByte>")]
    [InlineData("\"gYear\"", "1999", "\"1999\"^^<xsd:gYear>")]
    [InlineData("{\"base\":\"date\",\"minimum\":\"2000-01-01\"}", "1999-12-31", null)]
    public void Reads_cells_by_their_datatype(string datatype, string cell, string? expected)
    {
        var metadata = $$"""
            { "@context": "http://www.w3.org/ns/csvw", "url": "t.csv", "tableSchema": { "columns": [
              { "titles": "c", "propertyUrl": "http://e/c", "aboutUrl": "http://e/s", "datatype": {{datatype}} } ] } }
            """;
        var graph = Load(metadata, $"c\n\"{cell}\"\n", out var errors);
        Assert.Equal(expected is null ? 1 : 0, errors.Count);
        var line = expected is null ? "" : $"<http://e/s> <http://e/c> {expected.Replace("<xsd:", "<http://www.w3.org/2001/XMLSchema#", StringComparison.Ordinal)}";
        Assert.Equal(line, Lines(graph));
    }

    [Fact]
    public void Dialect_and_ordered_lists_and_row_numbers()
    {
        const string metadata = """
            { "@context": "http://www.w3.org/ns/csvw", "url": "t.csv",
              "dialect": { "delimiter": ";", "skipRows": 1, "quoteChar": "'", "commentPrefix": "%", "header": false },
              "tableSchema": { "columns": [
              { "name": "a", "propertyUrl": "http://e/{_name}", "aboutUrl": "http://e/{_row}/{_sourceRow}", "separator": "|", "ordered": true },
              { "name": "b", "propertyUrl": "http://e/{b}", "aboutUrl": "http://e/{#b}", "default": "d" } ] } }
            """;
        var graph = Load(metadata, "a title\n% comment\n'x;1|y';k z\n", out var errors);
        Assert.Empty(errors);
        Assert.Equal(
            """
            <http://e/#k%20z> <http://e/k%20z> "k z"
            <http://e/1/2> <http://e/a> _:people.csv.row1.a.0
            _:people.csv.row1.a.0 <http://www.w3.org/1999/02/22-rdf-syntax-ns#first> "x;1"
            _:people.csv.row1.a.0 <http://www.w3.org/1999/02/22-rdf-syntax-ns#rest> _:people.csv.row1.a.1
            _:people.csv.row1.a.1 <http://www.w3.org/1999/02/22-rdf-syntax-ns#first> "y"
            _:people.csv.row1.a.1 <http://www.w3.org/1999/02/22-rdf-syntax-ns#rest> <http://www.w3.org/1999/02/22-rdf-syntax-ns#nil>
            """, Lines(graph));
    }

    [Theory]
    [InlineData("""{ "url": "t" }""", "is missing; add it")]
    [InlineData("""{ "@context": "http://www.w3.org/ns/csvw", "url": "t" }""", "no \"tableSchema\"")]
    [InlineData("""{ "@context": "http://www.w3.org/ns/csvw", "url": "t", "tableSchema": { "colums": [] } }""", "did you mean columns?")]
    [InlineData("""{ "@context": "http://www.w3.org/ns/csvw", "url": "t", "tableSchema": { "columns": [ { "name": "a" } ] } }""", "is relative")]
    [InlineData("""{ "@context": "http://www.w3.org/ns/csvw", "url": "t", "tableSchema": { "aboutUrl": "http://e/{idd}", "columns": [ { "name": "ids", "propertyUrl": "http://e/p" } ] } }""", "did you mean ids?")]
    [InlineData("""{ "@context": "http://www.w3.org/ns/csvw", "url": "t", "tableSchema": { "columns": [ { "name": "a", "propertyUrl": "http://e/{?a}" } ] } }""", "not a URI template")]
    [InlineData("""{ "@context": "http://www.w3.org/ns/csvw", "url": "t", "tableSchema": { "columns": [ { "name": "a", "propertyUrl": "http://e/a", "datatype": "integr" } ] } }""", "did you mean integer?")]
    [InlineData("""{ "@context": "http://www.w3.org/ns/csvw", "url": "t", "tableSchema": { "columns": [ { "name": "a", "propertyUrl": "http://e/a", "datatype": { "base": "string", "format": "(?=x)" } } ] } }""", "regular expression")]
    [InlineData("""{ "@context": "http://www.w3.org/ns/csvw", "url": "t", "tableSchema": { "columns": [ { "name": "a", "propertyUrl": "http://e/a" }, { "name": "a", "propertyUrl": "http://e/a" } ] } }""", "two columns")]
    public void Metadata_errors_say_where_and_what_to_do(string metadata, string advice)
    {
        var error = Assert.Throws<CaseFormatException>(() => Schema(metadata));
        Assert.Contains(advice, error.Problem, StringComparison.Ordinal);
        Assert.Equal(1, error.Position.Line);
    }

    [Fact]
    public void Wrong_encoding_is_a_clear_error()
    {
        var bytes = Encoding.Latin1.GetBytes(Header + "1,M\u00fcller,1,,\n");
        var error = Assert.Throws<TableFormatException>(() => TableReader.Read(new MemoryStream(bytes), Schema(People), "people.csv").Count());
        Assert.Contains("not in utf-8", error.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_row_may_go_into_an_overlay_of_its_own()
    {
        var domain = new KnowledgeGraph();
        domain.Freeze();
        var rows = TableReader.Read(new MemoryStream(Encoding.UTF8.GetBytes(Header + "1,a,1,,\n2,b,2,,\n")), Schema(People), "people.csv");
        var subjects = new List<Term>();
        foreach (var row in rows)
        {
            var overlay = new KnowledgeGraph(domain);
            subjects.Add(overlay.Terms[row.LoadInto(overlay)]);
            Assert.Equal(3, overlay.Count);
        }

        Assert.Equal([new Iri("http://e/1"), new Iri("http://e/2")], subjects);
    }

    [Fact]
    public void Mutated_tables_never_fail_otherwise()
    {
        var random = new Random(7);
        var seed = Encoding.UTF8.GetBytes(Header + "1,\"Ann, \"\"the\"\"\nfirst\",30,a;b,\n2,,n/a,,1\n3,c,5,,\n");
        var schema = Schema(People);
        var (valid, rejected) = (0, 0);
        for (var round = 0; round < 2000; round++)
        {
            var bytes = seed.ToList();
            for (var edit = random.Next(1, 5); edit > 0; edit--)
            {
                var at = random.Next(Header.Length, bytes.Count);
                if (random.Next(2) == 0) bytes[at] = (byte)"\",\n;ab1é\0"[random.Next(9)];
                else bytes.Insert(at, (byte)"\",\n;"[random.Next(4)]);
            }

            try
            {
                foreach (var row in TableReader.Read(new MemoryStream([.. bytes]), schema, "people.csv"))
                {
                    if (row.IsValid) row.LoadInto(new KnowledgeGraph());
                    if (row.IsValid) valid++;
                    else rejected++;
                }
            }
            catch (TableFormatException)
            {
                rejected++;
            }
        }

        Assert.True(valid > 500 && rejected > 500, $"{valid} valid, {rejected} rejected");
    }

    private static TableSchema Schema(string metadata) => TableSchema.Load(Encoding.UTF8.GetBytes(metadata), "people.csv-metadata.json");

    private static KnowledgeGraph Load(string metadata, string table, out List<RowError> errors)
    {
        var graph = new KnowledgeGraph();
        errors = [];
        foreach (var row in TableReader.Read(new MemoryStream(Encoding.UTF8.GetBytes(table)), Schema(metadata), "people.csv"))
        {
            if (row.IsValid) row.LoadInto(graph);
            errors.AddRange(row.Errors);
        }

        return graph;
    }

    private static string Lines(KnowledgeGraph graph) =>
        string.Join('\n', graph.Triples.Select(t => t.ToString()).Order(StringComparer.Ordinal));
}
