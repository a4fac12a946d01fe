using System.Globalization;
using System.Text;
using Reasoner.Constraints.Joint;
using Reasoner.Knowledge;
using Reasoner.Rdf;

namespace Reasoner.Constraints.Tests.Joint;

/// <summary>Joint problems for tests: from Turtle, or random from a seed.</summary>
internal static class Problems
{
    private const string Prefixes = "@prefix rsn: <urn:reasoner:ns#> . @prefix : <urn:x:> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .\n";

    public static KnowledgeGraph Graph(string turtle)
    {
        var graph = new KnowledgeGraph();
        var loader = new GraphLoader(graph, new SourceDocument(SourceKind.File, "test.ttl"));
        TurtleReader.Read<GraphLoader, int>(Encoding.UTF8.GetBytes(Prefixes + turtle), ref loader, new RdfReaderOptions { FileName = "test.ttl" });
        return graph;
    }

    public static JointProblem Read(string turtle, JointReading? reading = null) => JointProblemReader.Read(Graph(turtle), reading ?? new());

    public static IReadOnlyList<string> Mistakes(string turtle) => Assert.Throws<JointProblemException>(() => Read(turtle)).Problems;

    /// <summary>Up to four slots of up to three candidates with everything that can limit them.</summary>
    public static string Random(int seed)
    {
        var random = new Random(seed);
        var turtle = new StringBuilder();
        var candidates = new List<string>();
        for (var slot = 0; slot < random.Next(2, 5); slot++)
        {
            turtle.Append(CultureInfo.InvariantCulture, $":s{slot} a rsn:Slot .\n");
            if (random.Next(4) == 0) turtle.Append(CultureInfo.InvariantCulture, $":s{slot} rsn:atLeast 0 ; rsn:atMost {random.Next(1, 3)} .\n");
            for (var answer = 0; answer < random.Next(1, 4); answer++)
            {
                var candidate = $":c{slot}_{answer}";
                candidates.Add(candidate);
                turtle.Append(CultureInfo.InvariantCulture, $"{candidate} rsn:slot :s{slot} ; rsn:answer :a{answer} ; rsn:prefers {random.Next(-3, 4)} .\n");
                if (random.Next(6) == 0) turtle.Append(CultureInfo.InvariantCulture, $"{candidate} rsn:violates :v{random.Next(2)} .\n");
                if (random.Next(3) == 0) turtle.Append(CultureInfo.InvariantCulture, $"{candidate} rsn:score {random.Next(1, 100) / 100.0:0.00} .\n");
                turtle.Append(CultureInfo.InvariantCulture, $"{candidate} rsn:consumes [ rsn:resource :r{random.Next(2)} ; rsn:amount {random.Next(0, 4)} ] .\n");
            }
        }

        string Any() => candidates[random.Next(candidates.Count)];
        for (var i = 0; i < random.Next(4); i++)
            if ((Any(), Any()) is var (one, other) && one != other) turtle.Append(CultureInfo.InvariantCulture, $"{one} rsn:excludes {other} .\n");
        for (var i = 0; i < random.Next(3); i++)
            if ((Any(), Any()) is var (one, other) && one != other) turtle.Append(CultureInfo.InvariantCulture, $"{one} rsn:requires {other} .\n");
        turtle.Append(CultureInfo.InvariantCulture, $":r0 rsn:capacity {random.Next(0, 6)} . :r1 rsn:demand {random.Next(0, 5)} .\n");
        return turtle.ToString();
    }

    /// <summary>All choices of a small problem.</summary>
    public static IEnumerable<List<int>> Choices(JointProblem problem) => Enumerable.Range(0, 1 << problem.Candidates.Length)
        .Select(mask => Enumerable.Range(0, problem.Candidates.Length).Where(candidate => (mask >> candidate & 1) == 1).ToList());

    /// <summary>A problem with some of the constraints alone, and the slots' own numbers.</summary>
    public static JointProblem With(JointProblem problem, IEnumerable<int> constraints)
    {
        var kept = constraints.ToHashSet();
        return problem with
        {
            Constraints = [.. problem.Constraints.Where((constraint, i) => kept.Contains(i) || (constraint.Kind == JointConstraintKind.Slot && constraint.Facts.IsEmpty))],
        };
    }

    public static bool IsFeasible(JointProblem problem) => Choices(problem).Any(choice => !problem.Broken(choice).Any());
}
