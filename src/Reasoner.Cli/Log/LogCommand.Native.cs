using System.CommandLine;

namespace Reasoner.Cli;

/// <summary><c>reasoner log</c> of a native program, which has no HTTP service and no log of it: says where to find it.</summary>
internal sealed class LogCommand : ReasonerCommand
{
    public LogCommand(CommandSurroundings surroundings)
        : base("log", "Checks and shows the decision log (not in this native program).", surroundings, "log") => TreatUnmatchedTokensAsErrors = false;

    private protected override int Run(ParseResult arguments) =>
        throw new UsageException("This program is published as native code, which leaves the decision log out. Run log of one that is published without PublishAot.");
}
