namespace Reasoner.Experts;

/// <summary>A part of the cases, told by one feature: those for which an expert of their own can be trained.</summary>
/// <param name="Name">The segment's name, which its expert bears in explanations.</param>
/// <param name="Feature">The feature that tells it.</param>
public sealed record Segment(string Name, string Feature)
{
    /// <summary>The truth value that belongs to it; null where the feature is none.</summary>
    public bool? Is { get; init; }

    /// <summary>The categories that belong to it; empty where the feature has none.</summary>
    public IReadOnlyList<string> In { get; init => field = value ?? []; } = [];

    /// <summary>The least number that belongs to it.</summary>
    public double? From { get; init; }

    /// <summary>The number from which on none belongs to it.</summary>
    public double? Below { get; init; }

    /// <summary>Makes sure that the segment can be told by the schema.</summary>
    /// <exception cref="ModelException">The feature is missing, protected or of another kind.</exception>
    public void Check(FeatureSchema schema)
    {
        var at = schema.IndexOf(Feature);
        if (at < 0) throw Wrong($"there is no feature \"{Feature}\"", $"Name one of {string.Join(", ", schema.Select(feature => feature.Name))}.");
        if (schema[at].Protected) throw Wrong($"the feature \"{Feature}\" is protected", "Tell segments by features that decisions may rest on.");
        var kinds = (Is is null ? 0 : 1) + (In.Count == 0 ? 0 : 1) + (From is null && Below is null ? 0 : 1);
        var fits = schema[at].Kind switch
        {
            FeatureKind.Boolean => Is is not null,
            FeatureKind.Categorical => In.Count > 0,
            _ => From is not null || Below is not null,
        };
        if (kinds != 1 || !fits)
            throw Wrong($"the feature \"{Feature}\" is {schema[at].Kind.ToString().ToLowerInvariant()}", "Give \"is\" for a truth value, \"in\" for categories, \"from\" or \"below\" for a number, and only that.");
    }

    /// <summary>Whether a case belongs to the segment; one that does not state the feature does not.</summary>
    public bool Contains(FeatureSchema schema, FeatureRow row)
    {
        var value = row[schema.IndexOf(Feature)];
        if (value.IsMissing) return false;
        if (Is is { } truth) return value.Number != 0 == truth;
        return value.Category is { } category ? In.Contains(category) : value.Number >= (From ?? double.NegativeInfinity) && value.Number < (Below ?? double.PositiveInfinity);
    }

    private ModelException Wrong(string problem, string advice) => new($"The segment \"{Name}\" cannot be told: {problem}.", advice);
}
