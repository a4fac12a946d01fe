using System.Collections.Immutable;

namespace Reasoner.Decisions;

/// <summary>What a record says of how the model was asked, which is checked alike whether a case asks one question or several.</summary>
internal static class ModelChecks
{
    /// <summary>The effort that a record names; null with what is wrong where there is none of that name.</summary>
    public static (Effort? Effort, string? Problem) EffortOf(DecisionRecord record) =>
        Enum.TryParse<Effort>(record.Thinking.Effort, ignoreCase: true, out var effort) && Enum.IsDefined(effort)
            ? (effort, null)
            : (null, $"There is no effort \"{record.Thinking.Effort}\".");

    /// <summary>What is wrong with the experts of a record; null where they are those that the model consults.</summary>
    public static string? ProblemOfExperts(DecisionRecord record, ImmutableArray<ExpertShare> consulted) =>
        consulted.Length != record.Experts.Length
        || consulted.Zip(record.Experts).Any(pair => pair.First.Name != pair.Second.Name || Math.Abs(pair.First.Weight - pair.Second.Weight) > 1e-6)
            ? "The experts are not those that the model consults for this case."
            : null;
}
