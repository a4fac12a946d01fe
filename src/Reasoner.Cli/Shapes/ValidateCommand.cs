using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Reasoner.Knowledge;
using Reasoner.Rdf;
using Reasoner.Rules;
using Reasoner.Shapes;

namespace Reasoner.Cli;

/// <summary><c>reasoner validate</c>: holds data against SHACL shapes.</summary>
internal sealed class ValidateCommand : ReasonerCommand
{
    private readonly Option<string[]> _shapes = InferenceOptions.Files("--shapes", "Shape files (SHACL; .ttl, .nt, .rdf)", required: true);
    private readonly Option<string[]> _data = InferenceOptions.Files("--data", "Data files (.ttl, .nt, .rdf)", required: true);
    private readonly Option<int> _maxResults = new("--max-results")
    {
        Description = "Collect at most so many results",
        DefaultValueFactory = _ => ValidationOptions.Default.MaxResults,
        HelpName = "N",
    };

    private readonly Option<string> _format = Formats.Option("turtle", "json");
    private readonly Option<string?> _out = new("--out") { Description = "Output file (default: standard output)", HelpName = "FILE" };

    public ValidateCommand(CommandSurroundings surroundings)
        : base(
            "validate",
            "Validates data against SHACL shapes and writes the validation report. Exit status 1: the data does not conform.",
            surroundings,
            "validate --shapes shapes.ttl --data people.ttl",
            "validate --shapes shapes.ttl --data people.ttl more.nt --format json")
    {
        _maxResults.Validators.Add(result =>
        {
            if (result.GetValue(_maxResults) < 1) result.AddError("--max-results must be at least 1.");
        });
        foreach (var option in (Option[])[_shapes, _data, _maxResults, _format, _out]) Options.Add(option);
    }

    private protected override int Run(ParseResult arguments)
    {
        var shapeGraph = Load(arguments.GetValue(_shapes)!, "s", out _);
        var data = Load(arguments.GetValue(_data)!, "f", out var prefixes);
        var diagnostics = new List<Diagnostic>();
        var shapes = ShapeSet.Compile(shapeGraph, data.Terms, diagnostics);
        if (diagnostics.Exists(diagnostic => diagnostic.Severity == Severity.Error)) throw new RuleSetException([.. diagnostics]);
        foreach (var diagnostic in diagnostics) Console.Error.WriteLine(diagnostic);

        data.Freeze();
        var options = ValidationOptions.Default with { MaxResults = arguments.GetValue(_maxResults) };
        var report = Work.Do(Console, "Validating", null, _ => new ShapeValidator(shapes).Validate(data, options, Cancellation));
        OutputFile.Write(arguments.GetValue(_out), Console, stream =>
        {
            if (arguments.GetValue(_format) == "json") JsonSerializer.Serialize(stream, ReportRecord.Of(report), ReadableJson.Context.ReportRecord);
            else TurtleWriter.Write(report.ToTriples(), stream, prefixes, Cancellation);
        });
        if (report.IsTruncated) Console.Error.WriteLine("warning: there are more results than are reported; --max-results raises the limit.");
        return report.Conforms ? ExitStatus.Done : ExitStatus.No;
    }

    private KnowledgeGraph Load(string[] files, string scope, out Dictionary<string, Iri> prefixes)
    {
        var graph = new KnowledgeGraph();
        var loader = new RdfFileLoader(graph, Console, Cancellation);
        for (var i = 0; i < files.Length; i++) loader.Load(files[i], string.Create(CultureInfo.InvariantCulture, $"{scope}{i + 1}_"));
        prefixes = loader.Prefixes.ToDictionary(prefix => prefix.Key, prefix => new Iri(prefix.Value), StringComparer.Ordinal);
        prefixes["sh"] = new Iri("http://www.w3.org/ns/shacl#");
        return graph;
    }
}

/// <summary>A validation report, as JSON.</summary>
/// <param name="Conforms">Whether there are no results.</param>
/// <param name="IsTruncated">Whether there are more than these.</param>
/// <param name="Results">The results.</param>
internal sealed record ReportRecord(bool Conforms, bool IsTruncated, ImmutableArray<ResultRecord> Results)
{
    /// <summary>The record of a report.</summary>
    public static ReportRecord Of(ValidationReport report) => new(
        report.Conforms,
        report.IsTruncated,
        [
            .. report.Results.Select(result => new ResultRecord(
                result.Severity.Value,
                result.FocusNode.ToString()!,
                result.Path,
                result.Value?.ToString(),
                result.Component.Value,
                result.SourceShape.ToString()!,
                result.Message,
                result.ValueSource?.ToString())),
        ]);
}

/// <summary>A validation result; terms are in N-Triples.</summary>
/// <param name="Severity">The severity's IRI.</param>
/// <param name="FocusNode">The node that does not conform.</param>
/// <param name="Path">The path from it to the value.</param>
/// <param name="Value">The value at fault.</param>
/// <param name="Component">The constraint component's IRI.</param>
/// <param name="SourceShape">The shape.</param>
/// <param name="Message">What is wrong.</param>
/// <param name="Source">Where the value stands.</param>
internal sealed record ResultRecord(
    string Severity, string FocusNode, string? Path, string? Value, string Component, string SourceShape, string Message, string? Source);
