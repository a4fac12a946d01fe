namespace Reasoner.Experts.Tests.Baselines;

/// <summary>Made-up cases for the models that the mixture is measured against.</summary>
internal static class BaselineCases
{
    /// <summary>The odds of "below" grow with the distance from a line through the plane: the world of a logistic regression.</summary>
    public static List<LabelledRow> Line(int rows, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, rows).Select(_ =>
        {
            FeatureRow row = new(FeatureValue.Of(random.NextDouble() * 2 - 1), FeatureValue.Of(random.NextDouble() * 2 - 1));
            return new LabelledRow(row, random.NextDouble() < ProbabilityOfBelow(row) ? "below" : "above");
        })];
    }

    /// <summary>One feature that tells something, beside a constant one, one that is always missing, and a protected one that tells all.</summary>
    public static (FeatureSchema Schema, LabelledRow[] Rows) OneThatTells() => (
        new([
            new("x", FeatureKind.Numeric), new("constant", FeatureKind.Numeric), new("absent", FeatureKind.Categorical),
            new("secret", FeatureKind.Boolean) { Protected = true }]),
        [.. Line(200, 6).Select(row => row with
        {
            Row = new(row.Row[1], FeatureValue.Of(0.1), FeatureValue.Missing, FeatureValue.Of(row.Label == "above")),
        })]);

    /// <summary>The true probability that a point of <see cref="Line"/> is below.</summary>
    public static double ProbabilityOfBelow(FeatureRow row) => 1 / (1 + Math.Exp(4 * row[1].Number - 2 * row[0].Number - 0.4));

    /// <summary>Rows of every kind of feature, some values missing, whose answer leans on all of them.</summary>
    public static List<LabelledRow> Mixed(int rows, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, rows).Select(_ =>
        {
            var row = SyntheticCases.MixedRow(random, "car", "house", "school", "boat", "garden");
            var logOdds = (row[0].IsMissing ? 1 : row[0].Number / 5e4 - 1)
                + (row[1].Category is "car" or "boat" ? 1 : -0.5) + (row[2].Number > 0.5 ? 0.7 : -0.7);
            return new LabelledRow(row, random.NextDouble() < 1 / (1 + Math.Exp(-logOdds)) ? "urn:yes" : "urn:no");
        })];
    }
}
