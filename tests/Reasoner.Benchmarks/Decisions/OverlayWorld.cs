using Reasoner.Inference;
using Reasoner.Knowledge;
using Reasoner.Rdf;
using Reasoner.Rules;

namespace Reasoner.Benchmarks;

/// <summary>A base of people in departments, and a case that adds one person and takes something back by negation.</summary>
internal sealed class OverlayWorld
{
    private const string Rules = """
        PREFIX : <urn:benchmark:>
        RULE { ?x :memberOf ?u } WHERE { ?x :worksFor ?d . ?d :partOf ?u }
        RULE { ?x :colleague ?y } WHERE { ?x :mentor ?y . ?x :worksFor ?d . ?y :worksFor ?d }
        RULE { ?d :staffed true } WHERE { ?x :worksFor ?d . NOT { ?d :closed true } }
        RULE { ?x :idle true } WHERE { ?x :worksFor ?d . NOT { ?d :staffed true } }
        """;

    private static readonly FactSource Source = new(new SourceDocument(SourceKind.File, "people.nt"), 1);
    private readonly Materialization _baseline;

    private OverlayWorld(Materialization baseline) => _baseline = baseline;

    public static OverlayWorld Make(int facts)
    {
        var random = new Random(1);
        var graph = new KnowledgeGraph();
        var people = facts / 2;
        for (var person = 0; person < people; person++)
        {
            graph.Assert(Triple($"p{person}", "worksFor", $"d{person / 20}"), Source);
            graph.Assert(Triple($"p{person}", "mentor", $"p{random.Next(people)}"), Source);
        }

        for (var department = 0; department <= people / 20; department++) graph.Assert(Triple($"d{department}", "partOf", "u"), Source);
        var ruleSet = RuleSetReader.Parse(Rules, "people.srl").RuleSet;
        var baseline = Materializer.Materialize(RuleProgram.Compile(ruleSet, graph), graph);
        graph.Freeze();
        return new OverlayWorld(baseline);
    }

    public void Extend()
    {
        var overlay = new KnowledgeGraph(_baseline.Graph);
        overlay.Assert(Triple("new", "worksFor", "d7"), Source);
        overlay.Assert(Triple("new", "mentor", "p145"), Source);
        overlay.Assert(Triple("new", "mentor", "p1"), Source);
        overlay.Assert(Triple("p2", "mentor", "new"), Source);
        overlay.Assert(Triple("p3", "mentor", "p4"), Source);
        overlay.Assert(new Triple(Iri("d3"), Iri("closed"), new Literal("true", new Iri("http://www.w3.org/2001/XMLSchema#boolean"))), Source);
        Materializer.Extend(_baseline, overlay);
    }

    private static Triple Triple(string subject, string predicate, string @object) => new(Iri(subject), Iri(predicate), Iri(@object));

    private static Iri Iri(string name) => new("urn:benchmark:" + name);
}
