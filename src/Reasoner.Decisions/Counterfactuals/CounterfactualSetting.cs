using System.Collections.Immutable;

namespace Reasoner.Decisions.Counterfactuals;

/// <summary>Which properties of a case may change on the way to another answer. What is not listed never changes.</summary>
/// <param name="Changes">The properties, each with the ways in which it may change.</param>
public sealed record CounterfactualSetting(ImmutableArray<ChangeSetting> Changes);

/// <summary>
/// How one property may change: a number by steps, with <see cref="Direction"/>, <see cref="Step"/> and <see cref="Cost"/>;
/// or a category to certain values, with <see cref="To"/>.
/// </summary>
public sealed record ChangeSetting
{
    /// <summary>The property path from the subject, as features write it; the object of its last step is replaced.</summary>
    public required string Path { get; init; }

    /// <summary>Which way a number may go.</summary>
    public ChangeDirection? Direction { get; init; }

    /// <summary>The distance between the values that a number may take: multiples of it.</summary>
    public decimal? Step { get; init; }

    /// <summary>The least value that a number may take.</summary>
    public decimal? Minimum { get; init; }

    /// <summary>The greatest value that a number may take.</summary>
    public decimal? Maximum { get; init; }

    /// <summary>The most steps that a number may go in one direction; <see cref="DefaultSteps"/> where this is left out.</summary>
    public int? Steps { get; init; }

    /// <summary>What each step of a number costs.</summary>
    public decimal? Cost { get; init; }

    /// <summary>The values that a category may take.</summary>
    public ImmutableArray<ValueSetting> To { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>How the change reads in a sentence behind the answer, such as <c>over {to} months</c>; may name {from}, {to} and {label}.</summary>
    public string? Phrase { get; init; }

    /// <summary>The most steps where a manifest says nothing.</summary>
    internal const int DefaultSteps = 50;

    /// <summary>The most steps that a manifest may allow.</summary>
    internal const int MostSteps = 1000;
}

/// <summary>A value that a category may take.</summary>
/// <param name="Value">The value: a curie, or <c>true</c> or <c>false</c>.</param>
/// <param name="Cost">What the change to it costs.</param>
public sealed record ValueSetting(string Value, decimal Cost)
{
    /// <summary>The values from which it may be reached; where this is left out, from any other and from none.</summary>
    public ImmutableArray<string> From { get; init => field = value.IsDefault ? [] : value; } = [];
}

/// <summary>Which way a number may go.</summary>
public enum ChangeDirection
{
    /// <summary>It may only fall.</summary>
    Down,

    /// <summary>It may only rise.</summary>
    Up,

    /// <summary>It may do either.</summary>
    Both,
}
