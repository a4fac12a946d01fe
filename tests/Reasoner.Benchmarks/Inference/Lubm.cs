using System.Collections.Immutable;
using System.IO.Compression;
using Reasoner.Knowledge;
using Reasoner.Rdf;
using Reasoner.Rules;

namespace Reasoner.Benchmarks;

/// <summary>
/// LUBM(1, seed 0): one university of the Lehigh University Benchmark with its ontology, whose axioms are rules (OWL 2 RL).
/// </summary>
internal static class Lubm
{
    private static readonly string _folder = Path.GetFullPath(Path.Combine(Repository.Root, "..", "shared", "data", "lubm"));

    /// <summary>Whether the data set stands beside the repository.</summary>
    public static bool IsHere => File.Exists(Path.Combine(_folder, "lubm1.nt.gz"));

    /// <summary>Writes data and ontology, and for other programs the same facts with the rules that the ontology compiles to.</summary>
    public static void WriteTask(string path)
    {
        if (!IsHere) return;
        using (var packed = new GZipStream(File.OpenRead(Path.Combine(_folder, "lubm1.nt.gz")), CompressionMode.Decompress))
        using (var unpacked = File.Create(path + ".nt")) packed.CopyTo(unpacked);
        File.Copy(Path.Combine(_folder, "univ-bench.nt"), path + ".ontology.nt", overwrite: true);
        File.WriteAllText(path + ".srl", "");
        var graph = Load(path, out var rules);
        InferenceTask.WriteMeta(path, graph.Count);
        PeerRules.Write(path, graph, rules);
    }

    /// <summary>Loads the ontology and data that <see cref="WriteTask"/> wrote.</summary>
    public static KnowledgeGraph Load(string path, out ImmutableArray<Rule> rules)
    {
        var graph = new KnowledgeGraph();
        GraphReading.Load(graph, path + ".ontology.nt", "o");
        rules = OwlRlCompiler.Compile(graph.Triples.Select(triple => new PositionedTriple(triple, new SourcePosition("univ-bench.nt", 0, 0)))).Rules;
        GraphReading.Load(graph, path + ".nt", "d");
        return graph;
    }
}
