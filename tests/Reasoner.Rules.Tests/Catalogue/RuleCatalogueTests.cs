using Reasoner.Rdf;

namespace Reasoner.Rules.Tests;

public class RuleCatalogueTests
{
    private const string Text = Read.Prefix + """
        PREFIX rsn: <urn:reasoner:ns#> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> PREFIX dcterms: <http://purl.org/dc/terms/>
        DATA { :r rdfs:label "Obergrenze"@de, "Ceiling"@en ; rsn:code "R03" ; rsn:status rsn:Active ;
                 rsn:because "{dti} is above {ceiling}" ; dcterms:source <http://law/1>, "handbook, p. 3" }
        RULE :r { ?x :p 1 } WHERE { ?x :dti ?dti ; :ceiling ?ceiling FILTER(?dti > ?ceiling) }
        RULE :plain { ?x :p 2 } WHERE { ?x :q 2 }
        """;

    [Fact]
    public void A_rule_is_documented_by_the_data_about_its_name()
    {
        var (catalogue, diagnostics) = RuleCatalogue.Create(Read.RuleSet(Text));
        Assert.Empty(diagnostics);
        var entry = catalogue.Find(new Iri("http://example/r"))!;
        Assert.Equal("Ceiling", entry.Label);
        Assert.Equal("R03", entry.Code);
        Assert.Equal(new Iri("urn:reasoner:ns#Active"), entry.Status);
        Assert.Equal(["<http://law/1>", "\"handbook, p. 3\""], entry.Sources.Select(source => source.ToString()));
        Assert.Equal(["dti", "ceiling"], entry.Because!.Placeholders);
        Assert.Equal(2, catalogue.Entries.Count);
        Assert.Null(catalogue.Find(new Iri("http://example/plain"))!.Because);
        Assert.Null(catalogue.Find(new Iri("http://example/none")));
    }

    [Theory]
    [InlineData("Debt-to-income {dti} is above {ceiling}", "Debt-to-income 0.5 is above {ceiling}")]
    [InlineData("{dti}{dti}", "0.50.5")]
    [InlineData("{{dti}} is {dti}}}", "{dti} is 0.5}")]
    [InlineData("", "")]
    public void A_template_is_filled_with_values(string text, string filled)
    {
        Assert.True(BecauseTemplate.TryParse(text, out var template, out _));
        Assert.Equal(filled, template!.Render(name => name == "dti" ? "0.5" : null));
    }

    [Theory]
    [InlineData("open {brace")]
    [InlineData("closed brace}")]
    [InlineData("{}")]
    [InlineData("{?dti}")]
    [InlineData("{two words}")]
    public void A_malformed_template_says_what_is_wrong(string text)
    {
        Assert.False(BecauseTemplate.TryParse(text, out var template, out var problem));
        Assert.Null(template);
        Assert.NotEmpty(problem!);
    }
}
