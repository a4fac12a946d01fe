using System.Collections.Immutable;
using Reasoner.Decisions;

namespace Reasoner.Cli;

/// <summary>A joint decision from facts alone.</summary>
/// <param name="Status">decided or infeasible.</param>
/// <param name="Objective">What the answers are worth; null where there are none.</param>
/// <param name="Answers">The answers by slot; empty where there are none.</param>
/// <param name="Conflict">A smallest set of limits that cannot be kept together; empty where all can be.</param>
/// <param name="Relaxations">What would work, the cheapest way first.</param>
/// <param name="Explained">Why not other answers, for the slots asked about.</param>
internal sealed record SolveRecord(
    string Status,
    ObjectiveRecord? Objective,
    ImmutableArray<SlotAnswer> Answers,
    ImmutableArray<SolvedLimit> Conflict,
    ImmutableArray<ImmutableArray<string>> Relaxations,
    ImmutableArray<SolvedSlot> Explained);

/// <summary>A limit in words, and where it is stated.</summary>
/// <param name="Text">The limit.</param>
/// <param name="Stated">File and line of each fact that states it.</param>
internal sealed record SolvedLimit(string Text, ImmutableArray<string> Stated);

/// <summary>Why the other answers of a slot were not chosen.</summary>
/// <param name="Slot">The slot.</param>
/// <param name="Alternatives">The others.</param>
internal sealed record SolvedSlot(NamedNode Slot, ImmutableArray<SolvedAlternative> Alternatives);

/// <summary>An answer that was not chosen.</summary>
/// <param name="Answer">The answer.</param>
/// <param name="Verdict">rejected, impossible, costlier or unknown.</param>
/// <param name="Cost">How much less the best choice with it is worth; null where there is none.</param>
/// <param name="Limits">What it violates, or a smallest set of limits that cannot be kept with it.</param>
internal sealed record SolvedAlternative(AnswerReference Answer, string Verdict, double? Cost, ImmutableArray<SolvedLimit> Limits);
