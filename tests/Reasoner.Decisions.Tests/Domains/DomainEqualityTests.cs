using Reasoner.Rdf;
using Reasoner.Testing;

namespace Reasoner.Decisions.Tests;

public class DomainEqualityTests
{
    private const string Rules = "RULE c:has-paid { ?visit c:paid true } WHERE { ?visit c:fee ?fee . FILTER(?fee > 0) }";

    [Fact]
    public void Background_data_may_state_that_two_are_the_same()
    {
        using var files = Club(Rules);

        using var domain = files.Load();

        Assert.True(domain.Baseline.Program.RewritesEquality);
        Assert.True(domain.Baseline.Graph.Contains(new Triple(new Iri("urn:club#w"), new Iri("urn:club#paid"), new Literal("true", Xsd.Boolean))));
    }

    [Fact]
    public void Equality_of_everything_and_NOT_have_no_order_of_evaluation()
    {
        using var files = Club(SmallDomain.Rules);

        var problem = Assert.Throws<DomainException>(files.Load);

        Assert.Contains("through a NOT", problem.Message, StringComparison.Ordinal);
    }

    private static SmallDomain Club(string rules) => new SmallDomain()
        .Write("ontologies/club/domain.json", SmallDomain.ManifestWith("\"data\": [\"data.ttl\"]"))
        .Write("ontologies/club/data.ttl", SmallDomain.Prefixes + "c:v c:fee 3 ; owl:sameAs c:w .")
        .Write("rules/club/door.srl", SmallDomain.Prefixes + rules);
}
