namespace Reasoner.Constraints.Solving;

/// <summary>How large a model may become.</summary>
/// <param name="Variables">Variables.</param>
/// <param name="Constraints">Constraints.</param>
/// <param name="Terms">Literals and weighted variables over all constraints and the objective.</param>
public sealed record CpModelLimits(int Variables = 1_000_000, int Constraints = 2_000_000, long Terms = 20_000_000)
{
    /// <summary>Limits that rosters of thousands of slots keep well below.</summary>
    public static CpModelLimits Default { get; } = new();
}
