namespace Reasoner.Cli;

/// <summary>What <c>reasoner log verify</c> found.</summary>
/// <param name="Whole">Whether nothing is wrong.</param>
/// <param name="Entries">How many entries were checked.</param>
/// <param name="Head">The last of them as a checkpoint.</param>
/// <param name="Faults">What is wrong.</param>
internal sealed record LogCheckResult(bool Whole, long Entries, string Head, IReadOnlyList<LogFaultResult> Faults);

/// <summary>Something wrong with the log.</summary>
/// <param name="Sequence">The number of the entry.</param>
/// <param name="Id">The decision that it records, where it is there.</param>
/// <param name="Problem">What is wrong with it.</param>
internal sealed record LogFaultResult(long Sequence, string? Id, string Problem);
