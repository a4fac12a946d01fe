using System.Collections.Immutable;
using System.CommandLine;
using System.Text.Json;
using Reasoner.Decisions;
using Reasoner.Knowledge;
using Reasoner.Rdf;
using Reasoner.Rules;

namespace Reasoner.Cli;

/// <summary><c>reasoner check</c>: everything there is to say about rule files, or a whole domain, before they run.</summary>
internal sealed class CheckCommand : ReasonerCommand
{
    private readonly Argument<string[]> _files = new("DOMAIN|FILE") { Description = "A domain, or rule files (SRL)", Arity = ArgumentArity.OneOrMore };
    private readonly Option<string[]> _ontology = InferenceOptions.Files("--ontology", "Ontology files: terms that they do not declare are reported", required: false);
    private readonly Option<string[]> _data = InferenceOptions.Files("--data", "Data files: rules that nothing in them can make fire are reported, and NOTs that nothing in them can make false", required: false);
    private readonly Option<bool> _strict = new("--strict") { Description = "Count warnings and extensions of SPARQL 1.2 RL as errors" };
    private readonly Option<string> _format = Formats.Option("text", "json");

    public CheckCommand(CommandSurroundings surroundings)
        : base(
            "check",
            "Checks a domain or rule files: syntax, well-formedness, stratification, unused and shadowed rules, unknown terms, protected attributes. Exit status 1: errors.",
            surroundings,
            "check lending",
            "check family.srl",
            "check rules/*.srl --ontology ontology.ttl --strict --format json")
    {
        Arguments.Add(_files);
        foreach (var option in (Option[])[_ontology, _data, _strict, _format]) Options.Add(option);
    }

    private protected override int Run(ParseResult arguments)
    {
        var files = arguments.GetValue(_files)!;
        var isStrict = arguments.GetValue(_strict);
        var (rules, diagnostics) = files is [var only] && !File.Exists(only)
            ? CheckDomain(only, isStrict)
            : Check(files, arguments.GetValue(_ontology) ?? [], arguments.GetValue(_data) ?? [], isStrict);
        if (isStrict)
            diagnostics = [.. diagnostics.Select(diagnostic => diagnostic.Severity == Severity.Warning ? diagnostic with { Severity = Severity.Error } : diagnostic)];

        var (errors, warnings) = (Count(Severity.Error), Count(Severity.Warning));
        if (arguments.GetValue(_format) == "json")
        {
            var result = new CheckResult(rules, errors, warnings, [.. diagnostics.Select(DiagnosticRecord.Of)]);
            Console.Text.WriteLine(JsonSerializer.Serialize(result, ReadableJson.Context.CheckResult));
        }
        else
        {
            foreach (var diagnostic in diagnostics) Console.Error.WriteLine(diagnostic);
            Console.Text.WriteLine(FormattableString.Invariant($"{rules} rules, {errors} errors, {warnings} warnings"));
        }

        if (diagnostics.Any(diagnostic => diagnostic.Code == DiagnosticCodes.UnreadableFile)) return ExitStatus.Unusable;
        return errors > 0 ? ExitStatus.No : ExitStatus.Done;

        int Count(Severity severity) => diagnostics.Count(diagnostic => diagnostic.Severity == severity);
    }

    private (int Rules, ImmutableArray<Diagnostic> Diagnostics) CheckDomain(string name, bool isStrict)
    {
        if (name.EndsWith(".srl", StringComparison.OrdinalIgnoreCase)) return Check([name], [], [], isStrict);
        var report = DomainCheck.Run(new DomainCatalogue().ManifestOf(name), isStrict, Cancellation);
        return (report.Rules, report.Diagnostics);
    }

    private (int Rules, ImmutableArray<Diagnostic> Diagnostics) Check(string[] files, string[] ontology, string[] data, bool isStrict)
    {
        var (ruleSet, syntax) = RuleSetReader.ReadFiles(files, new RuleSetReaderOptions { IsStrict = isStrict }, Cancellation);

        // Behind a syntax error the rest would be about rules that are not there.
        if (syntax.Any(diagnostic => diagnostic.Severity == Severity.Error && diagnostic.Code != DiagnosticCodes.Extension)) return (ruleSet.Rules.Length, syntax);
        var axioms = ontology.SelectMany(file => Read(file)).ToImmutableArray();
        var whole = ontology.Length == 0 ? ruleSet : ruleSet with { Rules = [.. ruleSet.Rules, .. OwlRlCompiler.Compile(axioms, cancellation: Cancellation).Rules] };
        return (ruleSet.Rules.Length,
        [
            .. syntax.Where(diagnostic => diagnostic.Code != DiagnosticCodes.Extension),
            .. syntax.Where(diagnostic => diagnostic.Code == DiagnosticCodes.Extension)
                .Concat(WellFormedness.Check(ruleSet))
                .Concat(Stratification.Create(whole, Cancellation).Diagnostics)
                .Concat(RuleCatalogue.Create(ruleSet).Diagnostics)
                .Concat(RuleSetAnalyzer.Analyze(whole, SurroundingsOf(axioms, data), Cancellation))
                .Distinct()
                .OrderBy(diagnostic => diagnostic.Position).ThenBy(diagnostic => diagnostic.Code, StringComparer.Ordinal),
        ]);
    }

    private RuleSetSurroundings SurroundingsOf(ImmutableArray<PositionedTriple> axioms, string[] data)
    {
        var surroundings = new RuleSetSurroundings
        {
            KnownTerms = axioms.IsEmpty ? null : axioms.Select(axiom => axiom.Triple.Subject).OfType<Iri>().ToHashSet(),
        };
        if (data.Length == 0) return surroundings;

        var facts = axioms.Concat(data.SelectMany(file => Read(file))).Select(fact => fact.Triple).ToList();
        return surroundings with
        {
            DataPredicates = facts.Select(fact => fact.Predicate).OfType<Iri>().ToHashSet(),
            DataClasses = facts.Where(fact => fact.Predicate == RdfVocabulary.Type).Select(fact => fact.Object).OfType<Iri>().ToHashSet(),
        };
    }

    private ImmutableArray<PositionedTriple> Read(string file)
    {
        var graph = new KnowledgeGraph();
        new RdfFileLoader(graph, Console, Cancellation).Load(file, "");
        return InferenceInputs.AssertedTriples(graph);
    }
}

/// <summary>What a check found.</summary>
/// <param name="Rules">How many rules there are.</param>
/// <param name="Errors">How many errors.</param>
/// <param name="Warnings">How many warnings.</param>
/// <param name="Diagnostics">All findings.</param>
internal sealed record CheckResult(int Rules, int Errors, int Warnings, ImmutableArray<DiagnosticRecord> Diagnostics);

/// <summary>A finding.</summary>
/// <param name="File">The file.</param>
/// <param name="Line">The line, from 1; 0 where unknown.</param>
/// <param name="Column">The column, from 1; 0 where unknown.</param>
/// <param name="Severity">error, warning or info.</param>
/// <param name="Code">The code.</param>
/// <param name="Message">What is wrong, and what to do.</param>
internal sealed record DiagnosticRecord(string File, int Line, int Column, string Severity, string Code, string Message)
{
    /// <summary>The record of a diagnostic.</summary>
    public static DiagnosticRecord Of(Diagnostic diagnostic) => new(
        diagnostic.Position.File,
        diagnostic.Position.Line,
        diagnostic.Position.Column,
        diagnostic.Severity.ToString().ToLowerInvariant(),
        diagnostic.Code,
        diagnostic.Message);
}
