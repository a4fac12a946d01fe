using System.Collections.Immutable;
using System.Globalization;
using Reasoner.Inference;
using Reasoner.Knowledge;
using Reasoner.Rdf;
using Reasoner.Rules;

namespace Reasoner.Cli;

/// <summary>Everything that the user named to reason with, read: one rule set and one graph.</summary>
/// <param name="RuleSet">The rules, those of the ontology's axioms last.</param>
/// <param name="Graph">The data and the ontology; DATA blocks are the rule set's.</param>
/// <param name="TripleCount">How many triples the files hold.</param>
/// <param name="Prefixes">Prefixes that rules and data declare, for people.</param>
internal sealed record InferenceInputs(
    RuleSet RuleSet, KnowledgeGraph Graph, long TripleCount, IReadOnlyDictionary<string, string> Prefixes)
{
    /// <summary>Reads rules, ontologies and data. Warnings go to standard error.</summary>
    /// <exception cref="RuleSetException">The rules have errors.</exception>
    public static InferenceInputs Load(InferenceRequest request, CommandConsole console, CancellationToken cancellation)
    {
        var ruleSet = ReadRules(request.Rules, console, cancellation);
        var graph = new KnowledgeGraph();
        var loader = new RdfFileLoader(graph, console, cancellation);

        // Labels stay as they are where nothing else can have the same: one file, and rules that make no blank nodes.
        var keepsLabels = request.Ontology.Count + request.Data.Count == 1 && ruleSet.Data.IsEmpty && !ruleSet.Rules.Any(rule => rule.IsRunOnce);
        var number = 0;
        string NextScope() => keepsLabels ? "" : string.Create(CultureInfo.InvariantCulture, $"f{++number}_");

        foreach (var file in request.Ontology) loader.Load(file, NextScope());
        var axioms = request.Ontology.Count > 0 ? AssertedTriples(graph) : [];
        foreach (var file in request.Data) loader.Load(file, NextScope());
        if (request.Ontology.Count > 0) ruleSet = WithAxioms(ruleSet, axioms, graph, console, cancellation);

        var prefixes = new Dictionary<string, string>(ruleSet.Prefixes, StringComparer.Ordinal);
        foreach (var (prefix, iri) in loader.Prefixes) prefixes.TryAdd(prefix, iri);
        return new InferenceInputs(ruleSet, graph, loader.TripleCount, prefixes);
    }

    /// <summary>Derives all that follows; the graph receives it.</summary>
    public Materialization Materialize(InferenceRequest request, CommandConsole console, CancellationToken cancellation)
    {
        var program = RuleProgram.Compile(RuleSet, Graph);
        return Work.Do(console, "Inferring", null, _ => Materializer.Materialize(program, Graph, request.Options, cancellation));
    }

    private static RuleSet ReadRules(IReadOnlyList<string> files, CommandConsole console, CancellationToken cancellation)
    {
        var reading = RuleSetReader.ReadFiles(files, cancellation: cancellation);
        ImmutableArray<Diagnostic> diagnostics = reading.HasErrors ? reading.Diagnostics : [.. reading.Diagnostics, .. WellFormedness.Check(reading.RuleSet)];
        if (diagnostics.Any(diagnostic => diagnostic.Severity == Severity.Error)) throw new RuleSetException(diagnostics);
        foreach (var diagnostic in diagnostics) console.Error.WriteLine(diagnostic);
        return reading.RuleSet;
    }

    /// <summary>The facts of a graph with their places.</summary>
    internal static ImmutableArray<PositionedTriple> AssertedTriples(KnowledgeGraph graph)
    {
        var triples = ImmutableArray.CreateBuilder<PositionedTriple>(graph.Count);
        foreach (var relation in graph.OwnRelations)
        {
            for (var row = 0; row < relation.Count; row++)
            {
                var source = graph.SourceOf(relation.OriginOf(row), relation.StampOf(row));
                var triple = graph.ToTriple(new Fact(relation.Subjects[row], relation.Predicate, relation.Objects[row]));
                triples.Add(new PositionedTriple(triple, new SourcePosition(source.Document.Name, source.Place, 0)));
            }
        }

        return triples.MoveToImmutable();
    }

    private static RuleSet WithAxioms(
        RuleSet ruleSet, ImmutableArray<PositionedTriple> axioms, KnowledgeGraph graph, CommandConsole console, CancellationToken cancellation)
    {
        var compilation = OwlRlCompiler.Compile(axioms, SameAs.MayHold(graph, ruleSet), cancellation);
        foreach (var diagnostic in compilation.Diagnostics) console.Error.WriteLine(diagnostic);
        return ruleSet with { Rules = [.. ruleSet.Rules, .. compilation.Rules] };
    }
}
