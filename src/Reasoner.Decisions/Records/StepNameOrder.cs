namespace Reasoner.Decisions;

/// <summary>The order of the steps of proofs in a record: p2 before p10.</summary>
internal sealed class StepNameOrder : IComparer<string>
{
    public static readonly StepNameOrder Instance = new();

    public int Compare(string? x, string? y) =>
        x!.Length != y!.Length ? x.Length.CompareTo(y.Length) : string.CompareOrdinal(x, y);
}
