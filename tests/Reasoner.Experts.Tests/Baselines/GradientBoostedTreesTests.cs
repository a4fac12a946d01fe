using Reasoner.Baselines;

namespace Reasoner.Experts.Tests.Baselines;

public class GradientBoostedTreesTests
{
    private static readonly BoostingOptions _whole = new() { RowShare = 1, ColumnShare = 1 };

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2.5)]
    public void The_first_split_is_the_best_of_all_that_there_are(double leastChildWeight)
    {
        for (var seed = 1; seed <= 20; seed++)
        {
            var rows = BinaryRows.Of(SyntheticCases.AllKinds, BaselineCases.Mixed(40, seed));
            var options = _whole with { Depth = 1, LeastChildWeight = leastChildWeight, CategorySmoothing = 0, CategoryPenalty = 0, LeafPenalty = 0, LearningRate = 1 };
            var matrix = new BinnedMatrix(rows.Schema, rows.Rows, options.MostBins);
            var boosting = new Boosting(matrix, rows.Outcomes, [.. Enumerable.Range(0, rows.Count)], options, seed: 1);
            boosting.AddTree();
            var nodes = boosting.Trees[0].Nodes;
            Assert.Equal(BestGainOfAll(rows, leastChildWeight), nodes.Count == 1 ? 0 : GainOf(matrix, rows, nodes[0]), 9);
        }
    }

    [Fact]
    public void A_tree_of_many_levels_has_in_every_node_the_sums_of_its_own_rows()
    {
        var rows = BinaryRows.Of(SyntheticCases.AllKinds, BaselineCases.Mixed(500, 3));
        var matrix = new BinnedMatrix(rows.Schema, rows.Rows, 256);
        var options = _whole with { Depth = 6, LearningRate = 1 };
        var boosting = new Boosting(matrix, rows.Outcomes, [.. Enumerable.Range(0, rows.Count)], options, seed: 1);
        boosting.AddTree();
        var nodes = boosting.Trees[0].Nodes;
        Assert.True(nodes.Count > 15);
        int LeafOf(int row)
        {
            var node = 0;
            while (!nodes[node].IsLeaf)
                node = nodes[node].Left.Contains(matrix.Column(nodes[node].Column)[row]) ? nodes[node].LeftChild : nodes[node].RightChild;
            return node;
        }

        var probability = LogOdds.Probability(boosting.Start);
        foreach (var leaf in Enumerable.Range(0, rows.Count).GroupBy(LeafOf))
        {
            var gradient = leaf.Sum(row => probability - rows.Outcomes[row]);
            Assert.Equal(-gradient / (leaf.Count() * probability * (1 - probability) + options.LeafPenalty), nodes[leaf.Key].Value, 9);
        }
    }

    [Fact]
    public void Learns_what_no_linear_model_can()
    {
        var model = GradientBoostedTrees.FitBest(SyntheticCases.Plane, SyntheticCases.SameSign(1500, 1), seed: 1, [_whole, new()]);
        var tests = SyntheticCases.SameSign(1000, 2);
        Assert.InRange(tests.Count(row => model.Propose(row.Row).Answers[0].Answer == row.Label) / 1000.0, 0.95, 1);
    }

    [Fact]
    public void The_training_loss_falls_with_every_tree()
    {
        var rows = BinaryRows.Of(SyntheticCases.AllKinds, BaselineCases.Mixed(300, 5));
        int[] all = [.. Enumerable.Range(0, rows.Count)];
        var boosting = new Boosting(new(rows.Schema, rows.Rows, 256), rows.Outcomes, all, _whole, seed: 1);
        var loss = boosting.Loss(all);
        for (var tree = 0; tree < 60; tree++)
        {
            boosting.AddTree();
            Assert.True(boosting.Loss(all) < loss);
            loss = boosting.Loss(all);
        }
    }

    [Fact]
    public void The_same_seed_gives_the_same_probabilities_and_another_seed_others()
    {
        var rows = BaselineCases.Mixed(200, 6);
        double[] Answers(int seed)
        {
            var model = GradientBoostedTrees.FitBest(SyntheticCases.AllKinds, rows, seed, [new(), new() { Depth = 2 }]);
            return [.. rows.Select(row => model.ProbabilityOfSecond(row.Row))];
        }

        Assert.Equal(Answers(1), Answers(1));
        Assert.NotEqual(Answers(1), Answers(2));
    }

    [Fact]
    public void The_search_stops_before_trees_learn_noise()
    {
        var random = new Random(7);
        LabelledRow[] Noise(int seed) => [.. BaselineCases.Mixed(400, seed).Select(row => row with { Label = random.Next(2) == 0 ? "a" : "b" })];
        var model = GradientBoostedTrees.FitBest(SyntheticCases.AllKinds, Noise(1), seed: 1, [new(), new() { Depth = 1 }]);
        var loss = Noise(2).Average(row => -Math.Log(model.Propose(row.Row).ProbabilityOf(row.Label)));
        Assert.InRange(loss, Math.Log(2) - 0.01, Math.Log(2) + 0.03);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Missing_values_go_the_better_way(bool isMissingLikeHigh)
    {
        LabelledRow[] rows = [.. Enumerable.Range(0, 300).Select(i => new LabelledRow(
            new(i % 3 == 0 ? FeatureValue.Missing : FeatureValue.Of(i % 3 == 1 ? -1.0 : 1.0), FeatureValue.Of(0.0)),
            i % 3 == 2 || (i % 3 == 0 && isMissingLikeHigh) ? "high" : "low"))];
        var model = GradientBoostedTrees.Fit(SyntheticCases.Plane, rows, _whole with { Depth = 1 }, 50, seed: 1);
        double LowOf(FeatureValue value) => model.ProbabilityOfSecond(new(value, FeatureValue.Of(0.0)));
        Assert.InRange(LowOf(FeatureValue.Of(-1.0)), 0.9, 1);
        Assert.InRange(LowOf(FeatureValue.Of(1.0)), 0, 0.1);
        Assert.Equal(LowOf(FeatureValue.Of(isMissingLikeHigh ? 1.0 : -1.0)), LowOf(FeatureValue.Missing));
    }

    [Fact]
    public void Constant_missing_and_protected_features_have_no_effect()
    {
        var (schema, rows) = BaselineCases.OneThatTells();
        var model = GradientBoostedTrees.Fit(schema, rows, _whole, 30, seed: 1);
        var usual = model.ProbabilityOfSecond(rows[0].Row);
        Assert.Equal(usual, model.ProbabilityOfSecond(rows[0].Row.With(1, FeatureValue.Of(1e300)).With(2, FeatureValue.Of("new")).With(3, FeatureValue.Missing)));
    }

    [Fact]
    public void Bins_hold_about_as_many_rows_each_and_every_number_where_there_are_few()
    {
        var random = new Random(8);
        FeatureRow[] many = [.. Enumerable.Range(0, 10_000).Select(i => new FeatureRow(FeatureValue.Of(i % 2 == 0 ? 0 : random.NextDouble()), default))];
        var bins = FeatureBins.Learn(SyntheticCases.Plane, 0, many, 101);
        Assert.Equal(101, bins.Count);
        var counts = many.CountBy(row => bins.BinOf(row[0])).ToDictionary();
        Assert.Equal(5000, counts[0]);
        Assert.All(counts.Where(entry => entry.Key > 0), entry => Assert.InRange(entry.Value, 45, 60));

        FeatureRow[] few = [.. Enumerable.Range(0, 50).Select(i => new FeatureRow(FeatureValue.Of((double)(i % 5)), default))];
        bins = FeatureBins.Learn(SyntheticCases.Plane, 0, few, 256);
        Assert.Equal([0, 1, 2, 3, 4, 5], few.Take(5).Select(row => (int)bins.BinOf(row[0])).Append(bins.BinOf(FeatureValue.Missing)));
        Assert.Equal((0, 4), (bins.BinOf(FeatureValue.Of(-1e300)), bins.BinOf(FeatureValue.Of(1e300))));
    }

    [Fact]
    public void Other_than_two_answers_and_options_out_of_range_are_refused()
    {
        var rows = BaselineCases.Line(50, 1);
        var refusal = Assert.Throws<ArgumentException>(() => GradientBoostedTrees.FitBest(SyntheticCases.Plane, [.. rows.Where(row => row.Label == "above")], 1));
        Assert.Contains("two answers", refusal.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => GradientBoostedTrees.FitBest(SyntheticCases.AllKinds, SyntheticCases.Mixed(50, 1), 1));
        refusal = Assert.Throws<ArgumentException>(() => GradientBoostedTrees.Fit(SyntheticCases.Plane, rows, _whole with { LearningRate = 0 }, 5, 1));
        Assert.Equal("LearningRate", refusal.ParamName);
    }

    /// <summary>The best gain by trying every threshold with missing values on both sides, and every group of categories.</summary>
    private static double BestGainOfAll(BinaryRows rows, double leastChildWeight)
    {
        double best = 0;
        for (var feature = 0; feature < rows.Schema.Count; feature++)
        {
            object Key(int row) => rows.Rows[row][feature] is var value && value.Category is { } category ? category : value.IsMissing ? "missing" : value.Number;
            object[] keys = [.. Enumerable.Range(0, rows.Count).Select(Key).Distinct()];
            IEnumerable<HashSet<object>> groups = rows.Schema[feature].Kind == FeatureKind.Categorical
                ? Enumerable.Range(1, (1 << keys.Length) - 1).Select(bits => keys.Where((_, i) => (bits >> i & 1) != 0).ToHashSet())
                : keys.OfType<double>().SelectMany(cut => (HashSet<object>[])[
                    [.. keys.Where(key => key is double number && number <= cut)], [.. keys.Where(key => key is not double number || number <= cut)]]);
            foreach (var group in groups) best = Math.Max(best, GainOf(rows, row => group.Contains(Key(row)), leastChildWeight));
        }

        return best;
    }

    private static double GainOf(BinnedMatrix matrix, BinaryRows rows, TreeNode node) =>
        GainOf(rows, row => node.Left.Contains(matrix.Column(node.Column)[row]), leastChildWeight: 0);

    private static double GainOf(BinaryRows rows, Func<int, bool> isLeft, double leastChildWeight)
    {
        var probability = rows.Outcomes.Average();
        double Weight(IEnumerable<int> side) => side.Count() * probability * (1 - probability);
        double Score(IEnumerable<int> side) => Math.Pow(side.Sum(row => probability - rows.Outcomes[row]), 2) / Weight(side);
        var sides = Enumerable.Range(0, rows.Count).ToLookup(isLeft);
        if (!sides[true].Any() || !sides[false].Any() || Weight(sides[true]) < leastChildWeight || Weight(sides[false]) < leastChildWeight) return 0;
        return (Score(sides[true]) + Score(sides[false])) / 2;
    }
}
