using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Parsing;

namespace Reasoner.Cli;

/// <summary>The commands of <c>reasoner</c>, put together, and the way from arguments to an exit status.</summary>
internal static class CommandLine
{
    /// <summary>Runs one command. Whatever goes wrong becomes a line on standard error and an exit status.</summary>
    public static int Run(string[] arguments, CommandConsole console, CancellationToken cancellation)
    {
        var surroundings = new CommandSurroundings(console, cancellation);
        try
        {
            var parsed = Commands(surroundings).Parse(arguments);
            var status = parsed.Errors.Count > 0 && !AsksForHelp(parsed)
                ? ReportUsage(parsed, console)
                : parsed.Invoke(new InvocationConfiguration { Output = console.Text, Error = console.Error, EnableDefaultExceptionHandler = false });
            console.Flush();
            return status;
        }
        catch (Exception problem)
        {
            return ProblemReport.Write(problem, console);
        }
    }

    internal static RootCommand Commands(CommandSurroundings surroundings)
    {
        var root = new RootCommand("Decides by rules and learned experts, and proves every answer.")
        {
            new DecideCommand(surroundings),
            new SolveCommand(surroundings),
            new ReportCommand(surroundings),
            new TrainCommand(surroundings),
            new EvaluateCommand(surroundings),
            new TestCommand(surroundings),
            new ServeCommand(surroundings),
            new LogCommand(surroundings),
            new InferCommand(surroundings),
            new ProveCommand(surroundings),
            new VerifyCommand(surroundings),
            new CheckCommand(surroundings),
            new ValidateCommand(surroundings),
            new ConvertCommand(surroundings),
        };
        foreach (var option in root.Options.OfType<HelpOption>())
            option.Action = new ExamplesHelp((HelpAction)option.Action!);
        return root;
    }

    private static bool AsksForHelp(ParseResult parsed) => parsed.Action is ExamplesHelp;

    private static int ReportUsage(ParseResult parsed, CommandConsole console)
    {
        foreach (var message in parsed.Errors.Select(error => error.Message.ReplaceLineEndings(" ").TrimEnd()).Distinct())
            console.Error.WriteLine($"error: {message}");
        var command = string.Join(' ', parsed.CommandResult.Command is RootCommand
            ? ["reasoner"]
            : NamesTo(parsed.CommandResult).Reverse().Prepend("reasoner"));
        console.Error.WriteLine($"Try '{command} --help'.");
        return ExitStatus.Unusable;
    }

    private static IEnumerable<string> NamesTo(SymbolResult? result)
    {
        for (; result is CommandResult { Command: not RootCommand } command; result = result.Parent) yield return command.Command.Name;
    }
}
