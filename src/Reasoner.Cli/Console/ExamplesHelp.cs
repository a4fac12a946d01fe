using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Reasoner.Cli;

/// <summary>The usual help text, with the command's examples below it.</summary>
internal sealed class ExamplesHelp(HelpAction usual) : SynchronousCommandLineAction
{
    /// <inheritdoc />
    public override bool ClearsParseErrors => true;

    /// <inheritdoc />
    public override int Invoke(ParseResult parseResult)
    {
        usual.Invoke(parseResult);
        if (parseResult.CommandResult.Command is not ReasonerCommand { Examples: { Count: > 0 } examples }) return ExitStatus.Done;
        var output = parseResult.InvocationConfiguration.Output;
        output.WriteLine("Examples:");
        foreach (var example in examples) output.WriteLine($"  reasoner {example}");
        output.WriteLine();
        return ExitStatus.Done;
    }
}
