using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Reasoner.Constraints.Joint;
using Reasoner.Constraints.Solving;
using Reasoner.Decisions;
using Reasoner.Knowledge;
using Reasoner.Rdf;

namespace Reasoner.Cli;

/// <summary><c>reasoner solve</c>: a joint decision from RDF facts alone.</summary>
internal sealed class SolveCommand : ReasonerCommand
{
    private readonly Argument<string[]> _files = new("FILE") { Description = "RDF files that state slots, candidates and what limits them", Arity = ArgumentArity.OneOrMore };
    private readonly Option<string[]> _why = new("--why") { Description = "A slot whose other answers to explain, by its label or IRI; may be given again", HelpName = "SLOT" };
    private readonly Option<double> _seconds = new("--seconds") { Description = "The longest time of one search", DefaultValueFactory = _ => 10 };
    private readonly Option<string> _format = Formats.Option("text", "json");
    private readonly Option<string?> _out = new("--out") { Description = "Where the result goes; standard output without it", HelpName = "FILE" };

    public SolveCommand(CommandSurroundings surroundings)
        : base("solve", "Decides several slots together from RDF facts alone (rsn:slot, rsn:excludes, rsn:capacity and so on).", surroundings, "solve seats.ttl", "solve seats.ttl --why \"Seat 3\"")
    {
        Arguments.Add(_files);
        foreach (var option in (Option[])[_why, _seconds, _format, _out]) Options.Add(option);
    }

    private protected override int Run(ParseResult arguments)
    {
        if (arguments.GetValue(_seconds) is not (>= 0.1 and <= 3600 and var seconds)) throw new UsageException("--seconds must be from 0.1 to 3600.");
        var graph = new KnowledgeGraph();
        var loader = new RdfFileLoader(graph, Console, Cancellation);
        var files = arguments.GetValue(_files)!;
        for (var i = 0; i < files.Length; i++) loader.Load(files[i], files.Length == 1 ? "" : string.Create(CultureInfo.InvariantCulture, $"f{i}_"));
        var problem = Read(graph, files);
        var record = Work.Do(Console, "Solving", null, _ => SolveAsync(graph, problem, arguments.GetValue(_why) ?? [], seconds).GetAwaiter().GetResult());
        OutputFile.Write(arguments.GetValue(_out), Console, stream =>
        {
            using var writer = new StreamWriter(stream, new System.Text.UTF8Encoding(false), leaveOpen: true) { NewLine = "\n" };
            if (arguments.GetValue(_format) == "json") writer.WriteLine(JsonSerializer.Serialize(record, ReadableJson.Context.SolveRecord));
            else SolveText.Write(record, writer);
        });
        return record.Objective is null ? ExitStatus.No : ExitStatus.Done;
    }

    private JointProblem Read(KnowledgeGraph graph, string[] files)
    {
        try
        {
            return JointProblemReader.Read(graph, new JointReading(), Cancellation);
        }
        catch (JointProblemException problem)
        {
            throw new FileErrorException(string.Join('\n', problem.Problems.Select(each => $"{string.Join(", ", files)}: error: {each}")));
        }
    }

    private async Task<SolveRecord> SolveAsync(KnowledgeGraph graph, JointProblem problem, string[] why, double seconds)
    {
        var names = new GraphNames(graph);
        var words = new JointWords(problem, node => names[node]);
        var asked = why.Select(name => SlotNamed(problem, names, name)).ToList();
        await using var solver = new WorkerCpSolver();
        var joint = new JointSolver(solver, new JointOptions { TimeLimit = TimeSpan.FromSeconds(seconds) });
        var solution = await joint.SolveAsync(problem, Cancellation).ConfigureAwait(false);
        if (!solution.IsThere)
        {
            var conflict = await joint.ConflictAsync(problem, Cancellation).ConfigureAwait(false);
            var relaxations = await joint.RelaxAsync(problem, constraint => JointPriorities.Of(graph, [constraint.About]), Cancellation).ConfigureAwait(false);
            return new SolveRecord(
                "infeasible", null, [], [.. (conflict?.Constraints ?? []).Select(Limit)], [.. relaxations.Select(way => way.Changes.Select(change => words.Change(change, words.Limit(change.Constraint))).ToImmutableArray())], []);
        }

        var explained = ImmutableArray.CreateBuilder<SolvedSlot>();
        foreach (var slot in asked)
        {
            var others = await joint.ExplainAsync(problem, solution, slot, Cancellation).ConfigureAwait(false);
            explained.Add(new SolvedSlot(names.Node(problem.Slots[slot].Node), [.. others.Select(other => new SolvedAlternative(
                Answer(other.Candidate),
                other.Reproach.ToString().ToLowerInvariant(),
                other.Reproach == JointReproach.Costlier ? JointProblem.InUnits(other.Cost) : null,
                [.. other.Constraints.Select(Limit)]))]));
        }

        var bySlot = solution.Chosen.ToLookup(candidate => problem.Candidates[candidate].Slot);
        return new SolveRecord(
            "decided",
            ObjectiveRecord.Of(solution),
            [.. problem.Slots.Select((slot, place) => new SlotAnswer(names.Node(slot.Node), null, null, [.. bySlot[place].Select(Answer)]))],
            [],
            [],
            explained.ToImmutable());

        AnswerReference Answer(int candidate)
        {
            var node = names.Node(words.AnswerOf(candidate));
            return new AnswerReference(node.Iri, node.Label);
        }

        SolvedLimit Limit(int constraint) => new(words.Limit(constraint), [.. problem.Constraints[constraint].Facts.Select(fact => names.SourceOf(fact)).Distinct()]);
    }

    private static int SlotNamed(JointProblem problem, GraphNames names, string name)
    {
        var found = Enumerable.Range(0, problem.Slots.Length).Where(slot => names.Node(problem.Slots[slot].Node) is var node && (node.Iri == name || node.Label == name)).ToList();
        return found.Count == 1
            ? found[0]
            : throw new UsageException(found.Count == 0
                ? $"there is no slot \"{name}\"{NearestName.Advice(name, problem.Slots.Select(slot => names[slot.Node]))}"
                : $"{found.Count} slots are called \"{name}\"; give the IRI of one.");
    }

    /// <summary>What nodes are called by the facts themselves.</summary>
    private sealed class GraphNames(KnowledgeGraph graph)
    {
        private readonly int _label = graph.Terms.Find(CoreVocabulary.Label);

        public string this[int node] => (_label == 0 ? null : CoreVocabulary.ChooseLabel(graph.ObjectsOf(node, _label).Select(id => graph.Terms[id]))) ?? Short(node);

        public NamedNode Node(int node) => new(graph.Terms[node] is Iri iri ? iri.Value : graph.Terms[node].ToString()!, this[node]);

        public string SourceOf(Fact fact) => graph.TryLocate(fact.Subject, fact.Predicate, fact.Object, out var relation, out var row)
            ? graph.SourceOf(relation.OriginOf(row), relation.StampOf(row)).ToString()
            : "";

        private string Short(int node) => graph.Terms[node] is Iri iri ? CoreVocabulary.LocalName(iri.Value) : graph.Terms[node].ToString()!;
    }
}
