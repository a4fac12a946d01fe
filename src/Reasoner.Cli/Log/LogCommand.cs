using System.CommandLine;

namespace Reasoner.Cli;

/// <summary><c>reasoner log</c>: what can be done with the decision log.</summary>
internal sealed class LogCommand : Command
{
    public LogCommand(CommandSurroundings surroundings)
        : base("log", "Checks and shows the decisions that the service has made.")
    {
        Add(new LogVerifyCommand(surroundings));
        Add(new LogShowCommand(surroundings));
        Add(new LogExportCommand(surroundings));
    }
}
