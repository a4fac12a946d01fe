using System.Text;

namespace Reasoner.Cli.Tests;

/// <summary>One run of the program in this process, with its own inputs, outputs and folder.</summary>
internal sealed record CommandRun(int Status, string Output, string Error)
{
    public static CommandRun Of(params string[] arguments) => With(new Dictionary<string, string>(), "", arguments);

    public static CommandRun With(IReadOnlyDictionary<string, string> environment, string input, params string[] arguments) =>
        With(environment, input, CancellationToken.None, arguments);

    public static CommandRun With(IReadOnlyDictionary<string, string> environment, string input, CancellationToken cancellation, params string[] arguments)
    {
        using var output = new MemoryStream();
        using var error = new StringWriter { NewLine = "\n" };
        using var inputStream = new MemoryStream(Encoding.UTF8.GetBytes(input));
        int status;
        using (var console = new CommandConsole(inputStream, output, error, environment.GetValueOrDefault))
            status = CommandLine.Run(arguments, console, cancellation);
        return new CommandRun(status, Encoding.UTF8.GetString(output.ToArray()), error.ToString());
    }
}
