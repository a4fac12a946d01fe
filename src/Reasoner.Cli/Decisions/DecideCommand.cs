using System.CommandLine;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Reasoner.Decisions;
using Reasoner.Decisions.Counterfactuals;
using Reasoner.Knowledge;
using Reasoner.Rdf;
using Reasoner.Reports;

namespace Reasoner.Cli;

/// <summary><c>reasoner decide</c>: one decision, or many.</summary>
internal sealed class DecideCommand : ReasonerCommand
{
    private readonly Argument<string> _domain = DomainInput.Argument();
    private readonly Option<string?> _case = new("--case") { Description = "The case: JSON or Turtle; - is standard input. Without it the domain's sample case", HelpName = "FILE|-" };
    private readonly Option<string> _explain = Choice("--explain", "How much is explained", "full", "none", "summary", "full");
    private readonly Option<string> _effort = Choice("--effort", "How much is spent: experts and rounds", "medium", "low", "medium", "high");
    private readonly Option<string> _format = Formats.Option("text", "json", "html", "md");
    private readonly Option<string?> _out = new("--out") { Description = "Where the result goes; standard output without it", HelpName = "FILE" };
    private readonly Option<string[]> _why = new("--why") { Description = "Where several slots are decided together: one to explain in full, by its label or IRI; may be given again", HelpName = "SLOT" };
    private readonly Option<string?> _batch = new("--batch") { Description = "Many cases: one JSON case a line (.ndjson), or a table of the domain (.csv)", HelpName = "FILE" };
    private readonly Option<int> _workers = new("--workers") { Description = "Cases of a batch decided at a time", DefaultValueFactory = _ => Environment.ProcessorCount };
    private readonly Option<string?> _want = new("--want") { Description = "Another answer: what would have to change for it, at the least cost", HelpName = "ANSWER" };
    private readonly Option<int> _alternatives = new("--alternatives") { Description = "How many ways to the other answer to look for, 1 to 20", DefaultValueFactory = _ => CounterfactualOptions.Default.Max };
    private readonly Option<bool> _noVerify = new("--no-verify") { Description = "Do not check the records of a batch with the independent checker" };
    private readonly Option<bool> _resume = new("--resume") { Description = "Go on with a batch that was interrupted, after the lines that its --out file has" };

    public DecideCommand(CommandSurroundings surroundings)
        : base(
            "decide",
            "Decides a case of a domain, with reasons and proofs.",
            surroundings,
            "decide lending",
            "decide lending --case application.json --format json --out d.json",
            "decide lending --case application.json --want Approve",
            "decide lending --batch applications.csv --out decisions.ndjson")
    {
        Arguments.Add(_domain);
        foreach (var option in (Option[])[_case, _explain, _effort, _why, _format, _out, _want, _alternatives, _batch, _workers, _noVerify, _resume]) Options.Add(option);
    }

    private protected override int Run(ParseResult arguments)
    {
        var options = new DecisionOptions
        {
            Explanation = Enum.Parse<Explanation>(arguments.GetValue(_explain)!, ignoreCase: true),
            Effort = Enum.Parse<Effort>(arguments.GetValue(_effort)!, ignoreCase: true),
            Why = [.. arguments.GetValue(_why) ?? []],
        };
        using var domain = DomainInput.Load(arguments.GetValue(_domain)!, Console, Cancellation);
        return arguments.GetValue(_batch) is { } batch
            ? DecideBatch(domain, batch, arguments, options)
            : DecideOne(domain, arguments, options);
    }

    private static Option<string> Choice(string name, string description, string standard, params string[] choices)
    {
        var option = new Option<string>(name) { Description = description, DefaultValueFactory = _ => standard, HelpName = string.Join('|', choices) };
        option.AcceptOnlyFromAmong(choices);
        return option;
    }

    private int DecideOne(Domain domain, ParseResult arguments, DecisionOptions options)
    {
        var want = arguments.GetValue(_want) is { } name ? AnswerName.Find(domain, name) : null;
        var most = arguments.GetValue(_alternatives);
        if (most is < 1 or > CounterfactualOptions.MostAlternatives) throw new UsageException($"--alternatives must be from 1 to {CounterfactualOptions.MostAlternatives}.");
        if (want is null && arguments.GetResult(_alternatives) is { Implicit: false }) throw new UsageException("--alternatives says how many ways to look for; name the answer with --want.");
        var pipeline = new DecisionPipeline(domain);
        var record = Decide(pipeline, arguments.GetValue(_case), options);
        if (want is not null)
            record = new CounterfactualSearch(pipeline).Explain(record, want, new CounterfactualOptions { Max = most, Explanation = options.Explanation }, Cancellation);
        OutputFile.Write(arguments.GetValue(_out), Console, stream => Write(record, domain, arguments.GetValue(_format)!, stream));
        return ExitStatus.Done;
    }

    private void Write(DecisionRecord record, Domain domain, string format, Stream stream)
    {
        if (format is "html" or "md")
        {
            ReportFormat.TryFromName(format, out var report);
            ExplanationReport.Write(record, report!, stream, Cancellation);
            return;
        }

        using var writer = new StreamWriter(stream, new UTF8Encoding(false), leaveOpen: true) { NewLine = "\n" };
        if (format == "json") writer.WriteLine(JsonSerializer.Serialize(record, DecisionJson.Indented.DecisionRecord));
        else new DecisionText(new Notation(domain.Manifest.Prefixes), writer).Write(record);
    }

    private DecisionRecord Decide(DecisionPipeline pipeline, string? path, DecisionOptions options)
    {
        var domain = pipeline.Domain;
        path ??= domain.SampleCase ?? throw new UsageException($"The domain {domain.Name} has no sample case; give one with --case.");
        var name = path == "-" ? "standard input" : path;
        try
        {
            return pipeline.Decide(ReadCase(domain, path), options, Cancellation);
        }
        catch (CaseFormatException problem)
        {
            // The record says "request", as over HTTP; whoever must mend the file wants its name.
            throw new FileErrorException(string.Join('\n', problem.Diagnostics.Count > 0
                ? problem.Diagnostics.Select(each => $"{each.Position with { File = name }}: error: {each.Message}")
                : [$"{problem.Position with { File = name }}: error: {problem.Problem}"]));
        }
        catch (RdfSyntaxException problem)
        {
            throw new FileErrorException($"{problem.Position with { File = name }}: error: {problem.Problem}");
        }
    }

    private CaseInput ReadCase(Domain domain, string path)
    {
        var limit = domain.Manifest.Limits.CaseBytes;
        using var stream = path == "-" ? Console.Input : InputFile.Open(path);
        var bytes = new MemoryStream();
        var buffer = new byte[81920];
        int read;
        while ((read = stream.Read(buffer)) > 0)
        {
            bytes.Write(buffer, 0, read);
            if (bytes.Length > limit) throw new CaseTooLargeException(stream.CanSeek ? stream.Length : bytes.Length, limit);
        }

        return path.EndsWith(".ttl", StringComparison.OrdinalIgnoreCase) ? CaseInput.OfTurtle(bytes.ToArray()) : CaseInput.OfJson(bytes.ToArray());
    }

    private int DecideBatch(Domain domain, string path, ParseResult arguments, DecisionOptions options)
    {
        if (arguments.GetValue(_case) is not null) throw new UsageException("--case and --batch exclude each other.");
        if (arguments.GetValue(_want) is not null) throw new UsageException("--want asks about one case; leave out --batch.");
        if (arguments.GetValue(_workers) is < 1 or > 256) throw new UsageException("--workers must be from 1 to 256.");
        using (InputFile.Open(path))
        {
            // Whether it can be read is said before anything is written.
        }

        var pipeline = new DecisionPipeline(domain);
        var verifies = !arguments.GetValue(_noVerify) && options.Explanation == Explanation.Full;
        var decider = new BatchDecider(pipeline, verifies ? new DecisionVerifier(domain) : null, options, arguments.GetValue(_workers));
        var items = BatchFile.Read(domain, path, Cancellation);
        var summary = arguments.GetValue(_out) is { } output
            ? WriteToFile(decider, items, output, arguments.GetValue(_resume))
            : decider.Run(items, Console.Text.WriteLine, null, Cancellation);
        Console.Text.Flush();
        BatchText.Write(summary, Console.Error);
        return summary.Rejected > 0 || summary.Refused > 0 ? ExitStatus.No : ExitStatus.Done;
    }

    private BatchSummary WriteToFile(BatchDecider decider, IEnumerable<BatchItem> items, string output, bool resumes)
    {
        // Lines appear as they are decided: an interrupted batch keeps what it has and goes on after it.
        var done = resumes ? BatchFile.KeepWholeLines(output) : 0;
        using var writer = BatchFile.Open(output, append: resumes);
        if (done > 0) Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{output} has {done} lines; going on after them."));
        return Work.Do(Console, "Deciding", null, _ => decider.Run(items.Skip(done), writer.WriteLine, null, Cancellation));
    }
}
