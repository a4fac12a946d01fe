using System.Globalization;
using System.IO.Compression;
using Reasoner.Inference;
using Reasoner.Knowledge;
using Reasoner.Rdf;
using Reasoner.Rules;

namespace Reasoner.Conformance.Rules;

/// <summary>
/// The Lehigh University Benchmark: one university under the univ-bench ontology by OWL 2 RL gives the answer counts that the
/// benchmark publishes for its 14 queries. The queries are written as rules, since there is no query language yet.
/// </summary>
public class LubmTests
{
    private const string Queries =
        """
        PREFIX ub: <http://swat.cse.lehigh.edu/onto/univ-bench.owl#>
        PREFIX q: <urn:query:>
        RULE { ?x q:q1 q:answer } WHERE { ?x a ub:GraduateStudent ; ub:takesCourse <http://www.Department0.University0.edu/GraduateCourse0> }
        RULE { ?x q:q2 <<( ?y q:and ?z )>> } WHERE {
          ?x a ub:GraduateStudent . ?y a ub:University . ?z a ub:Department .
          ?x ub:memberOf ?z . ?z ub:subOrganizationOf ?y . ?x ub:undergraduateDegreeFrom ?y }
        RULE { ?x q:q3 q:answer } WHERE { ?x a ub:Publication ; ub:publicationAuthor <http://www.Department0.University0.edu/AssistantProfessor0> }
        RULE { ?x q:q4 q:answer } WHERE {
          ?x a ub:Professor ; ub:worksFor <http://www.Department0.University0.edu> ; ub:name ?n ; ub:emailAddress ?e ; ub:telephone ?t }
        RULE { ?x q:q5 q:answer } WHERE { ?x a ub:Person ; ub:memberOf <http://www.Department0.University0.edu> }
        RULE { ?x q:q6 q:answer } WHERE { ?x a ub:Student }
        RULE { ?x q:q7 ?y } WHERE {
          ?x a ub:Student . ?y a ub:Course . ?x ub:takesCourse ?y . <http://www.Department0.University0.edu/AssociateProfessor0> ub:teacherOf ?y }
        RULE { ?x q:q8 <<( ?y q:and ?z )>> } WHERE {
          ?x a ub:Student . ?y a ub:Department . ?x ub:memberOf ?y . ?y ub:subOrganizationOf <http://www.University0.edu> . ?x ub:emailAddress ?z }
        RULE { ?x q:q9 <<( ?y q:and ?z )>> } WHERE {
          ?x a ub:Student . ?y a ub:Faculty . ?z a ub:Course . ?x ub:advisor ?y . ?y ub:teacherOf ?z . ?x ub:takesCourse ?z }
        RULE { ?x q:q10 q:answer } WHERE { ?x a ub:Student ; ub:takesCourse <http://www.Department0.University0.edu/GraduateCourse0> }
        RULE { ?x q:q11 q:answer } WHERE { ?x a ub:ResearchGroup ; ub:subOrganizationOf <http://www.University0.edu> }
        RULE { ?x q:q12 ?y } WHERE { ?x a ub:Chair . ?y a ub:Department . ?x ub:worksFor ?y . ?y ub:subOrganizationOf <http://www.University0.edu> }
        RULE { ?x q:q13 q:answer } WHERE { ?x a ub:Person . <http://www.University0.edu> ub:hasAlumnus ?x }
        RULE { ?x q:q14 q:answer } WHERE { ?x a ub:UndergraduateStudent }
        """;

    /// <summary>Published by the benchmark for LUBM(1, 0), queries 1 to 14.</summary>
    private static readonly int[] Published = [4, 0, 6, 34, 719, 7790, 67, 7790, 208, 4, 224, 15, 1, 5916];

    private static string Data => Path.Combine(Path.GetDirectoryName(ConformanceData.Folder)!, "data", "lubm");

    [SuiteFact]
    public void Lubm_1_gives_the_published_answer_counts()
    {
        var (result, _) = Materialize();
        var graph = result.Graph;
        var counts = Enumerable.Range(1, Published.Length)
            .Select(query => graph.Terms.Find(new Iri("urn:query:q" + query.ToString(CultureInfo.InvariantCulture))))
            .Select(predicate => graph.OwnRelation(predicate)?.Count ?? 0);
        Assert.Equal(Published, counts);
    }

    [SuiteFact]
    public void Derived_facts_of_lubm_have_proofs_that_the_checker_accepts()
    {
        var (result, rules) = Materialize();
        var names = new RuleNames(rules);
        var builder = new ProofBuilder(result, names);
        var checker = new ProofChecker(names, result.Graph, result.Context);
        var random = new Random(1);
        foreach (var relation in result.Graph.OwnRelations)
        {
            for (var i = 0; i < 20 && relation.Count > 0; i++)
            {
                var row = random.Next(relation.Count);
                var proof = builder.Prove(new Fact(relation.Subjects[row], relation.Predicate, relation.Objects[row]));
                Assert.Null(checker.Check(proof!));
            }
        }
    }

    private static (Materialization Result, RuleSet Rules) Materialize()
    {
        var ontology = RdfDocument.Load(Path.Combine(Data, "univ-bench.nt"));
        var axioms = OwlRlCompiler.Compile(ontology.Triples.Select((triple, i) => new PositionedTriple(triple, new SourcePosition("univ-bench.nt", ontology.Lines[i], 1))));
        var queries = RuleSetReader.Parse(Queries, "queries.srl");
        Assert.Empty(queries.Diagnostics);
        var rules = queries.RuleSet with { Rules = [.. axioms.Rules, .. queries.RuleSet.Rules] };

        var graph = new KnowledgeGraph();
        var loader = new GraphLoader(graph, new SourceDocument(SourceKind.File, "lubm1.nt"));
        using var file = new GZipStream(File.OpenRead(Path.Combine(Data, "lubm1.nt.gz")), CompressionMode.Decompress);
        NTriplesReader.Read<GraphLoader, int>(file, ref loader);
        return (Materializer.Materialize(RuleProgram.Compile(rules, graph), graph), rules);
    }
}
