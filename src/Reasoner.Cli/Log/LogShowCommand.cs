using System.CommandLine;

namespace Reasoner.Cli;

/// <summary><c>reasoner log show</c>: the record of one decision.</summary>
internal sealed class LogShowCommand : ReasonerCommand
{
    private readonly Argument<string> _id = new("ID") { Description = "The decision's id" };
    private readonly Option<string?> _store = StoreOption.Make("");
    private readonly Option<string?> _out = new("--out") { Description = "Write to this file instead of standard output", HelpName = "FILE" };

    public LogShowCommand(CommandSurroundings surroundings)
        : base("show", "Writes the record of a decision, byte for byte as it was answered.", surroundings, "log show dec-01a21ab3bfc67154a472d5a94efc52a1 --out decision.json")
    {
        Arguments.Add(_id);
        Options.Add(_store);
        Options.Add(_out);
    }

    private protected override int Run(ParseResult arguments)
    {
        var id = arguments.GetValue(_id)!;
        var decision = StoreWork.Read(() => StoreOption.Read(arguments, _store), log => log.FindAsync(id, Cancellation).AsTask());
        if (decision is null)
        {
            Console.Error.WriteLine($"error: the decision log has no decision {id}; check the id and the store.");
            return ExitStatus.No;
        }

        OutputFile.Write(arguments.GetValue(_out), Console, stream => stream.Write(decision.Json.Span));
        return ExitStatus.Done;
    }
}
