namespace Reasoner.Decisions.Counterfactuals;

/// <summary>How far a search for another answer goes.</summary>
public sealed record CounterfactualOptions
{
    /// <summary>The most alternatives that may be asked for.</summary>
    public const int MostAlternatives = 20;

    /// <summary>Five alternatives of up to three changes each.</summary>
    public static CounterfactualOptions Default { get; } = new();

    /// <summary>How many alternatives to look for, 1 to <see cref="MostAlternatives"/>.</summary>
    public int Max { get; init => field = InRange(value, MostAlternatives, nameof(Max)); } = 5;

    /// <summary>How many properties may change together, 1 to 3.</summary>
    public int MaxChanges { get; init => field = InRange(value, ChangePoint.Most, nameof(MaxChanges)); } = ChangePoint.Most;

    /// <summary>How many changed cases may be decided. It cuts the search at the same place on every machine.</summary>
    public int MaxTried { get; init; } = 2_000;

    /// <summary>How many points of the grid may be looked at, those included that need not be decided.</summary>
    public int MaxPoints { get; init; } = 200_000;

    /// <summary>The longest time of a search, a safeguard: where it cuts one, another run may be cut elsewhere.</summary>
    public TimeSpan MaxDuration { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How much is explained of the decisions on changed cases.</summary>
    public Explanation Explanation { get; init; } = Explanation.Full;

    private static int InRange(int value, int most, string name) => value >= 1 && value <= most
        ? value
        : throw new ArgumentOutOfRangeException(name, value, $"{name} must be from 1 to {most}.");
}
