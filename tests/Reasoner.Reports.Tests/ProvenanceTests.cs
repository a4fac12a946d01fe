using System.Text;
using System.Text.Json;
using Reasoner.Rdf;

namespace Reasoner.Reports.Tests;

/// <summary>Provenance in Turtle and JSON-LD: both hold the same graph, and it leads from the answer to the facts.</summary>
public class ProvenanceTests
{
    private const string Prov = "http://www.w3.org/ns/prov#";

    public static TheoryData<string> Names => Cases.Names;

    [Theory, MemberData(nameof(Names))]
    public void Turtle_and_json_ld_hold_the_same_graph(string name)
    {
        var turtle = Triples(name).Select(triple => triple.ToString()).Order(StringComparer.Ordinal);
        using var json = JsonDocument.Parse(Cases.Write(Cases.Record(name), ReportFormat.JsonLd));
        var prefixes = json.RootElement.GetProperty("@context").EnumerateObject().ToDictionary(entry => entry.Name, entry => entry.Value.GetString()!);
        var read = new List<Triple>();
        foreach (var node in json.RootElement.GetProperty("@graph").EnumerateArray())
        {
            var subject = new Iri(node.GetProperty("@id").GetString()!);
            foreach (var property in node.EnumerateObject().Where(property => property.Name != "@id"))
            {
                foreach (var value in property.Value.EnumerateArray())
                    read.Add(new Triple(subject, property.Name == "@type" ? RdfVocabulary.Type : Expand(property.Name), property.Name == "@type" ? Expand(value.GetString()!) : Term(value)));
            }
        }

        Assert.Equal(turtle, read.Select(triple => triple.ToString()).Order(StringComparer.Ordinal));

        Iri Expand(string name) => name.Split(':', 2) is [var prefix, var local] && prefixes.TryGetValue(prefix, out var space) ? new Iri(space + local) : new Iri(name);

        Term Term(JsonElement value) => value.TryGetProperty("@id", out var id)
            ? id.GetString()!.StartsWith("_:", StringComparison.Ordinal) ? new BlankNode(id.GetString()![2..]) : new Iri(id.GetString()!)
            : new Literal(value.GetProperty("@value").GetString()!, value.TryGetProperty("@type", out var type) ? Expand(type.GetString()!) : null);
    }

    [Fact]
    public void Every_reason_leads_down_to_facts_with_a_source()
    {
        var triples = Triples("declined");
        var premises = triples.Where(triple => triple.Predicate == new Iri(Prov + "wasDerivedFrom")).ToLookup(triple => triple.Subject, triple => triple.Object);
        var sources = triples.Where(triple => triple.Predicate == new Iri(Prov + "atLocation")).Select(triple => triple.Subject).ToHashSet();
        var candidates = triples.Where(triple => triple.Predicate == new Iri("urn:reasoner:ns#violates")).Select(triple => triple.Subject).Distinct().ToList();
        Assert.NotEmpty(candidates);
        foreach (var candidate in candidates)
        {
            var leaves = Leaves(candidate).ToList();
            Assert.NotEmpty(leaves);
            Assert.All(leaves, leaf => Assert.Contains(leaf, sources));
        }

        IEnumerable<Term> Leaves(Term node) => premises.Contains(node) ? premises[node].SelectMany(Leaves) : [node];
    }

    [Fact]
    public void What_is_no_iri_never_becomes_part_of_one()
    {
        var iris = Triples("hostile").SelectMany(triple => new[] { triple.Subject, triple.Predicate, triple.Object }).OfType<Iri>().ToList();
        Assert.NotEmpty(iris);
        Assert.All(iris, iri => Assert.False(iri.Value.AsSpan().ContainsAny("<>\"{}|^`\\ \n"), iri.Value));
    }

    private static IReadOnlyList<Triple> Triples(string name) =>
        RdfDocument.Parse(Encoding.UTF8.GetBytes(Cases.Write(Cases.Record(name), ReportFormat.Turtle)), RdfFormat.Turtle, new RdfReaderOptions { FileName = name + ".ttl" }).Triples;
}
