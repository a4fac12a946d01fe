namespace Reasoner.Experts.Tests.Features;

public class FeatureEncoderTests
{
    [Fact]
    public void Numbers_are_standardised_and_missing_ones_flagged()
    {
        var schema = new FeatureSchema([new("n", FeatureKind.Numeric)]);
        var encoder = FeatureEncoder.Learn(schema, [Row(1), Row(3), Row(double.NaN), Row(double.PositiveInfinity)]);
        Assert.Equal([-1f, 0f], Encode(encoder, Row(1)));
        Assert.Equal([2f, 0f], Encode(encoder, Row(4)));
        Assert.Equal([0f, 1f], Encode(encoder, Row(double.NaN)));
        Assert.Equal([0f, 1f], Encode(encoder, Row(double.NegativeInfinity)));
        Assert.Equal([6f, 0f], Encode(encoder, Row(double.MaxValue)));
    }

    [Fact]
    public void Categories_have_columns_for_the_known_the_other_and_the_missing()
    {
        var schema = new FeatureSchema([new("c", FeatureKind.Categorical)]);
        FeatureRow[] rows = [.. "bbbaaaz".Select(letter => Row(letter.ToString()))];
        var encoder = FeatureEncoder.Learn(schema, rows);
        Assert.Equal([1f, 0, 0, 0], Encode(encoder, Row("a")));
        Assert.Equal([0, 1f, 0, 0], Encode(encoder, Row("b")));
        Assert.Equal([0, 0, 1f, 0], Encode(encoder, Row("z")));
        Assert.Equal([0, 0, 1f, 0], Encode(encoder, Row("never seen")));
        Assert.Equal([0, 0, 0, 1f], Encode(encoder, new(FeatureValue.Missing)));
    }

    [Fact]
    public void Truth_values_are_zero_or_one()
    {
        var schema = new FeatureSchema([new("b", FeatureKind.Boolean)]);
        var encoder = FeatureEncoder.Learn(schema, [new(FeatureValue.Of(true))]);
        Assert.Equal([1f, 0f], Encode(encoder, new(FeatureValue.Of(true))));
        Assert.Equal([0f, 0f], Encode(encoder, new(FeatureValue.Of(false))));
        Assert.Equal([0f, 1f], Encode(encoder, new(FeatureValue.Of((bool?)null))));
    }

    [Fact]
    public void A_feature_missing_everywhere_is_encoded_as_missing()
    {
        var schema = new FeatureSchema([new("n", FeatureKind.Numeric), new("c", FeatureKind.Categorical)]);
        var nothing = new FeatureRow(FeatureValue.Missing, FeatureValue.Missing);
        Assert.Equal([0f, 1, 0, 1], Encode(FeatureEncoder.Learn(schema, [nothing, nothing]), nothing));
    }

    [Fact]
    public void Protected_features_are_not_encoded()
    {
        var schema = new FeatureSchema([new("sex", FeatureKind.Categorical) { Protected = true }, new("n", FeatureKind.Numeric)]);
        var encoder = FeatureEncoder.Learn(schema, [new(FeatureValue.Of("f"), FeatureValue.Of(1.0)), new(FeatureValue.Of("m"), FeatureValue.Of(3.0))]);
        Assert.Equal(2, encoder.Width);
        Assert.Equal(
            Encode(encoder, new(FeatureValue.Of("f"), FeatureValue.Of(2.0))),
            Encode(encoder, new(FeatureValue.Of("m"), FeatureValue.Of(2.0))));
    }

    [Fact]
    public void Numbers_too_large_to_average_are_refused()
    {
        var schema = new FeatureSchema([new("n", FeatureKind.Numeric)]);
        Assert.Throws<ModelException>(() => FeatureEncoder.Learn(schema, [Row(double.MaxValue), Row(double.MinValue)]));
    }

    [Fact]
    public void Two_features_of_one_name_are_refused() =>
        Assert.Throws<ModelException>(() => new FeatureSchema([new("n", FeatureKind.Numeric), new("n", FeatureKind.Boolean)]));

    private static FeatureRow Row(double number) => new(FeatureValue.Of(number));

    private static FeatureRow Row(string category) => new(FeatureValue.Of(category));

    private static float[] Encode(FeatureEncoder encoder, FeatureRow row)
    {
        var encoded = new float[encoder.Width];
        encoder.Encode(row, encoded);
        return encoded;
    }
}
