using System.CommandLine;
using Reasoner.Reports;

namespace Reasoner.Cli;

/// <summary><c>reasoner report</c>: an explanation report of a decision record.</summary>
internal sealed class ReportCommand : ReasonerCommand
{
    private readonly Argument<string> _file = new("DECISION") { Description = "A decision record; - is standard input" };
    private readonly Option<string> _format = Formats.Option([.. ReportFormat.All.Select(format => format.Name)]);
    private readonly Option<string?> _out = new("--out") { Description = "Where the report goes; standard output without it", HelpName = "FILE" };

    public ReportCommand(CommandSurroundings surroundings)
        : base("report", "Writes an explanation report of a decision record.", surroundings, "report d.json --format html --out d.html")
    {
        Arguments.Add(_file);
        Options.Add(_format);
        Options.Add(_out);
    }

    private protected override int Run(ParseResult arguments)
    {
        var record = DecisionFile.Read(arguments.GetValue(_file)!, Console);
        ReportFormat.TryFromName(arguments.GetValue(_format)!, out var format);
        OutputFile.Write(arguments.GetValue(_out), Console, stream => ExplanationReport.Write(record, format!, stream, Cancellation));
        return ExitStatus.Done;
    }
}
