using System.CommandLine;
using System.Text.Json;
using Reasoner.Storage;

namespace Reasoner.Cli;

/// <summary><c>reasoner log verify</c>: looks for entries that were changed, removed or moved.</summary>
internal sealed class LogVerifyCommand : ReasonerCommand
{
    private readonly Option<string?> _store = StoreOption.Make("");
    private readonly Option<string[]> _checkpoints = new("--checkpoint") { Description = "What an earlier 'log verify' showed as the head; the log must still hold that entry", HelpName = "NUMBER:HASH" };
    private readonly Option<string> _format = Formats.Option("text", "json");

    public LogVerifyCommand(CommandSurroundings surroundings)
        : base(
            "verify",
            "Checks that no entry of the decision log was changed, removed or moved. Exit status 1: one was, and it is named.",
            surroundings,
            "log verify",
            "log verify --store /var/lib/reasoner/reasoner.db")
    {
        Options.Add(_store);
        Options.Add(_checkpoints);
        Options.Add(_format);
    }

    private protected override int Run(ParseResult arguments)
    {
        var checkpoints = (arguments.GetValue(_checkpoints) ?? []).Select(ReadCheckpoint).ToList();
        var found = StoreWork.Read(() => StoreOption.Read(arguments, _store), log => log.VerifyAsync(checkpoints, Cancellation));
        if (arguments.GetValue(_format) == "json")
        {
            var result = new LogCheckResult(found.IsWhole, found.Entries, found.Head.ToString(), [.. found.Faults.Select(fault => new LogFaultResult(fault.Sequence, fault.Id, fault.Problem))]);
            Console.Text.WriteLine(JsonSerializer.Serialize(result, ReadableJson.Context.LogCheckResult));
        }
        else
        {
            Console.Text.WriteLine(found.IsWhole ? $"whole: {found.Entries} entries" : $"not whole: {found.Faults.Length} faults in {found.Entries} entries");
            foreach (var fault in found.Faults) Console.Text.WriteLine($"entry {fault.Sequence}{(fault.Id is null ? "" : $" ({fault.Id})")} {fault.Problem}");
            Console.Text.WriteLine($"head: {found.Head}");
        }

        return found.IsWhole ? ExitStatus.Done : ExitStatus.No;
    }

    private static LogHead ReadCheckpoint(string text)
    {
        try
        {
            return LogHead.Parse(text);
        }
        catch (FormatException problem)
        {
            throw new UsageException($"--checkpoint: {problem.Message}");
        }
    }
}
