using System.Globalization;

namespace Reasoner.Experts;

/// <summary>
/// One raw value of a case before encoding: a number, a category, a truth value, or nothing. Not-a-number and the
/// infinities count as nothing. The default value is missing.
/// </summary>
public readonly record struct FeatureValue
{
    private readonly double _number;
    private readonly string? _category;
    private readonly Content _content;

    private FeatureValue(Content content, double number, string? category)
    {
        _content = content;
        _number = number;
        _category = category;
    }

    private enum Content : byte
    {
        Missing,
        Number,
        Category,
        Truth,
    }

    /// <summary>A value that is not known.</summary>
    public static FeatureValue Missing => default;

    /// <summary>Whether the value is not known.</summary>
    public bool IsMissing => _content == Content.Missing;

    /// <summary>The number, 1 or 0 for a truth value, or not-a-number when there is none.</summary>
    public double Number => _content is Content.Number or Content.Truth ? _number : double.NaN;

    /// <summary>The category, or null when there is none.</summary>
    public string? Category => _category;

    /// <summary>A number; not-a-number and the infinities give a missing value.</summary>
    public static FeatureValue Of(double number) => double.IsFinite(number) ? new(Content.Number, number, null) : Missing;

    /// <summary>A category; null gives a missing value.</summary>
    public static FeatureValue Of(string? category) => category is null ? Missing : new(Content.Category, 0, category);

    /// <summary>A truth value; null gives a missing value.</summary>
    public static FeatureValue Of(bool? truth) => truth is { } known ? new(Content.Truth, known ? 1 : 0, null) : Missing;

    /// <inheritdoc/>
    public override string ToString() => _content switch
    {
        Content.Number => _number.ToString("R", CultureInfo.InvariantCulture),
        Content.Category => $"\"{_category}\"",
        Content.Truth => _number != 0 ? "true" : "false",
        _ => "(missing)",
    };

    internal bool Suits(FeatureKind kind) => _content switch
    {
        Content.Number => kind == FeatureKind.Numeric,
        Content.Category => kind == FeatureKind.Categorical,
        Content.Truth => kind == FeatureKind.Boolean,
        _ => true,
    };
}
