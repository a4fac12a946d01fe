namespace Reasoner.Cli;

/// <summary>What every command gets: where it reads and writes, and who may stop it.</summary>
/// <param name="Console">Standard input, output and error.</param>
/// <param name="Cancellation">Cancelled by Ctrl-C.</param>
internal sealed record CommandSurroundings(CommandConsole Console, CancellationToken Cancellation);
