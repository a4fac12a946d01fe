using Reasoner.Decisions.Counterfactuals;
using Reasoner.Rdf;
using Reasoner.Testing;

namespace Reasoner.Decisions.Tests;

/// <summary>What a manifest may let change, and what it is refused for.</summary>
public class ChangeCatalogueTests
{
    private const string Number = """ "direction": "up", "step": 1, "cost": 1 """;

    [Theory]
    [InlineData("\"path\": \"c:age\",", Number, "RSN0005", "is one of c:age, which is protected")]
    [InlineData("\"path\": \"c:guest/c:age\",", Number, "RSN0005", "c:age, which is protected")]
    [InlineData("\"path\": \"c:age/c:fee\",", Number, "RSN0005", "passes through one of c:age")]
    [InlineData("\"path\": \"c:guest/^c:age/c:fee\",", Number, "RSN0005", "passes through one of c:age")]
    [InlineData("\"path\": \"c:yearsOld\",", Number, "RSN0005", "which states the protected c:age")]
    [InlineData("\"path\": \"c:paid\",", Number, "RSN0304", "for the rules to conclude")]
    [InlineData("\"path\": \"c:fees\",", Number, "RSN0301", "did you mean fee?")]
    [InlineData("\"path\": \"x:fee\",", Number, "RSN0304", "declared prefixes (c, rsn)")]
    [InlineData("\"path\": \"^c:guest\",", Number, "RSN0304", "walked forwards")]
    [InlineData("\"path\": \"c:fee\",", """ "direction": "up", "step": 0, "cost": 1 """, "RSN0304", "a step is above 0")]
    [InlineData("\"path\": \"c:fee\",", """ "direction": "up", "step": 1, "cost": 0 """, "RSN0304", "costs more than 0")]
    [InlineData("\"path\": \"c:fee\",", """ "direction": "up", "step": 1 """, "RSN0304", "give direction, step and cost together")]
    [InlineData("\"path\": \"c:fee\",", """ "direction": "up", "step": 1, "cost": 1, "steps": 0 """, "RSN0304", "steps are from 1 to 1000")]
    [InlineData("\"path\": \"c:fee\",", """ "direction": "up", "step": 1, "cost": 1, "minimum": 5, "maximum": 2 """, "RSN0304", "is above the maximum")]
    [InlineData("\"path\": \"c:fee\",", """ "phrase": "so" """, "RSN0304", "nothing says how")]
    [InlineData("\"path\": \"c:fee\",", Number + ", \"phrase\": \"for {too} and {to}\"", "RSN0304", "no place for {too}")]
    [InlineData("\"path\": \"c:tier\",", """ "cost": 1, "to": [ { "value": "c:Gold", "cost": 1 } ] """, "RSN0304", "as a number and as a category")]
    [InlineData("\"path\": \"c:tier\",", """ "to": [ { "value": "gold", "cost": 1 } ] """, "RSN0304", "\"gold\" is no value")]
    [InlineData("\"path\": \"c:tier\",", """ "to": [ { "value": "c:Gold", "cost": 0 } ] """, "RSN0304", "costs more than 0")]
    [InlineData("\"path\": \"c:tier\",", """ "to": [ { "value": "c:Gold", "cost": 1, "from": ["c:Gold"] } ] """, "RSN0304", "itself is none")]
    [InlineData("\"path\": \"c:fee\",", Number + "}, { \"path\": \"c:fee\", " + Number, "RSN0304", "listed twice")]
    [InlineData("\"path\": \"c:guest\",", """ "to": [ { "value": "c:g", "cost": 1 } ] }, { "path": "c:guest/c:fee", """ + Number, "RSN0304", "passes through it")]
    public void A_manifest_is_refused_with_place_and_advice(string path, string change, string code, string advice)
    {
        using var files = With(path + change);

        var problem = Assert.Throws<DomainException>(files.Load);

        Assert.Contains(problem.Problems, line => line.Contains(code, StringComparison.Ordinal) && line.Contains(advice, StringComparison.Ordinal));
        Assert.Matches(@"domain\.json:1[3-9]:\d+: error", problem.Problems[0]);
        Assert.Contains(DomainCheck.Run(files.Manifest).Diagnostics, diagnostic => diagnostic.Code == code && diagnostic.Position.Line > 12);
    }

    [Theory]
    [InlineData(""" "path": "c:fee", "direction": "sideways", "step": 1, "cost": 1 """)]
    [InlineData(""" "path": "c:fee", "way": "up" """)]
    [InlineData(""" "direction": "up" """)]
    public void What_the_schema_does_not_know_is_refused(string change)
    {
        using var files = With(change);
        Assert.Contains("See ontologies/domain.schema.json", Assert.Throws<DomainException>(files.Load).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Numbers_go_to_multiples_of_the_step_within_bounds_and_stay_what_they_are()
    {
        using var files = With(""" "path": "c:fee", "direction": "both", "step": 10, "minimum": 20, "maximum": 70, "steps": 3, "cost": 2 """);
        using var domain = files.Load();
        var fee = Assert.Single(domain.Changes.Properties);

        Assert.Equal(["40:2", "50:2", "30:4", "60:4", "20:6", "70:6"], Write(fee, Integer("45")));
        Assert.Equal(["40:2", "60:2", "30:4", "70:4", "20:6"], Write(fee, Integer("50")));
        Assert.Equal(["20:2", "30:4", "40:6"], Write(fee, Integer("11")).Where(each => each[0] is '2' or '3' or '4'));
        Assert.All(fee.AlternativesTo(Integer("45")), alternative => Assert.Equal(Integer("1").Datatype, ((Literal)alternative.To).Datatype));
        Assert.Empty(fee.AlternativesTo(null));
        Assert.Empty(fee.AlternativesTo(new Literal("many")));
    }

    [Fact]
    public void A_whole_number_takes_no_fraction()
    {
        using var files = With(""" "path": "c:fee", "direction": "up", "step": 0.5, "steps": 4, "cost": 1 """);
        using var domain = files.Load();
        Assert.Equal(["4:2", "5:4"], Write(domain.Changes.Properties[0], Integer("3")));
        Assert.Equal(["3.5:1", "4:2", "4.5:3", "5:4"], Write(domain.Changes.Properties[0], new Literal("3.0", new Iri("http://www.w3.org/2001/XMLSchema#decimal"))));
    }

    [Theory]
    [InlineData("lending")]
    [InlineData("card-default")]
    public void The_shipped_domains_let_nothing_protected_change(string name)
    {
        using var domain = ShippedDomain.Load(name);
        Assert.NotEmpty(domain.Changes.Properties);
        var unchanging = ProtectedTerms.Of(domain).Select(attribute => attribute.Term).ToHashSet();
        Assert.All(domain.Changes.Properties, property => Assert.DoesNotContain(property.Path.Steps, step => unchanging.Contains(step.Property)));
    }

    private static SmallDomain With(string change)
    {
        var files = new SmallDomain();
        files.Write("ontologies/club/domain.json", SmallDomain.ManifestWith($$"""
            "counterfactuals": { "changes": [
              { {{change}} }
            ] }
            """));
        return files.AddOntology("c:yearsOld a owl:DatatypeProperty ; rdfs:subPropertyOf c:age .");
    }

    private static Literal Integer(string text) => new(text, new Iri("http://www.w3.org/2001/XMLSchema#integer"));

    private static IEnumerable<string> Write(Changeable property, Term from) =>
        property.AlternativesTo(from).Select(alternative => $"{((Literal)alternative.To).LexicalForm}:{alternative.Cost}");
}
