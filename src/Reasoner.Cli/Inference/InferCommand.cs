using System.CommandLine;
using System.Diagnostics;
using System.Text.Json;
using Reasoner.Knowledge;
using Reasoner.Rdf;

namespace Reasoner.Cli;

/// <summary><c>reasoner infer</c>: writes what follows from data by rules.</summary>
internal sealed class InferCommand : ReasonerCommand
{
    private readonly InferenceOptions _inputs;
    private readonly Option<string?> _out = new("--out") { Description = "Output file; its name tells N-Triples or Turtle (default: N-Triples to standard output)", HelpName = "FILE" };
    private readonly Option<bool> _stats = new("--stats") { Description = "Print times and counts to standard error, as one JSON object" };

    public InferCommand(CommandSurroundings surroundings)
        : base(
            "infer",
            "Materialises: writes the triples that follow from data by rules, sorted; names what contradicts the ontology.",
            surroundings,
            "infer --rules family.srl --data people.ttl",
            "infer --rules a.srl b.srl --data big.nt --ontology schema.ttl --out inferred.nt --stats")
    {
        _inputs = new InferenceOptions(this);
        Options.Add(_out);
        Options.Add(_stats);
    }

    private protected override int Run(ParseResult arguments)
    {
        var request = _inputs.Read(arguments);
        var path = arguments.GetValue(_out);
        var format = FormatOf(path);

        var started = Stopwatch.GetTimestamp();
        var inputs = InferenceInputs.Load(request, Console, Cancellation);
        var parsed = Stopwatch.GetTimestamp();
        var materialization = inputs.Materialize(request, Console, Cancellation);
        var materialized = Stopwatch.GetTimestamp();
        var inferred = OutputFile.Write(path, Console, stream => Write(inputs, format, stream));
        var written = Stopwatch.GetTimestamp();

        var inconsistencies = new InconsistencyReport(materialization);
        inconsistencies.Write(Console.Error, new Notation(inputs.Prefixes), request);
        if (arguments.GetValue(_stats))
        {
            Console.Error.WriteLine(JsonSerializer.Serialize(
                new InferenceStatistics(
                    Milliseconds(started, parsed),
                    Milliseconds(parsed, materialized),
                    Milliseconds(materialized, written),
                    inputs.TripleCount,
                    inferred,
                    inconsistencies.Count,
                    materialization.Rounds,
                    PeakBytes()),
                CliJson.Default.InferenceStatistics));
        }

        return ExitStatus.Done;
    }

    /// <summary>Facts that rules derived, and those of DATA blocks that the data does not have.</summary>
    private static bool IsInferred(int origin) => !KnowledgeGraph.IsGround(origin);

    private long Write(InferenceInputs inputs, RdfFormat format, Stream stream)
    {
        var graph = inputs.Graph;
        if (format == RdfFormat.NTriples)
            return Work.Do(Console, "Writing", null, _ => FactWriter.WriteSorted(graph, IsInferred, stream, Cancellation));

        var triples = new List<Triple>();
        foreach (var relation in graph.OwnRelations)
            for (var row = 0; row < relation.Count; row++)
                if (IsInferred(relation.OriginOf(row)))
                    triples.Add(graph.ToTriple(new Fact(relation.Subjects[row], relation.Predicate, relation.Objects[row])));
        TurtleWriter.Write(triples, stream, inputs.Prefixes.ToDictionary(pair => pair.Key, pair => new Iri(pair.Value)), Cancellation);
        return triples.Count;
    }

    private static RdfFormat FormatOf(string? path)
    {
        if (path is null or "-") return RdfFormat.NTriples;
        if (!RdfFormat.TryFromFileName(path, out var format)) return RdfFormat.NTriples;
        return format == RdfFormat.NTriples || format == RdfFormat.Turtle
            ? format
            : throw new UsageException($"{path} would be {format}; inferred triples are written as N-Triples (.nt) or Turtle (.ttl).");
    }

    private static double Milliseconds(long start, long end) => Math.Round(Stopwatch.GetElapsedTime(start, end).TotalMilliseconds, 1);

    private static long PeakBytes()
    {
        using var process = Process.GetCurrentProcess();
        return process.PeakWorkingSet64;
    }
}

/// <summary>What an inference took.</summary>
/// <param name="ParseMs">Milliseconds to read rules, ontologies and data.</param>
/// <param name="MaterializeMs">Milliseconds to compile the rules and derive what follows.</param>
/// <param name="WriteMs">Milliseconds to sort and write.</param>
/// <param name="InputTriples">Triples read.</param>
/// <param name="InferredTriples">Triples written.</param>
/// <param name="Inconsistencies">Contradictions between axioms and facts.</param>
/// <param name="Rounds">Rounds of evaluation.</param>
/// <param name="PeakBytes">The most memory that the process held.</param>
internal sealed record InferenceStatistics(
    double ParseMs, double MaterializeMs, double WriteMs, long InputTriples, long InferredTriples, int Inconsistencies, int Rounds, long PeakBytes);
