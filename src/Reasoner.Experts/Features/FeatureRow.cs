namespace Reasoner.Experts;

/// <summary>
/// The raw feature values of one case, in the order of its <see cref="FeatureSchema"/>. This is where reading a case
/// (off a graph, out of a table) ends and the model begins.
/// </summary>
public sealed class FeatureRow
{
    private readonly FeatureValue[] _values;

    /// <summary>Makes a row of these values.</summary>
    public FeatureRow(params ReadOnlySpan<FeatureValue> values) => _values = values.ToArray();

    /// <summary>The number of values.</summary>
    public int Count => _values.Length;

    /// <summary>The value of the feature at a position of the schema.</summary>
    public FeatureValue this[int index] => _values[index];

    /// <summary>This row with one value changed.</summary>
    public FeatureRow With(int index, FeatureValue value)
    {
        var changed = new FeatureRow(_values);
        changed._values[index] = value;
        return changed;
    }
}
