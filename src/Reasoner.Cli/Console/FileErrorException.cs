namespace Reasoner.Cli;

/// <summary>A file can be read but holds what it should not; the message is the whole line: <c>file:line:column: error: ...</c>.</summary>
internal sealed class FileErrorException(string line) : Exception(line);
