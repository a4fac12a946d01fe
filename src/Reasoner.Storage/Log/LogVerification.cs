using System.Collections.Immutable;

namespace Reasoner.Storage;

/// <summary>What a check of a log found.</summary>
/// <param name="Entries">How many entries were checked.</param>
/// <param name="Head">The last of them.</param>
/// <param name="Faults">What is wrong, in the log's order; empty where nothing is.</param>
public sealed record LogVerification(long Entries, LogHead Head, ImmutableArray<LogFault> Faults)
{
    /// <summary>Whether the log is whole.</summary>
    public bool IsWhole => Faults.IsEmpty;
}

/// <summary>Something wrong with a log.</summary>
/// <param name="Sequence">The number of the entry.</param>
/// <param name="Id">The id that it has, where it is there.</param>
/// <param name="Problem">What is wrong with it.</param>
public sealed record LogFault(long Sequence, string? Id, string Problem);
