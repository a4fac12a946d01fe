using System.CommandLine;

namespace Reasoner.Cli;

/// <summary><c>reasoner serve</c> of a native program, which has no HTTP service: says where to find it.</summary>
internal sealed class ServeCommand : ReasonerCommand
{
    public ServeCommand(CommandSurroundings surroundings)
        : base("serve", "Serves decisions over HTTP (not in this native program).", surroundings, "serve") => TreatUnmatchedTokensAsErrors = false;

    private protected override int Run(ParseResult arguments) =>
        throw new UsageException("This program is published as native code, which leaves the HTTP service out. Run serve of one that is published without PublishAot.");
}
