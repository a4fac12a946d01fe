using Reasoner.Knowledge;
using Reasoner.Rdf;
using Reasoner.Rules;
using Reasoner.Shapes;

namespace Reasoner.Conformance.Shapes;

/// <summary>
/// The W3C suite of SHACL Core. Reports are compared as graphs: focus node, path, value, source shape, component and severity of
/// each result, without the messages, which the suite leaves open.
/// </summary>
public class ShaclCoreTests
{
    private const string Published = "https://w3c.github.io/data-shapes/data-shapes-test-suite/tests/";
    private const string Manifest = "http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#";
    private const string Test = "http://www.w3.org/ns/shacl-test#";
    private const string Shacl = "http://www.w3.org/ns/shacl#";

    public static TheoryData<string> Names => ConformanceData.Folder is null ? [] : [.. Files(Path.Combine(Root, "core", "manifest.ttl"))];

    private static string Root => Path.Combine(ConformanceData.Folder!, "shacl");

    [SuiteTheory]
    [MemberData(nameof(Names))]
    public void SHACL_Core(string name)
    {
        var file = Path.Combine(Root, name);
        var document = Load(file);
        foreach (var entry in document.Triples.Where(t => t.Predicate == RdfVocabulary.Type && t.Object == new Iri(Test + "Validate")).Select(t => t.Subject))
        {
            var bySubject = document.Triples.ToLookup(t => t.Subject);
            var action = Value(bySubject, entry, Manifest + "action");
            var dataFile = FileOf(Value(bySubject, action, Test + "dataGraph"));
            var shapesFile = FileOf(Value(bySubject, action, Test + "shapesGraph"));
            var data = GraphOf(dataFile, scope: "");
            var shapes = shapesFile == dataFile ? data : GraphOf(shapesFile, scope: "shapes-");
            var diagnostics = new List<Diagnostic>();
            var compiled = ShapeSet.Compile(shapes, data.Terms, diagnostics);
            Assert.Empty(diagnostics);

            var report = new ShapeValidator(compiled).Validate(data);
            var expected = ReportAt(bySubject, Value(bySubject, entry, Manifest + "result"));
            var actual = report.ToTriples().Where(t => t.Predicate != new Iri(Shacl + "resultMessage")).Select(Fixed).ToList();
            Assert.True(GraphIsomorphism.AreIsomorphic(expected, actual), $"expected\n{Text(expected)}\nactual\n{Text(actual)}\n{string.Join('\n', report.Results)}");
        }
    }

    // A suite that is read in part would pass: this is the count that the suite has.
    [SuiteFact]
    public void The_suite_is_whole() => Assert.Equal(98, Files(Path.Combine(Root, "core", "manifest.ttl")).Count);

    private static List<string> Files(string manifest)
    {
        var files = new List<string>();
        var document = Load(manifest);
        foreach (var include in document.Triples.Where(t => t.Predicate == new Iri(Manifest + "include")))
        {
            var file = FileOf(include.Object);
            if (Path.GetFileName(file) == "manifest.ttl") files.AddRange(Files(file));
            else files.Add(Path.GetRelativePath(Root, file).Replace('\\', '/'));
        }

        return files;
    }

    /// <summary>The triples of the expected report: the results and their paths.</summary>
    private static List<Triple> ReportAt(ILookup<Term, Triple> bySubject, Term report)
    {
        string[] kept = ["conforms", "result", "focusNode", "resultPath", "value", "sourceShape", "sourceConstraintComponent", "resultSeverity"];
        var triples = new List<Triple>();
        foreach (var triple in bySubject[report].Where(IsKept))
        {
            triples.Add(Fixed(triple));
            if (triple.Predicate != new Iri(Shacl + "result")) continue;
            foreach (var part in bySubject[triple.Object].Where(IsKept))
            {
                triples.Add(Fixed(part));
                if (part.Predicate == new Iri(Shacl + "resultPath")) AddPath(part.Object);
            }
        }

        return triples;

        bool IsKept(Triple t) => t.Predicate == RdfVocabulary.Type || kept.Any(k => t.Predicate == new Iri(Shacl + k));

        void AddPath(Term node)
        {
            if (node is not BlankNode) return;
            foreach (var part in bySubject[node])
            {
                triples.Add(part);
                AddPath(part.Object);
            }
        }
    }

    /// <summary>Blank nodes of data and shapes have the same labels on both sides, so they are compared by them.</summary>
    private static Triple Fixed(Triple triple) =>
        triple.Object is BlankNode node && ((string[])["focusNode", "value", "sourceShape"]).Any(p => triple.Predicate == new Iri(Shacl + p))
            ? triple with { Object = new Iri("urn:blank:" + node.Label.Replace("shapes-", "", StringComparison.Ordinal)) }
            : triple;

    private static Term Value(ILookup<Term, Triple> bySubject, Term node, string property) =>
        bySubject[node].Single(t => t.Predicate == new Iri(property)).Object;

    private static RdfDocument Load(string file) => RdfDocument.Load(file, new RdfReaderOptions { FileName = file, BaseIri = IriOf(file) });

    private static KnowledgeGraph GraphOf(string file, string scope)
    {
        var graph = new KnowledgeGraph();
        var loader = new GraphLoader(graph, new SourceDocument(SourceKind.File, file), scope);
        TurtleReader.Read<GraphLoader, int>(File.ReadAllBytes(file), ref loader, new RdfReaderOptions { FileName = file, BaseIri = IriOf(file) });
        return graph;
    }

    private static string FileOf(Term iri) => Path.Combine(Root, ((Iri)iri).Value[Published.Length..]);

    private static string IriOf(string file) => Published + Path.GetRelativePath(Root, file).Replace('\\', '/');

    private static string Text(IEnumerable<Triple> triples) => string.Join('\n', triples.Select(t => t.ToString()).Order(StringComparer.Ordinal));
}
