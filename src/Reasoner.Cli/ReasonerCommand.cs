using System.CommandLine;

namespace Reasoner.Cli;

/// <summary>A command: its options in its constructor, its work in <see cref="Run"/>.</summary>
internal abstract class ReasonerCommand : Command
{
    private protected ReasonerCommand(string name, string description, CommandSurroundings surroundings, params string[] examples)
        : base(name, description)
    {
        Console = surroundings.Console;
        Cancellation = surroundings.Cancellation;
        Examples = examples;
        SetAction(Run);
    }

    /// <summary>Command lines that show its use, without the program's name.</summary>
    public IReadOnlyList<string> Examples { get; }

    /// <summary>Where the command reads and writes.</summary>
    private protected CommandConsole Console { get; }

    /// <summary>Cancelled by Ctrl-C.</summary>
    private protected CancellationToken Cancellation { get; }

    /// <summary>Does the work; exceptions are for the caller to report.</summary>
    /// <returns>One of <see cref="ExitStatus"/>.</returns>
    private protected abstract int Run(ParseResult arguments);
}
