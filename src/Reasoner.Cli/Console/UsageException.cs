namespace Reasoner.Cli;

/// <summary>The arguments do not fit together, or name what cannot be used; the message says what to do.</summary>
internal sealed class UsageException(string message) : Exception(message);
