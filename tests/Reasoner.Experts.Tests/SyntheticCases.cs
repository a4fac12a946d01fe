namespace Reasoner.Experts.Tests;

/// <summary>Made-up cases whose right answers are known.</summary>
internal static class SyntheticCases
{
    public static readonly FeatureSchema Plane = new([new("x", FeatureKind.Numeric), new("y", FeatureKind.Numeric)]);

    public static readonly FeatureSchema Segments = new(
        [new("segment", FeatureKind.Categorical), new("x", FeatureKind.Numeric), new("y", FeatureKind.Numeric)]);

    public static readonly FeatureSchema AllKinds = new(
        [new("amount", FeatureKind.Numeric), new("purpose", FeatureKind.Categorical), new("owner", FeatureKind.Boolean)]);

    /// <summary>The answer is whether two numbers have one sign: no linear model does better than a coin.</summary>
    public static List<LabelledRow> SameSign(int rows, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, rows).Select(_ =>
        {
            double x = random.NextDouble() * 2 - 1, y = random.NextDouble() * 2 - 1;
            return new LabelledRow(new(FeatureValue.Of(x), FeatureValue.Of(y)), x * y > 0 ? "same" : "other");
        })];
    }

    /// <summary>In the one segment a high x is good and in the other a low one, so each needs an expert of its own.</summary>
    public static List<LabelledRow> TwoSegments(int rows, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, rows).Select(_ =>
        {
            double x = random.NextDouble() * 2 - 1, y = random.NextDouble() * 2 - 1;
            var segment = random.Next(2) == 0 ? "retail" : "business";
            var isGood = segment == "retail" ? x + 0.5 * y > 0 : x + 0.5 * y < 0;
            return new LabelledRow(new(FeatureValue.Of(segment), FeatureValue.Of(x), FeatureValue.Of(y)), isGood ? "good" : "bad");
        })];
    }

    /// <summary>Rows of every kind of feature, some values missing, with three answers.</summary>
    public static List<LabelledRow> Mixed(int rows, int seed)
    {
        var random = new Random(seed);
        string[] purposes = ["car", "house", "school"];
        string[] answers = ["urn:a", "urn:b", "urn:c"];
        return [.. Enumerable.Range(0, rows).Select(i =>
        {
            var row = MixedRow(random, purposes);
            return new LabelledRow(row, row[2].Number > 0.5 ? answers[2] : answers[i % 2]);
        })];
    }

    public static FeatureRow MixedRow(Random random, params string[] purposes) => new(
        random.Next(8) == 0 ? FeatureValue.Missing : FeatureValue.Of(random.NextDouble() * 1e5),
        random.Next(8) == 0 ? FeatureValue.Missing : FeatureValue.Of(purposes[random.Next(purposes.Length)]),
        random.Next(8) == 0 ? FeatureValue.Missing : FeatureValue.Of(random.Next(2) == 0));

    public static double Accuracy(TrainedMixture mixture, IReadOnlyList<LabelledRow> rows, int? topK = null) =>
        rows.Count(row => mixture.Propose(row.Row, topK).Answers[0].Answer == row.Label) / (double)rows.Count;
}
