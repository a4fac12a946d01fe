using System.Collections;

namespace Reasoner.Experts;

/// <summary>The features of a model in their fixed order; a <see cref="FeatureRow"/> holds its values in this order.</summary>
public sealed class FeatureSchema : IReadOnlyList<Feature>
{
    /// <summary>More features than any decision here has use for: a bound on what one row can cost.</summary>
    public const int MaximumFeatures = 4096;

    private readonly Feature[] _features;
    private readonly Dictionary<string, int> _positions = new(StringComparer.Ordinal);

    /// <summary>Makes a schema of these features.</summary>
    /// <exception cref="ModelException">There are no features, too many, none that a model may see, or two of one name.</exception>
    public FeatureSchema(IEnumerable<Feature> features)
    {
        _features = [.. features];
        if (_features.Length is 0 or > MaximumFeatures)
            throw new ModelException($"A schema of {_features.Length} features cannot be used.", $"Name between 1 and {MaximumFeatures} features.");
        for (var i = 0; i < _features.Length; i++)
        {
            if (string.IsNullOrWhiteSpace(_features[i].Name))
                throw new ModelException($"Feature {i + 1} has no name.", "Give every feature a name of its own.");
            if (!_positions.TryAdd(_features[i].Name, i))
                throw new ModelException($"Two features are named \"{_features[i].Name}\".", "Give every feature a name of its own.");
        }

        if (Array.TrueForAll(_features, feature => feature.Protected))
            throw new ModelException("Every feature is protected, so a model would see nothing.", "Name at least one feature that decisions may rest on.");
    }

    /// <inheritdoc/>
    public int Count => _features.Length;

    /// <inheritdoc/>
    public Feature this[int index] => _features[index];

    /// <summary>The position of the feature of this name, or -1.</summary>
    public int IndexOf(string name) => _positions.GetValueOrDefault(name, -1);

    /// <inheritdoc/>
    public IEnumerator<Feature> GetEnumerator() => ((IEnumerable<Feature>)_features).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Refuses the row at a position of a list whose values do not fit this schema; it is named only then.</summary>
    internal void Check(FeatureRow row, int index)
    {
        if (row.Count != Count || !Suits(row)) Check(row, $"Row {index + 1}");
    }

    /// <summary>Refuses a row whose values do not fit this schema.</summary>
    internal void Check(FeatureRow row, string where)
    {
        if (row.Count != Count)
            throw new ModelException($"{where} has {row.Count} values; the schema has {Count} features.", "Give one value a feature, in the schema's order.");
        for (var i = 0; i < _features.Length; i++)
        {
            if (!row[i].Suits(_features[i].Kind))
            {
                throw new ModelException(
                    $"{where} gives the {_features[i].Kind.ToString().ToLowerInvariant()} feature \"{_features[i].Name}\" the value {row[i]}.",
                    "Give a value of the feature's kind, or none where it is missing.");
            }
        }
    }

    private bool Suits(FeatureRow row)
    {
        for (var i = 0; i < _features.Length; i++)
            if (!row[i].Suits(_features[i].Kind)) return false;
        return true;
    }
}
